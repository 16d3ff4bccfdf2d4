"""Brings pictures with an embedded colour profile (Display P3, Adobe RGB, CMYK …) into sRGB, the one space used."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from needlejournal.imaging.reading import DECODER_ERRORS

if TYPE_CHECKING:
    from PIL._imagingcms import CmsProfile
    from PIL.ImageCms import ImageCmsTransform

    from needlejournal.imaging.pixels import Bytes

_SAME_COLOUR = 2  # levels of 255: a profile that moves nothing further is as good as sRGB


def profile_name(profile: bytes | None) -> str:
    """The name an embedded profile gives itself, such as "Display P3"; empty when there is none or it is broken."""
    return _name(profile) if profile else ""


def conversion(profile: bytes | None, mode: str) -> ImageCmsTransform | None:
    """The way from `profile` to sRGB for pictures of a Pillow mode; None when there is nothing to convert.

    Nothing is to be converted without a profile, with one that is broken or meant for another kind of
    picture, and with one that is sRGB under whatever name.
    """
    return _conversion(profile, mode) if profile else None


def array_in_srgb(array: Bytes, profile: bytes | None) -> Bytes:
    """Bring a contiguous BGRA array with `profile` into sRGB; itself when there is nothing to convert."""
    import cv2
    import numpy as np
    from PIL import Image

    to_srgb = conversion(profile, "RGBX")
    if to_srgb is None:
        return array
    size = array.shape[1], array.shape[0]
    source, target = cv2.cvtColor(array, cv2.COLOR_BGRA2RGBA), np.empty_like(array)
    # Pillow lays its pictures over the arrays, so that nothing is copied.
    maps = [Image.frombuffer("RGBX", size, one, "raw", "RGBX", 0, 1) for one in (source, target)]
    to_srgb.apply(maps[0], maps[1])
    target[:, :, 3] = 255
    return cv2.cvtColor(target, cv2.COLOR_RGBA2BGRA)  # type: ignore[return-value]


def lab_conversion() -> ImageCmsTransform:
    """The way from Lab pictures, which some TIFFs hold, to sRGB."""
    from PIL import ImageCms

    return ImageCms.buildTransform(ImageCms.createProfile("LAB"), _srgb(), "LAB", "RGB")


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """An sRGB profile to embed in exported pictures."""
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(_srgb()).tobytes()


@lru_cache(maxsize=64)
def _name(profile: bytes) -> str:
    from PIL import ImageCms

    try:
        text = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (*DECODER_ERRORS, ImageCms.PyCMSError):
        return ""
    return "".join(letter for letter in text if letter.isprintable()).strip()[:100]


@lru_cache(maxsize=32)
def _conversion(profile: bytes, mode: str) -> ImageCmsTransform | None:
    from PIL import ImageCms

    target = {"RGBX": "RGBX"}.get(mode, "RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        built = ImageCms.buildTransform(source, _srgb(), mode, target, ImageCms.Intent.RELATIVE_COLORIMETRIC)
    except (*DECODER_ERRORS, ImageCms.PyCMSError):
        return None
    return None if mode in {"RGB", "RGBX"} and _changes_nothing(built, mode) else built


def _changes_nothing(built: ImageCmsTransform, mode: str) -> bool:
    from PIL import Image, ImageChops

    steps = range(0, 256, 51)
    colours = [(red, green, blue) for red in steps for green in steps for blue in steps]
    probe = Image.new("RGB", (len(colours), 1))
    probe.putdata(colours)
    converted = built.apply(probe.convert(mode)).convert("RGB")
    difference = ImageChops.difference(probe, converted).tobytes()
    return max(difference) <= _SAME_COLOUR


@lru_cache(maxsize=1)
def _srgb() -> CmsProfile:
    from PIL import ImageCms

    return ImageCms.createProfile("sRGB")
