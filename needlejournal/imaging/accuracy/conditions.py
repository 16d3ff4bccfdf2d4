"""Changes made to test photos before aligning them: other skin, light, cameras. Arrays in, arrays out.

Simulations, no photographs: they show what breaks, not how common it is.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.linear_light import encoded, linear

Floats = NDArray[np.float64]

_DARK_SKIN = (0.20, 0.26, 0.39)  # of the light that light skin returns: blue, green, red


def as_taken(picture: Bytes, name: str) -> Bytes:  # noqa: ARG001 all conditions are called alike
    """Leave the picture as it is."""
    return picture


def dark_skin(picture: Bytes, name: str) -> Bytes:
    """Darken as skin with more melanin would, with the noise a camera then adds."""
    return _as_photo(encoded(linear(picture) * _DARK_SKIN), name, noise=3)


def dark_smooth_skin(picture: Bytes, name: str) -> Bytes:
    """Do the same with 40 % of the texture's contrast."""
    light = linear(picture)
    broad = cv2.GaussianBlur(light, (0, 0), 12)
    return _as_photo(encoded((broad + 0.4 * (light - broad)) * _DARK_SKIN), name, noise=3)


def blurred(picture: Bytes, name: str) -> Bytes:
    """Blur by a shaky hand's 2.5 pixels."""
    return _as_photo(cv2.GaussianBlur(picture, (0, 0), 2.5), name, noise=3)


def noisy(picture: Bytes, name: str) -> Bytes:
    """Add the noise of a dim room and compress hard."""
    return _as_photo(picture, name, noise=12, quality=60)


def smoothed(picture: Bytes, name: str) -> Bytes:
    """Smooth as a beauty filter does: edges stay, pores go."""
    return _as_photo(cv2.bilateralFilter(picture, 15, 40, 15), name)


def lit_from_a_side(picture: Bytes, name: str) -> Bytes:
    """Light half of the photos from the left and half from the right, by 2.4 stops across."""
    side = 1 if zlib.crc32(name.encode()) % 2 else -1
    gain = 2.0 ** (side * np.linspace(-1.2, 1.2, picture.shape[1]))[None, :, None]
    return _as_photo(encoded(linear(picture) * gain), name)


CONDITIONS: dict[str, Callable[[Bytes, str], Bytes]] = {
    "as taken": as_taken,
    "dark skin, simulated": dark_skin,
    "dark skin with little texture, simulated": dark_smooth_skin,
    "blurred": blurred,
    "noisy, compressed hard": noisy,
    "aligned in spite of a beauty filter": smoothed,
    "strong light from changing sides": lit_from_a_side,
}


def _as_photo(picture: NDArray[np.generic], name: str, noise: float = 0.0, quality: int = 85) -> Bytes:
    random = np.random.default_rng(zlib.crc32(name.encode()))
    values = picture.astype(np.float64) + random.normal(0, noise, picture.shape) if noise else picture
    stored = cv2.imencode(".jpg", np.clip(values, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(stored, cv2.IMREAD_COLOR)  # type: ignore[return-value]
