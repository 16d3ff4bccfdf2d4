"""Journals are reached from the window: by the menu below the open one's name, and from the sample to one's own."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.store import create_journal, open_journal
from needlejournal.store.remembered import SAMPLE
from needlejournal.ui.destinations import ShowPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.journal_menu import JournalMenu, NameSheet
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.welcome.new_journal import NewJournalSheet
from needlejournal.ui.welcome.page import WelcomePage
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.rail import Rail
from needlejournal.ui.widgets.pressable import Pressable
from tests.ui.person import press, reads


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
