"""The goals that alignment and the comparability panel are held against on real faces, and whether they are reached.

Only the people who were judged count; those who were looked at while gates were set do not. Words and tables only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from needlejournal.imaging.accuracy.pairs import EDIT, ELSEWHERE, JUDGED, MIRRORED, OTHER, REPEAT, SAME, JudgedPair
from needlejournal.journal.comparing.answers import WORDS
from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, UNKNOWN


@dataclass(frozen=True, slots=True)
class Reached:
    """One goal: what is wanted of how many, what there is, whether that does."""

    what: str
    wanted: str
    found: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """A share of the pairs and the limits it has to keep."""

    least: float = 0.0
    most: float = 1.0

    def __str__(self) -> str:
        if self.most < 1:
            return f"at most {100 * self.most:.0f} %" if self.most else "none"
        return f"at least {100 * self.least:.0f} %" if self.least < 1 else "all"

    def held_against(self, what: str, answers: Sequence[bool]) -> list[Reached]:
        """Return the answer; none where there is nothing to judge by."""
        if not answers:
            return []
        share = sum(answers) / len(answers)
        found = f"{sum(answers)} of {len(answers)} ({100 * share:.0f} %)"
        return [Reached(what, str(self), found, self.least <= share <= self.most)]


# Item, kind of pair, how many of the changes are to be noticed.
_NOTICED = (
    ("smoothing", EDIT, Goal(least=0.80)),
    ("smoothing", ELSEWHERE, Goal(least=0.80)),
    ("shape", EDIT, Goal(least=0.80)),
    ("shape", ELSEWHERE, Goal(least=0.80)),
    ("lens_distance", EDIT, Goal(least=1.0)),
    ("expression", EDIT, Goal(least=0.95)),
    ("eyes", EDIT, Goal(least=0.95)),
    ("light_height", EDIT, Goal(least=0.80)),
    ("light_side", EDIT, Goal(least=1.0)),
)
# Item, in how many pairs in which nothing but chance differs it may be said to.
_ALARMS = {
    "smoothing": Goal(most=0.02),
    "shape": Goal(most=0.05),
    "lens_distance": Goal(most=0.0),
    "expression": Goal(most=0.05),
    "eyes": Goal(most=0.05),
    "light_height": Goal(most=0.05),
    "light_side": Goal(most=0.05),
}
# What is in front of a face: of how many covers it may be said that nothing is, in how many other pairs of one person
# something may be said to be, and in how many nobody may be able to tell.
_COVERS_MISSED, _COVERS_ALARMED, _COVERS_OPEN = Goal(most=0.10), Goal(most=0.02), Goal(most=0.15)
_SURE = (
    (SAME, "the same person", Goal(0.90)),
    (OTHER, "two people", Goal(most=0.0)),
    (MIRRORED, "mirrored", Goal(most=0.0)),
)


def goals_reached(judged: Sequence[JudgedPair]) -> list[Reached]:
    """Hold the people judged against every goal for which there are pairs."""
    mine = [one for one in judged if one.pair.part == JUDGED]
    return [*_sure(mine), *_noticed(mine), *_alarms(mine), *_covers(mine)]


def _sure(mine: Sequence[JudgedPair]) -> Iterator[Reached]:
    for kind, words, goal in _SURE:
        yield from goal.held_against(f"{words}: called sure", [one.confident for one in mine if one.pair.kind == kind])


def _noticed(mine: Sequence[JudgedPair]) -> Iterator[Reached]:
    for item, kind, goal in _NOTICED:
        seen = [one.answers.get(item) == DIFFERS for one in mine if one.pair.kind == kind and item in one.pair.items]
        over = ", over another photo" if kind == ELSEWHERE else ""
        yield from goal.held_against(f"{WORDS[item]}{over}: noticed", seen)


def _alarms(mine: Sequence[JudgedPair]) -> Iterator[Reached]:
    repeats = [one for one in mine if one.pair.kind == REPEAT]
    for item, goal in _ALARMS.items():
        said = [one.answers[item] == DIFFERS for one in repeats if item in one.answers and item not in one.pair.items]
        yield from goal.held_against(f"{WORDS[item]}: said though nothing differs", said)


def _covers(mine: Sequence[JudgedPair]) -> Iterator[Reached]:
    covers = [one for one in mine if "covered" in one.pair.items]
    if not covers:
        return
    fair = [one for one in mine if one.pair.kind in {SAME, REPEAT} and one not in covers]
    yield from _COVERS_MISSED.held_against("a cover: said to be none", _said(covers, MATCHES))
    yield from _COVERS_ALARMED.held_against("a cover: said though there is none", _said(fair, DIFFERS))
    yield from _COVERS_OPEN.held_against("a cover: unknown though there is none", _said(fair, UNKNOWN))


def _said(pairs: Sequence[JudgedPair], answer: str) -> list[bool]:
    return [one.answers.get("covered", UNKNOWN) == answer for one in pairs]
