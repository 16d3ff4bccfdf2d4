"""Brings pictures with an embedded colour profile (Display P3, Adobe RGB, CMYK …) into sRGB, the one space used."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageCms
from PIL.ImageCms import ImageCmsTransform

from needlejournal.imaging.reading import matrix_profiles
from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.matrix_profiles import MatrixWay
from needlejournal.imaging.reading.opening import DECODER_ERRORS

if TYPE_CHECKING:
    from PIL._imagingcms import CmsProfile

_SAME_COLOUR = 2  # levels of 255: a profile that moves nothing further is as good as sRGB


def conversion(profile: bytes | None, mode: str) -> ImageCmsTransform | None:
    """The way from `profile` to sRGB for pictures of a Pillow mode; None when there is nothing to convert.

    Nothing is to be converted without a profile, with one that is broken or meant for another kind of
    picture, and with one that is sRGB under whatever name.
    """
    return _conversion(profile, mode) if profile else None


def bgr_in_srgb(array: Bytes, profile: bytes | None) -> Bytes:
    """Bring an array of height × width × 3 (blue, green, red) with `profile` into sRGB; itself when it already is."""
    to_srgb = conversion(profile, "RGB")
    if profile is None or to_srgb is None:
        return array
    fast = _matrix_way(profile)
    return _by_general_way(to_srgb, array) if fast is None else matrix_profiles.follow(fast, array)


def lab_conversion() -> ImageCmsTransform:
    """The way from Lab pictures, which some TIFFs hold, to sRGB."""
    return ImageCms.buildTransform(ImageCms.createProfile("LAB"), _srgb(), "LAB", "RGB")


@lru_cache(maxsize=32)
def _conversion(profile: bytes, mode: str) -> ImageCmsTransform | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        built = ImageCms.buildTransform(source, _srgb(), mode, "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    except (*DECODER_ERRORS, ImageCms.PyCMSError):
        return None
    return None if mode == "RGB" and _changes_nothing(built) else built


def _changes_nothing(built: ImageCmsTransform) -> bool:
    return max(ImageChops.difference(_probe(), built.apply(_probe())).tobytes()) <= _SAME_COLOUR


@lru_cache(maxsize=32)
def _matrix_way(profile: bytes) -> MatrixWay | None:
    """The fast way, where there is one and it agrees with the general one."""
    way, general = matrix_profiles.matrix_way(profile), conversion(profile, "RGB")
    if way is None or general is None:
        return None
    probe = np.frombuffer(_probe().tobytes(), np.uint8).reshape(1, -1, 3)
    difference = cv2.absdiff(matrix_profiles.follow(way, probe), _by_general_way(general, probe))
    return way if difference.max() <= _SAME_COLOUR else None


def _by_general_way(to_srgb: ImageCmsTransform, array: Bytes) -> Bytes:
    converted = np.asarray(to_srgb.apply(Image.fromarray(array[:, :, ::-1])))
    return np.ascontiguousarray(converted[:, :, ::-1])


@lru_cache(maxsize=1)
def _probe() -> Image.Image:
    """A row of colours from everywhere in the cube."""
    steps = range(0, 256, 15)
    colours = bytes(level for red in steps for green in steps for blue in steps for level in (red, green, blue))
    return Image.frombytes("RGB", (len(colours) // 3, 1), colours)


@lru_cache(maxsize=1)
def _srgb() -> CmsProfile:
    return ImageCms.createProfile("sRGB")
