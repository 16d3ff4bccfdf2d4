"""Shows part of a picture through a colour table: for looking, never for keeping. Knows no window."""

from __future__ import annotations

import cv2
import numpy as np

from needlejournal.imaging.reading.arrays import as_array, from_array
from needlejournal.imaging.reading.pixels import Pixels


def recoloured(pixels: Pixels, box: tuple[int, int, int, int], tables: bytes) -> Pixels:
    """Copy the `box` (left, top, width, height in pixels) of a picture, with each value replaced through `tables`.

    `tables` are 256 × 3 bytes, blue, green and red, as `colour.gain_tables` makes them.
    """
    left, top, width, height = box
    part = as_array(pixels)[top : top + height, left : left + width]
    lookup = np.full((1, 256, 4), 255, np.uint8)
    lookup[0, :, :3] = np.frombuffer(tables, np.uint8).reshape(256, 3)
    return from_array(cv2.LUT(part, lookup))  # type: ignore[arg-type]
