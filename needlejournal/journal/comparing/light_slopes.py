"""From where the light of one photo came, compared with another: a plane through what zones became brighter.

Both photos' own zones are compared with each other, so that this works half turned too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median

from needlejournal.journal.comparing.measures import SkinPatch
from needlejournal.journal.frozen import frozen

_LEAST_ZONES = 5
_LEAST_SPREAD = 0.06  # variance of the zones' places across or down the face
_OTHER_COLOUR = 14.0  # in a*b*, from the median zone: hair, a beard, a hand
_ROUNDS = 6
# Standard errors left open, and the gates in `measured`, set on half of the people in public photographs. With the same
# lamp no slope across reached 0.7 EV there: what is beyond that and the gate is said, however zones disagree, as they
# do on the half of a face that a turned head shows.
_OPEN = 2.0
_MOST_OPEN_ACROSS = 0.3  # EV from the middle to a side
_NOISE = 0.05  # EV by which any zone may miss
_HUBER = 1.5  # × the median residual: beyond, a zone pulls less


@frozen
class LightSlopes:
    """How much more light AFTER surely has than BEFORE, in EV: on the patient's left against the right, at the chin
    against the hairline; less than zones at odds with each other leave open. None where too few zones show.
    """

    across: float | None
    down: float | None


def light_slopes(before: Mapping[str, SkinPatch], after: Mapping[str, SkinPatch]) -> LightSlopes:
    """Fit a plane through the zones' changes, robustly, leaving out what has not the colour of skin."""
    seen = _skin(before) & _skin(after)
    points = [(before[zone].across, before[zone].down, after[zone].red_ev - before[zone].red_ev) for zone in seen]
    if len(points) < _LEAST_ZONES:
        return LightSlopes(None, None)
    plane = _plane(sorted(points))
    wide = _spread([point[0] for point in points]) >= _LEAST_SPREAD
    high = _spread([point[1] for point in points]) >= _LEAST_SPREAD
    # From one side (-1) to the other (1) are two steps.
    return LightSlopes(
        2 * _sure(plane.across, min(_OPEN * plane.across_error, _MOST_OPEN_ACROSS)) if wide else None,
        2 * _sure(plane.down, _OPEN * plane.down_error) if high else None,
    )


@frozen
class _Plane:
    """Slopes across and down, the height in the middle, and the standard errors of the slopes."""

    across: float
    down: float
    level: float
    across_error: float = 0.0
    down_error: float = 0.0


def _sure(slope: float, error: float) -> float:
    return math.copysign(max(0.0, abs(slope) - error), slope)


def _skin(patches: Mapping[str, SkinPatch]) -> set[str]:
    if not patches:
        return set()
    a = median(patch.a for patch in patches.values())
    b = median(patch.b for patch in patches.values())
    return {zone for zone, patch in patches.items() if math.hypot(patch.a - a, patch.b - b) <= _OTHER_COLOUR}


def _spread(places: Sequence[float]) -> float:
    middle = sum(places) / len(places)
    return sum((place - middle) ** 2 for place in places) / len(places)


def _plane(points: Sequence[tuple[float, float, float]]) -> _Plane:
    """Return the plane by reweighted least squares (Huber)."""
    weights = [1.0] * len(points)
    plane = _weighted(points, weights)
    for _ in range(_ROUNDS):
        left = [abs(change - plane.level - plane.across * x - plane.down * y) for x, y, change in points]
        limit = max(_NOISE, _HUBER * median(left))
        weights = [min(1.0, limit / max(one, _NOISE)) for one in left]
        plane = _weighted(points, weights)
    return plane


def _weighted(points: Sequence[tuple[float, float, float]], weights: Sequence[float]) -> _Plane:
    total = sum(weights)
    x_mean, y_mean, mean = (
        sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) / total for axis in range(3)
    )
    away = [(x - x_mean, y - y_mean, change - mean) for x, y, change in points]

    def moment(one: int, other: int) -> float:
        return sum(weight * place[one] * place[other] for weight, place in zip(weights, away, strict=True))

    ridge = 1e-3  # zones in one line leave a slope open: it is then 0
    xx, xy, yy, xc, yc = moment(0, 0) + ridge, moment(0, 1), moment(1, 1) + ridge, moment(0, 2), moment(1, 2)
    square = xx * yy - xy * xy
    across, down = (xc * yy - yc * xy) / square, (yc * xx - xc * xy) / square
    missed = sum(
        weight * (change - across * x - down * y) ** 2 for weight, (x, y, change) in zip(weights, away, strict=True)
    )
    variance = missed / max(1.0, total - 3)
    errors = math.sqrt(variance * yy / square), math.sqrt(variance * xx / square)
    return _Plane(across, down, mean - across * x_mean - down * y_mean, *errors)
