"""Blind review: two fair photos in random order, dates hidden; which looks better, and what the answers add up to.

Knows no widgets. Chance comes from outside, so that a test can hold it still.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from needlejournal.journal.comparing.fairest import FairPair
from needlejournal.journal.frozen import frozen
from needlejournal.journal.ratings import BlindAnswer, Judgement
from needlejournal.store import Journal
from needlejournal.workflows.comparison.comparing import SeriesPhoto
from needlejournal.workflows.comparison.judging import fairest

PAIRS = 12
BETTER_BY = (Judgement.IMPROVED, Judgement.MUCH_IMPROVED, Judgement.VERY_MUCH_IMPROVED)


@frozen
class BlindPair:
    """Two photos as they are shown, left and right; `earlier_id` is known to the app and not told."""

    left_id: int
    right_id: int
    earlier_id: int

    @property
    def later_id(self) -> int:
        """The photo taken later."""
        return self.right_id if self.left_id == self.earlier_id else self.left_id


@frozen
class Tally:
    """How often the later photo was chosen of `chosen` pairs; of `undecided` others no difference was seen."""

    chosen: int = 0
    later: int = 0
    undecided: int = 0


def next_pair(
    journal: Journal, series: Iterable[SeriesPhoto], chance: Random, *, again: bool = False
) -> BlindPair | None:
    """A fair pair in random order that was not answered yet, or with `again` any; None when there is no such pair."""
    found = fairest(journal, series, PAIRS)
    pairs = [pair for pair in found if pair.is_fair] or found
    answered = {frozenset((given.earlier_id, given.later_id)) for given in journal.blind_answers.all()}
    fresh = [pair for pair in pairs if frozenset((pair.before_id, pair.after_id)) not in answered]
    chosen = _any_of(pairs if again else fresh, chance)
    if chosen is None:
        return None
    left, right = chance.sample((chosen.before_id, chosen.after_id), 2)
    return BlindPair(left, right, chosen.before_id)


def answer(pair: BlindPair, better_id: int | None, better_by: Judgement, today: date) -> BlindAnswer:
    """The answer to keep: judged is always the later photo against the earlier one."""
    judgements = {None: Judgement.NO_CHANGE, pair.earlier_id: Judgement.WORSE, pair.later_id: better_by}
    return BlindAnswer(pair.earlier_id, pair.later_id, better_id, judgements[better_id], today)


def keep(journal: Journal, given: BlindAnswer) -> None:
    """Keep an answer instead of an earlier one about the same two photos. Belongs inside a step."""
    for before in journal.blind_answers.all():
        if (before.earlier_id, before.later_id) == (given.earlier_id, given.later_id):
            journal.blind_answers.trash(before.id)
    journal.blind_answers.save(given)


def tally(journal: Journal) -> Tally:
    """What the answers add up to; of a pair answered twice by an older version the last one counts."""
    answers = {(given.earlier_id, given.later_id): given for given in journal.blind_answers.all()}.values()
    later = sum(given.better_id == given.later_id for given in answers)
    undecided = sum(given.better_id is None for given in answers)
    return Tally(len(answers) - undecided, later, undecided)


def _any_of(pairs: Sequence[FairPair], chance: Random) -> FairPair | None:
    return chance.choice(pairs) if pairs else None
