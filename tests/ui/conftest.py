"""An open journal for pages that need no photographs: two sessions, some days, jobs that run when told to."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Needle, Product, Session, Severity
from needlejournal.store import Journal, create_journal
from needlejournal.ui.collecting import collect
from needlejournal.ui.destinations import Destination
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal

FIRST, SECOND = date(2025, 3, 8), date(2025, 4, 19)
NOW = datetime(2025, 4, 22, 20, 30, tzinfo=UTC)


class ByHand:
    """An executor that runs work when `run` is called."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def execute(self, work: Callable[[], None], _priority: int) -> None:
        self.waiting.append(work)

    def wait(self) -> None:
        self.waiting.clear()

    def run(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture(autouse=True)
def swept(qapp: QApplication) -> Iterator[None]:
    """Delete what was marked for it: without a running event loop a theme would restyle every widget ever made.

    As in the application, garbage is collected on this thread: a worker that took a window down while a theme restyled
    it ended the process in `Theme._apply`.
    """
    gc.disable()
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collect()
    gc.enable()


@pytest.fixture
def by_hand() -> ByHand:
    """Runs background work when told to."""
    return ByHand()


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Journal]:
    """Two sessions, and redness on days 0 to 2 of the first and 0 to 3 of the second."""
    journal = create_journal(tmp_path / "Diary.needlejournal", "Diary", now=lambda: NOW)
    with journal.step("Sessions"):
        journal.sessions.save(
            Session(
                When(FIRST, time(15, 30), 60),
                clinic="Harbour Skin",
                needles=(Needle("forehead", 800, 3),),
                products=(Product("serum", "Hyaluronic", "Labs", "A113"),),
            )
        )
        journal.sessions.save(Session(When(SECOND, time(11), 120), setting="clinic"))
        for day, severity in ((8, 3), (9, 2), (10, 1), (11, 0)):
            journal.side_effects.save(SideEffect(date(2025, 3, day), "redness", Severity(severity)))
        for day, severity in ((19, 3), (20, 2), (21, 2)):
            journal.side_effects.save(SideEffect(date(2025, 4, day), "redness", Severity(severity)))
    yield journal
    journal.close()


@pytest.fixture
def opened_diary(diary: Journal, by_hand: ByHand, qtbot: QtBot) -> Iterator[OpenJournal]:
    """The diary as pages get it, on the evening of the third day after session 2."""
    made = OpenJournal(diary, load_catalogue(paths.resources()), Jobs(by_hand), clock=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def preferences(home: Path) -> Preferences:
    """Nothing remembered yet."""
    return Preferences()


@pytest.fixture
def led() -> list[Destination]:
    """Where a page sent the person: give its `append` as `go`."""
    return []
