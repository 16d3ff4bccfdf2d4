"""Ctrl+Z in a field goes back in the steps of the journal wherever what is typed is kept as one types.

And a number in a field that is still being written in is kept, whatever the person does next.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from needlejournal.journal.courses import Course
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, create_journal, open_journal
from needlejournal.ui.destinations import EditSession, ShowPage
from needlejournal.ui.main_window import MainWindow
from tests.journeys.conftest import key, press, workspace

pytestmark = pytest.mark.window


@pytest.fixture
def diary(window: MainWindow, home: Path, qtbot: QtBot) -> Journal:
    """The window with a journal of one session and one plan, open."""
    journal = create_journal(home / "Mine.needlejournal", "Mine")
    with journal.step("Session"):
        journal.sessions.save(Session(When(date(2025, 3, 8))))
        journal.courses.save(Course(title="Scars", starts=date(2025, 3, 8)))
    journal.close()
    window.open(home / "Mine.needlejournal")
    qtbot.waitUntil(lambda: window.workspace is not None)
    return workspace(window).open_journal.journal


def field(window: MainWindow, name: str) -> QLineEdit:
    named = [one for one in window.findChildren(QLineEdit) if one.accessibleName() == name]
    return named[-1]


def products(journal: Journal) -> list[str]:
    return [product.name for session in journal.sessions.all() for product in session.products]


def aftercare(journal: Journal) -> list[str]:
    return [item.text for course in journal.courses.all() for item in course.aftercare if item.key.startswith("own_")]


@pytest.mark.parametrize(
    ("more", "name", "kept"),
    [("Add a product", "Product", products), ("Add a line", "What to do", aftercare)],
    ids=["product", "aftercare"],
)
def test_a_slip_in_a_line_added_just_now_is_one_step_back_and_forth(
    window: MainWindow, diary: Journal, qtbot: QtBot, more: str, name: str, kept: Callable[[Journal], list[str]]
) -> None:
    if more == "Add a product":
        workspace(window).go(EditSession(1))
    else:
        workspace(window).go(ShowPage("plan"))
        press(window, "Edit")
    press(window, more)
    written = field(window, name)
    qtbot.waitUntil(written.isVisible)
    written.setFocus()
    qtbot.keyClicks(written, "Cool packs, gently, for a while")
    qtbot.waitUntil(lambda: bool(kept(diary)))
    written.selectAll()
    qtbot.keyClicks(written, "x")
    qtbot.waitUntil(lambda: kept(diary) == ["x"])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(field(window, name), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert kept(diary) == ["Cool packs, gently, for a while"]
    assert field(window, name).text() == "Cool packs, gently, for a while"
    workspace(window).go(ShowPage("timeline"))
    key(qtbot, window, Qt.Key.Key_Y)
    assert kept(diary) == ["x"]


@pytest.mark.parametrize("then", ["close", "other page", "done", "undo and redo"])
def test_a_price_that_is_still_being_written_is_not_lost(
    window: MainWindow, diary: Journal, home: Path, qtbot: QtBot, then: str
) -> None:
    workspace(window).go(EditSession(1))
    price = field(window, "Price")
    qtbot.waitUntil(price.isVisible)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    price.setFocus()
    qtbot.keyClicks(price, "77")
    if then == "close":
        window.close()
        diary = open_journal(home / "Mine.needlejournal")
    elif then == "other page":
        workspace(window).go(ShowPage("timeline"))
    elif then == "done":
        qtbot.keyClick(price, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    else:
        key(qtbot, window, Qt.Key.Key_Z)
        assert diary.sessions.get(1).price is None
        key(qtbot, window, Qt.Key.Key_Y)
    assert diary.sessions.get(1).price.minor == 7700
    if then == "close":
        diary.close()
