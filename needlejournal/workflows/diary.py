"""The diary of a journal, read whole: what was written by day, the grid of a session, its episodes and its cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import SideEffect
from needlejournal.journal.diary.days_after import DayGrid, Diary, day_grid, session_window
from needlejournal.journal.diary.episodes import Episode, session_episodes
from needlejournal.journal.diary.ring_clinic import Card, all_cards, open_cards, session_cards
from needlejournal.journal.errors import BadInput
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.sessions import Severity
from needlejournal.store import Journal


@dataclass(frozen=True, slots=True)
class SessionDiary:
    """What the days after one session were like. `cards` are all that fire, `open` those not put aside."""

    mark: SessionMark
    number: int
    grid: DayGrid
    episodes: tuple[Episode, ...]
    cards: tuple[Card, ...]
    open: tuple[Card, ...]


def read_diary(journal: Journal, first: date = date.min) -> Diary:
    """Everything that was written about side effects from `first` on."""
    since = (first.isoformat(),)
    return Diary(
        journal.side_effects.severities(first), journal.day_notes.where("day >= ? AND nothing_to_note = 1", since)
    )


def session_diary(
    journal: Journal, catalogue: Catalogue, calendar: SessionCalendar, diary: Diary, number: int
) -> SessionDiary:
    """The diary of session `number`. Raises BadInput when there is no such session."""
    mark = calendar.find(number)
    if mark is None:
        raise BadInput(f"There is no session {number}. This journal has {len(calendar.marks)}; give one of them.")
    order = [symptom.key for symptom in catalogue.symptoms]
    cards = session_cards(diary, calendar, mark.id, catalogue)
    return SessionDiary(
        mark,
        number,
        day_grid(diary, calendar, mark.id, order),
        session_episodes(diary, session_window(calendar, mark.id)),
        cards,
        open_cards(cards, journal.dismissals.where()),
    )


@dataclass(frozen=True, slots=True)
class SymptomOfDay:
    """All that a patient says of one symptom on one day: how strong (None: unknown), where, and a note."""

    symptom: str
    severity: Severity | None = None
    zones: frozenset[str] = frozenset()
    note: str = ""


def symptoms_of(entries: Iterable[SideEffect]) -> dict[str, SymptomOfDay]:
    """The entries of one day by symptom, with the highest severity over the zones and all zones named."""
    found: dict[str, SymptomOfDay] = {}
    for entry in entries:
        so_far = found.get(entry.symptom, SymptomOfDay(entry.symptom))
        highest = entry.severity if so_far.severity is None else max(so_far.severity, entry.severity)
        zones = so_far.zones | ({entry.zone} if entry.zone else frozenset())
        found[entry.symptom] = SymptomOfDay(entry.symptom, highest, zones, so_far.note or entry.note)
    return found


def write_symptom(journal: Journal, day: date, told: SymptomOfDay) -> None:
    """Store what is said of a symptom: one entry for each zone (or one without). Zones left out go to the trash.

    A severity of None takes the symptom back: the day is unknown for it again. Belongs inside a step.
    """
    there = {entry.zone: entry for entry in journal.side_effects.of_day(day) if entry.symptom == told.symptom}
    wanted = (told.zones or frozenset({""})) if told.severity is not None else frozenset()
    for zone, entry in there.items():
        if zone not in wanted:
            journal.side_effects.trash(entry.id)
    for zone in sorted(wanted):
        entry = there.get(zone, SideEffect(day, told.symptom, Severity.NONE, zone))
        journal.side_effects.save(replace(entry, severity=told.severity or Severity.NONE, note=told.note))


@dataclass(frozen=True, slots=True)
class ClinicCards:
    """The "ring your clinic" cards of a journal: those to show, and all of them with those put aside."""

    open: tuple[Card, ...]
    all: tuple[Card, ...]


def clinic_cards(journal: Journal, catalogue: Catalogue, calendar: SessionCalendar, diary: Diary) -> ClinicCards:
    """The cards of every session, the latest session first."""
    cards = all_cards(diary, calendar, catalogue)
    return ClinicCards(open_cards(cards, journal.dismissals.where()), cards)
