"""Writes pictures that leave the journal: pixels only. No date, place, camera or comment goes along.

Everything is re-encoded from sRGB pixels, so what a source file carried has no way into the result. That they are sRGB
is said with the same bytes in every file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import cv2
import simplejpeg
from PIL import Image as Pillow

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.imaging.reading.written_profiles import srgb

if TYPE_CHECKING:
    from PIL.Image import Image

_AFTER_PNG_HEADER = 33  # bytes: the signature (8) and IHDR (25)
_SRGB_CHUNK = b"\0\0\0\x01sRGB\0\xae\xce\x1c\xe9"  # says how to show the numbers; tells nothing about the photo
_A4_INCHES = (8.27, 11.69)  # ISO 216: 210 × 297 mm


def scrub(data: bytes, kind: ExportFormat = ExportFormat.JPEG, quality: int = 95) -> bytes:
    """Write the photo in `data` anew, upright and in sRGB, with nothing else in it. Raises UnreadablePicture."""
    return encode(decode_upright(data), kind, quality)


def encode(pixels: Pixels, kind: ExportFormat, quality: int = 92) -> bytes:
    """Write `pixels` as a file of `kind`; quality 1 to 100 counts for JPEG, WebP and PDF."""
    match kind:
        case ExportFormat.PNG:
            return _png(pixels)
        case ExportFormat.JPEG:
            return _jpeg(pixels, quality)
        case ExportFormat.WEBP:
            return _saved(_pillow(pixels), "WEBP", quality=quality, method=4)
        case ExportFormat.GIF:
            return _saved(_few_colours(pixels), "GIF")
        case ExportFormat.PDF:
            return _pdf(pixels, quality)


def encode_animation(
    frames: Sequence[Pixels],
    kind: ExportFormat,
    seconds: float = 1.0,
    quality: int = 90,
    before_frame: Callable[[int], None] | None = None,
) -> bytes:
    """Write frames of one size as an endless animation, each shown for `seconds`.

    `before_frame` hears the number of each frame just before it is encoded; what it raises stops the work.
    Raises ValueError for a format that cannot move or frames of different sizes.
    """
    if not kind.moves or len({frame.size for frame in frames}) != 1:
        raise ValueError(f"cannot animate {len(frames)} frames as {kind.value}")
    timing = {"save_all": True, "duration": max(20, round(seconds * 1000)), "loop": 0}
    images = [_few_colours(frame) if kind is ExportFormat.GIF else _pillow(frame) for frame in frames]
    if before_frame is not None:
        for number, image in enumerate(images):
            _watch(image, partial(before_frame, number))
    first, *rest = images
    if kind is ExportFormat.GIF:
        return _saved(first, "GIF", append_images=rest, disposal=1, **timing)
    return _saved(first, "WEBP", append_images=rest, quality=quality, method=4, **timing)


def _watch(image: Image, begun: Callable[[], None]) -> None:
    """Call `tell` once when Pillow turns to the image: it seeks its first frame just before encoding it."""
    seek = image.seek

    def announce_and_seek(frame: int) -> None:
        image.seek = seek  # type: ignore[method-assign]
        begun()
        seek(frame)

    image.seek = announce_and_seek  # type: ignore[method-assign]


def _png(pixels: Pixels) -> bytes:
    opaque = cv2.cvtColor(as_array(pixels), cv2.COLOR_BGRA2BGR)
    data = cv2.imencode(".png", opaque, [cv2.IMWRITE_PNG_COMPRESSION, 5])[1].tobytes()
    return data[:_AFTER_PNG_HEADER] + _SRGB_CHUNK + data[_AFTER_PNG_HEADER:]


def _jpeg(pixels: Pixels, quality: int) -> bytes:
    data: bytes = simplejpeg.encode_jpeg(as_array(pixels), quality, "BGRA", "444")
    at = 4 + int.from_bytes(data[4:6], "big")  # behind the JFIF header, which the encoder always writes first
    return data[:at] + jpeg_srgb_segment() + data[at:]


def jpeg_srgb_segment() -> bytes:
    """The part of every exported JPEG that says "sRGB" (ICC.1:2001-04, annex B.4): always the same bytes."""
    profile = b"ICC_PROFILE\0\x01\x01" + srgb()
    return b"\xff\xe2" + (len(profile) + 2).to_bytes(2, "big") + profile


def _pdf(pixels: Pixels, quality: int) -> bytes:
    """One page as large as the picture needs, at most A4."""
    long_side, short_side = max(pixels.size), min(pixels.size)
    resolution = max(150.0, long_side / _A4_INCHES[1], short_side / _A4_INCHES[0])
    return _saved(
        _pillow(pixels), "PDF", resolution=resolution, quality=quality, producer="", creationDate=None, modDate=None
    )


def _few_colours(pixels: Pixels) -> Image:
    return _pillow(pixels).quantize(256, Pillow.Quantize.MEDIANCUT, dither=Pillow.Dither.FLOYDSTEINBERG)


def _pillow(pixels: Pixels) -> Image:
    return Pillow.fromarray(cv2.cvtColor(as_array(pixels), cv2.COLOR_BGRA2RGB))


def _saved(image: Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
