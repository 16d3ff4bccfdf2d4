"""Tells before which zones of a face something lies in one of two photos: their skin is not found where the rest is."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.similarity import Floats
from needlejournal.imaging.aligning.skin_matching import Flow
from needlejournal.imaging.faces.landmarks import FaceReading
from needlejournal.imaging.faces.patch import PATCH
from needlejournal.imaging.faces.zones import OUTLINES
from needlejournal.imaging.reading.pixels import Bytes

_ZONES = (
    *("forehead", "glabella", "nose", "upper_lip", "chin"),
    *(f"{zone}_{side}" for zone in ("temple", "periorbital", "infraorbital") for side in ("right", "left")),
    *(f"{zone}_{side}" for zone in ("cheek_inner", "cheek_outer") for side in ("right", "left")),
)
# Shares of a zone's skin found again. Set on half of the people in public photographs: masks, hands and fringes drawn
# before a face left next to nothing, while of the same faces uncovered one pair in twenty was told wrongly.
_NEXT_TO_NOTHING, _WELL = (0.05, 0.08), (0.50, 0.70)
_BEST = 4  # zones that must be found well for the others to count
_BEHIND_HAIR = 0.18  # of what is found in the best zones: a fringe leaves some skin between its hairs
_BEHIND_GLASSES, _PERHAPS_GLASSES = 0.48, 0.68  # of what is found elsewhere; between the two it stays open
_UNDER_EYES, _OFF_EYES = ("infraorbital_right", "infraorbital_left"), ("forehead", "nose", "upper_lip", "chin")
_GLASSES = ("periorbital_right", "periorbital_left", *_UNDER_EYES)
_LEAST_PIXELS = 80  # of a zone in the mask; smaller ones are not judged


def covered_zones(flow: Flow, mask: Bytes, to_photo: Floats, reading: FaceReading) -> tuple[str, ...] | None:
    """Return the keys of covered zones; None where too little of the face was found, or glasses may be there."""
    shares = _shares(flow, mask, similarity.apply(similarity.invert(to_photo), reading.xy))
    best = sorted(shares.values())[-_BEST:]
    level = float(np.mean(best)) if best else 0.0
    if len(shares) < 2 * _BEST or level < _WELL[0]:
        return None
    least = _NEXT_TO_NOTHING[level >= _WELL[1]]
    hair = max(least, _BEHIND_HAIR * level)
    hidden = [zone for zone, share in shares.items() if share < (hair if zone == "forehead" else least)]
    if len(hidden) == 1 and hidden != ["forehead"]:  # one small zone alone can be a shadow
        hidden = []
    under_eyes = _under_eyes(shares)
    if under_eyes < _BEHIND_GLASSES:
        hidden += [zone for zone in _GLASSES if zone not in hidden]
    return tuple(hidden) if hidden or under_eyes >= _PERHAPS_GLASSES else None


def _shares(flow: Flow, mask: Bytes, points: Floats) -> Mapping[str, float]:
    shares = {}
    for zone in _ZONES:
        own = np.zeros((PATCH, PATCH), np.uint8)
        hull = cv2.convexHull(points[list(OUTLINES[zone])].astype(np.float32))
        cv2.fillConvexPoly(own, hull.astype(np.int32), 1)
        own &= mask
        if own.sum() > _LEAST_PIXELS:
            shares[zone] = flow.share(own)
    return shares


def _under_eyes(shares: Mapping[str, float]) -> float:
    """How much is found under the eyes of what is found off them: behind lenses and beside rims skin is found less."""
    under = [shares[zone] for zone in _UNDER_EYES if zone in shares]
    off = [shares[zone] for zone in _OFF_EYES if zone in shares]
    known = len(under) == 2 and len(off) >= 3
    return float(np.mean(under)) / max(float(np.median(off)), 1e-6) if known else 1.0
