"""Lays one decoded picture into a frame of the output, moved, turned and scaled once, without aliasing.

Coordinates: a matrix maps pixel to pixel with the origin at the centre of the top-left pixel. A box is left, top,
width and height in fractions of a picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.reading import resizing
from needlejournal.imaging.reading.arrays import Bytes, as_array
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.alignments import Matrix

Square = NDArray[np.float64]

Box = tuple[float, float, float, float]
Polygon = tuple[tuple[float, float], ...]
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a picture goes: the size of the output in pixels, and which box of the picture has to be in it."""

    width: int
    height: int
    box: Box = WHOLE


def way_into(frame: Frame, size: tuple[int, int]) -> Square:
    """The 3 × 3 matrix from pixels of a picture of `size` to pixels of `frame`: its box fitted in, and centred."""
    left, top, width, height = (part * side for part, side in zip(frame.box, size * 2, strict=True))
    scale = min(frame.width / width, frame.height / height)
    right_by = frame.width / 2 - scale * (left + width / 2)
    down_by = frame.height / 2 - scale * (top + height / 2)
    at_edges = np.array([[scale, 0, right_by], [0, scale, down_by], [0, 0, 1]])
    way: Square = _shift(-0.5) @ at_edges @ _shift(0.5)
    return way


def after(way: Square, matrix: Matrix) -> Square:
    """The way for a picture which `matrix` first maps to the one that `way` is made for."""
    moved: Square = way @ np.array([*matrix, (0.0, 0.0, 1.0)])
    return moved


def place(pixels: Pixels, way: Square, frame: Frame, surround: int, colour_table: bytes = b"") -> Bytes:
    """Draw the picture along `way` into a new array of height × width × 3 (blue, green, red).

    What it does not cover shows `surround`, a grey level. It is sampled once: averaged when made smaller,
    bicubic when made larger. `colour_table` holds 256 new levels each for red, green and blue, or nothing.
    """
    array, way = _needed(*_reduced(as_array(pixels), way), frame)
    fine = 2 if _scale(way) < 0.999 else 1  # sampled twice as finely, then averaged: bicubic alone would alias
    to_fine = _shift(-0.5) @ _zoom(fine) @ _shift(0.5) @ way
    drawn = cv2.warpAffine(
        cv2.cvtColor(array, cv2.COLOR_BGRA2BGR),
        to_fine[:2],
        (frame.width * fine, frame.height * fine),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if colour_table:
        table = np.frombuffer(colour_table, np.uint8).reshape(3, 256)[::-1].T
        drawn = cv2.LUT(drawn, np.ascontiguousarray(table[None]))
    if not _covers(way, array.shape[1], array.shape[0], frame):
        _clear_outside(drawn, to_fine, array.shape[1], array.shape[0], surround)  # type: ignore[arg-type]
    return resizing.shrink(drawn, (frame.width, frame.height))  # type: ignore[arg-type]


def cover(drawn: Bytes, way: Square, polygons: tuple[Polygon, ...], grey: int) -> None:
    """Fill `polygons`, given in pixels of the picture drawn along `way`, with a grey level."""
    for polygon in polygons:
        points = np.array([(x, y, 1.0) for x, y in polygon]) @ way[:2].T
        cv2.fillPoly(drawn, [np.round(points * 16).astype(np.int32)], (grey, grey, grey), cv2.LINE_AA, 4)


def _covers(way: Square, width: int, height: int, frame: Frame) -> bool:
    """Whether the picture reaches every corner of the frame, half a pixel more or less."""
    corners = _in_picture(way, frame)
    return bool((corners >= -1).all() and (corners <= (width, height)).all())


def _clear_outside(drawn: Bytes, way: Square, width: int, height: int, grey: int) -> None:
    """Paint what lies beyond the picture's edges, which sampling filled with its outermost pixels."""
    far = 50_000_000.0  # pixels: what OpenCV can count to
    quad = [(-0.5, -0.5), (width - 0.5, -0.5), (width - 0.5, height - 0.5), (-0.5, height - 0.5)]
    corners = np.clip(np.array([(x, y, 1.0) for x, y in quad]) @ way[:2].T, -far, far)
    mask = np.zeros(drawn.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    outside = np.full_like(drawn, grey)
    weight = mask.astype(np.float32) / 255
    drawn[:] = cv2.blendLinear(drawn, outside, weight, 1 - weight)


def _needed(array: Bytes, way: Square, frame: Frame) -> tuple[Bytes, Square]:
    """Cut the picture to what the frame shows of it, with some pixels around for sampling.

    OpenCV samples no picture with a side of more than 32,767 pixels.
    """
    low, high = (edge(_in_picture(way, frame), axis=0) for edge in (np.min, np.max))
    height, width = array.shape[:2]
    left, top = (int(np.clip(value - 4, 0, side - 1)) for value, side in zip(low, (width, height), strict=True))
    right, bottom = (int(np.clip(value + 5, 1, side)) for value, side in zip(high, (width, height), strict=True))
    cut = array[top : max(bottom, top + 1), left : max(right, left + 1)]
    return cut, way @ np.array([[1, 0, left], [0, 1, top], [0, 0, 1.0]])


def _in_picture(way: Square, frame: Frame) -> Square:
    """The frame's four corners in pixels of the picture."""
    corners = np.array([(x, y, 1.0) for x in (-0.5, frame.width - 0.5) for y in (-0.5, frame.height - 0.5)])
    inside: Square = np.linalg.solve(way, corners.T)[:2].T
    return inside


def _reduced(array: Bytes, way: Square) -> tuple[Bytes, Square]:
    """Halve the picture as long as it stays at least as fine as the output."""
    while _scale(way) <= 0.5 and min(array.shape[:2]) > 1:
        smaller = resizing.halve(array)
        back = _zoom(array.shape[1] / smaller.shape[1], array.shape[0] / smaller.shape[0])
        array, way = smaller, way @ _shift(-0.5) @ back @ _shift(0.5)
    return array, way


def _scale(way: Square) -> float:
    return math.sqrt(abs(way[0, 0] * way[1, 1] - way[0, 1] * way[1, 0]))


def _shift(by: float) -> Square:
    return np.array([[1, 0, by], [0, 1, by], [0, 0, 1]], np.float64)


def _zoom(x: float, y: float | None = None) -> Square:
    return np.diag([x, x if y is None else y, 1.0])
