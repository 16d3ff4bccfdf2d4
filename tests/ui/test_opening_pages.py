"""Whoever opens a page to look has written nothing: what stands in the journal stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.courses import Course
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import create_journal
from needlejournal.ui.destinations import Destination, EditDay, EditSession, ShowPage
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal, local_now
from needlejournal.ui.workspace import Workspace

TODAY = local_now().date()
WAYS: dict[str, Destination] = {
    **{key: ShowPage(key) for key in ("timeline", "effects", "progress", "plan", "report", "settings", "trash")},
    "day": EditDay(),
    "session": EditSession(1),
    "new session": EditSession(),
}


@pytest.fixture
def opened(qapp: QApplication, tmp_path: Path) -> Iterator[OpenJournal]:
    """A journal in which today is a day with everything: session, plan, note, side effects, a question."""
    journal = create_journal(tmp_path / "Mine.needlejournal", "Mine")
    with journal.step("Everything"):
        course = journal.courses.save(Course(title="Scars", starts=TODAY, notes="As my clinic says."))
        journal.sessions.save(Session(When(TODAY), course_id=course.id, notes="Went well.", tags=("home",)))
        journal.day_notes.save(DayNote(TODAY, "Calm since noon.", tags=("sun",)))
        journal.side_effects.save(SideEffect(TODAY, "redness", Severity.MILD, note="cheeks"))
        journal.questions.write(["May I swim?"])
    yield OpenJournal(journal, load_catalogue(paths.resources()), Jobs())
    journal.close()


@pytest.mark.parametrize("way", WAYS)
def test_opening_a_page_and_leaving_it_writes_nothing(opened: OpenJournal, qtbot: QtBot, way: str) -> None:
    told: list[object] = []
    opened.changed.connect(told.append)
    shown = Workspace(opened, Preferences())
    shown.resize(1280, 800)
    shown.show()
    shown.go(WAYS[way])
    qtbot.waitUntil(lambda: not opened.jobs.busy, timeout=30_000)
    shown.go(ShowPage("timeline"))
    assert shown.leave() == ()
    assert told == []
    shown.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
