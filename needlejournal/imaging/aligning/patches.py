"""Square pieces of a photo, cut out at any place, size and angle, from a reduced copy but in the photo's own frame.

All coordinates are pixels of the full upright photo with the origin at the centre of the top-left pixel.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.reading.arrays import Bytes, as_array
from needlejournal.imaging.reading.pixels import Pixels

Floats = NDArray[np.float64]

WORKING_SIDE = 1400  # pixels of the longer side, about: finer than any patch of a face that fills a good photo


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """An upright photo made small enough to work with: `bgr` is reduced, `width` × `height` its real size.

    `across` and `down` are reduced pixels per pixel of the photo.
    """

    bgr: Bytes
    width: int
    height: int
    across: float
    down: float

    @property
    def long_side(self) -> int:
        """The longer side of the full picture, in its pixels."""
        return max(self.width, self.height)

    @property
    def from_full(self) -> Floats:
        """Maps pixels of the full picture to those of the reduced one, the centres of the corners kept in mind."""
        offset = self.across / 2 - 0.5, self.down / 2 - 0.5
        return np.array([[self.across, 0, offset[0]], [0, self.down, offset[1]]])


def mirror_image(seen: Sight) -> Sight:
    """The same photo with left and right exchanged."""
    return replace(seen, bgr=np.ascontiguousarray(seen.bgr[:, ::-1]))


def sight(picture: Pixels | Bytes, size: tuple[int, int] | None = None, working_side: int = WORKING_SIDE) -> Sight:
    """Reduce an upright picture (Pixels, or an array of height × width × 3 or 4 bytes, blue first) for working on it.

    `size` is the full width and height when `picture` is itself a reduced copy of the photo.
    """
    whole = as_array(picture) if isinstance(picture, Pixels) else picture
    height, width = whole.shape[:2]
    times = 0
    while max(width, height) >> (times + 1) >= working_side and min(width, height) >> (times + 1):
        times += 1
    reduced = halved(whole, times)
    bgr = cv2.cvtColor(reduced, cv2.COLOR_BGRA2BGR) if reduced.shape[2] == 4 else reduced
    full_width, full_height = size or (width, height)
    across, down = width / 2**times / full_width, height / 2**times / full_height
    return Sight(bgr, full_width, full_height, across, down)  # type: ignore[arg-type]


def halved(picture: Bytes, times: int = 1) -> Bytes:
    """Average squares of 2 × 2 pixels, `times` over; an odd row or column at the end is left out. Six times as fast
    as reducing to any other size.
    """
    for _ in range(times):
        width, height = picture.shape[1] // 2, picture.shape[0] // 2
        whole = picture[: height * 2, : width * 2]
        picture = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return picture


def square(x: float, y: float, side: float, angle: float, pixels: int) -> Floats:
    """Return the map from a patch of `pixels` × `pixels` to the photo, where it is centred on `x`, `y`.

    `side` is its side in photo pixels, `angle` (radians, clockwise as seen) the direction of its x axis.
    """
    turn = side / pixels * np.exp(1j * angle)
    middle = (pixels - 1) / 2 * (1 + 1j)
    return similarity.from_complex(turn, complex(x, y) - turn * middle)


def cut(sight: Sight, to_photo: Floats, pixels: int) -> Bytes:
    """Return the patch (blue, green, red) that `to_photo` places on the photo, black where it reaches beyond."""
    to_reduced = similarity.compose(sight.from_full, to_photo)
    times = round(float(np.log2(np.sqrt(abs(np.linalg.det(to_reduced[:, :2]))))))
    source, to_source = sight.bgr, to_reduced
    if times > 0:  # warping alone would skip pixels, and detail finer than the patch would flicker
        source, to_source = _nearer(sight.bgr, to_reduced, pixels, times)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(source, to_source, (pixels, pixels), flags=flags)  # type: ignore[return-value]


def _nearer(picture: Bytes, to_picture: Floats, pixels: int, times: int) -> tuple[Bytes, Floats]:
    """Halve the part of `picture` that the patch covers; returns it and the map from the patch to it."""
    edge, factor = pixels - 1.0, 2**times
    corners = similarity.apply(to_picture, np.array([[0, 0], [edge, 0], [0, edge], [edge, edge]]))
    height, width = picture.shape[:2]
    low = np.clip(np.floor(corners.min(0)) - 2 * factor, 0, [max(0, width - factor), max(0, height - factor)])
    high = np.clip(np.ceil(corners.max(0)) + 2 * factor, low + factor, [width, height])
    (left, top), (right, bottom) = low.astype(int), high.astype(int)
    part = picture[top:bottom, left:right]
    if min(part.shape[:2]) < factor:
        return picture, to_picture
    offset = [(0.5 - left) / factor - 0.5, (0.5 - top) / factor - 0.5]
    from_picture = np.array([[1 / factor, 0, offset[0]], [0, 1 / factor, offset[1]]])
    return halved(part, times), similarity.compose(from_picture, to_picture)
