"""Makes any Pillow picture (16-bit, CMYK, palette, transparent, grey, Lab …) a plain 8-bit RGB one in sRGB."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image as Pillow

from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.colour_management import bgr_in_srgb, conversion, lab_conversion

if TYPE_CHECKING:
    from PIL.Image import Image

SURROUND = 128  # what shows through where a picture is transparent: neutral, favouring no skin colour


def flatten(image: Image, profile: bytes | None) -> Bytes:
    """Return `image` as an array of height × width × 3 (blue, green, red) in sRGB.

    Its colour `profile` is applied, transparent parts lie on neutral grey.
    """
    plain = _eight_bits(image)
    if plain.mode in {"LA", "RGBA"}:
        return _on_surround(plain, profile)
    if plain.mode == "RGB":
        return bgr_in_srgb(cv2.cvtColor(np.asarray(plain), cv2.COLOR_RGB2BGR), profile)  # type: ignore[arg-type]
    return cv2.cvtColor(np.asarray(_coloured(plain, profile)), cv2.COLOR_RGB2BGR)  # type: ignore[return-value]


def _eight_bits(image: Image) -> Image:
    """Bring every mode to one of L, LA, RGB, RGBA, CMYK, LAB and YCbCr."""
    match image.mode:
        case "1":
            return image.convert("L")
        case "P" | "PA":
            return image.convert("RGBA" if image.mode == "PA" or "transparency" in image.info else "RGB")
        case "L" | "RGB" if "transparency" in image.info:
            return image.convert("LA" if image.mode == "L" else "RGBA")
        case "I" | "F" | "I;16" | "I;16B" | "I;16L" | "I;16N":
            return _from_deep_grey(image)
        case "RGBX":
            return image.convert("RGB")
        case _:
            return image


def _from_deep_grey(image: Image) -> Image:
    """Scale 16-bit levels, or a floating 0 to 1, to 0 to 255."""
    levels = np.asarray(image)
    if image.mode == "F":
        levels = np.nan_to_num(levels) * (255.0 if np.nanmax(levels, initial=0) <= 1 else 1.0)
    else:
        levels = levels.astype(np.int64) >> 8
    return Pillow.fromarray(np.clip(levels, 0, 255).astype(np.uint8))


def _coloured(image: Image, profile: bytes | None) -> Image:
    if image.mode == "LAB":
        return lab_conversion().apply(image)
    to_srgb = conversion(profile, image.mode)
    return image.convert("RGB") if to_srgb is None else to_srgb.apply(image)


def _on_surround(image: Image, profile: bytes | None) -> Bytes:
    opaque = flatten(image.convert("L" if image.mode == "LA" else "RGB"), profile)
    weight = np.asarray(image.getchannel("A")).astype(np.float32) / 255
    return cv2.blendLinear(opaque, np.full_like(opaque, SURROUND), weight, 1 - weight)  # type: ignore[return-value]
