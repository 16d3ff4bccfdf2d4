"""What a person does on the page of one day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal.journal.sessions import Severity
from needlejournal.ui.destinations import Destination, ImportPhotos, ShowDay
from needlejournal.ui.panels.symptom_row import SymptomRow
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.date_fields import DateField
from needlejournal.ui.widgets.pickers.severity_picker import SeveritySteps
from needlejournal.ui.writing import DayPage
from tests.ui.person import click, press, reads, type_in, write
from tests.ui.person import written as read_field

TONIGHT = date(2025, 4, 22)


@pytest.fixture
def page(opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> DayPage:
    """The page, on the third day after session 2."""
    made = DayPage(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show()
    made.edit(TONIGHT)
    return made


def row(page: DayPage, symptom: str) -> SymptomRow:
    QApplication.processEvents()  # what was just made is shown by the event loop
    return next(r for r in page.findChildren(SymptomRow) if r.symptom == symptom and r.isVisible())


def pick(page: DayPage, symptom: str, severity: Severity | None) -> None:
    """Press a step; the one that is pressed already to make it unknown again."""
    steps = row(page, symptom).findChild(SeveritySteps)
    wanted = steps.severity() if severity is None else severity
    assert wanted is not None
    click(steps.steps()[wanted.value])


def written(opened: OpenJournal, day: date = TONIGHT) -> dict[tuple[str, str], Severity]:
    return {(e.symptom, e.zone): e.severity for e in opened.journal.side_effects.of_day(day)}


def test_the_title_says_which_day_after_which_session(page: DayPage) -> None:
    assert "Day 3 after session 2 · Tuesday 22 April" in reads(page).splitlines()


def test_one_tap_stores_a_severity_and_another_makes_it_unknown_again(page: DayPage, opened_diary: OpenJournal) -> None:
    pick(page, "redness", Severity.MILD)
    assert written(opened_diary) == {("redness", ""): Severity.MILD}
    pick(page, "redness", None)
    assert written(opened_diary) == {}


def test_none_is_written_down_and_is_not_unknown(page: DayPage, opened_diary: OpenJournal) -> None:
    pick(page, "swelling", Severity.NONE)
    assert written(opened_diary) == {("swelling", ""): Severity.NONE}


def test_same_as_yesterday_takes_the_last_entries_over(page: DayPage, opened_diary: OpenJournal) -> None:
    press(page, "Same as yesterday")
    assert written(opened_diary) == {("redness", ""): Severity.MODERATE}
    opened_diary.undo()
    assert written(opened_diary) == {}


def test_nothing_to_note_is_remembered_for_the_day(page: DayPage, opened_diary: OpenJournal) -> None:
    press(page, "No side effects")
    note = opened_diary.journal.day_notes.of_day(TONIGHT)
    assert note is not None
    assert note.nothing_to_note


def test_a_note_is_stored_a_moment_later_and_kept_when_another_day_is_shown(
    page: DayPage, opened_diary: OpenJournal
) -> None:
    type_in(page, "Note", "Warm and tight.")
    page.edit(TONIGHT - timedelta(days=1))
    note = opened_diary.journal.day_notes.of_day(TONIGHT)
    assert note is not None
    assert note.text == "Warm and tight."
    assert read_field(page, "Note") == ""


def test_done_and_photos_lead_on(page: DayPage, led: list[Destination]) -> None:
    press(page, "Add photos of this day")
    press(page, "Done")
    assert led == [ImportPhotos(day=TONIGHT), ShowDay(TONIGHT)]


def test_a_day_far_ahead_is_refused_in_words_and_stays_where_it_was(page: DayPage) -> None:
    field = page.findChild(DateField)
    shown = field.day()
    write(page, "Day", "1 June 2099")
    assert field.accessibleDescription().startswith("Not kept yet. Please write a day up to ")
    assert field.day() == shown
    assert "Tuesday 22 April" in reads(page)
