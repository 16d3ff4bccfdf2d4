"""Small made pictures: a red, a green, a blue and a white quarter, so that every turn and colour shows."""

from __future__ import annotations

import io

import numpy as np
import piexif
import pytest
from PIL import Image

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 180, 40), (40, 50, 190), (250, 250, 250)


class Pictures:
    """Makes the bytes of pictures for tests."""

    def quarters(self, width: int = 64, height: int = 48) -> Image.Image:
        """Red top left, green top right, blue bottom left, white bottom right."""
        array = np.zeros((height, width, 3), np.uint8)
        array[: height // 2, : width // 2] = RED
        array[: height // 2, width // 2 :] = GREEN
        array[height // 2 :, : width // 2] = BLUE
        array[height // 2 :, width // 2 :] = WHITE
        return Image.fromarray(array)

    def saved(self, image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
        """Encode `image`; JPEG without colour subsampling, so that colours stay crisp."""
        if kind == "HEIF":
            import pillow_heif

            pillow_heif.register_heif_opener()
        if kind == "JPEG":
            options = {"quality": 95, "subsampling": 0, **options}
        out = io.BytesIO()
        image.save(out, kind, **options)
        return out.getvalue()

    def every_format(self, **options: object) -> dict[str, bytes]:
        """The quarters in each format that can be read, losslessly where the format allows."""
        image = self.quarters()
        return {
            "jpeg": self.saved(image),
            "png": self.saved(image, "PNG"),
            "webp": self.saved(image, "WEBP", lossless=True),
            "heic": self.saved(image, "HEIF", quality=-1, chroma=444),
            "tiff": self.saved(image, "TIFF"),
            "avif": self.saved(image, "AVIF", quality=100),
            "gif": self.saved(image, "GIF"),
            "bmp": self.saved(image, "BMP"),
            "jp2": self.saved(image, "JPEG2000"),
        }

    def exif(self, *, orientation: int | None = None, gps: bool = False, **details: object) -> bytes:
        """EXIF bytes; details by their piexif names: DateTimeOriginal, OffsetTimeOriginal, Make …"""
        lists: dict[str, dict[int, object]] = {"0th": {}, "Exif": {}, "GPS": {}}
        for name, value in details.items():
            where = "0th" if hasattr(piexif.ImageIFD, name) else "Exif"
            key = getattr(piexif.ImageIFD if where == "0th" else piexif.ExifIFD, name)
            lists[where][key] = value
        if orientation:
            lists["0th"][piexif.ImageIFD.Orientation] = orientation
        if gps:
            lists["GPS"] = {
                piexif.GPSIFD.GPSLatitudeRef: b"N",
                piexif.GPSIFD.GPSLatitude: ((52, 1), (30, 1), (0, 1)),
            }
        return piexif.dump(lists)


@pytest.fixture(scope="session")
def pictures() -> Pictures:
    """Makes the bytes of pictures for tests."""
    return Pictures()
