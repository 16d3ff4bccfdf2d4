"""Decodes a picture upright into sRGB pixels: in full for looking closely, or just as large as wanted.

JPEGs take a fast way of their own; whatever it will not read goes through Pillow like every other format.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import nullcontext

import cv2
import simplejpeg
from PIL.ImageFile import ImageFile

from needlejournal.imaging.reading import colour_management, resizing, turning
from needlejournal.imaging.reading.arrays import Bytes, from_array
from needlejournal.imaging.reading.flattening import flatten
from needlejournal.imaging.reading.formats import Format, jpeg_is_unusual
from needlejournal.imaging.reading.inspection import orientation_of, profile_of
from needlejournal.imaging.reading.opening import MAX_MEGAPIXELS, MEGAPIXEL, converting, format_of, load, opened
from needlejournal.imaging.reading.pixels import CHANNELS, BufferPool, Pixels

STRIP_BYTES = 1_000_000  # small enough for the processor's cache
_ONE_AT_A_TIME_FROM = 20 * MEGAPIXEL
_large_turns = threading.Lock()  # turning needs the pixels twice; two 48-megapixel photos at once would take 1 GB


def decode_upright(
    data: bytes,
    *,
    max_megapixels: float = MAX_MEGAPIXELS,
    pool: BufferPool | None = None,
    patient: bool = False,
) -> Pixels:
    """Decode every pixel of the picture in `data`, upright, in sRGB, into a buffer of `pool` where one is given.

    Transparent parts lie on neutral grey. `patient` gives what is there of a picture that breaks off. Safe in a worker:
    the decoders let other threads run. Raises UnreadablePicture.
    """
    kind = format_of(data)
    pool = pool or BufferPool()
    with opened(data, max_megapixels=max_megapixels) as image, converting():
        turn = orientation_of(image, kind)
        profile = profile_of(image)
        if _is_plain_jpeg(image, kind, profile):
            pixels = _decode_jpeg(data, image.size, turn, profile, pool)
            if pixels is not None:
                return pixels
        load(image, data, patient=patient)
        return _assemble(_pillow_strips(image, profile), image.size, turn, pool)


def decode_small(data: bytes, long_side: int) -> Pixels:
    """Decode the picture upright in sRGB so that its longer side is `long_side` pixels, or less if it is smaller.

    Many times faster than decoding in full. Raises UnreadablePicture.
    """
    return from_array(cv2.cvtColor(decode_small_bgr(data, long_side), cv2.COLOR_BGR2BGRA))  # type: ignore[arg-type]


def decode_small_bgr(data: bytes, long_side: int) -> Bytes:
    """Do the same as `decode_small`, into an array of height × width × 3 bytes (blue, green, red)."""
    return decode_small_heard(data, long_side)[0]


def decode_small_heard(data: bytes, long_side: int, *, patient: bool = False) -> tuple[Bytes, bool]:
    """Do the same as `decode_small_bgr`, and tell whether a strict decoder has read all of it without a complaint.

    `patient` gives what is there of a picture that breaks off.
    """
    kind = format_of(data)
    with opened(data) as image, converting():
        turn = orientation_of(image, kind)
        profile = profile_of(image)
        size = resizing.fitted(image.size, long_side)
        array = _jpeg_at_least(data, image.size, size, profile) if _is_plain_jpeg(image, kind, profile) else None
        strict = array is not None
        if array is None:
            array = _pillow_at_least(image, data, size, profile, patient=patient)
        return turning.upright(resizing.shrink(array, size), turn), strict


def _is_plain_jpeg(image: ImageFile, kind: Format, profile: bytes | None) -> bool:
    """Whether libjpeg-turbo's colours can be gone by: of CMYK, and of grey with a profile of its own, it makes RGB as
    it likes, whatever the profile says."""
    if image.mode == "L" and colour_management.conversion(profile, "L") is not None:
        return False
    return kind is Format.JPEG and image.mode != "CMYK"


def _decode_jpeg(
    data: bytes, size: tuple[int, int], turn: int, profile: bytes | None, pool: BufferPool
) -> Pixels | None:
    """Decode with libjpeg-turbo straight into the buffer; None when it finds anything to complain about."""
    to_srgb = colour_management.conversion(profile, "RGB")
    if turn == turning.UPRIGHT and to_srgb is None:
        target = pool.take(size[0] * size[1] * CHANNELS)
        array = _turbo(data, "BGRA", buffer=target)
        return None if array is None else from_array(array)
    large = size[0] * size[1] >= _ONE_AT_A_TIME_FROM
    with _large_turns if large else nullcontext():
        stored = _turbo(data, "BGR")
        if stored is None:
            return None
        return _assemble(_array_strips(stored, profile), size, turn, pool)


def _turbo(data: bytes, layout: str, **options: object) -> Bytes | None:
    try:
        return simplejpeg.decode_jpeg(data, layout, **options)  # type: ignore[no-any-return]
    except (ValueError, LookupError):  # damaged, or only odd: Pillow is more patient and decides
        return None


def _assemble(strips: Iterable[tuple[int, Bytes]], size: tuple[int, int], turn: int, pool: BufferPool) -> Pixels:
    width, height = turning.upright_size(*size, turn)
    target = pool.take(width * height * CHANNELS).reshape(height, width, CHANNELS)
    for top, strip in strips:
        turning.place(target, strip, top, turn)
    return from_array(target)


def _array_strips(stored: Bytes, profile: bytes | None) -> Iterator[tuple[int, Bytes]]:
    rows = _strip_rows(stored.shape[1])
    for top in range(0, stored.shape[0], rows):
        strip = colour_management.bgr_in_srgb(stored[top : top + rows], profile)
        yield top, cv2.cvtColor(strip, cv2.COLOR_BGR2BGRA)  # type: ignore[misc]


def _pillow_strips(image: ImageFile, profile: bytes | None) -> Iterator[tuple[int, Bytes]]:
    width, height = image.size
    rows = _strip_rows(width)
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(top + rows, height)))
        yield top, cv2.cvtColor(flatten(strip, profile), cv2.COLOR_BGR2BGRA)  # type: ignore[misc]


def _strip_rows(width: int) -> int:
    return max(8, STRIP_BYTES // (width * CHANNELS))


def _jpeg_at_least(data: bytes, full: tuple[int, int], size: tuple[int, int], profile: bytes | None) -> Bytes | None:
    """Decode at the smallest of the scales a JPEG offers for free (n/8) that is not below `size`."""
    scale = 2 if full[0] >= 2 * size[0] else 1  # between them it would take longer than in full
    wanted = {"min_width": size[0], "min_height": size[1], "min_factor": scale, "fastdct": True}
    # Asked for less than all pixels of a lossless JPEG, libjpeg-turbo 3.1 reads where there is nothing and dies.
    array = _turbo(data, "BGR", **({} if jpeg_is_unusual(data) else wanted))
    return None if array is None else colour_management.bgr_in_srgb(array, profile)


def _pillow_at_least(
    image: ImageFile, data: bytes, size: tuple[int, int], profile: bytes | None, *, patient: bool
) -> Bytes:
    image.draft(None, size)
    load(image, data, patient=patient)
    return flatten(resizing.reduce_pillow(image, size), profile)
