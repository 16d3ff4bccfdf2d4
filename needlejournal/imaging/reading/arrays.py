"""Pixels as arrays of numpy and back, without copying them. For siblings in `imaging`, and for tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.reading.pixels import CHANNELS, Pixels

Bytes = NDArray[np.uint8]


def from_array(array: Bytes) -> Pixels:
    """Wrap a C-contiguous array of height × width × 4 bytes (BGR and 255) without copying it."""
    height, width, channels = array.shape
    if channels != CHANNELS or not array.flags.c_contiguous:
        raise ValueError(f"not a contiguous BGRA array: {array.shape}")
    return Pixels(width, height, width * CHANNELS, memoryview(array.data).cast("B").toreadonly())


def as_array(pixels: Pixels) -> Bytes:
    """Look at the picture as a read-only array of height × width × 4 bytes without copying it."""
    return np.frombuffer(pixels.buffer, np.uint8).reshape(pixels.height, pixels.width, CHANNELS)
