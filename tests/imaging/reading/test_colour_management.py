"""Pictures with a profile look in sRGB as they were meant to."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from needlejournal.imaging.reading import colour_management
from needlejournal.imaging.reading.decoding import decode_small, decode_upright
from needlejournal.imaging.reading.pixels import as_array

# Display P3's primaries, adapted to D50, as its profile holds them
P3_PRIMARIES = {
    b"rXYZ": (0.51512, 0.24120, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.15710, 0.06657, 0.78407),
}
LINEAR_P3_TO_SRGB = np.array([[1.22494, -0.22494, 0.0], [-0.04206, 1.04206, 0.0], [-0.01964, -0.07864, 1.09827]])


def display_p3() -> bytes:
    """An sRGB profile with the primaries exchanged: the tone curve of both is the same."""
    profile = bytearray(colour_management.srgb_profile())
    for entry in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12):
        values = P3_PRIMARIES.get(bytes(profile[entry : entry + 4]))
        if values:
            at = int.from_bytes(profile[entry + 4 : entry + 8], "big") + 8
            fixed = b"".join(round(value * 65536).to_bytes(4, "big", signed=True) for value in values)
            profile[at : at + 12] = fixed
    return bytes(profile)


def in_srgb(colour: tuple[int, int, int]) -> np.ndarray:
    """The textbook's way from Display P3 to sRGB."""
    linear = [
        level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in np.array(colour) / 255
    ]
    straight = np.clip(LINEAR_P3_TO_SRGB @ linear, 0, 1)
    return 255 * np.where(straight <= 0.0031308, straight * 12.92, 1.055 * straight ** (1 / 2.4) - 0.055)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("decode", [decode_upright, lambda data: decode_small(data, 8)])
def test_display_p3_of_phones_becomes_srgb(pictures, kind, orientation, decode):
    colour = (190, 120, 100)
    skin = Image.new("RGB", (32, 32), colour)
    lossless = {"WEBP": {"lossless": True}, "HEIF": {"quality": -1, "chroma": 444}}.get(kind, {})
    exif = pictures.exif(orientation=orientation)
    data = pictures.saved(skin, kind, icc_profile=display_p3(), exif=exif, **lossless)
    blue, green, red, _ = as_array(decode(data))[4, 4]
    assert (red, green, blue) == pytest.approx(in_srgb(colour), abs=2)
    assert red > colour[0] + 4


def test_srgb_under_any_name_is_left_as_it_is():
    assert colour_management.conversion(colour_management.srgb_profile(), "RGB") is None
    assert colour_management.conversion(display_p3(), "RGB") is not None


@pytest.mark.parametrize("profile", [None, b"", b"not a profile at all", colour_management.srgb_profile()[:300]])
def test_without_a_usable_profile_srgb_is_assumed(pictures, profile):
    data = pictures.saved(Image.new("RGB", (8, 8), (190, 120, 100)), "PNG", icc_profile=profile or None)
    assert tuple(as_array(decode_upright(data))[2, 2, 2::-1]) == (190, 120, 100)


def test_a_profile_for_another_kind_of_picture_is_ignored(pictures):
    grey = pictures.saved(Image.new("L", (8, 8), 120), "PNG", icc_profile=display_p3())
    assert tuple(as_array(decode_upright(grey))[2, 2, :3]) == (120, 120, 120)


def test_transparent_pictures_with_a_profile_are_converted_too(pictures):
    clear = Image.new("RGBA", (8, 8), (190, 120, 100, 255))
    shown = as_array(decode_upright(pictures.saved(clear, "PNG", icc_profile=display_p3())))[2, 2, 2::-1]
    assert shown == pytest.approx(in_srgb((190, 120, 100)), abs=2)


def test_the_same_profile_is_looked_up_once():
    first = colour_management.conversion(display_p3(), "RGB")
    assert colour_management.conversion(display_p3(), "RGB") is first


def test_a_fast_way_that_disagrees_with_the_library_is_not_taken(monkeypatch):
    from needlejournal.imaging.reading import matrix_profiles

    right = matrix_profiles.matrix_way(display_p3())
    wrong = matrix_profiles.MatrixWay(right.linear, right.matrix[::-1].copy())
    monkeypatch.setattr(matrix_profiles, "matrix_way", lambda _: wrong)
    colour_management._matrix_way.cache_clear()
    skin = np.full((1, 1, 3), (100, 120, 190), np.uint8)
    shown = colour_management.bgr_in_srgb(skin, display_p3())
    colour_management._matrix_way.cache_clear()
    assert shown[0, 0, ::-1] == pytest.approx(in_srgb((190, 120, 100)), abs=2)
