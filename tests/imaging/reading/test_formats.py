"""What some bytes are is told from the bytes."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.imaging.reading import formats, other_files, tiff_tags
from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.imaging.reading.formats import Format
from needlejournal.imaging.reading.opening import format_of, opened
from needlejournal.imaging.reading.previews import make_previews
from needlejournal.imaging.reading.unreadable import UnreadablePicture
from tests.imaging.conftest import RED


@pytest.mark.parametrize("kind", list(Format))
def test_every_format_is_said_from_its_content(pictures, kind):
    assert formats.sniff(pictures.every_format()[kind.value]) is kind


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"BM" + bytes(40),
        b"%PDF-1.7\n",
        b"A diary in plain words.",
        b"\0\0\0\x20ftypcrx \0\0\0\0crx mif1",
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


def test_large_tiffs_are_said_and_checked_like_others(pictures):
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


def directory(*entries: tuple[int, int, int]) -> bytes:
    """A TIFF of one directory without pixels; entries are tag, type and value."""
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + bytes(4)


@pytest.mark.parametrize(
    "data",
    [
        directory((254, 4, 1), (256, 4, 160)),  # a small picture in front, as Nikon writes it
        directory((259, 3, 34713)),
        directory((262, 3, 32803)),
        directory((50706, 1, 1)),
        b"II*\0\x10\0\0\0CR\x02\0",
        b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom",
        b"FUJIFILMCCD-RAW 0201",
        b"IIRO\x08\0\0\0",
        b"IIU\0\x18\0\0\0",
    ],
)
def test_camera_raws_are_said_by_their_content(data):
    assert other_files.is_raw(data)
    with pytest.raises(UnreadablePicture) as told, opened(data + bytes(64)):
        pass
    assert told.value.reason.kind == "raw"


def test_an_ordinary_tiff_is_no_raw_and_its_pages_are_counted(pictures):
    image = pictures.quarters()
    whole = pictures.saved(image, "TIFF", save_all=True, append_images=[image, image])
    assert (other_files.is_raw(whole), tiff_tags.pages(whole)) == (False, 3)


@pytest.mark.parametrize(
    ("data", "kind", "word"),
    [
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video", "video"),
        (b"\0\0\0\x08wide\0\0\1\0mdat", "video", "video"),
        (b"\x1aE\xdf\xa3\x01\0\0\0", "video", "video"),
        (b"RIFF\x10\0\0\0AVI LIST", "video", "video"),
        (b"\xff\x0a\xfa\x1f", "unsupported", "JPEG XL"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "unsupported", "JPEG XL"),
        (b"8BPS\0\1", "unsupported", "Photoshop"),
        (b'<?xml version="1.0"?><svg xmlns="x">', "unsupported", "SVG"),
        (b"words", "not a picture", "not a picture"),
    ],
)
def test_what_is_no_picture_here_is_called_by_its_name(data, kind, word):
    with pytest.raises(UnreadablePicture, match=word) as told:
        format_of(data)
    assert told.value.reason.kind == kind


def test_a_tiff_of_floating_levels_is_called_unusual_and_not_damaged(pictures):
    whole = pictures.saved(pictures.quarters().convert("RGB"), "TIFF")
    order = whole.index(struct.pack("<HH", 262, 3))
    lab = whole[: order + 8] + struct.pack("<H", 10) + whole[order + 10 :]
    assert tiff_tags.is_unusual(lab)
    assert not tiff_tags.is_unusual(whole)


@given(st.binary(max_size=400))
def test_no_directory_leads_astray(data):
    tiff_tags.directories(b"II*\0" + data)
    tiff_tags.is_raw(b"MM\0*" + data)


def test_a_png_with_a_broken_extra_is_read_without_it(pictures):
    whole = pictures.saved(pictures.quarters(), "PNG")
    broken = whole[:33] + struct.pack(">I", 4) + b"gAMA" + bytes(8) + whole[33:]
    assert make_previews(broken).thumbnail_jpeg == make_previews(whole).thumbnail_jpeg


def test_a_picture_of_each_added_format_has_its_colours(pictures):
    for kind in ("avif", "gif", "bmp", "jp2"):
        pixels = as_array(decode_upright(pictures.every_format()[kind]))
        assert [int(level) for level in pixels[5, 5, :3]] == pytest.approx([*RED[::-1]], abs=12), kind
