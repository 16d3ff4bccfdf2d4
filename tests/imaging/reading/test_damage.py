"""A broken photo is noticed before it is called saved, and a whole one never is."""

from __future__ import annotations

import random
import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from PIL import Image

from needlejournal.imaging.reading import boxes, jpeg_parts
from needlejournal.imaging.reading.damage import Damage
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.imaging.reading.previews import make_previews
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture

KINDS = {"JPEG": {"quality": 90}, "PNG": {}, "WEBP": {"quality": 90}, "HEIF": {"quality": 80}, "TIFF": {}}
PROGRESSIVE = {"quality": 90, "progressive": True}


@pytest.fixture(scope="module")
def scene() -> Image.Image:
    """A picture with as much in it as a photo has, flat parts and noise."""
    noise = np.random.default_rng(3).integers(0, 60, (480, 640, 3))
    steps = np.linspace(0, 180, 640).astype(int)[None, :, None]
    picture = (noise + steps).astype(np.uint8)
    picture[100:220, 100:300] = (200, 150, 120)
    return Image.fromarray(picture)


def damage(data: bytes) -> Damage | None:
    return make_previews(data).damage


@pytest.mark.parametrize("kind", KINDS)
def test_whole_pictures_are_whole(pictures, scene, kind):
    assert damage(pictures.saved(scene, kind, **KINDS[kind])) is None


@pytest.mark.parametrize(
    "options",
    [PROGRESSIVE, {"quality": 90, "optimize": True}, {"quality": 90, "restart_marker_blocks": 4}, {"quality": 20}],
)
def test_every_way_of_writing_a_jpeg_is_whole(pictures, scene, options):
    assert damage(pictures.saved(scene, **options)) is None
    assert damage(pictures.saved(scene.convert("CMYK"), **options)) is None
    assert damage(pictures.saved(Image.new("RGB", (2000, 1500), "black"), **options)) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.5, 0.95])
def test_a_picture_that_breaks_off_is_cut_and_what_is_there_is_shown(pictures, scene, kind, part):
    whole = pictures.saved(scene, kind, **KINDS[kind])
    cut = whole[: int(len(whole) * part)]
    if kind in {"WEBP", "HEIF", "TIFF"}:  # one coded picture: there is nothing to show
        with pytest.raises(UnreadablePicture) as told:
            make_previews(cut)
        assert told.value.reason is Reason.TRUNCATED
    else:
        assert make_previews(cut).damage is Damage.CUT


def coded(data: bytes) -> tuple[int, int]:
    """Where the coded pixels lie."""
    if data.startswith(b"\xff\xd8"):
        scan = max(jpeg_parts.scans(data), key=lambda one: one.end - one.start)
        return scan.start, scan.end
    if data[4:8] == b"ftyp":
        extents = [extent for one in boxes.coded_pictures(data) for extent in one.extents]
        return min(start for start, _ in extents), max(start + size for start, size in extents)
    return len(data) // 3, len(data)


def zeroed(data: bytes, size: int) -> bytes:
    start, end = coded(data)
    at = (start + end) // 2 // 512 * 512
    return data[:at] + bytes(size) + data[at + size :]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
@pytest.mark.parametrize("size", [512, 4096])
def test_a_part_overwritten_with_zeros_is_noticed(pictures, scene, kind, size):
    assert damage(zeroed(pictures.saved(scene, kind, **KINDS[kind]), size)) is Damage.PART


@pytest.mark.parametrize("options", [{"quality": 90, "optimize": True}, PROGRESSIVE])
def test_zeros_are_noticed_in_jpegs_with_tables_of_their_own(pictures, scene, options):
    assert damage(zeroed(pictures.saved(scene, **options), 8192)) is not None


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_part_overwritten_with_other_bytes_is_noticed(pictures, scene, kind):
    whole = pictures.saved(scene, kind, **KINDS[kind])
    at = sum(coded(whole)) // 2
    assert damage(whole[:at] + random.Random(1).randbytes(4096) + whole[at + 4096 :]) is not None


@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_part_of_an_unwritten_card_is_noticed(pictures, scene, kind):
    whole = pictures.saved(scene, kind, **KINDS[kind])
    at = sum(coded(whole)) // 2
    assert damage(whole[:at] + b"\xff" * 4096 + whole[at + 4096 :]) is not None


def test_a_missing_end_mark_and_a_phones_trailer_are_no_damage(pictures, scene):
    whole = pictures.saved(scene, quality=90)
    assert damage(whole[:-2]) is None
    assert damage(whole + bytes(5000) + b"a film of the same moment") is None
    assert damage(whole[:-2] + b"MotionPhoto_Data" + bytes(5000)) is None


def test_bytes_out_of_place_in_front_of_the_pixels_are_no_damage(pictures, scene):
    whole = pictures.saved(scene, quality=90)
    at = whole.index(b"\xff\xdb")
    assert damage(whole[:at] + b"padding" + whole[at:]) is None


def test_a_png_whose_end_chunk_is_missing_is_whole_and_one_with_a_wrong_sum_is_not(pictures, scene):
    whole = pictures.saved(scene, "PNG")
    assert damage(whole[:-6]) is None
    at = whole.index(b"IDAT") - 4
    end = at + 12 + int.from_bytes(whole[at : at + 4], "big")
    wrong = zlib.crc32(whole[at + 4 : end - 4]) ^ 1
    assert damage(whole[: end - 4] + struct.pack(">I", wrong) + whole[end:]) is Damage.PART


def test_what_is_there_of_a_cut_picture_can_be_looked_at_in_full(pictures, scene):
    whole = pictures.saved(scene, "PNG")
    pixels = decode_upright(whole[: len(whole) // 2], patient=True)
    assert pixels.size == scene.size


def test_a_lossless_jpeg_does_not_end_the_program():
    """libjpeg-turbo 3.1 dies on one that it is asked for a smaller picture of."""
    table = b"\xff\xc4\0\x15\0" + bytes([0, 1, 5, 1, 1, 1, 1, 1, 1]) + bytes(7) + bytes(range(12))
    table = table[:2] + (len(table) - 2).to_bytes(2, "big") + table[4:]
    frame = b"\xff\xc3\0\x0b\x08" + struct.pack(">HH", 200, 300) + b"\1\1\x11\0"
    scan = b"\xff\xda\0\x08\1\1\0\1\0\0" + bytes(20_000)
    with suppress(UnreadablePicture):
        make_previews(b"\xff\xd8" + table + frame + scan + b"\xff\xd9")
