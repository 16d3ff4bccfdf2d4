"""The simple kind of colour profile that phones and cameras embed: three primaries and a tone curve for each.

Going through tables and one matrix is three times as fast as the general way. Knows how the tags of a profile are
laid out and coded, and the name it gives itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.linear_light import encoded

Floats = NDArray[np.float64]

# ICC.1: bytes of the header and of an entry in the list of tags; and limits of ours for what is read of them.
_HEADER, _ENTRY, _MOST_TAGS, _LONGEST_NAME = 128, 12, 200, 100
_FULL = 65535
_STRIP_PIXELS = 250_000  # small enough for the processor's cache
# sRGB's primaries as columns of XYZ, adapted to the D50 white that profiles are written for
SRGB_TO_XYZ = ((0.43607, 0.38515, 0.14307), (0.22249, 0.71687, 0.06061), (0.01392, 0.09708, 0.71410))
# ICC.1, parametricCurveType: how many parameters each kind of curve has.
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}


@dataclass(frozen=True, slots=True, eq=False)
class MatrixWay:
    """The way from a profile to sRGB: linear light by level, then a matrix; both for blue, green, red."""

    linear: NDArray[np.uint16]
    matrix: NDArray[np.float32]


def matrix_way(profile: bytes) -> MatrixWay | None:
    """The way from `profile` to sRGB, or None when it is not of the simple kind or not well-formed."""
    tags = tags_of(profile)
    if profile[16:20] != b"RGB " or profile[20:24] != b"XYZ " or b"A2B0" in tags:
        return None
    try:
        with np.errstate(all="raise", under="ignore"):
            primaries = np.array([_xyz(tags[name + b"XYZ"]) for name in (b"b", b"g", b"r")]).T
            curves = [_curve(tags[name + b"TRC"]) for name in (b"b", b"g", b"r")]
    except (LookupError, ValueError, ArithmeticError):
        return None
    linear = np.round(np.clip(np.stack(curves, axis=-1), 0, 1) * _FULL).astype(np.uint16)
    to_srgb = np.linalg.inv(np.array(SRGB_TO_XYZ)[:, ::-1]) @ primaries
    return MatrixWay(linear[None], to_srgb.astype(np.float32))


def follow(way: MatrixWay, bgr: Bytes) -> Bytes:
    """Bring an array of height × width × 3 (blue, green, red) along `way`; a new array."""
    result, rows = np.empty_like(bgr), max(1, _STRIP_PIXELS // bgr.shape[1])
    for top in range(0, bgr.shape[0], rows):
        light = cv2.LUT(np.ascontiguousarray(bgr[top : top + rows]), way.linear)
        mixed: Any = cv2.transform(light, way.matrix)  # what lies outside sRGB is clipped here
        np.take(_srgb_levels(), mixed, out=result[top : top + rows], mode="clip")
    return result


@lru_cache(maxsize=1)
def _srgb_levels() -> Bytes:
    """The sRGB level for each of 65,536 amounts of light."""
    light = np.arange(_FULL + 1) / _FULL
    return np.round(encoded(light)).astype(np.uint8)


def _fixed(data: bytes, count: int) -> Floats:
    """Numbers of 16 bits before and 16 behind the point. Raises ValueError when there are fewer."""
    return np.frombuffer(data, ">i4", count) / 65536


def _xyz(tag: bytes) -> Floats:
    if tag[:4] != b"XYZ ":
        raise ValueError(tag[:4])
    return _fixed(tag[8:], 3)


def _curve(tag: bytes) -> Floats:
    """The light, 0 to 1, of each of the 256 levels."""
    levels = np.arange(256) / 255
    if tag[:4] == b"para":
        return _parametric(int.from_bytes(tag[8:10], "big"), tag[12:], levels)
    if tag[:4] != b"curv":
        raise ValueError(tag[:4])
    count = int.from_bytes(tag[8:12], "big")
    if count == 0:
        return levels
    points: NDArray[Any] = np.frombuffer(tag[12:], ">u2", count)
    if count == 1:
        return np.power(levels, float(points[0]) / 256)
    return np.asarray(np.interp(levels, np.linspace(0, 1, count), points / _FULL))


def _parametric(kind: int, data: bytes, levels: Floats) -> Floats:
    """The five curves that the ICC specification (10.18) has formulas for."""
    gamma, a, b, c, d, e, f = [*_fixed(data, _PARAMETERS[kind]).tolist(), *[0.0] * 7][:7]
    match kind:
        case 0:
            return np.asarray(levels**gamma)
        case 1:
            c, d, e, f = 0.0, -b / a, 0.0, 0.0
        case 2:
            c, d, e, f = 0.0, -b / a, c, c
    power = np.maximum(a * levels + b, 0) ** gamma + e
    return np.asarray(np.where(levels >= d, power, c * levels + f))


def tags_of(profile: bytes) -> dict[bytes, bytes]:
    """The tags of a profile by their four letters; those that lie outside it come back short or empty."""
    count = min(int.from_bytes(profile[_HEADER : _HEADER + 4], "big"), _MOST_TAGS)
    first = _HEADER + 4
    entries = (profile[at : at + _ENTRY] for at in range(first, first + _ENTRY * count, _ENTRY))
    return {entry[:4]: _part(profile, entry[4:8], entry[8:12]) for entry in entries}


def name_of(profile: bytes) -> str:
    """What a profile calls itself, such as "Display P3"; empty when it is broken."""
    description = tags_of(profile).get(b"desc", b"")
    if description[:4] == b"desc":
        text = _part(description, (12).to_bytes(4, "big"), description[8:12]).decode("latin-1")
    elif description[:4] == b"mluc":  # several languages; the first is taken
        text = _part(description, description[24:28], description[20:24]).decode("utf-16-be", "replace")
    else:
        return ""
    return "".join(letter for letter in text.split("\0", 1)[0] if letter.isprintable()).strip()[:_LONGEST_NAME]


def _part(data: bytes, start: bytes, size: bytes) -> bytes:
    at = int.from_bytes(start, "big")
    return data[at : at + int.from_bytes(size, "big")]
