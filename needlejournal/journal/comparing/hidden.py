"""What is not said about a face because something lies in front of it in one of the photos: glasses, hair, a mask."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from needlejournal.journal.comparing.answers import unknown
from needlejournal.journal.comparing.photo_facts import MATCHES, ComparabilityItem, PhotoFacts
from needlejournal.journal.message import message

_HIDDEN = message("In one photo something is in front of the skin that would show this.")
_MAY_BE_HIDDEN = message("In one photo something may be in front of the skin that would show this.")
_MOUTH = frozenset({"upper_lip", "lower_lip", "chin"})
_EYES = frozenset({"periorbital_right", "periorbital_left"})
_CHEEKS = frozenset({"cheek_inner_right", "cheek_inner_left"})
_TEXTURE = _CHEEKS | {"forehead", "infraorbital_right", "infraorbital_left"}
_LOOKS_AT: Mapping[str, Collection[str]] = {
    "expression": _MOUTH,
    "eyes": _EYES,
    "shape": _MOUTH | _EYES | _CHEEKS | {"nose", "jawline_right", "jawline_left"},
    "smoothing": _TEXTURE,
    **dict.fromkeys(("exposure", "clipping", "white_balance", "sharpness", "light_hardness"), _CHEEKS),
}
"""Item key → zones of which one alone leaves it open when it is hidden."""


def without_zones(facts: PhotoFacts, hidden: Collection[str]) -> PhotoFacts:
    """The same photo as if the hidden zones had not been measured: what covers them tells of no lamp."""
    if facts.measures is None or not hidden:
        return facts
    left = {zone: patch for zone, patch in facts.measures.patches.items() if zone not in hidden}
    return replace(facts, measures=replace(facts.measures, patches=left))


def left_open(item: ComparabilityItem, hidden: Collection[str], doubtful: Collection[str] = ()) -> ComparabilityItem:
    """The same answer; unknown where it rests on a zone that is hidden in one photo.

    A zone that may be hidden lets nothing match; a difference that was seen stays said.
    """
    rests_on = _LOOKS_AT.get(item.item, ())
    if any(zone in hidden for zone in rests_on):
        return unknown(item.item, _HIDDEN, item.advice)
    if item.answer == MATCHES and any(zone in doubtful for zone in rests_on):
        return unknown(item.item, _MAY_BE_HIDDEN, item.advice)
    return item
