"""The small pictures kept for a photo; a kept one is decoded fast and just as large as needed."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.damage import Damage
from needlejournal.imaging.reading.kept_thumbnail import decode_kept
from needlejournal.imaging.reading.previews import make_previews
from needlejournal.imaging.reading.unreadable import UnreadablePicture


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
def test_previews_are_upright_jpegs_of_the_promised_sizes(pictures, kind):
    data = pictures.saved(pictures.quarters(2560, 1440), kind, exif=pictures.exif(orientation=6))
    previews = make_previews(data)
    thumbnail, proxy = opened(previews.thumbnail_jpeg), opened(previews.proxy_jpeg)
    assert (thumbnail.format, proxy.format) == ("JPEG", "JPEG")
    assert thumbnail.size == (288, 512)
    assert proxy.size == (1134, 2016)


def test_previews_look_like_the_picture(pictures):
    image = pictures.quarters(2560, 1440)
    preview = make_previews(pictures.saved(image)).thumbnail_jpeg
    expected = image.resize((512, 288), Image.Resampling.BOX)
    difference = np.abs(np.asarray(opened(preview)).astype(int) - np.asarray(expected))
    assert np.median(difference) <= 2


def test_small_pictures_are_not_enlarged(pictures):
    previews = make_previews(pictures.saved(pictures.quarters(60, 40)))
    assert opened(previews.thumbnail_jpeg).size == opened(previews.proxy_jpeg).size == (60, 40)


def test_a_very_long_picture_keeps_at_least_one_pixel_of_width(pictures):
    assert opened(make_previews(pictures.saved(pictures.quarters(6, 6000), "PNG")).thumbnail_jpeg).size == (1, 512)


def test_previews_carry_nothing_of_what_the_picture_knew(pictures):
    exif = pictures.exif(gps=True, Make=b"SecretPhone", orientation=6)
    previews = make_previews(pictures.saved(pictures.quarters(), exif=exif))
    for preview in (previews.thumbnail_jpeg, previews.proxy_jpeg):
        assert b"Exif" not in preview
        assert b"SecretPhone" not in preview


def test_the_average_colour(pictures):
    assert make_previews(pictures.saved(Image.new("RGB", (90, 60), (200, 150, 100)), "PNG")).colour == 0xC89664


def test_a_picture_that_is_not_whole_is_previewed_as_far_as_it_goes_and_said(pictures):
    whole = pictures.saved(pictures.quarters(1200, 900))
    assert make_previews(whole[: len(whole) // 2]).damage is Damage.CUT


def two_halves(width: int, height: int) -> bytes:
    image = Image.new("RGB", (width, height), (20, 60, 200))
    image.paste((220, 40, 30), (0, 0, width // 2, height))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=92)
    return file.getvalue()


@pytest.mark.parametrize(
    ("needed", "size"),
    [
        ((384, 512), (384, 512)),
        ((192, 256), (192, 256)),
        ((100, 132), (192, 256)),
        ((90, 120), (96, 128)),
        ((10, 10), (48, 64)),
    ],
)
def test_a_preview_is_decoded_at_the_smallest_size_that_covers(needed: tuple[int, int], size: tuple[int, int]) -> None:
    assert decode_kept(two_halves(384, 512), *needed).size == size


def test_a_small_preview_is_decoded_in_full() -> None:
    assert decode_kept(two_halves(40, 30), 500, 500).size == (40, 30)


def test_odd_sizes_are_covered_too() -> None:
    found = decode_kept(two_halves(385, 511), 190, 250)
    assert found.size == (193, 256)


def test_colours_come_as_they_are_in_the_order_a_window_draws() -> None:
    array = as_array(decode_kept(two_halves(384, 512), 192, 256))
    blue, _, red, full = array[128, 40]
    assert red > 190
    assert blue < 70
    assert full == 255
    assert array[128, 160][0] > 170


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe0 broken"])
def test_a_damaged_preview_says_so(data: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        decode_kept(data, 10, 10)
