"""Journals are reached from the window: by the menu below the open one's name, and from the sample to one's own."""

from __future__ import annotations

import gc
import json
import threading
import weakref
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.message import message
from needlejournal.store import create_journal, migrations, open_journal
from needlejournal.store.database import Database, DatabaseError
from needlejournal.store.migrations import plain_letters_found
from needlejournal.store.remembered import SAMPLE
from needlejournal.ui.destinations import ShowPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.journal_menu import JournalMenu, NameSheet
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.welcome.new_journal import NewJournalSheet
from needlejournal.ui.welcome.page import WelcomePage
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.rail import Rail
from needlejournal.ui.widgets.frame.sheets import MessageSheet
from needlejournal.ui.widgets.pressable import Pressable
from tests.ui.person import press, reads

STORED = Path(__file__).parents[1] / "store" / "journals"


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    made = []
    for name in ("Spring", "Autumn"):
        folder = tmp_path / f"{name}.needlejournal"
        create_journal(folder, name).close()
        made.append(folder)
    return made


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, folders: list[Path]) -> Iterator[MainWindow]:
    preferences = Preferences()
    for folder in folders:
        preferences.remember_journal(folder)
    made = MainWindow(qapp, preferences)
    qtbot.addWidget(made)
    made.begin(folders[0])
    made.show()
    yield made
    made.close()


def heading(window: MainWindow) -> Pressable:
    rail = window.centralWidget().findChild(Rail)
    assert rail is not None
    return next(one for one in rail.findChildren(Pressable) if one.accessibleName().startswith("Journal: "))


def menu(window: MainWindow, qtbot: QtBot) -> JournalMenu:
    qtbot.mouseClick(heading(window), Qt.MouseButton.LeftButton)
    found = window.findChild(JournalMenu)
    assert found is not None and found.isVisible()
    return found


def choose(shown: QMenu, words: str) -> None:
    entry = next(one for one in shown.actions() if words in one.text())
    shown.close()
    entry.trigger()


def test_the_open_journals_name_heads_the_rail_and_leads_to_the_others(window: MainWindow, qtbot: QtBot) -> None:
    assert heading(window).text() == "Spring"
    choose(menu(window, qtbot), "Autumn in ")
    assert heading(window).text() == "Autumn"
    assert window.windowTitle().startswith("Autumn")


def test_a_journal_is_renamed_everywhere(window: MainWindow, folders: list[Path], qtbot: QtBot) -> None:
    choose(menu(window, qtbot), "Rename this journal")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the menu is gone
    sheet = window.findChild(NameSheet)
    assert sheet is not None
    QTest.keyClicks(sheet.focusWidget(), "Scars 2026")
    qtbot.mouseClick(sheet.findChildren(Button)[-1], Qt.MouseButton.LeftButton)
    assert heading(window).text() == "Scars 2026"
    window.close()
    with_name = open_journal(folders[0])
    assert with_name.name == "Scars 2026"
    with_name.close()


def test_closing_a_journal_leads_back_to_the_welcome(window: MainWindow, qtbot: QtBot) -> None:
    choose(menu(window, qtbot), "Close this journal")
    assert window.workspace is None
    assert window.findChild(WelcomePage) is not None
    assert "Spring" not in window.windowTitle()


def test_a_closed_journal_leaves_none_of_its_pages_in_memory(window: MainWindow, qtbot: QtBot) -> None:
    """What an open page listened to held all of it: 30 MB an evening, and entries of a journal that was locked."""
    workspace = window.workspace
    for name in ("photos", "compare", "effects", "progress", "plan", "report", "trash", "help", "settings"):
        workspace.go(ShowPage(name))
    pages = [weakref.ref(page) for page in workspace.findChildren(QWidget)]
    assert len(pages) > 100
    del workspace
    choose(menu(window, qtbot), "Close this journal")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert {type(page()).__name__ for page in pages if page() is not None} == set()


def test_from_the_sample_one_begins_a_journal_of_ones_own(
    window: MainWindow, folders: list[Path], qtbot: QtBot
) -> None:
    journal = open_journal(folders[1])
    journal.remembered.put(SAMPLE, "yes")
    journal.close()
    window.open(folders[1])
    (button,) = [one for one in window.centralWidget().findChildren(Button) if one.text() == "Start my own…"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.findChild(NewJournalSheet) is not None


def test_a_journal_that_is_gone_is_named_with_its_place(window: MainWindow, folders: list[Path], qtbot: QtBot) -> None:
    folders[1].rename(folders[1].with_name("Moved.needlejournal"))
    choose(menu(window, qtbot), "Close this journal")
    page = window.findChild(WelcomePage)
    assert page is not None
    names = [button.accessibleName() for button in page.findChildren(Button)]
    assert {"Find… Autumn", "Try again Autumn", "Remove from this list Autumn"} <= set(names)
    forget = next(one for one in page.findChildren(Button) if one.accessibleName() == "Remove from this list Autumn")
    qtbot.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert folders[1] not in Preferences().known_journals()


def test_a_new_window_fits_the_screen(window: MainWindow) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert window.height() <= room.height() and window.width() <= max(760, room.width())


def test_a_journal_without_a_backup_for_long_says_so_quietly(window: MainWindow, tmp_path: Path) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=40)
    create_journal(tmp_path / "Old.needlejournal", "Old", now=lambda: long_ago).close()
    window.open(tmp_path / "Old.needlejournal")
    assert "This journal has no backup yet." in reads(window)
    press(window, "Back up…")
    assert window.workspace.current() == "settings"


@pytest.fixture
def older(folders: list[Path]) -> Path:
    """A journal as an earlier version of the program left it."""
    with zipfile.ZipFile(STORED / "v6.zip") as archive:
        archive.extractall(folders[0].parent)
    return folders[0].parent / "Mine.needlejournal"


def test_the_window_answers_while_an_older_journal_is_brought_up_to_date(
    window: MainWindow, older: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, threads = threading.Event(), []

    def slow(database: Database) -> None:
        threads.append(threading.current_thread())
        assert go_on.wait(60)
        plain_letters_found(database)

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS[:-1], slow))
    window.open(older)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads != [threading.main_thread()]
    assert window.workspace is None
    assert "Bringing the journal up to date; a copy of it is kept" in reads(window)
    assert not any(button.isEnabled() for button in window.findChildren(Button) if button.isVisible())
    go_on.set()
    qtbot.waitUntil(lambda: window.workspace is not None)
    journal = window.workspace.open_journal.journal
    assert (journal.folder, journal.read_only) == (older, False)
    assert {shot.why for shot in journal.snapshots.good()} >= {"version-6", "version-8"}


def test_what_hinders_an_older_journal_is_said_and_other_journals_can_be_opened(
    window: MainWindow, older: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_database: Database) -> None:
        raise DatabaseError(message("The disk is full. Nothing was changed; free some space and try again."))

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS[:-1], full))
    window.open(older)
    qtbot.waitUntil(lambda: "The disk is full" in reads(window))
    press(window.findChild(MessageSheet), "Close")
    press(window, "Open Autumn")
    assert window.workspace is not None


def test_an_older_journal_that_is_in_use_elsewhere_is_asked_about(
    window: MainWindow, older: Path, qtbot: QtBot
) -> None:
    (older / "lock").write_text(json.dumps({"host": "attic", "utc": "2025-03-08T11:00:00+00:00"}))
    window.open(older)
    qtbot.waitUntil(lambda: "attic" in reads(window))
    press(window, "Open anyway")
    qtbot.waitUntil(lambda: window.workspace is not None)
