"""Thumbnails that were kept are decoded fast and just as large as needed."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from needlejournal.imaging.reading.pixels import as_array
from needlejournal.imaging.reading.previews import decode_kept
from needlejournal.imaging.reading.unreadable import UnreadablePicture


def _jpeg(width: int, height: int) -> bytes:
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
    assert decode_kept(_jpeg(384, 512), *needed).size == size


def test_a_small_preview_is_decoded_in_full() -> None:
    assert decode_kept(_jpeg(40, 30), 500, 500).size == (40, 30)


def test_odd_sizes_are_covered_too() -> None:
    found = decode_kept(_jpeg(385, 511), 190, 250)
    assert found.size == (193, 256)


def test_colours_come_as_they_are_in_the_order_a_window_draws() -> None:
    array = as_array(decode_kept(_jpeg(384, 512), 192, 256))
    blue, _, red, full = array[128, 40]
    assert red > 190
    assert blue < 70
    assert full == 255
    assert array[128, 160][0] > 170


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe0 broken"])
def test_a_damaged_preview_says_so(data: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        decode_kept(data, 10, 10)
