"""What some bytes are is told from the bytes."""

from __future__ import annotations

import pytest

from needlejournal.imaging.reading import formats
from needlejournal.imaging.reading.formats import Format


@pytest.mark.parametrize("kind", list(Format))
def test_every_format_is_told_from_its_content(pictures, kind):
    assert formats.sniff(pictures.every_format()[kind.value]) is kind


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"GIF89a" + bytes(40),
        b"BM" + bytes(40),
        b"%PDF-1.7\n",
        b"A diary in plain words.",
        b"\0\0\0\x20ftypavif\0\0\0\0avifmif1",
        b"\0\0\0\x20ftypisom\0\0\0\0isommp42",
        b"RIFF\x10\0\0\0WAVEfmt ",
        b"PK\x03\x04" + bytes(40),
    ],
)
def test_anything_else_is_none_of_ours(other):
    assert formats.sniff(other) is None


def test_the_media_type_of_a_format():
    assert Format.HEIC.mime == "image/heic"


@pytest.mark.parametrize(("data", "blank"), [(b"", True), (bytes(5000), True), (bytes(5000) + b"x", False)])
def test_a_file_of_zeros_is_as_empty_as_an_empty_one(data, blank):
    assert formats.is_blank(data) is blank


@pytest.mark.parametrize("kind", [kind for kind in Format if kind is not Format.TIFF])
def test_a_missing_end_is_noticed(pictures, kind):
    whole = pictures.every_format()[kind.value]
    assert not formats.breaks_off(whole, kind)
    assert formats.breaks_off(whole[: len(whole) * 2 // 3], kind)


def test_large_tiffs_are_told_and_checked_like_others(pictures):
    whole = pictures.saved(pictures.quarters(), "TIFF", big_tiff=True, compression="tiff_lzw")
    assert formats.sniff(whole) is Format.TIFF
    assert not formats.breaks_off(whole, Format.TIFF)
    assert formats.breaks_off(whole[: len(whole) // 2], Format.TIFF)


def test_an_embedded_thumbnails_end_is_not_taken_for_the_pictures(pictures):
    thumbnail = pictures.saved(pictures.quarters(16, 12))
    whole = pictures.saved(pictures.quarters(), exif=pictures.exif(Make=b"X") + thumbnail)
    assert formats.breaks_off(whole[:-30], Format.JPEG)


def test_bytes_appended_to_a_jpeg_do_not_make_it_incomplete(pictures):
    assert not formats.breaks_off(pictures.saved(pictures.quarters()) + b"a phone's own trailer", Format.JPEG)
