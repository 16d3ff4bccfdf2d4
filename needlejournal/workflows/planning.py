"""The plan of a journal as it stands: reads what it is made from; `journal` does the counting."""

from __future__ import annotations

from datetime import date

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.planning.agenda import AgendaEntry, agenda
from needlejournal.journal.planning.plan import Plan, PlanFacts, make_plan
from needlejournal.store import Journal


def written_in(journal: Journal) -> PlanFacts:
    """What a plan is made from, without the trash."""
    return PlanFacts(
        courses=journal.courses.all(),
        sessions=journal.sessions.all(),
        photos=journal.photos.marks(),
        ratings=journal.ratings.all(),
    )


def plan_of(journal: Journal, today: date, catalogue: Catalogue) -> Plan:
    """All courses as they stand on `today`."""
    return make_plan(written_in(journal), today, catalogue)


def agenda_of(journal: Journal, today: date, catalogue: Catalogue) -> tuple[AgendaEntry, ...]:
    """The plan as dated entries."""
    return agenda(plan_of(journal, today, catalogue), catalogue)
