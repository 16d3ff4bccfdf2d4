"""Writes two colour profiles: sRGB, to tag exported pictures with, and Adobe RGB, for photos that only name it.

The same bytes for every picture, whoever exports it and wherever: nothing in them tells of a photo, a person or a day.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache

from needlejournal.imaging.reading.matrix_profiles import SRGB_TO_XYZ

# Adobe RGB (1998), annexes A and B: primaries as columns of XYZ, adapted to D50, and the exponent 2 51/256.
_ADOBE_RGB_TO_XYZ = ((0.60974, 0.20528, 0.14919), (0.31111, 0.62567, 0.06322), (0.01947, 0.06087, 0.74457))
_ADOBE_GAMMA = 0x0233  # 2.199 as 8 bits before and 8 behind the point
_D50 = (0.96420, 1.0, 0.82491)  # ICC.1: the white that profiles are written for
_HEADER, _VERSION = 128, 0x02100000  # 2.1: what every viewer understands
_NO_DAY = (2000, 1, 1, 0, 0, 0)  # the format wants a date; it is the same in all
_FREE = b"No copyright\0"


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """The sRGB profile that exported JPEGs carry."""
    levels = [level / 255 for level in range(256)]
    light = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in levels]  # IEC 61966-2-1
    curve = struct.pack(">4xI256H", 256, *(round(65535 * one) for one in light))
    return _profile(b"sRGB", SRGB_TO_XYZ, b"curv" + curve)


@lru_cache(maxsize=1)
def adobe_rgb() -> bytes:
    """The profile meant by photos that say no more than "Adobe RGB" in their EXIF."""
    return _profile(b"Adobe RGB (1998)", _ADOBE_RGB_TO_XYZ, b"curv" + struct.pack(">4xIH", 1, _ADOBE_GAMMA))


def _profile(name: bytes, to_xyz: Sequence[Sequence[float]], curve: bytes) -> bytes:
    """A profile of a screen (ICC.1:2001-04): `to_xyz` holds primaries as columns, `curve` a whole tone curve tag."""
    primaries = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), zip(*to_xyz, strict=True), strict=True))
    description = b"desc" + struct.pack(">4xI", len(name) + 1) + name + bytes(1 + 4 + 4 + 2 + 1 + 67)
    tags = {
        b"desc": description,
        b"cprt": b"text" + bytes(4) + _FREE,
        b"wtpt": _xyz(_D50),
        **{key: _xyz(values) for key, values in primaries.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    body, entries, placed = b"", struct.pack(">I", len(tags)), dict[bytes, int]()
    first = _HEADER + 4 + 12 * len(tags)
    for key, tag in tags.items():
        if tag not in placed:
            placed[tag] = first + len(body)
            body += tag + bytes(-len(tag) % 4)
        entries += key + struct.pack(">II", placed[tag], len(tag))
    return _header(first + len(body)) + entries + body


def _header(size: int) -> bytes:
    light = struct.pack(">3i", *(round(65536 * one) for one in _D50))
    day = struct.pack(">6H", *_NO_DAY)
    start = struct.pack(">I4xI", size, _VERSION) + b"mntrRGB XYZ " + day + b"acsp"
    return (start + bytes(28) + light).ljust(_HEADER, b"\0")


def _xyz(values: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(65536 * one) for one in values))
