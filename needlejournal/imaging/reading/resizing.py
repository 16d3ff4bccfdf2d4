"""Makes pictures smaller by averaging the pixels that fall together, so that fine skin texture does not alias, and
keeps smaller and smaller copies, so that drawing any zoom touches few pixels."""

from __future__ import annotations

import cv2
from PIL.Image import Image

from needlejournal.imaging.reading.arrays import Bytes, as_array, from_array
from needlejournal.imaging.reading.pixels import Pixels

_REDUCIBLE = {"L", "RGB", "RGBA", "LA", "CMYK", "YCbCr"}
SMALLEST_LONG_SIDE = 512


def fitted(size: tuple[int, int], long_side: int) -> tuple[int, int]:
    """The size at which the longer side is `long_side`, never larger than `size` and never below one pixel."""
    longest = max(size)
    if longest <= long_side:
        return size
    return max(1, round(size[0] * long_side / longest)), max(1, round(size[1] * long_side / longest))


def shrink(array: Bytes, size: tuple[int, int]) -> Bytes:
    """Average `array` down to `size` (width, height); itself when it has that size."""
    while array.shape[1] >= 2 * size[0] and array.shape[0] >= 2 * size[1]:
        array = halve(array)
    if (array.shape[1], array.shape[0]) == size:
        return array
    return cv2.resize(array, size, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def halve(array: Bytes) -> Bytes:
    """Average every two by two pixels into one; an odd last row or column is shared out evenly."""
    size = max(1, (array.shape[1] + 1) // 2), max(1, (array.shape[0] + 1) // 2)
    return cv2.resize(array, size, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def reduce_pillow(image: Image, size: tuple[int, int]) -> Image:
    """Average a loaded Pillow picture by a whole factor, to not less than `size`, before anything is made of it."""
    factor = min(image.width // size[0], image.height // size[1])
    if factor < 2 or image.mode not in _REDUCIBLE or "transparency" in image.info:
        return image
    return image.reduce(factor)


def build_levels(pixels: Pixels) -> tuple[Pixels, ...]:
    """Return the picture itself and its halves, each half as wide and high as the one before.

    The last one's longer side is at most 512 pixels. All together take a third more memory than the first.
    Every level shows the whole picture: compute positions in fractions of it, not by doubling.
    """
    levels = [pixels]
    while max(levels[-1].size) > SMALLEST_LONG_SIDE:
        levels.append(from_array(halve(as_array(levels[-1]))))
    return tuple(levels)
