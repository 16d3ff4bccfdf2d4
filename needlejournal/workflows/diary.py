"""The diary of a journal, read whole: what was written by day, the grid of a session, its episodes and its cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary.clinic_cards import ClinicCard, all_cards, open_cards, session_cards
from needlejournal.journal.diary.days_after import DayGrid, Diary, day_grid, session_window
from needlejournal.journal.diary.episodes import Episode, session_episodes
from needlejournal.journal.errors import BadInput
from needlejournal.journal.message import message
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.store import Journal


@dataclass(frozen=True, slots=True)
class SessionDiary:
    """What the days after one session were like. `cards` are all that fire, `open` those not put aside."""

    mark: SessionMark
    number: int
    grid: DayGrid
    episodes: tuple[Episode, ...]
    cards: tuple[ClinicCard, ...]
    open: tuple[ClinicCard, ...]


def read_diary(journal: Journal, first: date = date.min) -> Diary:
    """Everything that was written about side effects from `first` on."""
    return Diary(journal.side_effects.severities(first), journal.day_notes.nothing_to_note(first))


def session_diary(
    journal: Journal, catalogue: Catalogue, calendar: SessionCalendar, diary: Diary, number: int
) -> SessionDiary:
    """The diary of session `number`. Raises BadInput when there is no such session."""
    mark = calendar.find(number)
    if mark is None:
        words = message(
            "There is no session {number}. This journal has {count}; give one of them.",
            number=number,
            count=len(calendar.marks),
        )
        raise BadInput(words)
    order = [symptom.key for symptom in catalogue.symptoms]
    cards = session_cards(all_cards(diary, calendar, catalogue), mark.id)
    return SessionDiary(
        mark,
        number,
        day_grid(diary, calendar, mark.id, order),
        session_episodes(diary, session_window(calendar, mark.id)),
        cards,
        open_cards(cards, journal.dismissals.all()),
    )


@dataclass(frozen=True, slots=True)
class ClinicCards:
    """The "call your clinic" cards of a journal: those to show, and all of them with those put aside."""

    open: tuple[ClinicCard, ...]
    all: tuple[ClinicCard, ...]


def clinic_cards(journal: Journal, catalogue: Catalogue, calendar: SessionCalendar, diary: Diary) -> ClinicCards:
    """The cards of the whole journal, the latest day first. `diary` must hold all of it: episodes may be long."""
    cards = all_cards(diary, calendar, catalogue)
    return ClinicCards(open_cards(cards, journal.dismissals.all()), cards)
