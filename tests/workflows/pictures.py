"""Photos as people bring them, made small and fast."""

from __future__ import annotations

import io

import piexif
from PIL import Image


def jpeg(
    number: int = 0, taken: str = "2025:03:01 09:12:19", offset: str = "+01:00", size: tuple[int, int] = (64, 80)
) -> bytes:
    """A JPEG unlike every other `number`, dated unless `taken` is empty."""
    image = Image.new("RGB", size, (10 + number * 7 % 200, 90, 120))
    image.putpixel((number % size[0], 0), (255, 255, 255))
    exif = {"0th": {}, "Exif": {}}
    if taken:
        exif["Exif"][piexif.ExifIFD.DateTimeOriginal] = taken
    if offset:
        exif["Exif"][0x9011] = offset
    target = io.BytesIO()
    image.save(target, "JPEG", exif=piexif.dump(exif))
    return target.getvalue()
