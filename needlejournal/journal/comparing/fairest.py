"""Which pair of a series may be compared most fairly: long apart, little that differs, never while skin is healing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from needlejournal.journal.comparing.comparability import DIFFERS, UNKNOWN, Comparability, compare_photos
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.comparing.photo_facts import PhotoFacts
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message

# A pair is worth its days, less what differs: one clear difference costs more than half of them, and hardly knowing
# anything about it as much as two.
_CLEAR, _SLIGHT, _UNKNOWN, _HARDLY = 0.4, 0.8, 0.98, 0.16


@frozen
class Candidate:
    """A photo that may be one of the pair."""

    photo_id: int
    facts: PhotoFacts


@frozen
class FairPair:
    """A proposed pair, the earlier photo first; `worth` ranks pairs and means nothing else."""

    before_id: int
    after_id: int
    days: int
    worth: float
    comparability: Comparability

    @property
    def is_fair(self) -> bool:
        """Whether enough is known about the two, and nothing differs clearly."""
        return not self.comparability.hardly_measured and not any(item.clear for item in self.comparability.items)

    @property
    def what_differs(self) -> tuple[Message, ...]:
        """Return the sentences on what differs, clear differences first."""
        items = sorted(self.comparability.answered(DIFFERS), key=lambda item: not item.clear)
        return tuple(item.sentence for item in items)


def fairest_pairs(candidates: Iterable[Candidate], limit: int = 5) -> list[FairPair]:
    """Return up to `limit` pairs of the same view and zone, the fairest first; empty when there is none.

    Photos without a date, and photos of healing skin or of skin of which that is not known, are never proposed.
    """
    usable = [(one, one.facts.day) for one in candidates if one.facts.day and one.facts.healing is False]
    best: list[FairPair] = []
    for first, second, days in _longest_apart_first(usable):
        if len(best) == limit and days <= best[-1].worth:  # a pair is worth its days at most
            break
        best = sorted([*best, pair_of(first, second)], key=lambda pair: -pair.worth)[:limit]
    return best


def _longest_apart_first(usable: Sequence[tuple[Candidate, date]]) -> list[tuple[Candidate, Candidate, int]]:
    pairs = []
    for (one, day), (other, other_day) in combinations(usable, 2):
        days = (other_day - day).days
        if days and (one.facts.view, one.facts.zone) == (other.facts.view, other.facts.zone):
            pairs.append((one, other, days) if days > 0 else (other, one, -days))
    return sorted(pairs, key=lambda pair: -pair[2])


def pair_of(first: Candidate, second: Candidate, together: PairMeasures | None = None) -> FairPair:
    """Judge two dated photos as a pair, the earlier one first; `together` is what was measured on both of them."""
    days = (second.facts.day - first.facts.day).days if first.facts.day and second.facts.day else 0
    comparability = compare_photos(first.facts, second.facts, together)
    worth = days * (_HARDLY if comparability.hardly_measured else 1.0)
    for item in comparability.items:
        if item.answer == DIFFERS:
            worth *= _CLEAR if item.clear else _SLIGHT
        elif item.answer == UNKNOWN:
            worth *= _UNKNOWN
    return FairPair(first.photo_id, second.photo_id, days, round(worth, 3), comparability)
