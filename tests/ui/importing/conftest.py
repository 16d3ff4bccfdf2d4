"""An import page on a journal, with jobs that run when the test says so, and a card with photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, create_journal
from needlejournal.ui.destinations import Destination
from needlejournal.ui.importing import ImportPage, choosing
from needlejournal.ui.importing.sheet import ImportSheet
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from tests.ui.person import click, press


class ByHand:
    """An executor that runs nothing until it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def execute(self, work: Callable[[], None], priority: int) -> None:
        self.waiting.append(work)

    def run(self) -> None:
        """Run all that waits, and what that brings."""
        while self.waiting:
            self.waiting.pop(0)()
            QApplication.processEvents()

    def wait(self) -> None:
        """As the window closes: what began is finished."""
        while self.waiting:
            self.waiting.pop(0)()


class Import:
    """A page with everything around it."""

    def __init__(self, page: ImportPage, opened: OpenJournal, executor: ByHand, went: list[Destination]) -> None:
        self.page = page
        self.opened = opened
        self.journal: Journal = opened.journal
        self.executor = executor
        self.went = went
        self.failures: list[object] = []
        self.sheet = page.findChild(ImportSheet)
        self.closed = False
        opened.failed.connect(self.failures.append)
        opened.locked.connect(self._note_closed)

    def _note_closed(self) -> None:
        self.closed = True

    def bring(self, *sources: Path) -> None:
        """Drop these and wait until they were looked at."""
        self.page.start(sources)
        self.executor.run()

    def bring_and_choose(self, *sources: Path) -> None:
        """Bring these and select all that asks for a decision."""
        self.bring(*sources)
        press(self.page, "Select all: Needs a decision")

    def save(self) -> None:
        """Press Save and wait until it is done."""
        click(self.sheet.save)
        self.executor.run()

    def names(self, section: str) -> list[str]:
        """The names of the tiles of a section."""
        return [item.name for item in getattr(self.sheet.sections, section).model.items()]


@pytest.fixture(scope="module", autouse=True)
def look(qapp: QApplication) -> Iterator[Theme]:
    """Give the look, and take it away again."""
    theme = Theme(qapp, "light", 1.0)
    yield theme
    theme.setParent(None)


def now() -> datetime:
    return datetime(2025, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    made = tmp_path / "card"
    made.mkdir()
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which dialogs were opened; none really is."""
    opened: list[str] = []
    monkeypatch.setattr(choosing, "choose_photos", lambda *_: opened.append("photos"))
    monkeypatch.setattr(choosing, "choose_folder", lambda *_: opened.append("folder"))
    return opened


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication, asked: list[str]) -> Iterator[Callable[[Journal], Import]]:
    """Make a page for a journal; the journal is closed at the end."""
    made: list[Import] = []

    def build(journal: Journal) -> Import:
        executor, went = ByHand(), []
        opened = OpenJournal(journal, load_catalogue(paths.resources()), Jobs(executor), clock=now)
        page = ImportPage(opened, went.append, Preferences())
        qtbot.addWidget(page)
        page.resize(1084, 800)
        page.show()
        made.append(Import(page, opened, executor, went))
        return made[-1]

    yield build
    for one in made:
        if not one.closed:
            one.opened.close()


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with one session, on 8 March 2025 at 15:30."""
    made = create_journal(tmp_path / "Mine.needlejournal", now=now)
    with made.step("session"):
        made.sessions.save(Session(When(date(2025, 3, 8), time(15, 30), 60)))
    return made


@pytest.fixture
def importing(make: Callable[[Journal], Import], journal: Journal) -> Import:
    return make(journal)
