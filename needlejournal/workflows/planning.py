"""The plan, the diary and its cards as they stand in a journal. Reads what they need; `journal` does the counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from needlejournal.journal.agenda import AgendaEntry, agenda
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary import Diary
from needlejournal.journal.planning import Plan, Written, make_plan
from needlejournal.journal.ring_clinic import Card, all_cards, open_cards
from needlejournal.store import Journal


def written_in(journal: Journal) -> Written:
    """What a plan is made from, without the trash."""
    return Written(
        courses=journal.courses.where(),
        sessions=journal.sessions.all(),
        photos=journal.photos.marks(),
        ratings=journal.ratings.where(),
    )


def plan_of(journal: Journal, today: date, catalogue: Catalogue) -> Plan:
    """All courses as they stand on `today`."""
    return make_plan(written_in(journal), today, catalogue)


def agenda_of(journal: Journal, today: date, catalogue: Catalogue) -> tuple[AgendaEntry, ...]:
    """The plan as dated entries."""
    return agenda(plan_of(journal, today, catalogue), catalogue)


def diary_of(journal: Journal) -> Diary:
    """Everything that was written down about side effects."""
    return Diary(journal.side_effects.where(), journal.day_notes.where())


@dataclass(frozen=True, slots=True)
class ClinicCards:
    """The "ring your clinic" cards of a journal: those to show, and all of them with those put aside."""

    open: tuple[Card, ...]
    all: tuple[Card, ...]


def clinic_cards(journal: Journal, catalogue: Catalogue) -> ClinicCards:
    """The cards of every session, the latest session first."""
    cards = all_cards(diary_of(journal), journal.sessions.calendar(), catalogue)
    return ClinicCards(open_cards(cards, journal.dismissals.where()), cards)
