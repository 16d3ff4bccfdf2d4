"""From where the light of one photo came, compared with another: a plane through what zones became brighter.

Both photos' own zones are compared with each other, so that this works half turned too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from needlejournal.journal.comparing.measures import SkinPatch

_LEAST_ZONES = 5
_LEAST_SPREAD = 0.06  # variance of the zones' places across or down the face
_OTHER_COLOUR = 14.0  # in a*b*, from the median zone: hair, a beard, a hand
_ROUNDS = 6
_HUBER = 1.5  # × the median residual: beyond, a zone pulls less


@dataclass(frozen=True, slots=True)
class LightSlopes:
    """How much more light AFTER has than BEFORE, in EV: on the patient's left against the right, at the chin against
    the hairline. None where too few zones show.
    """

    across: float | None
    down: float | None


def light_slopes(before: Mapping[str, SkinPatch], after: Mapping[str, SkinPatch]) -> LightSlopes:
    """Fit a plane through the zones' changes, robustly, leaving out what has not the colour of skin."""
    seen = _skin(before) & _skin(after)
    points = [(before[zone].across, before[zone].down, after[zone].red_ev - before[zone].red_ev) for zone in seen]
    if len(points) < _LEAST_ZONES:
        return LightSlopes(None, None)
    across, down = _plane(sorted(points))
    wide = _spread([point[0] for point in points]) >= _LEAST_SPREAD
    high = _spread([point[1] for point in points]) >= _LEAST_SPREAD
    # From one side (-1) to the other (1) are two steps.
    return LightSlopes(2 * across if wide else None, 2 * down if high else None)


def _skin(patches: Mapping[str, SkinPatch]) -> set[str]:
    if not patches:
        return set()
    a = median(patch.a for patch in patches.values())
    b = median(patch.b for patch in patches.values())
    return {zone for zone, patch in patches.items() if math.hypot(patch.a - a, patch.b - b) <= _OTHER_COLOUR}


def _spread(places: Sequence[float]) -> float:
    middle = sum(places) / len(places)
    return sum((place - middle) ** 2 for place in places) / len(places)


def _plane(points: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Return the slopes across and down, by reweighted least squares (Huber)."""
    weights = [1.0] * len(points)
    across = down = 0.0
    for _ in range(_ROUNDS):
        across, down, level = _weighted(points, weights)
        left = [abs(change - level - across * x - down * y) for x, y, change in points]
        limit = _HUBER * median(left) + 1e-6
        weights = [min(1.0, limit / max(one, 1e-9)) for one in left]
    return across, down


def _weighted(points: Sequence[tuple[float, float, float]], weights: Sequence[float]) -> tuple[float, float, float]:
    total = sum(weights)
    x_mean, y_mean, mean = (
        sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) / total for axis in range(3)
    )
    xx = xy = yy = xc = yc = 0.0
    for weight, (x, y, change) in zip(weights, points, strict=True):
        right, low, more = x - x_mean, y - y_mean, change - mean
        xx, xy, yy = xx + weight * right * right, xy + weight * right * low, yy + weight * low * low
        xc, yc = xc + weight * right * more, yc + weight * low * more
    ridge = 1e-3  # zones in one line leave a slope open: it is then 0
    xx, yy = xx + ridge, yy + ridge
    square = xx * yy - xy * xy
    across, down = (xc * yy - yc * xy) / square, (yc * xx - xc * xy) / square
    return across, down, mean - across * x_mean - down * y_mean
