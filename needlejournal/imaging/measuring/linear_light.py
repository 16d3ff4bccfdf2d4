"""Bytes of a picture as linear light, in which brightness adds up as it does in the world."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning.similarity import Floats


def linear(values: NDArray[np.generic]) -> Floats:
    """Return sRGB values of 0…255 as linear light of 0…1."""
    share = values.astype(np.float64) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
