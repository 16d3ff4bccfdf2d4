"""Turns stored pixels upright, by EXIF's eight orientations, and mirror images back."""

from __future__ import annotations

import cv2

from needlejournal.imaging.reading.arrays import Bytes, as_array, from_array
from needlejournal.imaging.reading.pixels import Pixels

UPRIGHT = 1

# orientation: (rows and columns change places, then: left and right do, top and bottom do)
_TURNS = {
    1: (False, False, False),
    2: (False, True, False),
    3: (False, True, True),
    4: (False, False, True),
    5: (True, False, False),
    6: (True, True, False),
    7: (True, True, True),
    8: (True, False, True),
}
_FLIP_CODES = {(True, False): 1, (False, True): 0, (True, True): -1}


def upright_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Width and height after turning."""
    return (height, width) if _TURNS[orientation][0] else (width, height)


def upright(array: Bytes, orientation: int) -> Bytes:
    """Return `array` turned upright; itself when it already is."""
    transposed, *flips = _TURNS[orientation]
    turned = cv2.transpose(array) if transposed else array
    if any(flips):
        turned = cv2.flip(turned, _FLIP_CODES[flips[0], flips[1]])
    return turned  # type: ignore[return-value]


def mirror_image(pixels: Pixels) -> Pixels:
    """The same picture with left and right exchanged."""
    return from_array(cv2.flip(as_array(pixels), 1))  # type: ignore[arg-type]


def place(target: Bytes, strip: Bytes, top: int, orientation: int) -> None:
    """Write a strip of stored rows, the first of which is row `top`, to where it belongs in the upright `target`."""
    transposed, left_right, top_bottom = _TURNS[orientation]
    rows, length = strip.shape[0], target.shape[1 if transposed else 0]
    start = length - top - rows if (left_right if transposed else top_bottom) else top
    area = target[:, start : start + rows] if transposed else target[start : start + rows]
    area[:] = upright(strip, orientation)
