"""The directories of a TIFF or of a camera raw built like one, read as numbers from the bytes; decodes nothing.

What it finds is bounded, so that a file made to mislead costs nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal

Tags = dict[int, tuple[int, ...]]
Order = Literal["little", "big"]

# TIFF 6.0 and TIFF/EP (ISO 12234-2)
SUBFILE, BITS, COMPRESSION, PHOTOMETRIC = 254, 258, 259, 262
STRIP_OFFSETS, STRIP_COUNTS, TILE_OFFSETS, TILE_COUNTS = 273, 279, 324, 325
SUB_DIRECTORIES, SAMPLE_FORMAT, DNG_VERSION = 330, 339, 50706
_SIZES = {1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8}  # whole numbers only
# More than any picture has: a file that claims more is followed no farther.
_MOST_DIRECTORIES, _MOST_TAGS, _MOST_VALUES = 64, 512, 1 << 16

_MOSAIC = frozenset({32803, 34892})  # photometric: colour filter array, linear raw
# Sony, Epson, Samsung, Nikon, lossy DNG, Kodak, Pentax
_RAW_COMPRESSIONS = frozenset({32767, 32769, 32770, 34713, 34892, 65000, 65535})
_PLAIN_PHOTOMETRICS = frozenset({0, 1, 2, 3, 5, 6})
_PLAIN_COMPRESSIONS = frozenset({1, 2, 3, 4, 5, 7, 8, 32773, 32946, 50000, 50001})


def directories(data: bytes) -> list[Tags]:
    """All directories, pages first in their order, each followed by those below it; none for other files."""
    order: Order = "little" if data[:2] == b"II" else "big"
    return [tags for tags, _depth in _walk(data, order)]


def pages(data: bytes) -> int:
    """How many full pictures a TIFF holds, small previews of them not counted."""
    order: Order = "little" if data[:2] == b"II" else "big"
    return sum(1 for tags, depth in _walk(data, order) if depth == 0 and not tags.get(SUBFILE, (0,))[0] & 1)


def is_raw(data: bytes) -> bool:
    """Whether a TIFF holds what a sensor saw before developing; then its first directory often is a small picture."""
    found = directories(data)
    if data[8:10] == b"CR" or any(_is_sensor(tags) for tags in found):  # Canon's CR2
        return True
    return bool(found) and bool(found[0].get(SUBFILE, (0,))[0] & 1)


def breaks_off(data: bytes) -> bool:
    """Whether a strip or tile of the first picture lies beyond the end of the file."""
    for tags in directories(data)[:1]:
        for offsets, counts in ((STRIP_OFFSETS, STRIP_COUNTS), (TILE_OFFSETS, TILE_COUNTS)):
            pairs = zip(tags.get(offsets, ()), tags.get(counts, ()), strict=False)
            if any(start + size > len(data) for start, size in pairs):
                return True
    return False


def is_unusual(data: bytes) -> bool:
    """Whether the first picture is of a valid kind that hardly any program shows: floating levels, CIELab, log …"""
    for tags in directories(data)[:1]:
        levels = tags.get(SAMPLE_FORMAT, (1,))
        return (
            any(kind not in {1, 2} for kind in levels)
            or tags.get(PHOTOMETRIC, (2,))[0] not in _PLAIN_PHOTOMETRICS
            or tags.get(COMPRESSION, (1,))[0] not in _PLAIN_COMPRESSIONS
            or any(bits not in {1, 2, 4, 8, 16} for bits in tags.get(BITS, (8,)))
            or TILE_OFFSETS in tags
        )
    return False


def _is_sensor(tags: Tags) -> bool:
    return (
        DNG_VERSION in tags
        or tags.get(PHOTOMETRIC, (0,))[0] in _MOSAIC
        or tags.get(COMPRESSION, (1,))[0] in _RAW_COMPRESSIONS
    )


def _walk(data: bytes, order: Order) -> Iterator[tuple[Tags, int]]:
    big = data[2:4] in {b"+\0", b"\0+"}
    first = int.from_bytes(data[8:16] if big else data[4:8], order)
    waiting, seen = [(first, 0)], set[int]()
    while waiting and len(seen) < _MOST_DIRECTORIES:
        at, depth = waiting.pop(0)
        if at in seen or not 8 <= at < len(data):
            continue
        seen.add(at)
        tags, following = _directory(data, at, order, big=big)
        yield tags, depth
        if depth == 0:
            waiting.append((following, 0))
        if depth < 2:
            waiting = [(below, depth + 1) for below in tags.get(SUB_DIRECTORIES, ())[:16]] + waiting


def _directory(data: bytes, at: int, order: Order, *, big: bool) -> tuple[Tags, int]:
    """The whole numbers of one directory, and where the next page's begins."""
    head, entry, room = (8, 20, 8) if big else (2, 12, 4)
    count = min(int.from_bytes(data[at : at + head], order), _MOST_TAGS)
    tags: Tags = {}
    for number in range(count):
        start = at + head + number * entry
        tag, kind = int.from_bytes(data[start : start + 2], order), int.from_bytes(data[start + 2 : start + 4], order)
        amount = int.from_bytes(data[start + 4 : start + entry - room], order)
        tags[tag] = _values(data, start + entry - room, kind, min(amount, _MOST_VALUES), order, room) or (0,)
    end = at + head + count * entry
    return tags, int.from_bytes(data[end : end + room], order)


def _values(data: bytes, at: int, kind: int, amount: int, order: Order, room: int) -> tuple[int, ...]:
    size = _SIZES.get(kind, 0)
    if size * amount > room:
        at = int.from_bytes(data[at : at + room], order)
    part = data[at : at + size * amount]
    letter = {1: "B", 2: "H", 4: "I", 8: "Q"}.get(size)
    if letter is None or len(part) < size * amount:
        return ()
    return struct.unpack(f"{'<' if order == 'little' else '>'}{amount}{letter}", part)
