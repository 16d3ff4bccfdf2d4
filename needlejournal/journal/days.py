"""What the patient writes about one day: a note, and side effects with their severity."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from needlejournal.journal.frozen import frozen
from needlejournal.journal.sessions import Severity


@frozen
class SideEffect:
    """One symptom on one day, in one zone ("" means: no zone given). Day, symptom and zone are its key."""

    day: date
    symptom: str
    severity: Severity
    zone: str = ""
    note: str = ""
    photo_id: int | None = None
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class DayNote:
    """A day's free text. `nothing_to_note` says that the patient looked and found no side effect that day."""

    day: date
    text: str = ""
    nothing_to_note: bool = False
    tags: tuple[str, ...] = ()
    id: int = 0
    uid: str = field(default="", compare=False)
