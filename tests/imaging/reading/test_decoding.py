"""Every picture comes out upright, in sRGB, with the colours it was meant to have."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps

from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.decoding import decode_small, decode_upright
from tests.imaging.pools import WatchedPool

COLOURS = {"red": (200, 30, 30), "green": (30, 180, 40), "blue": (40, 50, 190), "white": (250, 250, 250)}
# where the stored corners (top left, top right, bottom left, bottom right) are once the picture is upright
CORNERS = {
    1: ("red", "green", "blue", "white"),
    2: ("green", "red", "white", "blue"),
    3: ("white", "blue", "green", "red"),
    4: ("blue", "white", "red", "green"),
    5: ("red", "blue", "green", "white"),
    6: ("blue", "red", "white", "green"),
    7: ("white", "green", "blue", "red"),
    8: ("green", "white", "red", "blue"),
}


def colour_at(pixels, x: int, y: int) -> tuple[int, int, int]:
    blue, green, red, opaque = (int(value) for value in as_array(pixels)[y, x])
    assert opaque == 255
    return red, green, blue


def nearest(colour: tuple[int, int, int]) -> str:
    return min(COLOURS, key=lambda name: sum(abs(a - b) for a, b in zip(COLOURS[name], colour, strict=True)))


def corners(pixels) -> tuple[str, ...]:
    right, bottom = pixels.width - 4, pixels.height - 4
    found = [colour_at(pixels, x, y) for y in (3, bottom) for x in (3, right)]
    return tuple(nearest(colour) for colour in found)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_of_every_format_stands_upright_once(pictures, kind, orientation):
    data = pictures.saved(pictures.quarters(), kind, exif=pictures.exif(orientation=orientation))
    assert corners(decode_upright(data)) == CORNERS[orientation]
    assert corners(decode_small(data, 40)) == CORNERS[orientation]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_large_pictures_are_turned_strip_by_strip_without_a_seam(pictures, orientation, monkeypatch):
    monkeypatch.setattr("needlejournal.imaging.reading.decoding.STRIP_BYTES", 100)
    noise = Image.fromarray(np.random.default_rng(5).integers(0, 256, (45, 31, 3), np.uint8))
    stored = pictures.saved(noise, "PNG", exif=pictures.exif(orientation=orientation))
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(stored))))
    assert np.array_equal(as_array(decode_upright(stored))[:, :, 2::-1], expected)


def of_every_mode(quarters: Image.Image) -> dict[str, tuple[Image.Image, str, Image.Image]]:
    """By mode: a picture to store, the format to store it in, and how it should look."""
    grey = quarters.convert("L")
    levels = np.asarray(grey)
    few = quarters.convert("P", palette=Image.Palette.ADAPTIVE)
    return {
        "L": (grey, "JPEG", grey),
        "LA": (quarters.convert("LA"), "PNG", grey),
        "1": (quarters.convert("1"), "PNG", quarters.convert("1")),
        "P": (few, "PNG", quarters),
        "RGBA": (quarters.convert("RGBA"), "PNG", quarters),
        "CMYK": (quarters.convert("CMYK"), "JPEG", quarters),
        "YCbCr": (quarters.convert("YCbCr"), "TIFF", quarters),
        "LAB": (_lab(quarters), "TIFF", quarters),
        "I;16": (Image.fromarray(levels.astype(np.uint16) * 257), "PNG", grey),
        "I": (Image.fromarray(levels.astype(np.int32) * 257), "TIFF", grey),
        "F": (Image.fromarray(levels.astype(np.float32) / 255), "TIFF", grey),
    }


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "CMYK", "I;16", "I", "YCbCr", "LAB", "F"])
@pytest.mark.parametrize("decode", [decode_upright, lambda data: decode_small(data, 64)])
def test_every_kind_of_pixel_becomes_plain_colour(pictures, mode, decode):
    image, kind, expected = of_every_mode(pictures.quarters())[mode]
    shown = as_array(decode(pictures.saved(image, kind)))[:, :, 2::-1].astype(int)
    assert np.median(np.abs(shown - np.asarray(expected.convert("RGB")))) <= 2


def test_a_palette_with_a_transparent_entry_shows_grey_there(pictures):
    few = pictures.quarters().convert("P", palette=Image.Palette.ADAPTIVE)
    red = few.getpixel((3, 3))
    pixels = decode_upright(pictures.saved(few, "PNG", transparency=red))
    assert colour_at(pixels, 3, 3) == (128, 128, 128)
    assert colour_at(pixels, 60, 3) == pytest.approx(COLOURS["green"], abs=2)


def _lab(image: Image.Image) -> Image.Image:
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    return ImageCms.buildTransform(*profiles, "RGB", "LAB").apply(image)


def test_sixteen_bits_a_channel_keep_their_brightness(pictures):
    deep = np.full((8, 8, 3), (100 << 8, 150 << 8, 200 << 8), np.uint16)
    for extension in (".png", ".tiff"):
        data = cv2.imencode(extension, deep)[1].tobytes()
        assert colour_at(decode_upright(data), 2, 2) == (200, 150, 100)


def test_transparent_parts_lie_on_neutral_grey(pictures):
    clear = Image.new("RGBA", (16, 16), (255, 0, 0, 0))
    half = Image.new("RGBA", (16, 16), (255, 0, 0, 128))
    assert colour_at(decode_upright(pictures.saved(clear, "PNG")), 5, 5) == (128, 128, 128)
    assert colour_at(decode_upright(pictures.saved(half, "PNG")), 5, 5) == pytest.approx((192, 64, 64), abs=1)


def test_a_colour_that_stands_for_transparent_is_grey_in_small_copies_too(pictures):
    keyed = pictures.saved(Image.new("RGB", (640, 480), (255, 0, 0)), "PNG", transparency=(255, 0, 0))
    assert colour_at(decode_small(keyed, 64), 30, 30) == (128, 128, 128)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_small_copies_of_transparent_pictures_show_the_same_grey(pictures, kind):
    clear = Image.new("RGBA", (640, 480), (255, 0, 0, 0))
    assert colour_at(decode_small(pictures.saved(clear, kind), 64), 30, 30) == (128, 128, 128)


@pytest.mark.parametrize(("size", "small"), [((1000, 10), (100, 1)), ((10, 1000), (1, 100)), ((50, 20), (50, 20))])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_small_copies_have_the_asked_long_side_and_are_never_enlarged(pictures, size, small, kind):
    assert decode_small(pictures.saved(pictures.quarters(*size), kind), 100).size == small


@pytest.mark.parametrize("orientation", [1, 6])
def test_an_odd_jpeg_that_the_fast_way_refuses_still_opens(pictures, orientation):
    whole = pictures.saved(pictures.quarters(), exif=pictures.exif(orientation=orientation))
    odd = _with_stray_bytes(whole)
    assert corners(decode_upright(odd)) == CORNERS[orientation]
    assert corners(decode_small(odd, 40)) == CORNERS[orientation]


def _with_stray_bytes(jpeg: bytes) -> bytes:
    """Bytes between two segments, which make libjpeg warn and go on."""
    tables = jpeg.index(b"\xff\xdb")
    return jpeg[:tables] + b"\0\0\0" + jpeg[tables:]


def test_the_buffer_is_flat_opaque_and_read_only(pictures):
    pixels = decode_upright(pictures.every_format()["jpeg"])
    assert (pixels.stride, len(pixels.buffer), pixels.buffer.readonly) == (256, 256 * 48, True)
    assert set(pixels.buffer[3::4]) == {255}


def test_a_pools_buffer_is_used_again_once_nothing_shows_it(pictures):
    pool, data = WatchedPool(), pictures.every_format()["jpeg"]
    first = decode_upright(data, pool=pool)
    second = decode_upright(data, pool=pool)
    assert pool.held_bytes == 2 * len(first.buffer)
    kept = as_array(second)
    del first, second
    decode_upright(data, pool=pool)
    assert pool.held_bytes == 2 * 64 * 48 * 4
    assert kept.base is not None
