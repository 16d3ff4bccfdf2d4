"""Blind review: two fair photos in random order, dates hidden; which looks better, and what the answers add up to.

Knows no widgets. Chance comes from outside, so that a test can hold it still.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from needlejournal.journal.comparing.fairest import FairPair
from needlejournal.journal.ratings import BlindAnswer, Judgement
from needlejournal.store import Journal
from needlejournal.workflows.comparing import SeriesPhoto
from needlejournal.workflows.judging import fairest

PAIRS = 12
BETTER_BY = (Judgement.IMPROVED, Judgement.MUCH_IMPROVED, Judgement.VERY_MUCH_IMPROVED)


@dataclass(frozen=True, slots=True)
class BlindPair:
    """Two photos as they are shown, left and right; `earlier_id` is known to the app and not told."""

    left_id: int
    right_id: int
    earlier_id: int

    @property
    def later_id(self) -> int:
        """The photo taken later."""
        return self.right_id if self.left_id == self.earlier_id else self.left_id


@dataclass(frozen=True, slots=True)
class Tally:
    """How often the later photo was chosen, among `asked` answers; `undecided` of them saw no difference."""

    asked: int = 0
    later: int = 0
    undecided: int = 0


def next_pair(journal: Journal, series: Iterable[SeriesPhoto], chance: Random) -> BlindPair | None:
    """A fair pair in random order, not answered yet where there is such a one; None when there is no fair pair."""
    pairs = fairest(journal, series, PAIRS)
    answered = {frozenset((answer.earlier_id, answer.later_id)) for answer in journal.blind_answers.where()}
    fresh = [pair for pair in pairs if frozenset((pair.before_id, pair.after_id)) not in answered]
    chosen = _any_of(fresh or pairs, chance)
    if chosen is None:
        return None
    left, right = chance.sample((chosen.before_id, chosen.after_id), 2)
    return BlindPair(left, right, chosen.before_id)


def answer(pair: BlindPair, better_id: int | None, better_by: Judgement, today: date) -> BlindAnswer:
    """The answer to keep: judged is always the later photo against the earlier one."""
    judgements = {None: Judgement.NO_CHANGE, pair.earlier_id: Judgement.WORSE, pair.later_id: better_by}
    return BlindAnswer(pair.earlier_id, pair.later_id, better_id, judgements[better_id], today)


def tally(journal: Journal) -> Tally:
    """What all answers add up to."""
    answers = journal.blind_answers.where()
    later = sum(given.better_id == given.later_id for given in answers)
    return Tally(len(answers), later, sum(given.better_id is None for given in answers))


def _any_of(pairs: Sequence[FairPair], chance: Random) -> FairPair | None:
    return chance.choice(pairs) if pairs else None
