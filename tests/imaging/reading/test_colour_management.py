"""Pictures with a profile look in sRGB as they were meant to."""

from __future__ import annotations

import io
import struct

import numpy as np
import piexif
import pytest
from PIL import Image, ImageCms

from needlejournal.imaging.reading import colour_management, written_profiles
from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.decoding import decode_small, decode_upright
from needlejournal.imaging.reading.inspection import inspect
from tests.imaging.profiles import srgb_profile

# Display P3's primaries, adapted to D50, as its profile holds them
P3_PRIMARIES = {
    b"rXYZ": (0.51512, 0.24120, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.15710, 0.06657, 0.78407),
}
LINEAR_P3_TO_SRGB = np.array([[1.22494, -0.22494, 0.0], [-0.04206, 1.04206, 0.0], [-0.01964, -0.07864, 1.09827]])


def display_p3() -> bytes:
    """An sRGB profile with the primaries exchanged: the tone curve of both is the same."""
    profile = bytearray(srgb_profile())
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
    blue, green, red, _ = (int(level) for level in as_array(decode(data))[4, 4])
    assert (red, green, blue) == pytest.approx(in_srgb(colour), abs=2)
    assert red > colour[0] + 4


def test_srgb_under_any_name_is_left_as_it_is():
    assert colour_management.conversion(srgb_profile(), "RGB") is None
    assert colour_management.conversion(display_p3(), "RGB") is not None


@pytest.mark.parametrize("profile", [None, b"", b"not a profile at all", srgb_profile()[:300]])
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


def in_adobe_rgb(colour: tuple[int, int, int]) -> tuple[int, ...]:
    """sRGB levels as the levels of Adobe RGB (1998), by the formulas of its specification, 4.3.2."""
    light = np.array(
        [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in np.array(colour) / 255]
    )
    xyz = np.array([[0.41239, 0.35758, 0.18048], [0.21264, 0.71517, 0.07219], [0.01933, 0.11919, 0.95053]]) @ light
    adobe = np.array([[2.04159, -0.56501, -0.34473], [-0.96924, 1.87597, 0.04156], [0.01344, -0.11836, 1.01517]]) @ xyz
    return tuple(round(255 * one ** (256 / 563)) for one in adobe)


SKIN = (200, 130, 110)


@pytest.mark.parametrize("says", [{"interop": b"R03", "space": 0xFFFF}, {"space": 2}])
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("decode", [decode_upright, lambda data: decode_small(data, 8)])
def test_adobe_rgb_that_only_the_exif_names_becomes_srgb(pictures, says, orientation, decode):
    lists = {
        "0th": {piexif.ImageIFD.Orientation: orientation},
        "Exif": {piexif.ExifIFD.ColorSpace: says["space"]},
        "Interop": {piexif.InteropIFD.InteroperabilityIndex: says["interop"]} if "interop" in says else {},
    }
    data = pictures.saved(Image.new("RGB", (32, 32), in_adobe_rgb(SKIN)), exif=piexif.dump(lists))
    blue, green, red, _ = (int(level) for level in as_array(decode(data))[4, 4])
    assert (red, green, blue) == pytest.approx(SKIN, abs=2)
    assert inspect(data).profile == "Adobe RGB (1998)"


@pytest.mark.parametrize(
    "lists", [{}, {"Exif": {piexif.ExifIFD.ColorSpace: 1}}, {"Exif": {piexif.ExifIFD.ColorSpace: 0xFFFF}}]
)
def test_colours_that_nobody_calls_adobe_rgb_stay(pictures, lists):
    data = pictures.saved(Image.new("RGB", (32, 32), SKIN), exif=piexif.dump(lists))
    blue, green, red, _ = (int(level) for level in as_array(decode_upright(data))[4, 4])
    assert (red, green, blue) == pytest.approx(SKIN, abs=2)


def test_an_embedded_profile_counts_more_than_what_the_exif_says(pictures):
    exif = piexif.dump({"Exif": {piexif.ExifIFD.ColorSpace: 2}})
    data = pictures.saved(Image.new("RGB", (32, 32), SKIN), exif=exif, icc_profile=written_profiles.srgb())
    blue, green, red, _ = (int(level) for level in as_array(decode_upright(data))[4, 4])
    assert (red, green, blue) == pytest.approx(SKIN, abs=2)


def test_grey_pictures_are_not_taken_for_adobe_rgb(pictures):
    exif = piexif.dump({"Exif": {piexif.ExifIFD.ColorSpace: 2}})
    assert as_array(decode_upright(pictures.saved(Image.new("L", (32, 32), 120), exif=exif)))[4, 4, 0] == pytest.approx(
        120, abs=2
    )


@pytest.mark.parametrize("profile", [written_profiles.srgb(), written_profiles.adobe_rgb()])
def test_our_profiles_are_read_by_another_reader_and_tell_nobody(profile):
    read = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile
    assert read.version == pytest.approx(2.1)
    assert read.connection_space == "XYZ " and read.xcolor_space == "RGB "
    assert not read.manufacturer and not read.model
    assert len(profile) == int.from_bytes(profile[:4], "big") < 1000
    white = np.sum([read.red_colorant[0], read.green_colorant[0], read.blue_colorant[0]], axis=0)
    assert white == pytest.approx((0.9642, 1.0, 0.8249), abs=2e-4)


def cmyk_profile() -> bytes:
    """A press of our own, as a profile: each ink lets 0.9 of the light of its colour vanish, black that of all."""
    steps = np.linspace(0, 1, 5)
    inks = np.stack(np.meshgrid(steps, steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 4)
    levels = np.uint8(np.round(255 * (1 - 0.9 * inks[:, :3]) * (1 - 0.9 * inks[:, 3:])))
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    lab = np.asarray(to_lab.apply(Image.fromarray(levels[None]))).reshape(-1, 3).copy()
    lab[:, 1:] ^= 128  # Pillow's a and b are signed; a profile's table counts from 128
    table = b"mft1" + bytes(4) + bytes([4, 3, 5, 0]) + struct.pack(">9i", *(65536 * (n % 4 == 0) for n in range(9)))
    ramp = bytes(range(256))
    table += ramp * 4 + lab.astype(np.uint8).tobytes() + ramp * 3
    return packed(b"prtrCMYKLab ", {b"A2B0": table})


def grey_profile() -> bytes:
    """Levels that are light itself, without any curve: far from sRGB."""
    return packed(b"mntrGRAYXYZ ", {b"kTRC": b"curv" + bytes(8)})


def packed(kind: bytes, of_its_own: dict[bytes, bytes]) -> bytes:
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 6) + b"press\0" + bytes(78),
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        **of_its_own,
    }
    entries, body = struct.pack(">I", len(tags)), b""
    for key, tag in tags.items():
        entries += key + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(body), len(tag))
        body += tag + bytes(-len(tag) % 4)
    head = (
        struct.pack(">I4xI", 128 + len(entries) + len(body), 0x02100000)
        + kind
        + struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
        + b"acsp"
    )
    return (head + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)).ljust(128, b"\0") + entries + body


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
@pytest.mark.parametrize("decode", [decode_upright, lambda data: decode_small(data, 8)])
def test_the_profile_of_a_cmyk_picture_is_gone_by(pictures, kind, decode):
    inks = (40, 120, 150, 20)
    data = pictures.saved(Image.new("CMYK", (32, 32), inks), kind, icc_profile=cmyk_profile())
    blue, green, red, _ = (int(level) for level in as_array(decode(data))[4, 4])
    expected = [255 * (1 - 0.9 * ink / 255) * (1 - 0.9 * inks[3] / 255) for ink in inks[:3]]
    assert (red, green, blue) == pytest.approx(expected, abs=6)
    plain = as_array(decode(pictures.saved(Image.new("CMYK", (32, 32), inks), kind)))[4, 4]
    assert abs(int(plain[2]) - red) > 4 or abs(int(plain[0]) - blue) > 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("decode", [decode_upright, lambda data: decode_small(data, 8)])
def test_the_profile_of_a_grey_picture_is_gone_by(pictures, kind, orientation, decode):
    grey, exif = Image.new("L", (32, 32), 128), pictures.exif(orientation=orientation)
    shown = as_array(decode(pictures.saved(grey, kind, icc_profile=grey_profile(), exif=exif)))[4, 4]
    assert shown[:3] == pytest.approx([188] * 3, abs=2)  # half the light, by the formula of sRGB
    assert as_array(decode(pictures.saved(grey, kind, exif=exif)))[4, 4, 0] == pytest.approx(128, abs=2)
