"""The real window, as `app.py` makes it, on an empty home; and what a person's hands do with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.app import make_window
from needlejournal.ui import warming
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.theme import Theme
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.workspace import Workspace
from tests.ui.person import click

LONG_MS = 30_000


@pytest.fixture(scope="session")
def photos() -> Path:
    """The sample's photographs: rendered, of nobody."""
    return paths.resources() / "sample" / "photos"


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """The pixel libraries are there: how they come is tests/test_start.py."""
    warming.load()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, home: Path) -> Iterator[MainWindow]:
    """The main window, shown; closed at the end, with nothing left open."""
    (home / "Documents").mkdir()
    for theme in qapp.findChildren(Theme):
        theme.setParent(None)
    made = make_window(qapp)
    made.resize(1280, 800)
    made.show()
    with qtbot.waitActive(made, timeout=LONG_MS):
        made.activateWindow()
    made.begin()
    yield made
    made.close()
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not made]
    made.deleteLater()
    assert not left, f"still open: {left}"


def workspace(window: MainWindow) -> Workspace:
    """What shows the open journal."""
    found = window.workspace
    assert found is not None
    return found


def press(within: QWidget, words: str) -> None:
    """Press the button that carries these words."""
    found = [b for b in within.findChildren(Button) if b.text().startswith(words) and b.isVisibleTo(within.window())]
    assert found, f"no button “{words}” among {[b.text() for b in within.findChildren(Button) if b.isVisible()]}"
    found.sort(key=lambda button: button.text() != words)
    assert found[0].isEnabled(), f"“{words}” cannot be pressed"
    click(found[0])


def key(qtbot: QtBot, window: MainWindow, pressed: Qt.Key) -> None:
    """Press Ctrl and a key in the window, which a closing sheet may have left inactive without a window manager."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, pressed, Qt.KeyboardModifier.ControlModifier)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is being fetched or saved any more."""
    qtbot.waitUntil(lambda: not workspace(window).open_journal.jobs.busy, timeout=LONG_MS)
