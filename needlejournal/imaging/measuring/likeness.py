"""Whether two pictures are probably one photo: made smaller, compressed again, or edited in its tones.

Goes by small kept previews. It knows nothing of faces and dates: who asks has to rule out two photos of one series.
"""

from __future__ import annotations

import cv2
import numpy as np

from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.previews import kept_small

VERSION = 1  # of what is taken from a picture and how
SIDE = 32
# Of the pictures this was tried on (26 of 6 series, drawn), two photos of one series agree at most to 0.79; copies made
# smaller, harder compressed, brighter, darker, warmer, grey or softer at least to 0.99; a crop of a tenth to 0.66.
LEAST = 0.95
_EVEN = 0.01  # a picture that varies less, in logarithms of light, shows nothing to go by


def traits_of(jpeg: bytes) -> bytes:
    """What remains of a kept preview when its size and its tones are taken away: SIDE × SIDE signed bytes.

    All are zero for an even picture. Raises UnreadablePicture.
    """
    grey = cv2.cvtColor(as_array(kept_small(jpeg, 4 * SIDE)), cv2.COLOR_BGRA2GRAY)
    small = np.log1p(cv2.resize(grey.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_AREA))
    fine = small - cv2.GaussianBlur(small, (0, 0), 3)
    spread = float(fine.std())
    if spread < _EVEN:
        return bytes(SIDE * SIDE)
    return bytes(np.clip(fine / spread * 32, -127, 127).astype(np.int8).tobytes())


def are_alike(one: bytes, other: bytes) -> bool:
    """Whether two pictures with these traits are probably one photo. Traits of another length are like nothing."""
    if len(one) != SIDE * SIDE or len(other) != len(one):
        return False
    first, second = (np.frombuffer(traits, np.int8).astype(np.float32) for traits in (one, other))
    first, second = first - first.mean(), second - second.mean()
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return size > 0 and float(first @ second) / size >= LEAST
