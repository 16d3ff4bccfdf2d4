"""Tells before which zones of a face something lies in one of two photos: their skin is not found where the rest is,
or it has taken another colour than the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from needlejournal.imaging.aligning.patches import halved
from needlejournal.imaging.aligning.similarity import Floats
from needlejournal.imaging.aligning.skin_matching import Flow
from needlejournal.imaging.faces.zones import OUTLINES
from needlejournal.imaging.reading.arrays import Bytes

_ZONES = (
    *("forehead", "glabella", "nose", "upper_lip", "chin"),
    *(f"{zone}_{side}" for zone in ("temple", "periorbital", "infraorbital") for side in ("right", "left")),
    *(f"{zone}_{side}" for zone in ("cheek_inner", "cheek_outer") for side in ("right", "left")),
)
# Shares of a zone's skin found again. Set on half of the people in public photographs: masks, hands and fringes drawn
# before a face left next to nothing, while of the same faces uncovered one pair in twenty was told wrongly.
_NEXT_TO_NOTHING, _WELL = (0.05, 0.08), (0.50, 0.70)
_BEST = 4  # zones that must be found well for the others to count; by them the change of the light is told
_BEHIND_HAIR, _PERHAPS_HAIR = 0.18, 0.30  # of what is found in the best zones: a fringe leaves skin between its hairs
_BEHIND_GLASSES, _PERHAPS_GLASSES = 0.48, 0.68  # of what is found elsewhere; between the two it stays open
_UNDER_EYES, _OFF_EYES = ("infraorbital_right", "infraorbital_left"), ("forehead", "nose", "upper_lip", "chin")
_GLASSES = ("periorbital_right", "periorbital_left", *_UNDER_EYES)
_LEAST_PIXELS = 80  # of a zone in the mask; smaller ones are not judged
# By how much colour (CIE L*a*b*) changed beyond what the light did to the best zones. Of 96 pairs with nothing before
# the face no zone changed by more than 13 in a*b*, and none darkened by more than 18; masks changed by 15 to 50, and
# fringes darkened the forehead by 22 to 51. A skin's blush stays below, and its skin is found again.
_OTHER_COLOUR, _DARKENED_BY_HAIR, _COLOUR_KEPT = 12.0, 20.0, 6.0
_HARDLY_FOUND, _LEAST_OF_BEST = 0.15, 0.20  # shares: of a zone in another colour, and of the best zones beside it
_SMALLER = 2  # times the patches are halved before their colour is looked at


def covered_zones(flow: Flow, mask: Bytes, patches: Sequence[Bytes], faces: Sequence[Floats]) -> tuple[str, ...] | None:
    """Return the keys of covered zones; None where too little of the face was found, or something may be there.

    `patches` show BEFORE and AFTER laid over it, `faces` are the landmarks in each, `mask` is the face in BEFORE.
    """
    shares = _shares(flow, mask, faces[0])
    best = sorted(shares, key=lambda zone: -shares[zone])[:_BEST]
    level = float(np.mean([shares[zone] for zone in best])) if best else 0.0
    if len(shares) < 2 * _BEST or level < _LEAST_OF_BEST:
        return None
    changes = _colour_changes(mask, patches, faces, best)
    coloured = _by_colour(shares, changes, level)
    if level < _WELL[0]:
        return coloured or None
    hidden = [*coloured, *(zone for zone in _by_skin(shares, changes, level) if zone not in coloured)]
    under_eyes = _under_eyes(shares)
    if under_eyes < _BEHIND_GLASSES:
        hidden += [zone for zone in _GLASSES if zone not in hidden]
    if hidden:
        return tuple(hidden)
    return None if under_eyes < _PERHAPS_GLASSES or _perhaps_hidden(shares, level) else ()


def _by_skin(shares: Mapping[str, float], changes: Mapping[str, Floats], level: float) -> Sequence[str]:
    """Return the zones whose skin is next to not found; none where all of them kept their colour: skin that moved or
    lies in shadow is lost as well.
    """
    hidden = _unfound(shares, level)
    changed = (change for zone in hidden if (change := changes.get(zone)) is not None)
    return hidden if any(max(abs(change[0]), _hue(change)) >= _COLOUR_KEPT for change in changed) else []


def _unfound(shares: Mapping[str, float], level: float) -> Sequence[str]:
    least = _NEXT_TO_NOTHING[level >= _WELL[1]]
    hair = max(least, _BEHIND_HAIR * level)
    hidden = [zone for zone, share in shares.items() if share < (hair if zone == "forehead" else least)]
    return [] if len(hidden) == 1 and hidden != ["forehead"] else hidden  # one small zone alone can be a shadow


def _perhaps_hidden(shares: Mapping[str, float], level: float) -> bool:
    return bool(_unfound(shares, level)) or shares.get("forehead", 1.0) < _PERHAPS_HAIR * level


def _by_colour(shares: Mapping[str, float], changes: Mapping[str, Floats], level: float) -> tuple[str, ...]:
    """Return the zones that took another colour and lost their skin, and the forehead where hair darkened it."""
    other = [zone for zone in changes if _hue(changes[zone]) > _OTHER_COLOUR and shares[zone] <= _HARDLY_FOUND]
    hidden = other if len(other) > 1 else []
    forehead = changes.get("forehead")
    darkened = forehead is not None and forehead[0] < -_DARKENED_BY_HAIR
    if darkened and shares["forehead"] < _PERHAPS_HAIR * level and "forehead" not in hidden:
        hidden = [*hidden, "forehead"]
    return tuple(hidden)


def _hue(change: Floats) -> float:
    return float(np.hypot(change[1], change[2]))


def _colour_changes(
    mask: Bytes, patches: Sequence[Bytes], faces: Sequence[Floats], best: Sequence[str]
) -> dict[str, Floats]:
    """Return by how much the L*a*b* of each zone changed from one patch to the other, beyond the `best` zones."""
    small = [halved(patch, _SMALLER).astype(np.float32) / 255 for patch in patches]
    labs = [cv2.cvtColor(patch, cv2.COLOR_BGR2LAB) for patch in small]
    smaller = mask[:: 2**_SMALLER, :: 2**_SMALLER]
    changes = {}
    for zone in _ZONES:
        own = [_zone(zone, points / 2**_SMALLER, smaller) for points in faces]
        if min(int(one.sum()) for one in own) * 4**_SMALLER > _LEAST_PIXELS:
            one, other = (np.median(lab[part > 0], axis=0) for lab, part in zip(labs, own, strict=True))
            changes[zone] = np.asarray(other - one, np.float64)
    by_light = [changes[zone] for zone in best if zone in changes]
    light = np.median(by_light, axis=0) if by_light else np.zeros(3)
    return {zone: change - light for zone, change in changes.items()}


def _shares(flow: Flow, mask: Bytes, points: Floats) -> dict[str, float]:
    shares = {}
    for zone in _ZONES:
        own = _zone(zone, points, mask)
        if own.sum() > _LEAST_PIXELS:
            shares[zone] = flow.share(own)
    return shares


def _zone(zone: str, points: Floats, mask: Bytes) -> Bytes:
    """Return 1 where the zone of a face with these landmarks lies within the mask."""
    own = np.zeros_like(mask)
    hull = cv2.convexHull(points[list(OUTLINES[zone])].astype(np.float32))
    cv2.fillConvexPoly(own, hull.astype(np.int32), 1)
    return own & mask


def _under_eyes(shares: Mapping[str, float]) -> float:
    """How much is found under the eyes of what is found off them: behind lenses and beside rims skin is found less."""
    under = [shares[zone] for zone in _UNDER_EYES if zone in shares]
    off = [shares[zone] for zone in _OFF_EYES if zone in shares]
    known = len(under) == 2 and len(off) >= 3
    return float(np.mean(under)) / max(float(np.median(off)), 1e-6) if known else 1.0
