"""Colour profiles as other programs write them."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageCms


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
