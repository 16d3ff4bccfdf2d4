"""The disk refuses what was just typed, and the person closes the window, opens another journal, or goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from needlejournal.store import create_journal, open_journal
from needlejournal.ui.destinations import EditDay, ShowPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.unsaved_sheet import UnsavedSheet
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.frame.sheets import MessageSheet
from tests.journeys.conftest import press, workspace
from tests.ui.refusing import read_only, relents

pytestmark = pytest.mark.window
WORDS = "Peeling around the chin"


@pytest.fixture
def folder(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> Path:
    """A journal, open at today's note with words in it that the disk refuses."""
    made = tmp_path / "Mine.needlejournal"
    create_journal(made, "Mine").close()
    window.open(made)
    page = workspace(window)
    page.go(EditDay())
    qtbot.waitUntil(page.page("day").isVisible)
    read_only(page.open_journal.journal)
    qtbot.keyClicks(note(window), WORDS)
    return made


def note(window: MainWindow) -> TextArea:
    return next(a for a in window.findChildren(TextArea) if a.accessibleName() == "Note" and a.isVisible())


def asked(window: MainWindow) -> UnsavedSheet:
    (sheet,) = [sheet for sheet in window.findChildren(UnsavedSheet) if sheet.isVisible()]
    return sheet


def stored(folder: Path) -> list[str]:
    journal = open_journal(folder)
    try:
        return [note.text for note in journal.day_notes.all()]
    finally:
        journal.close()


def test_closing_asks_and_saves_once_the_disk_works_again(window: MainWindow, folder: Path) -> None:
    window.close()
    assert window.isVisible()
    assert note(window).toPlainText() == WORDS
    relents(workspace(window).open_journal.journal)
    press(asked(window), "Try again")
    assert not window.isVisible()
    assert stored(folder) == [WORDS]


def test_closing_asks_again_while_the_disk_refuses_and_the_person_may_stay(window: MainWindow, folder: Path) -> None:
    window.close()
    press(asked(window), "Try again")
    assert window.isVisible()
    press(asked(window), "Stay here")
    assert note(window).toPlainText() == WORDS
    relents(workspace(window).open_journal.journal)


def test_the_text_is_kept_in_a_file_and_the_window_closes_without_it(
    window: MainWindow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(kept), ""))
    window.close()
    press(asked(window), "Keep the text in a file")
    assert WORDS in kept.read_text(encoding="utf-8")
    press(asked(window), "Close without it")
    assert not window.isVisible()
    assert stored(folder) == []


def test_opening_another_journal_asks_first(window: MainWindow, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other.needlejournal"
    create_journal(other, "Other").close()
    window.open(other)
    assert workspace(window).open_journal.journal.folder == folder
    relents(workspace(window).open_journal.journal)
    press(asked(window), "Try again")
    assert workspace(window).open_journal.journal.folder == other
    assert stored(folder) == [WORDS]


def test_going_elsewhere_and_coming_back_for_another_day_asks_first(window: MainWindow, folder: Path) -> None:
    page = workspace(window)
    page.go(ShowPage("timeline"))
    assert page.current() == "timeline"
    page.go(EditDay(page.open_journal.today.replace(day=1)))
    sheet = asked(window)
    assert note(window).toPlainText() == WORDS
    press(sheet, "Continue without it")
    assert note(window).toPlainText() == ""
    relents(page.open_journal.journal)


def test_done_stays_and_says_why(window: MainWindow, folder: Path) -> None:
    page = workspace(window)
    press(page.page("day"), "Done")
    assert page.current() == "day"
    (told,) = [sheet for sheet in window.findChildren(MessageSheet) if sheet.isVisible()]
    press(told, "Close")
    relents(page.open_journal.journal)


def test_closing_after_the_disk_refused_asks_in_one_sheet(window: MainWindow, folder: Path) -> None:
    press(workspace(window).page("day"), "Done")
    assert [sheet for sheet in window.findChildren(MessageSheet) if sheet.isVisible()]
    window.close()
    assert asked(window).isVisible()
    assert not [sheet for sheet in window.findChildren(MessageSheet) if sheet.isVisible()]
    press(asked(window), "Stay here")
    relents(workspace(window).open_journal.journal)
