"""Makes any Pillow picture (16-bit, CMYK, palette, transparent, grey, Lab …) a plain 8-bit RGB one in sRGB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from needlejournal.imaging.colour_management import conversion, lab_conversion

if TYPE_CHECKING:
    from PIL.Image import Image

SURROUND = (128, 128, 128)  # what shows through where a picture is transparent: neutral, favouring no skin colour


def flatten(image: Image, profile: bytes | None) -> Image:
    """Return `image` as RGB in sRGB: its colour `profile` applied, transparent parts on neutral grey."""
    plain = _eight_bits(image)
    if "A" not in plain.mode or plain.mode == "LAB":
        return _coloured(plain, profile)
    return _on_surround(plain, profile)


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
    import numpy as np
    from PIL import Image as Pillow

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


def _on_surround(image: Image, profile: bytes | None) -> Image:
    from PIL import Image as Pillow

    opaque = _coloured(image.convert("L" if image.mode in {"LA", "La"} else "RGB"), profile)
    ground = Pillow.new("RGB", image.size, SURROUND)
    ground.paste(opaque, mask=image.getchannel("A" if "A" in image.getbands() else "a"))
    return ground
