"""The small pictures kept for a photo: a thumbnail for lists, a proxy that makes the comparison sharp at once."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import simplejpeg

from needlejournal.imaging.reading import damage, resizing
from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.damage import Damage
from needlejournal.imaging.reading.decoding import decode_small, decode_small_heard, decode_upright
from needlejournal.imaging.reading.formats import Format, jpeg_is_unusual
from needlejournal.imaging.reading.opening import format_of
from needlejournal.imaging.reading.pixels import BufferPool, Pixels
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture

THUMBNAIL_SIDE, PROXY_SIDE = 512, 2016  # longer side; 2016 is half of what most phones take
_THUMBNAIL_QUALITY, _PROXY_QUALITY = 85, 90
# Share of a side, levels of 255, and share of a line: from where lines like the edge count as never decoded.
_LEAST_EMPTY, _SAME_LEVEL, _MOSTLY = 0.02, 6, 0.95


@dataclass(frozen=True, slots=True)
class MadePreviews:
    """Both JPEGs are upright, in sRGB and carry no metadata; `colour` is the average, 0xRRGGBB.

    `damage` is what is broken in the picture they are of, None for one that is whole; `harmed` is where, as left, top,
    width and height in parts of the picture, as far as an empty part tells.
    """

    thumbnail_jpeg: bytes
    proxy_jpeg: bytes
    colour: int
    damage: Damage | None = None
    harmed: tuple[float, float, float, float] | None = None


def make_previews(data: bytes) -> MadePreviews:
    """Make the previews of the picture in `data`; never larger than the picture. Raises UnreadablePicture.

    This decodes the picture to its end and looks for damage that decoders do not mind. Of a picture that breaks off
    the previews show what is there.
    """
    kind = format_of(data)
    proxy, strict = decode_small_heard(data, PROXY_SIDE, patient=True)
    found = damage.find(data, kind, complained=not strict)
    thumbnail = resizing.shrink(proxy, resizing.fitted((proxy.shape[1], proxy.shape[0]), THUMBNAIL_SIDE))
    return MadePreviews(
        _jpeg(thumbnail, _THUMBNAIL_QUALITY),
        _jpeg(proxy, _PROXY_QUALITY),
        _average(thumbnail),
        found.damage if found else None,
        _empty_part(thumbnail) if found else None,
    )


def kept_upright(jpeg: bytes, pool: BufferPool | None = None) -> Pixels:
    """Decode a kept preview in full, in this process. Raises UnreadablePicture for what this app never keeps."""
    _ours(jpeg)
    return decode_upright(jpeg, pool=pool)


def kept_small(jpeg: bytes, long_side: int) -> Pixels:
    """Decode a kept preview in a size, in this process. Raises UnreadablePicture for what this app never keeps."""
    _ours(jpeg)
    return decode_small(jpeg, long_side)


def _ours(jpeg: bytes) -> None:
    """Previews are plain JPEGs. They come from a file that others can write to: no other decoder is let at them."""
    if format_of(jpeg) is not Format.JPEG or jpeg_is_unusual(jpeg):
        raise UnreadablePicture(Reason.DAMAGED)


def _empty_part(array: Bytes) -> tuple[float, float, float, float] | None:
    """The part along one edge in which no line differs from the edge: what a decoder fills in for what is missing."""
    best: tuple[float, tuple[float, float, float, float]] = (_LEAST_EMPTY, (0.0, 0.0, 0.0, 0.0))
    for turns in range(4):
        turned = np.rot90(array, turns).astype(np.int16)
        edge = turned[-1, len(turned[-1]) // 2]
        flat = (np.abs(turned - edge).max(axis=2) <= _SAME_LEVEL).mean(axis=1) > _MOSTLY
        share = (len(flat) - 1 - int(np.max(np.flatnonzero(~flat), initial=-1))) / len(flat)
        places = ((0, 1 - share, 1, share), (0, 0, share, 1), (0, 0, 1, share), (1 - share, 0, share, 1))
        best = max(best, (share, places[turns]))
    return best[1] if best[0] > _LEAST_EMPTY else None


def _jpeg(array: Bytes, quality: int) -> bytes:
    contiguous = np.ascontiguousarray(array)
    return simplejpeg.encode_jpeg(contiguous, quality, "BGR", "420", fastdct=True)  # type: ignore[no-any-return]


def _average(array: Bytes) -> int:
    blue, green, red = (round(level) for level in cv2.mean(array)[:3])
    return red << 16 | green << 8 | blue
