"""Tells before which zones of a face something lies in one of two photos: glasses, hair, a hand, a mask, a beard.

Each zone is asked how little of its skin is found again, and how its colour, lightness and texture changed beyond what
the light did to the rest. Two gates: beyond the higher one something lies there, between the two perhaps.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from needlejournal.imaging.aligning.similarity import Floats
from needlejournal.imaging.aligning.skin_matching import Flow
from needlejournal.imaging.faces.zones import OUTLINES, behind_edge
from needlejournal.imaging.measuring.beyond_light import CELL, BeyondLight, Mask, changes_beyond_light
from needlejournal.imaging.reading.arrays import Bytes

_LEAST_CELLS = 12  # of a zone; smaller ones are not judged
_BEST = 5  # zones by which it is told how well this face is found again at all
_LEAST_OF_BEST = 0.20  # of their skin; with less, nothing is said
_LEAST_ZONES = 8
_AT_EDGES = {  # of the face: there a turn of the head and hair change what is seen
    *("forehead", "temple_right", "temple_left", "cheek_outer_right", "cheek_outer_left"),
    *("jawline_right", "jawline_left"),
}
_LEAST_HUE, _LEAST_LIGHT, _MOST_LIGHT = 0.01, 0.02, 1.5  # log2 of light
_UNDER_EYES = ("infraorbital_right", "infraorbital_left")
_GLASSES = ("periorbital_right", "periorbital_left", *_UNDER_EYES)
# How plainly something lies before a zone: the logarithm of the odds, a line through what is asked of it. Fitted to the
# zones of the half of the people in public photographs that was looked at (docs/accuracy.md): 175 pairs in which
# something was drawn before the face, most of them over another photo of the person, and 272 without.
_WEIGHTS = {
    "nothing": -1.21,
    "found": -4.08,
    "hue": 1.35,
    "uneven hue": 1.35,
    "lightness": 1.23,
    "much lightness": -1.37,
    "texture": 4.14,
    "texture of a face well found": -3.10,
    "at an edge": -0.75,
    "turned": -3.84,
}
# Of these people one fair pair in 209 reaches the higher gate in any zone and one in seven the lower one; of what was
# drawn half reaches the higher and 16 in 17 the lower.
_SURELY, _PERHAPS = 2.0, 1.0
_SEEN = 0.6  # of a zone's skin: what is found again is skin, however red; none of what was drawn left so much
_NEXT_TO_NOTHING, _SEVERAL = 0.08, 2  # of what is found in the best zones; zones: two fair pairs more, and three covers
# By how much lightness (natural logarithm) and texture must have changed under both eyes beyond the face: glasses in 12
# of 13 pairs reach both higher ones and none of 208 fair pairs, two of which reach the lower ones.
_SURELY_GLASSES, _PERHAPS_GLASSES = (0.45, 0.15), (0.3, 0.05)


@dataclass(frozen=True, slots=True)
class Covering:
    """The keys of zones before which something surely lies, and of those before which it may."""

    surely: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Zone:
    """What is asked of a zone: the share of its skin found again, changes beyond the light (medians over it), and by
    how much its outline grew or shrank (a turn of the head; natural logarithm).
    """

    found: float
    hue: float
    lightness: float
    texture: float
    turned: float


def covering_of(
    flow: Flow, face: Bytes, still: Bytes, patches: Sequence[Bytes], points: Sequence[Floats]
) -> Covering | None:
    """Return which zones are covered; None where too little of the face was found to tell.

    `patches` show BEFORE and AFTER laid over it, `points` are the landmarks in each; `face` and `still` are masks of
    BEFORE: all of the face, and its skin that hardly moves by itself.
    """
    changes = changes_beyond_light(flow, face, still, patches)
    zones = {} if changes is None else _zones(changes, points)
    level = _level(zones)
    if changes is None or len(zones) < _LEAST_ZONES or level < _LEAST_OF_BEST:
        return None
    signs = {key: _sign(key, zone, changes, level) for key, zone in zones.items() if zone.found < _SEEN}
    surely = [key for key, sign in signs.items() if sign >= _SURELY]
    perhaps = [key for key, sign in signs.items() if sign >= _PERHAPS]
    perhaps += [key for key in _lost(zones, level) if key not in perhaps]
    glasses = _glasses(zones)
    for told, gates in ((surely, _SURELY_GLASSES), (perhaps, _PERHAPS_GLASSES)):
        if all(value >= gate for value, gate in zip(glasses, gates, strict=True)):
            told += [key for key in _GLASSES if key not in told]
    return Covering(tuple(surely), tuple(key for key in perhaps if key not in surely))


def _sign(key: str, zone: _Zone, changes: BeyondLight, level: float) -> float:
    """Return how plainly something lies before a zone: the logarithm of the odds."""
    asked = {
        "nothing": 1.0,
        "found": zone.found,
        "hue": math.log(zone.hue + _LEAST_HUE) - math.log(changes.usual_hue + _LEAST_HUE),
        "uneven hue": math.log(changes.tail_of_hue + _LEAST_HUE) - math.log(changes.usual_hue + _LEAST_HUE),
        "lightness": math.log(zone.lightness + _LEAST_LIGHT) - math.log(changes.tail_of_lightness + _LEAST_LIGHT),
        "much lightness": min(zone.lightness, _MOST_LIGHT),
        "texture": zone.texture,
        "texture of a face well found": zone.texture * level,
        "at an edge": float(key in _AT_EDGES),
        "turned": zone.turned,
    }
    return sum(_WEIGHTS[name] * value for name, value in asked.items())


def _lost(zones: Mapping[str, _Zone], level: float) -> Sequence[str]:
    """Return the zones of which next to nothing is found, though they look like skin: a hand, or skin that moved."""
    lost = [key for key, zone in zones.items() if zone.found < _NEXT_TO_NOTHING * level]
    return lost if len(lost) >= _SEVERAL else []


def _glasses(zones: Mapping[str, _Zone]) -> tuple[float, float]:
    """Return by how much lightness (as a logarithm) and texture changed under both eyes beyond the face's zones."""
    under = [zones[key] for key in _UNDER_EYES if key in zones]
    if len(under) < len(_UNDER_EYES):
        return -math.inf, -math.inf
    light = float(np.median([zone.lightness for zone in zones.values()]))
    texture = float(np.median([zone.texture for zone in zones.values()]))
    return (
        min(math.log(zone.lightness + _LEAST_LIGHT) for zone in under) - math.log(light + _LEAST_LIGHT),
        min(zone.texture for zone in under) - texture,
    )


def _level(zones: Mapping[str, _Zone]) -> float:
    best = sorted((zone.found for zone in zones.values()), reverse=True)[:_BEST]
    return float(np.mean(best)) if best else 0.0


def _zones(changes: BeyondLight, points: Sequence[Floats]) -> dict[str, _Zone]:
    zones = {}
    for key, outline in OUTLINES.items():
        hulls = [cv2.convexHull((places[list(outline)] / CELL).astype(np.float32)) for places in points]
        own = _within(hulls[0], changes.face)
        still = own & changes.still
        cells = still if still.sum() >= _LEAST_CELLS else own
        turned_away = any(behind_edge(key, places) for places in points)
        if cells.sum() >= _LEAST_CELLS and not turned_away:
            hue, lightness, texture = (
                float(np.median(one[cells])) for one in (changes.hue, changes.lightness, changes.texture)
            )
            first, second = (cv2.contourArea(hull) + 1 / CELL**2 for hull in hulls)
            found = float(changes.found[cells].mean())
            zones[key] = _Zone(found, hue, lightness, texture, abs(math.log(first / second)))
    return zones


def _within(hull: Bytes, face: Mask) -> Mask:
    own = np.zeros(face.shape, np.uint8)
    cv2.fillConvexPoly(own, hull.astype(np.int32), 1)
    return (own > 0) & face
