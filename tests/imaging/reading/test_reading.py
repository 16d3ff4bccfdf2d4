"""Whatever a file holds, reading it ends with a picture or with a sentence."""

from __future__ import annotations

import random
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from needlejournal.imaging.reading.decoding import decode_small, decode_upright
from needlejournal.imaging.reading.inspection import inspect
from needlejournal.imaging.reading.opening import opened
from needlejournal.imaging.reading.previews import make_previews
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture
from needlejournal.journal.errors import WorldError

FORMATS = ["jpeg", "png", "webp", "heic", "tiff"]


def reason_of(data: bytes) -> Reason:
    with pytest.raises(UnreadablePicture) as raised:
        decode_small(data, 512)
    return raised.value.reason


def png_of_size(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("data", [b"", bytes(70_000)])
def test_an_empty_file_and_one_of_zeros_are_called_empty(data):
    assert reason_of(data) is Reason.EMPTY


def test_a_text_named_like_a_photo_is_not_a_picture():
    assert reason_of(b"Dear diary, today was session two.") is Reason.NOT_A_PICTURE


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_cut_short_is_called_cut_short(pictures, kind):
    whole = pictures.saved(pictures.quarters(256, 192), {"heic": "HEIF"}.get(kind, kind.upper()))
    assert reason_of(whole[: len(whole) * 2 // 3]) is Reason.TRUNCATED


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits"])
def test_a_compressed_tiff_cut_short_is_called_cut_short(pictures, compression):
    noise = Image.frombytes("RGB", (120, 90), random.Random(1).randbytes(120 * 90 * 3))
    whole = pictures.saved(noise, "TIFF", compression=compression)
    assert reason_of(whole[: len(whole) * 2 // 3]) is Reason.TRUNCATED


def test_a_picture_with_a_broken_inside_is_called_damaged(pictures):
    whole = bytearray(pictures.every_format()["png"])
    compressed = whole.index(b"IDAT") + 4
    whole[compressed : compressed + 8] = b"\xff" * 8
    assert reason_of(bytes(whole)) is Reason.DAMAGED


def test_a_decompression_bomb_is_refused_before_it_takes_memory():
    assert reason_of(png_of_size(60_000, 60_000)) is Reason.TOO_LARGE


def test_a_webp_that_claims_a_huge_canvas_is_refused(pictures):
    data = bytearray(pictures.saved(pictures.quarters(), "WEBP", exif=pictures.exif(Make=b"X")))
    assert data[12:16] == b"VP8X"
    data[24:30] = b"\xff\xff\0\xff\xff\0"
    assert reason_of(bytes(data)) is Reason.TOO_LARGE


def test_pillows_own_limit_is_ours(pictures):
    inspect(pictures.every_format()["webp"])
    assert Image.MAX_IMAGE_PIXELS == 130_000_000  # it refuses from twice as many on


def test_two_hundred_megapixels_are_within_the_limit():
    assert inspect(png_of_size(20_000, 12_900)).width == 20_000


def test_a_picture_without_any_width_is_damaged():
    assert reason_of(png_of_size(0, 10)) is Reason.DAMAGED


def test_the_limit_can_be_set_lower(pictures):
    with pytest.raises(UnreadablePicture), opened(pictures.saved(pictures.quarters()), max_megapixels=0.001):
        pass


def test_a_raw_file_is_not_mistaken_for_its_small_preview(pictures):
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    tags = ImageFileDirectory_v2()
    tags[50706] = b"\x01\x04\0\0"
    assert reason_of(pictures.saved(pictures.quarters(), "TIFF", tiffinfo=tags)) is Reason.RAW


def test_too_little_memory_is_said_as_such(pictures, monkeypatch):
    monkeypatch.setattr(Image.Image, "crop", lambda *_: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(UnreadablePicture) as raised:
        decode_upright(pictures.every_format()["png"])
    assert raised.value.reason is Reason.NO_MEMORY


@pytest.mark.parametrize("decode", [decode_upright, make_previews])
def test_a_mistake_of_our_own_is_not_called_damage(pictures, monkeypatch, decode):
    monkeypatch.setattr("needlejournal.imaging.reading.decoding.flatten", lambda *_: None + 1)
    with pytest.raises(TypeError):
        decode(pictures.every_format()["png"])


def test_every_reason_is_a_sentence_for_the_person():
    for reason in Reason:
        error = UnreadablePicture(reason)
        assert isinstance(error, WorldError)
        assert str(error)[0].isupper() and "{" not in str(error)
        assert str(error).endswith(".")


def test_a_phones_two_frame_picture_is_read_as_its_first_frame(pictures):
    first, second = pictures.quarters(64, 48), Image.new("RGB", (32, 24))
    data = pictures.saved(first, "MPO", save_all=True, append_images=[second], quality=95)
    facts = inspect(data)
    assert (facts.format.value, facts.width, facts.height) == ("jpeg", 64, 48)
    assert decode_upright(data).size == (64, 48)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_of_several_frames_the_first_is_read(pictures, kind):
    data = pictures.saved(
        pictures.quarters(), kind, save_all=True, append_images=[Image.new("RGB", (64, 48), (0, 0, 0))]
    )
    assert bytes(decode_upright(data).buffer[:3]) != b"\0\0\0"


def damaged(data: bytes, seed: int, cut: bool) -> bytes:
    dice = random.Random(seed)
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 3, 20))):
        at = dice.randrange(min(len(changed), dice.choice((100, 700, len(changed)))))
        changed[at] = dice.choice((0, 255, dice.randrange(256), changed[at] ^ 1 << dice.randrange(8)))
    return bytes(changed[: dice.randrange(len(changed))] if cut else changed)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), cut=st.booleans())
def test_no_flipped_or_missing_byte_brings_anything_but_a_picture_or_a_sentence(pictures, kind, seed, cut):
    exif = pictures.exif(orientation=6, gps=True, DateTimeOriginal=b"2026:03:01 10:00:00", Make=b"X")
    whole = pictures.saved(pictures.quarters(), {"heic": "HEIF"}.get(kind, kind.upper()), exif=exif)
    data = damaged(whole, seed, cut)
    for look in (inspect, make_previews, decode_upright):
        try:
            look(data)
        except UnreadablePicture:
            continue
