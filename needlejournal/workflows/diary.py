"""The diary of a journal, whole or around some days: what was written, the grid of a session, episodes and cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary.clinic_cards import (
    ClinicCard,
    all_cards,
    in_order,
    open_cards,
    session_cards,
    symptom_cards,
)
from needlejournal.journal.diary.days_after import GRID_DAYS, DayGrid, Diary, SessionWindow, day_grid, session_window
from needlejournal.journal.diary.episodes import Episode, session_episodes
from needlejournal.journal.diary.touched import ProductUse, products_before
from needlejournal.journal.diary.whole_episodes import whole_runs
from needlejournal.journal.errors import BadInput
from needlejournal.journal.message import message
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import Journal


@dataclass(frozen=True, slots=True)
class SessionDays:
    """What the days after one session were like."""

    mark: SessionMark
    number: int
    grid: DayGrid
    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True)
class SessionDiary(SessionDays):
    """The same with the cards that name the session: all that fire, and those not put aside."""

    cards: tuple[ClinicCard, ...]
    open: tuple[ClinicCard, ...]


def read_diary(journal: Journal, first: date = date.min, last: date = date.max) -> Diary:
    """Everything that was written about side effects from one day to another."""
    return Diary(journal.side_effects.severities(first, last), journal.day_notes.nothing_to_note(first, last))


def diary_of_sessions(journal: Journal, windows: Iterable[SessionWindow]) -> Diary:
    """What was written on the days that count to some sessions, and on those that their grids show."""
    shown = [(window.first, window.until or date.max) for window in windows]
    grids = (_moved(first, GRID_DAYS) for first, _ in shown)
    return read_diary(journal, min(first for first, _ in shown), max(*grids, *(until for _, until in shown)))


def products_before_symptom(
    journal: Journal, sessions: Sequence[Session], written: Sequence[date], symptom: str
) -> tuple[ProductUse, ...]:
    """Each product of `sessions`, with those after which the symptom was felt. `written` are all days written."""
    if not any(session.products for session in sessions):
        return ()
    severities = journal.side_effects.severities(symptoms=[symptom])
    felt = sorted(day for day, of_day in severities.items() if of_day[symptom] > Severity.NONE)
    return products_before(sessions, written, felt)


def session_days(catalogue: Catalogue, calendar: SessionCalendar, diary: Diary, number: int) -> SessionDays:
    """The days after session `number`. Raises BadInput when there is no such session."""
    mark = calendar.find(number)
    if mark is None:
        words = message(
            "There is no session {number}. This journal has {count}; give one of them.",
            number=number,
            count=len(calendar.marks),
        )
        raise BadInput(words)
    order = [symptom.key for symptom in catalogue.symptoms]
    grid = day_grid(diary, calendar, mark.id, order)
    return SessionDays(mark, number, grid, session_episodes(diary, session_window(calendar, mark.id)))


def session_diary(
    journal: Journal, catalogue: Catalogue, calendar: SessionCalendar, diary: Diary, number: int
) -> SessionDiary:
    """The diary of session `number`. Raises BadInput when there is no such session."""
    days = session_days(catalogue, calendar, diary, number)
    cards = session_cards(all_cards(diary, calendar, catalogue), days.mark.id)
    opened = open_cards(cards, journal.dismissals.all())
    return SessionDiary(days.mark, number, days.grid, days.episodes, cards, opened)


@dataclass(frozen=True, slots=True)
class ClinicCards:
    """The "call your clinic" cards of a journal: those to show, and all of them with those put aside."""

    open: tuple[ClinicCard, ...]
    all: tuple[ClinicCard, ...]


def clinic_cards(journal: Journal, catalogue: Catalogue, calendar: SessionCalendar, diary: Diary) -> ClinicCards:
    """The cards of the whole journal, the latest day first. `diary` must hold all of it: episodes may be long."""
    cards = all_cards(diary, calendar, catalogue)
    return ClinicCards(open_cards(cards, journal.dismissals.all()), cards)


_REACHES = (60, 240, 960)  # days before and after, until where the runs of a symptom begin and end is found


def cards_between(
    journal: Journal,
    catalogue: Catalogue,
    calendar: SessionCalendar,
    first: date,
    last: date = date.max,
) -> ClinicCards:
    """Those of `clinic_cards` that have an entry from `first` to `last`, in the same order.

    Only the runs around these days are read, so that it costs the same however long the journal is. Nothing is kept:
    an alarm cannot be of yesterday.
    """
    left = _concerned(journal, first, last)
    oldest, newest = journal.side_effects.known_span()
    found: list[ClinicCard] = []
    for diary, since, until in _wider_and_wider(journal, left, first, last):
        ends = {"from_start": since <= oldest, "to_end": until >= newest}
        for symptom in sorted(left):
            known = whole_runs(diary.known_dates(symptom), calendar, first, last, **ends)
            if known is not None:
                left.remove(symptom)
                found += symptom_cards(symptom, known, calendar, catalogue)
    named = (card for card in found if first <= card.days[-1] and any(first <= day <= last for day in card.days))
    cards = in_order(named, catalogue)
    return ClinicCards(open_cards(cards, journal.dismissals.all()), cards)


def _wider_and_wider(journal: Journal, left: set[str], first: date, last: date) -> Iterator[tuple[Diary, date, date]]:
    """What was written of the symptoms that are `left`, with the days that it is of, until none is left."""
    for reach in (*_REACHES, None):
        if not left:
            return
        since, until = (date.min, date.max) if reach is None else (_moved(first, -reach), _moved(last, reach))
        effects = journal.side_effects.severities(since, until, left)
        yield Diary(effects, journal.day_notes.nothing_to_note(since, until)), since, until


def _concerned(journal: Journal, first: date, last: date) -> set[str]:
    """The symptoms whose cards may have an entry on these days.

    The last entry of a card is a day on which it was felt; one before it, with which that is compared, may be None.
    """
    days = journal.side_effects.severities(first, last).values()
    if last == date.max:
        return {symptom for of_day in days for symptom, severity in of_day.items() if severity > Severity.NONE}
    if journal.day_notes.nothing_to_note(first, last):
        return set(journal.side_effects.symptoms())
    return {symptom for of_day in days for symptom in of_day}


def _moved(day: date, by: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + by, date.min.toordinal()), date.max.toordinal()))
