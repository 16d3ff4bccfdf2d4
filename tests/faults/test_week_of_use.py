"""A week of evenings in minutes, through the real window: memory is flat once everything was done a few times.

An evening is what a patient does: photos in, a note and a side effect, each page looked at, two photos compared, the
window painted, the last thing undone, the journal closed and opened again. Memory is what the system says the process
holds, read after each evening.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal.journal.sessions import Severity
from needlejournal.store import create_journal
from needlejournal.ui.destinations import ComparePhotos, EditDay, EditSession, ImportPhotos, ShowPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.frame.sheets import MessageSheet
from needlejournal.ui.widgets.pickers.severity_picker import SeveritySteps
from tests.journeys.conftest import LONG_MS, key, press, settle, warm, window, workspace

__all__ = ["warm", "window"]  # fixtures
pytestmark = pytest.mark.faults
SHORT, LONG = 1, 140  # evenings
WARM = 20  # evenings until every cache is full
GROWTH = 24 << 20  # bytes that may be added from then on: allocators keep pieces
PAGES = ("timeline", "photos", "compare", "effects", "progress", "plan", "settings", "timeline")


def held() -> int:
    """Bytes of memory that the process has to itself."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    told = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return (int(told[1]) - int(told[2])) * os.sysconf("SC_PAGE_SIZE")


def evening(qtbot: QtBot, window: MainWindow, number: int, photos: list[Path]) -> None:
    """What is done on one."""
    day = date(2025, 3, 1) + timedelta(days=number % 7)
    page = workspace(window)
    journal = page.open_journal.journal
    page.go(ImportPhotos((photos[number % len(photos)], photos[(number + 3) % len(photos)])))
    settle(qtbot, window)
    if journal.photos.count() < min(len(photos), 14):
        before = journal.photos.count()
        press(page.page("importing"), "Save")
        qtbot.waitUntil(lambda: journal.photos.count() > before, timeout=LONG_MS)
        settle(qtbot, window)
    page.go(EditDay(day))
    picker = page.page("day").findChildren(SeveritySteps)[0]
    picker.set_severity((Severity.MILD, Severity.MODERATE)[number % 2])
    picker.changed.emit()
    page.go(EditSession())
    notes = next(area for area in page.page("session").findChildren(TextArea))
    qtbot.keyClicks(notes, f"Evening {number}.")
    sessions = journal.sessions.count()
    qtbot.waitUntil(lambda: journal.sessions.count() == sessions + 1 or page.current() != "session")
    for name in PAGES:
        page.go(ShowPage(name))
        settle(qtbot, window)
        window.grab()
    key(qtbot, window, Qt.Key.Key_Z)
    settle(qtbot, window)
    shown = journal.photos.all()
    if len(shown) > 1:
        page.go(ComparePhotos(shown[number % len(shown)].id, shown[(number + 1) % len(shown)].id))
        settle(qtbot, window)
        window.grab()


def test_a_week_of_evenings_leaves_memory_flat(
    window: MainWindow, qtbot: QtBot, home: Path, photos: list[Path], thorough: bool,
    tried: Callable[[str, int], None],
) -> None:  # fmt: skip
    folder = home / "Mine.needlejournal"
    create_journal(folder, "Mine").close()
    many = LONG if thorough else SHORT
    memory: list[int] = []
    for number in range(many):
        window.open(folder)
        qtbot.waitUntil(lambda: window.workspace is not None and window.workspace.isVisible(), timeout=LONG_MS)
        evening(qtbot, window, number, photos)
        window.journals.settle(window.journals.close_journal)
        qtbot.waitUntil(lambda: window.workspace is None)
        assert not window.findChildren(MessageSheet)
        memory.append(held())
        if thorough:
            print(number, memory[-1] >> 20, flush=True)  # noqa: T201
    tried("evenings through the window", many)
    if thorough:
        quarter = (many - WARM) // 4
        early, late = sorted(memory[WARM : WARM + quarter]), sorted(memory[-quarter:])
        grown = late[quarter // 2] - early[quarter // 2]
        tried("MiB more after them", grown >> 20)
        assert grown < GROWTH, [one >> 20 for one in memory]


@pytest.fixture(scope="session")
def photos() -> list[Path]:
    """The sample's photographs: rendered, of nobody."""
    from needlejournal import paths

    return sorted((paths.resources() / "sample" / "photos").glob("*.jpg"))
