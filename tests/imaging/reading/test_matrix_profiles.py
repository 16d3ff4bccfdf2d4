"""Profiles: what one calls itself; of three primaries and curves, the fast way agrees with the colour library's."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from needlejournal.imaging.reading import matrix_profiles
from tests.imaging.profiles import srgb_profile


def fixed(*numbers: float) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def parametric(kind: int, *numbers: float) -> bytes:
    return b"para\0\0\0\0" + struct.pack(">HH", kind, 0) + fixed(*numbers)


def sampled(*points: int) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(f">I{len(points)}H", len(points), *points)


def with_curve(curve: bytes) -> bytes:
    """An sRGB profile with another tone curve for all three colours."""
    profile = bytearray(srgb_profile())
    profile += bytes(-len(profile) % 4)
    at = len(profile)
    profile += curve + bytes(-len(curve) % 4)
    for entry in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12):
        if profile[entry + 1 : entry + 4] == b"TRC":
            profile[entry + 4 : entry + 12] = struct.pack(">II", at, len(curve))
    profile[:4] = struct.pack(">I", len(profile))
    return bytes(profile)


CURVES = {
    "gamma 2.2": parametric(0, 2.2),
    "offset below": parametric(1, 2.0, 0.9, 0.1),
    "offset with a floor": parametric(2, 2.0, 0.9, 0.1, 0.05),
    "two pieces, as in sRGB": parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
    "two pieces with floors": parametric(4, 2.2, 0.9, 0.1, 0.3, 0.2, 0.02, 0.01),
    "straight": sampled(),
    "Adobe's gamma": sampled(0x0233),
    "five points": sampled(0, 4000, 14000, 33000, 65535),
    "many points": sampled(*(round(65535 * (level / 1023) ** 1.8) for level in range(1024))),
}


@pytest.mark.parametrize("name", CURVES)
def test_the_fast_way_agrees_with_the_library(name):
    profile = with_curve(CURVES[name])
    levels = np.random.default_rng(2).integers(0, 256, (40, 50, 3), np.uint8)
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    general = ImageCms.profileToProfile(
        Image.fromarray(levels), source, ImageCms.createProfile("sRGB"), ImageCms.Intent.RELATIVE_COLORIMETRIC
    )
    way = matrix_profiles.matrix_way(profile)
    assert way is not None
    ours = matrix_profiles.follow(way, np.ascontiguousarray(levels[:, :, ::-1]))[:, :, ::-1]
    difference = np.abs(ours.astype(int) - np.asarray(general))
    assert difference.max() <= 2
    assert difference.mean() < 0.2


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        bytes(500),
        srgb_profile()[:200],
        with_curve(b"none" + bytes(20)),
        with_curve(parametric(9, 1.0)),
        with_curve(parametric(1, 2.0, 0.0, 0.1)),
        with_curve(b"curv\0\0\0\0\xff\xff\xff\xff"),
    ],
)
def test_what_is_not_of_this_kind_takes_the_general_way(broken):
    assert matrix_profiles.matrix_way(broken) is None


def test_large_pictures_are_converted_in_strips_without_a_seam(monkeypatch):
    way = matrix_profiles.matrix_way(with_curve(CURVES["gamma 2.2"]))
    noise = np.random.default_rng(4).integers(0, 256, (77, 31, 3), np.uint8)
    assert way is not None
    whole = matrix_profiles.follow(way, noise)
    monkeypatch.setattr(matrix_profiles, "_STRIP_PIXELS", 100)
    assert np.array_equal(matrix_profiles.follow(way, noise), whole)


def profile_with(description: bytes) -> bytes:
    return bytes(128) + struct.pack(">I4sII", 1, b"desc", 144, len(description)) + description


def in_languages(*texts: str) -> bytes:
    start, entries, body = 16 + 12 * len(texts), b"", b""
    for text in texts:
        coded = text.encode("utf-16-be")
        entries += b"enUS" + struct.pack(">II", len(coded), start + len(body))
        body += coded
    return b"mluc\0\0\0\0" + struct.pack(">II", len(texts), 12) + entries + body


def test_the_name_in_profiles_of_version_four():
    assert matrix_profiles.name_of(profile_with(in_languages("Display P3", "Bildschirm"))) == "Display P3"


def test_the_name_in_profiles_of_version_two():
    assert matrix_profiles.name_of(profile_with(b"desc\0\0\0\0\0\0\0\x0fAdobe RGB 1998\0rest")) == "Adobe RGB 1998"


def test_the_librarys_own_profile_is_named():
    assert "sRGB" in matrix_profiles.name_of(srgb_profile())


@pytest.mark.parametrize(
    "profile",
    [
        b"",
        bytes(600),
        b"\xff" * 600,
        profile_with(b"desc"),
        profile_with(b"text\0\0\0\0something"),
        profile_with(b"mluc" + b"\xff" * 40),
        srgb_profile()[:150],
    ],
)
def test_a_broken_profile_has_no_name(profile):
    assert matrix_profiles.name_of(profile) == ""
