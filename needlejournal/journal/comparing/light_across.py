"""From which side the light of one photo came, compared with another: a line through the brightness of zones."""

from __future__ import annotations

from collections.abc import Mapping

from needlejournal.journal.comparing.measures import SkinPatch

_LEAST_ZONES = 4
_LEAST_SPREAD = 0.06  # variance of the zones' places across the face


def light_across(before: Mapping[str, SkinPatch], after: Mapping[str, SkinPatch]) -> float | None:
    """Return how much more light, in EV from the patient's right side to the left, AFTER has on the left than BEFORE.

    Both photos' own zones are compared with each other, so this works half turned too. None when too few zones show.
    """
    shared = [(before[zone].across, after[zone].red_ev - before[zone].red_ev) for zone in before if zone in after]
    if len(shared) < _LEAST_ZONES:
        return None
    middle = sum(across for across, _ in shared) / len(shared)
    level = sum(change for _, change in shared) / len(shared)
    spread = sum((across - middle) ** 2 for across, _ in shared)
    if spread / len(shared) < _LEAST_SPREAD:
        return None
    slope = sum((across - middle) * (change - level) for across, change in shared) / spread
    return slope * 2  # from one side (-1) to the other (1)
