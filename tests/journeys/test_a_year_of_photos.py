"""Three hundred photos of a year in one import, by keyboard alone: day by day, left and come back to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal.ui.destinations import ImportPhotos, ShowPage
from needlejournal.ui.importing import ImportPage
from needlejournal.ui.importing.tiles import TileList
from needlejournal.ui.main_window import MainWindow
from needlejournal.workflows.photos_in.import_plan import ImportItem
from tests.journeys.conftest import LONG_MS, key, workspace
from tests.journeys.test_first_evening import make_journal
from tests.workflows.pictures import jpeg

pytestmark = pytest.mark.window
DAYS, A_DAY = 25, 12
FIRST = date(2024, 9, 1)


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """Twelve photos every second week, named so that their names tell no order."""
    folder = tmp_path / "card"
    folder.mkdir()
    for number in range(DAYS * A_DAY):
        day = FIRST + timedelta(days=14 * (number // A_DAY))
        taken = f"{day:%Y:%m:%d} 10:{number % A_DAY:02}:00"
        (folder / f"IMG_{number * 7 % 300:04}.jpg").write_bytes(jpeg(number, taken=taken, size=(32, 40)))
    return folder


def items(window: MainWindow) -> Sequence[ImportItem]:
    page = workspace(window).page("importing")
    assert isinstance(page, ImportPage)
    return page.run.plan.items


def by_day(window: MainWindow) -> list[list[ImportItem]]:
    return [list(day) for _, day in groupby(items(window), key=lambda item: item.when and item.when.day)]


def press(pressed: Qt.Key, times: int = 1, *, shift: bool = False) -> None:
    """Press a key where the keyboard is."""
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), pressed, held)


def tab_to(name: str) -> None:
    """Press Tab until what has this name has the keyboard."""
    passed: list[str] = []
    while len(passed) < 60 and name not in passed:
        press(Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget().accessibleName())
    assert name in passed, f"Tab leads to {passed}, not to “{name}”"


def current_tile_is_in_sight() -> bool:
    tiles = QApplication.focusWidget()
    assert isinstance(tiles, TileList)
    return tiles.visibleRegion().contains(tiles.visualRect(tiles.currentIndex()).center())


def test_all_through_by_keys_and_back_to_what_was_decided(window: MainWindow, qtbot: QtBot, year: Path) -> None:
    make_journal(qtbot, window)
    workspace(window).go(ImportPhotos((year,)))
    qtbot.waitUntil(
        lambda: len(items(window)) == DAYS * A_DAY and not workspace(window).open_journal.jobs.busy, timeout=4 * LONG_MS
    )
    assert [len(day) for day in by_day(window)] == [A_DAY] * DAYS
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tab_to("Needs a decision")
    press(Qt.Key.Key_Home)
    for place in range(DAYS):  # a day is chosen by its heading, or photo by photo, and it is said what it shows
        if place % 2:
            press(Qt.Key.Key_Right)
            press(Qt.Key.Key_Right, A_DAY - 1, shift=True)
        else:
            press(Qt.Key.Key_Space)
        press(Qt.Key.Key_1 if place % 2 else Qt.Key.Key_2)
        assert current_tile_is_in_sight()
        press(Qt.Key.Key_Right, 1 if place % 2 else A_DAY + 1)
    views = [[item.view for item in day] for day in by_day(window)]
    assert views == [["frontal" if place % 2 else "oblique_left"] * A_DAY for place in range(DAYS)]
    key(qtbot, window, Qt.Key.Key_1)
    assert workspace(window).current() == "timeline"
    workspace(window).go(ShowPage("importing"))
    assert [[item.view for item in day] for day in by_day(window)] == views
