"""Midnight while a person writes: what was begun belongs to the day it was for, and the rest asks for the new one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.destinations import Destination, EditDay
from needlejournal.ui.panels.today_card import TodayCard
from needlejournal.ui.panels.today_panel import TodayPanel
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.writing import DayPage
from tests.ui import person
from tests.ui.refusing import REFUSALS, Refusal, relents

BEFORE, AFTER = date(2025, 4, 22), date(2025, 4, 23)
WORDS = "warm at the temple"


@pytest.fixture
def card(opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot) -> TodayCard:
    """Today's card, with a note being typed to redness."""
    made = shown(TodayCard(opened_diary, led.append), qtbot)
    person.press(made, "Redness: Mild")
    person.type_in(made, "Note on this symptom", WORDS)
    return made


def shown(widget: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(900, 800)
    widget.show()
    return widget


def strike_twelve(opened: OpenJournal) -> None:
    opened.clock = lambda: datetime(2025, 4, 23, 0, 0, 30, tzinfo=UTC)
    opened.look_at_the_day()
    assert opened.today == AFTER


def lines(within: QWidget) -> list[str]:
    return person.reads(within).splitlines()


def notes(opened: OpenJournal, day: date) -> list[str]:
    return [effect.note for effect in opened.journal.side_effects.of_day(day)]


def test_a_note_that_is_being_typed_is_kept_on_its_day(card: TodayCard, opened_diary: OpenJournal) -> None:
    strike_twelve(opened_diary)
    assert notes(opened_diary, BEFORE) == [WORDS]
    assert "Today" in lines(card) and "23 April" in person.reads(card)
    person.press(card, "Redness: Mild")
    assert (notes(opened_diary, BEFORE), notes(opened_diary, AFTER)) == ([WORDS], [""])


@pytest.mark.parametrize("refuse", REFUSALS, ids=lambda refuse: refuse.__name__)
def test_a_note_that_the_disk_refuses_stays_with_its_day(
    card: TodayCard, opened_diary: OpenJournal, refuse: Refusal
) -> None:
    refuse(opened_diary.journal)
    strike_twelve(opened_diary)
    assert person.written(card, "Note on this symptom") == WORDS
    assert "Yesterday" in lines(card) and "Today" not in lines(card)
    person.press(card, "The day before")
    assert "Yesterday" in lines(card), "it says whose entries it shows"
    assert person.written(card, "Note on this symptom") == WORDS
    relents(opened_diary.journal)
    assert card.leave() == ()
    assert (notes(opened_diary, BEFORE), notes(opened_diary, AFTER)) == ([WORDS], [])


def test_a_days_note_stays_with_the_day_it_was_opened_for(
    opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot
) -> None:
    page = DayPage(opened_diary, led.append, preferences)
    shown(page, qtbot)
    page.arrive(EditDay())
    person.type_in(page, "Note", WORDS)
    strike_twelve(opened_diary)
    assert page.leave() == ()
    note = opened_diary.journal.day_notes.of_day(BEFORE)
    assert note and note.text == WORDS and not opened_diary.journal.day_notes.of_day(AFTER)
    assert "22 April" in person.reads(page)
    assert not person.sees(page, "Same as yesterday")


def test_no_side_effects_today_is_said_of_the_new_day(
    opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot
) -> None:
    panel = shown(TodayPanel(opened_diary, led.append), qtbot)
    strike_twelve(opened_diary)
    person.press(panel, "No side effects today")
    assert [note.day for note in opened_diary.journal.day_notes.nothing_to_note(BEFORE, AFTER)] == [AFTER]
