"""What is typed on a disk that refuses: never called saved, never lost from the screen, kept as soon as it can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.courses import Course
from needlejournal.store import Journal
from needlejournal.ui import keeping
from needlejournal.ui.destinations import Destination, EditDay, EditSession
from needlejournal.ui.page import Page
from needlejournal.ui.plan.editor import CourseEditor
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.writing import DayPage, SessionPage
from tests.ui.refusing import REFUSALS, Refusal, relents

DAY = date(2025, 4, 22)
WORDS = "A day I do not want to lose"


class Case(NamedTuple):
    """An editor: how it is opened, the accessible name of its text, and what the journal holds of that."""

    make: type[Page]
    destination: Destination
    field: str
    stored: Callable[[Journal], str]


def _day(journal: Journal) -> str:
    note = journal.day_notes.of_day(DAY)
    return note.text if note else ""


CASES = [
    Case(DayPage, EditDay(DAY), "Note", _day),
    Case(SessionPage, EditSession(2), "Notes", lambda journal: journal.sessions.all()[-1].notes),
]


@pytest.fixture(params=CASES, ids=lambda case: case.make.__name__)
def case(request: pytest.FixtureRequest) -> Case:
    """One editor after the other."""
    found = request.param
    assert isinstance(found, Case)
    return found


@pytest.fixture
def page(case: Case, opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> Page:
    """Its page."""
    made: Page = case.make(opened_diary, led.append, preferences)  # type: ignore[call-arg]
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show()
    made.arrive(case.destination)
    return made


def field(page: QWidget, name: str) -> TextArea:
    return next(area for area in page.findChildren(TextArea) if area.accessibleName() == name and area.isVisible())


def words_on(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def says_saved(page: QWidget) -> bool:
    return any(words.startswith("Saved") for words in words_on(page))


@pytest.mark.parametrize("refuse", REFUSALS, ids=lambda refuse: refuse.__name__)
def test_refused_text_stays_is_not_called_saved_and_is_kept_once_the_disk_relents(
    case: Case, page: Page, opened_diary: OpenJournal, refuse: Refusal, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PAUSE_MS", 1)
    failed: list[object] = []
    opened_diary.failed.connect(failed.append)
    refuse(opened_diary.journal)
    qtbot.keyClicks(field(page, case.field), WORDS)
    qtbot.waitUntil(lambda: "Not saved yet" in words_on(page))
    assert len(failed) == 1, "told once"
    assert not says_saved(page)
    unsaved = page.leave()
    assert [WORDS in one.text for one in unsaved] == [True]
    assert "Nothing was changed" in unsaved[0].why or "database cannot be opened" in unsaved[0].why
    assert field(page, case.field).toPlainText() == WORDS
    relents(opened_diary.journal)
    assert page.leave() == ()
    assert says_saved(page)
    assert case.stored(opened_diary.journal) == WORDS
    assert len(failed) == 1


def test_refused_text_that_is_given_up_makes_room_for_what_is_stored(
    case: Case, page: Page, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    REFUSALS[1](opened_diary.journal)
    before = field(page, case.field).toPlainText()
    qtbot.keyClicks(field(page, case.field), WORDS)
    (unsaved,) = page.leave()
    unsaved.drop()
    assert field(page, case.field).toPlainText() == before
    assert page.leave() == ()
    assert "Not saved yet" not in words_on(page)


def test_other_changes_do_not_push_refused_text_away(
    case: Case, page: Page, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    REFUSALS[1](opened_diary.journal)
    qtbot.keyClicks(field(page, case.field), WORDS)
    assert page.leave()
    relents(opened_diary.journal)
    for session in opened_diary.journal.sessions.all():
        opened_diary.write("Trash", lambda j, session=session: j.sessions.save(session.__class__(session.when)))
    assert field(page, case.field).toPlainText() == WORDS


def test_it_is_tried_again_without_anybody_asking(
    case: Case, page: Page, opened_diary: OpenJournal, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "TRY_AGAIN_MS", 1)
    REFUSALS[1](opened_diary.journal)
    qtbot.keyClicks(field(page, case.field), WORDS)
    assert page.leave()
    relents(opened_diary.journal)
    qtbot.waitUntil(lambda: case.stored(opened_diary.journal) == WORDS)
    assert says_saved(page)


def test_a_refused_plan_stays_in_its_editor(opened_diary: OpenJournal, qtbot: QtBot) -> None:
    stored = opened_diary.write("Plan", lambda journal: journal.courses.save(Course(title="Face")))
    assert stored is not None
    editor = CourseEditor(opened_diary)
    qtbot.addWidget(editor)
    editor.show()
    editor.edit(stored.value, ())
    REFUSALS[1](opened_diary.journal)
    qtbot.keyClicks(field(editor, "Notes"), WORDS)
    failed: list[object] = []
    opened_diary.failed.connect(failed.append)
    editor.finish()
    assert failed
    assert field(editor, "Notes").toPlainText() == WORDS
    assert [WORDS in one.text for one in editor.leave()] == [True]
    relents(opened_diary.journal)
    assert editor.leave() == ()
    assert opened_diary.journal.courses.all()[0].notes == WORDS
