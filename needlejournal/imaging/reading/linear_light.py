"""Bytes of a picture as linear light, in which brightness adds up as it does in the world, and back.

The curve is that of sRGB (IEC 61966-2-1). Knows no faces and no profiles.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def linear(values: NDArray[np.generic]) -> Floats:
    """Return sRGB values of 0…255 as linear light of 0…1."""
    share = values.astype(np.float64) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def encoded(light: NDArray[np.float64]) -> Floats:
    """Return linear light as sRGB values of 0…255, not rounded; what lies beyond 0…1 is cut off."""
    light = np.clip(light, 0, 1)
    return np.asarray(255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055))
