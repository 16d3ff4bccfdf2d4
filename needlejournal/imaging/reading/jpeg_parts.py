"""The parts of a JPEG by its markers: what stands before the pixels, and where the coded pixels lie. Decodes nothing.

After ITU-T T.81, annex B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SOI, EOI = b"\xff\xd8", b"\xff\xd9"
# ITU-T T.81, table B.1: the second byte of a marker.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = frozenset({0xC2, 0xCA})
_TABLES, _SCAN, _QUANTA, _RESTART, _ADOBE = 0xC4, 0xDA, 0xDB, 0xDD, 0xEE
_NEEDED = FRAMES | {_TABLES, _QUANTA, _RESTART, _ADOBE}
_LONE = frozenset({0x00, 0x01, 0xFF, *range(0xD0, 0xD9)})
_END_OF_CODE = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A marker with what belongs to it: bytes from `start` (the marker itself) to `end`."""

    marker: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """Coded pixels from `start` to `end`; `quiet` says that many zero bytes in a row are natural in it (flat areas)."""

    start: int
    end: int
    quiet: bool


def segments(data: bytes) -> Iterator[Segment]:
    """All segments of the first picture; a scan's reaches from its marker to the end of its coded pixels."""
    at = 2
    while (at := data.find(b"\xff", at)) >= 0 and at + 4 <= len(data):
        marker = data[at + 1]
        if marker in _LONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xD9:
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            ended = _END_OF_CODE.search(data, end)
            end = ended.start() if ended else len(data)
        yield Segment(marker, at, end)
        at = end


def scans(data: bytes) -> Iterator[Scan]:
    """Where the coded pixels lie."""
    first_codes: dict[int, int] = {}
    progressive = False
    for segment in segments(data):
        body = data[segment.start + 4 : segment.end]
        if segment.marker in FRAMES:
            progressive = segment.marker in _PROGRESSIVE
        elif segment.marker == _TABLES:
            first_codes |= _first_codes(body)
        elif segment.marker == _SCAN:
            size = int.from_bytes(data[segment.start + 2 : segment.start + 4], "big")
            quiet = _is_quiet(body[: size - 2], first_codes, progressive=progressive)
            yield Scan(segment.start + 2 + size, segment.end, quiet)


def without_extras(data: bytes) -> bytes:
    """The same picture with nothing in it but what decoding needs, and with its end mark."""
    kept = [data[one.start : one.end] for one in segments(data) if one.marker in _NEEDED or one.marker == _SCAN]
    return b"".join((SOI, *kept, EOI))


def _first_codes(body: bytes) -> dict[int, int]:
    """For each Huffman table (class and number in one byte) the symbol of its shortest code, which is all zeros."""
    found: dict[int, int] = {}
    at = 0
    while at + 17 < len(body):
        found[body[at]] = body[at + 17]
        at += 17 + sum(body[at + 1 : at + 17])
    return found


def _is_quiet(header: bytes, first_codes: dict[int, int], *, progressive: bool) -> bool:
    """Whether zero bits mean "no change" here: difference 0 for a block's level, and "nothing more" for the rest."""
    count = header[0] if header else 0
    if len(header) < 4 + 2 * count:
        return True
    first, last, refining = header[1 + 2 * count], header[2 + 2 * count], header[3 + 2 * count] >> 4
    if refining:
        return True
    tables = [header[2 + 2 * number] for number in range(count)]
    levels = [first_codes.get(table >> 4, 0) == 0 for table in tables] if first == 0 else []
    rest = [first_codes.get(0x10 | table & 15, 0) == 0 for table in tables] if last > 0 else []
    return all((*levels, *rest)) if progressive or rest or levels else True
