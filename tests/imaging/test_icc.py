"""What a colour profile calls itself."""

from __future__ import annotations

import struct

import pytest

from needlejournal.imaging.reading import matrix_profiles
from needlejournal.imaging.reading.colour_management import srgb_profile


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
