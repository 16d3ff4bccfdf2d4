"""Which part of a photo is skin: the face where one was read, else what has the colour of skin.

So that a close-up is never laid over the towel behind it. Knows sights and readings; the answer is a small mask.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.patches import Sight, halved
from needlejournal.imaging.aligning.similarity import Floats
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.reading.arrays import Bytes

_SIDE = 200  # pixels of the mask's longer side
LEAST_SHARE = 0.06  # of the photo; with less, nothing is taken for skin
# Skin of all tones and lamps lies in this part of the a*b* plane (CIE L*a*b* in 8 bits, 128 is grey): it is reddish to
# yellowish, never green or blue. Within one photo it then keeps near its own median; sores and blushes are redder.
_LEAST_A, _LEAST_CHROMA, _LEAST_B = 1.0, 5.0, -6.0
_NEAR, _REDDER = 13.0, 30.0  # a*b* distance from the median that is still skin; so far towards red
_DARKEST = 18  # of 255


@dataclass(frozen=True, slots=True, eq=False)
class SkinArea:
    """A small mask (1: skin) and the map from the photo to it."""

    mask: Bytes
    from_photo: Floats

    @property
    def share(self) -> float:
        """How much of the photo is skin."""
        return float(self.mask.mean())

    @property
    def known(self) -> bool:
        """Whether any skin was made out."""
        return self.share >= LEAST_SHARE

    def holds(self, places: Floats) -> NDArray[np.bool_]:
        """Tell for each place of the photo whether it is skin."""
        x, y = similarity.apply(self.from_photo, places).round().astype(int).T
        height, width = self.mask.shape
        inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
        return np.asarray(inside & (self.mask[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)] > 0))

    def patch(self, to_photo: Floats, pixels: int) -> Bytes:
        """Return the mask as the patch of `pixels` × `pixels` that `to_photo` places on the photo."""
        way = similarity.compose(self.from_photo, to_photo)
        flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
        return cv2.warpAffine(self.mask, way, (pixels, pixels), flags=flags)  # type: ignore[return-value]


def skin_area(sight: Sight, reading: FaceReading | None = None) -> SkinArea:
    """Make out the skin of a photo."""
    height, width = sight.bgr.shape[:2]
    factor = min(1.0, _SIDE / max(width, height))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    near = halved(sight.bgr, int(min(math.log2(1 / factor), math.log2(min(width, height)))))
    small = cv2.resize(near, size, interpolation=cv2.INTER_AREA)
    across, down = size[0] / sight.width, size[1] / sight.height
    way = np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5]])
    if reading is not None and reading.found:
        mask = np.zeros(size[::-1], np.uint8)
        hull = cv2.convexHull(similarity.apply(way, reading.xy).astype(np.float32))
        return SkinArea(cv2.fillConvexPoly(mask, hull.astype(np.int32), 1), way)  # type: ignore[arg-type]
    return SkinArea(_by_colour(small), way)  # type: ignore[arg-type]


def _by_colour(small: Bytes) -> Bytes:
    lightness, a, b = (layer.astype(np.float32) for layer in cv2.split(cv2.cvtColor(small, cv2.COLOR_BGR2LAB)))
    a, b = a - 128, b - 128
    likely = (a > _LEAST_A) & (b > _LEAST_B) & (np.hypot(a, b) > _LEAST_CHROMA) & (lightness > _DARKEST)
    if likely.mean() < LEAST_SHARE:
        return np.zeros(small.shape[:2], np.uint8)
    own_a, own_b = np.median(a[likely]), np.median(b[likely])
    redder = np.where(a > own_a, (a - own_a) * _NEAR / _REDDER, a - own_a)
    near = likely & (np.hypot(redder, b - own_b) < _NEAR)
    return cv2.morphologyEx(  # type: ignore[return-value]
        cv2.morphologyEx(near.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)),
        cv2.MORPH_CLOSE,
        np.ones((5, 5), np.uint8),
    )
