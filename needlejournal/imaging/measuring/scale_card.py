"""The photo card in a picture: where its four corner marks are, and how many millimetres a pixel of it spans.

The marks are ArUco squares (Garrido-Jurado et al. 2014, Pattern Recognition 47:2280), found by OpenCV: no letters are
read. What is measured holds in the plane of the card only. Without the card nothing is measured.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.pixels import Pixels

VERSION = 2  # of what is read and how
MARK_MM, CELLS = 12.0, 6  # a mark with its black border; its cells along a side
FIRST_MARK = 40  # the marks of our card are 40 to 43: upper left, upper right, lower right, lower left
ACROSS_MM, DOWN_MM = 70.0, 110.0  # between the middles of the marks
LEAST_MARKS = 3  # of four: fewer do not show whether the paper is tilted
MOST_TILT = 1.12  # a square of the card may look this much longer one way: about 27 degrees
MOST_OFF_MM = 0.8  # how far a corner may lie from where the card has it, the paper being bent
_DICTIONARY = cv2.aruco.DICT_4X4_50
_CENTRES = ((0.0, 0.0), (ACROSS_MM, 0.0), (ACROSS_MM, DOWN_MM), (0.0, DOWN_MM))

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CardReading:
    """What was found: `mm_per_pixel` in the card's plane, None where it cannot be told; `reason` says why not.

    `corners`: the middles of the marks that were found, in pixels, by number from the upper left.
    """

    mm_per_pixel: float | None = None
    reason: str = "none"  # "" | none | few | two | tilted | bent
    corners: tuple[tuple[int, float, float], ...] = ()

    def to_json(self) -> str:
        """As kept with the previews."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> CardReading:
        """Inverse of `to_json`. Raises ValueError, KeyError or TypeError for anything else."""
        kept = json.loads(text)
        corners = tuple((int(number), float(x), float(y)) for number, x, y in kept["corners"])
        value = kept["mm_per_pixel"]
        return cls(None if value is None else float(value), str(kept["reason"]), corners)


def mark_cells(place: int) -> tuple[tuple[bool, ...], ...]:
    """The cells of the mark at a place (0 upper left, then clockwise), row by row; True is black."""
    picture = cv2.aruco.generateImageMarker(cv2.aruco.getPredefinedDictionary(_DICTIONARY), FIRST_MARK + place, CELLS)
    return tuple(tuple(bool(cell < 128) for cell in row) for row in picture)


def read_card(pixels: Pixels) -> CardReading:
    """Look for the card in a photo and read its scale."""
    grey = cv2.cvtColor(as_array(pixels), cv2.COLOR_BGRA2GRAY)
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(_DICTIONARY), parameters)
    quads, ids, _ = detector.detectMarkers(grey)
    numbers = [int(number) for number in np.asarray(ids).ravel()] if quads else []
    found: dict[int, Floats] = {}
    for quad, number in zip(quads, numbers, strict=True):
        place = number - FIRST_MARK
        if not 0 <= place < len(_CENTRES):
            continue
        corners = np.asarray(quad, np.float64).reshape(4, 2)
        if place in found and not _is_same(found[place], corners):
            return CardReading(None, "two")
        found[place] = corners
    return _reading(found)


def _is_same(one: Floats, other: Floats) -> bool:
    """Whether a mark was found twice in one place, and not once on each of two cards."""
    return bool(np.linalg.norm(one.mean(axis=0) - other.mean(axis=0)) < np.linalg.norm(one[1] - one[0]))


def _reading(found: dict[int, Floats]) -> CardReading:
    middles = {place: found[place].mean(axis=0) for place in sorted(found)}
    corners = tuple((place, float(x), float(y)) for place, (x, y) in middles.items())
    if len(found) < LEAST_MARKS:
        return CardReading(None, "few" if found else "none", corners)
    on_card = np.concatenate([_mark_corners(place) for place in sorted(found)])
    in_photo = np.concatenate([found[place] for place in sorted(found)])
    way = _way(in_photo, on_card)
    if way is None or np.linalg.norm(_moved(way, in_photo) - on_card, axis=1).max() > MOST_OFF_MM:
        return CardReading(None, "bent", corners)
    small, large = _stretch(way, in_photo.mean(axis=0))
    if large / small > MOST_TILT:
        return CardReading(None, "tilted", corners)
    return CardReading(round(small, 6), "", corners)  # tilting only ever makes a pixel span more


def _way(in_photo: Floats, on_card: Floats) -> Floats | None:
    """The homography from the photo to the card, None where there is none."""
    found: Floats | None = cv2.findHomography(in_photo, on_card)[0]  # type: ignore[assignment]
    return found


def _mark_corners(place: int) -> Floats:
    """The corners of a mark on the card in millimetres, clockwise from its upper left."""
    half = MARK_MM / 2
    x, y = _CENTRES[place]
    return np.array([(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)])


def _moved(way: Floats, points: Floats) -> Floats:
    moved = np.column_stack([points, np.ones(len(points))]) @ way.T
    return np.asarray(moved[:, :2] / moved[:, 2:])


def _stretch(way: Floats, at: Floats) -> tuple[float, float]:
    """Millimetres for a pixel around a place, the way it is least and the way it is most."""
    around = _moved(way, at + np.array([(-0.5, 0.0), (0.5, 0.0), (0.0, -0.5), (0.0, 0.5)]))
    slopes = np.column_stack([around[1] - around[0], around[3] - around[2]])
    large, small = np.linalg.svd(slopes, compute_uv=False)
    return float(small), float(large)
