"""The diary of a journal, read whole: what was written by day, the grid of a session, its episodes and its cards."""

from __future__ import annotations

from dataclasses import dataclass

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import SideEffect
from needlejournal.journal.diary import DayGrid, Diary, day_grid, session_window
from needlejournal.journal.episodes import Episode, session_episodes
from needlejournal.journal.errors import BadInput
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.ring_clinic import Card, open_cards, session_cards
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


def read_diary(journal: Journal) -> Diary:
    """Everything that was written about side effects."""
    return Diary(journal.side_effects.where(), journal.day_notes.where("nothing_to_note = 1"))


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


def check_keys(effect: SideEffect, catalogue: Catalogue) -> None:
    """Raise BadInput for a zone the catalogue does not know, before something is stored that no map can show."""
    if effect.zone and catalogue.zone(effect.zone).own:
        known = ", ".join(zone.key for zone in catalogue.zones)
        raise BadInput(f"There is no zone “{effect.zone}”. The zones are: {known}.")
