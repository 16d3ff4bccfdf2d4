"""What a person does on the page of one day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from needlejournal.journal.sessions import Severity
from needlejournal.ui.destinations import Destination, ImportPhotos, ShowDay
from needlejournal.ui.panels.symptom_row import SymptomRow
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.date_fields import DateField
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.pickers.severity_picker import SeveritySteps
from needlejournal.ui.writing import DayPage

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
    return next(r for r in page.findChildren(SymptomRow) if r.symptom == symptom and r.isVisible())


def pick(page: DayPage, symptom: str, severity: Severity | None) -> None:
    picker = row(page, symptom).findChild(SeveritySteps)
    picker.set_severity(severity)
    picker.changed.emit()


def written(page: DayPage, day: date = TONIGHT) -> dict[tuple[str, str], Severity]:
    return {(e.symptom, e.zone): e.severity for e in page._open.journal.side_effects.of_day(day)}


def button(page: DayPage, words: str) -> Button:
    return next(b for b in page.findChildren(Button) if b.text() == words and b.isVisible())


def test_the_title_says_which_day_after_which_session(page: DayPage) -> None:
    assert page._header._title.text() == "Day 3 after session 2 · Tuesday 22 April"


def test_one_tap_stores_a_severity_and_another_makes_it_unknown_again(page: DayPage) -> None:
    pick(page, "redness", Severity.MILD)
    assert written(page) == {("redness", ""): Severity.MILD}
    pick(page, "redness", None)
    assert written(page) == {}


def test_none_is_written_down_and_is_not_unknown(page: DayPage) -> None:
    pick(page, "swelling", Severity.NONE)
    assert written(page) == {("swelling", ""): Severity.NONE}


def test_same_as_yesterday_takes_the_last_entries_over(page: DayPage) -> None:
    button(page, "Same as yesterday").click()
    assert written(page) == {("redness", ""): Severity.MODERATE}
    page._open.undo()
    assert written(page) == {}


def test_nothing_to_note_is_remembered_for_the_day(page: DayPage) -> None:
    box = next(b for b in page.findChildren(CheckBox) if b.text() == "No side effects")
    box.click()
    note = page._open.journal.day_notes.of_day(TONIGHT)
    assert note is not None
    assert note.nothing_to_note


def test_a_note_is_stored_a_moment_later_and_kept_when_another_day_is_shown(page: DayPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.findChild(TextArea), "Warm and tight.")
    page.edit(TONIGHT - timedelta(days=1))
    note = page._open.journal.day_notes.of_day(TONIGHT)
    assert note is not None
    assert note.text == "Warm and tight."
    assert page.findChild(TextArea).text() == ""


def test_done_and_photos_lead_on(page: DayPage, led: list[Destination]) -> None:
    button(page, "Add photos of this day").click()
    button(page, "Done").click()
    assert led == [ImportPhotos(day=TONIGHT), ShowDay(TONIGHT)]


def test_a_day_far_ahead_is_refused_in_words_and_stays_where_it_was(page: DayPage) -> None:
    field = page.findChild(DateField)
    shown = field.day()
    field.setText("1 June 2099")
    field.editingFinished.emit()
    assert field.accessibleDescription().startswith("Not kept yet. Please write a day up to ")
    assert field.day() == page._day == shown
