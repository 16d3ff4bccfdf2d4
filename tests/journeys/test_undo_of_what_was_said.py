"""“In the trash. Undo”: the button takes back what the words beside it say, and goes when something else was done."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, create_journal
from needlejournal.ui.destinations import EditDay, EditSession
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.widgets.frame.notices import Toast
from tests.journeys.conftest import workspace
from tests.ui import person

pytestmark = pytest.mark.window
WORDS = "Peeling around the chin"


@pytest.fixture
def journal(window: MainWindow, home: Path, qtbot: QtBot) -> Journal:
    """A journal whose only session was moved to the trash just now."""
    made = create_journal(home / "Mine.needlejournal", "Mine")
    with made.step("Session"):
        made.sessions.save(Session(When(date(2025, 3, 8))))
    made.close()
    window.open(home / "Mine.needlejournal")
    qtbot.waitUntil(lambda: window.workspace is not None)
    workspace(window).go(EditSession(1))
    qtbot.waitUntil(workspace(window).page("session").isVisible)
    person.press(workspace(window).page("session"), "Move this session to the trash")
    return workspace(window).open_journal.journal


def said(window: MainWindow) -> Toast:
    toast: Toast = window.findChild(Toast)
    assert toast.isVisible()
    return toast


def test_it_takes_back_what_it_says(window: MainWindow, journal: Journal) -> None:
    person.press(said(window), "Undo")
    assert len(journal.sessions.all()) == 1


def test_it_is_not_offered_any_more_once_something_else_was_written(window: MainWindow, journal: Journal) -> None:
    workspace(window).go(EditDay())
    person.type_in(workspace(window).page("day"), "Note", WORDS)
    workspace(window).leave()
    assert "Undo" not in said(window).accessibleName()
    with pytest.raises(AssertionError):
        person.press(said(window), "Undo")
    assert [note.text for note in journal.day_notes.all()] == [WORDS]
    assert journal.sessions.all() == []
