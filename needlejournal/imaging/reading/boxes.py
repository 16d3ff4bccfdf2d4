"""Where the coded pictures of a HEIC or AVIF lie, read from its boxes (ISO/IEC 14496-12 and 23008-12). Decodes nothing.

Whatever makes no sense gives nothing: a box list made to mislead costs a bounded look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# More than any picture has: a file that claims more is followed no farther.
_MOST_BOXES, _MOST_ITEMS, _MOST_EXTENTS = 4096, 4096, 65536


@dataclass(frozen=True, slots=True)
class Coded:
    """One coded picture: its kind (hvc1, av01 …) and the parts of the file that hold it, as start and length."""

    kind: bytes
    extents: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    end: int


def coded_pictures(data: bytes) -> list[Coded]:
    """The coded pictures that the shown one is made of: itself, or the tiles of its grid."""
    meta = next((box for box in _boxes(data, 0, len(data)) if box.kind == b"meta"), None)
    if meta is None:
        return []
    parts = {box.kind: box for box in _boxes(data, meta.start + 4, meta.end)}
    if not {b"iloc", b"iinf", b"pitm"} <= parts.keys():
        return []
    kinds = _kinds(data, parts[b"iinf"])
    places = _places(data, parts[b"iloc"])
    primary = _number(data, parts[b"pitm"].start + 4, 4 if data[parts[b"pitm"].start] else 2)
    wanted = _made_of(data, parts.get(b"iref"), primary)
    return [Coded(kinds.get(item, b""), places[item]) for item in wanted if item in places]


def breaks_off(data: bytes) -> bool:
    """Whether a box that holds pictures says that it reaches beyond the end of the file."""
    at = 0
    for _ in range(_MOST_BOXES):
        size, kind = _number(data, at, 4), data[at + 4 : at + 8]
        size = _number(data, at + 8, 8) if size == 1 else size
        if kind in {b"mdat", b"meta"} and size and at + size > len(data):
            return True
        if size < 8:
            return False
        at += size
    return False


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        size, kind, head = _number(data, start, 4), data[start + 4 : start + 8], 8
        if size == 1:
            size, head = _number(data, start + 8, 8), 16
        if size == 0:
            size = end - start
        if size < head:
            return
        yield _Box(kind, start + head, min(start + size, end))
        start += size


def _kinds(data: bytes, iinf: _Box) -> dict[int, bytes]:
    """The kind of each item by its number."""
    first = iinf.start + (6 if data[iinf.start] == 0 else 8)
    found = {}
    for box in _boxes(data, first, iinf.end):
        version = data[box.start] if box.start < box.end else 0
        if box.kind == b"infe" and version in {2, 3}:
            wide = 2 if version == 2 else 4
            found[_number(data, box.start + 4, wide)] = data[box.start + 6 + wide : box.start + 10 + wide]
    return found


def _made_of(data: bytes, iref: _Box | None, primary: int) -> list[int]:
    """The numbers of the items that a derived picture is made of, or its own."""
    if iref is None:
        return [primary]
    wide = 4 if data[iref.start] else 2
    for box in _boxes(data, iref.start + 4, iref.end):
        if box.kind == b"dimg" and _number(data, box.start, wide) == primary:
            count = _number(data, box.start + wide, 2)
            first = box.start + wide + 2
            return [_number(data, first + wide * place, wide) for place in range(min(count, _MOST_ITEMS))]
    return [primary]


def _places(data: bytes, iloc: _Box) -> dict[int, tuple[tuple[int, int], ...]]:
    """Where each item lies; those kept inside the box list itself (never whole photos) are left out."""
    version, sizes = data[iloc.start], _number(data, iloc.start + 4, 2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 2 if version < 2 else 4
    at, count = iloc.start + 6 + wide, _number(data, iloc.start + 6, wide)
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for _ in range(min(count, _MOST_ITEMS)):
        item, at = _number(data, at, wide), at + wide
        method = 0
        if version:
            method, at = _number(data, at, 2) & 15, at + 2
        start, at = _number(data, at + 2, base), at + 2 + base
        amount, at = min(_number(data, at, 2), _MOST_EXTENTS), at + 2
        step = (index if version else 0) + offset + length
        first = at + (index if version else 0)
        at += amount * step
        if at > iloc.end:
            return found
        if method == 0:
            places = (first + step * number for number in range(amount))
            found[item] = tuple(
                (start + _number(data, place, offset), _number(data, place + offset, length)) for place in places
            )
    return found


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size], "big")
