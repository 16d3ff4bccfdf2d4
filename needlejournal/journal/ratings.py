"""How the patient rates a concern, judges a photo against the baseline, and answers a blind review."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum

from needlejournal.journal.frozen import frozen


class Judgement(StrEnum):
    """Words of the Global Aesthetic Improvement Scale. Kept as words: published scales number them both ways."""

    VERY_MUCH_IMPROVED = "very_much_improved"
    MUCH_IMPROVED = "much_improved"
    IMPROVED = "improved"
    NO_CHANGE = "no_change"
    WORSE = "worse"


@frozen
class Rating:
    """A concern on one day, 0 "not noticeable" to 10 "as bad as I can imagine", and/or a judgement in words.

    `kind` is "concern", or "glow" for the fresh glow at 24 hours, which is partly swelling.
    """

    day: date
    concern: str
    value: int | None = None
    judgement: Judgement | None = None
    baseline_photo_id: int | None = None
    photo_id: int | None = None
    note: str = ""
    kind: str = "concern"
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class BlindAnswer:
    """Which of two photos looked better with the dates hidden. `better_id` None means: no difference."""

    earlier_id: int
    later_id: int
    better_id: int | None
    judgement: Judgement
    answered: date
    id: int = 0
    uid: str = field(default="", compare=False)
