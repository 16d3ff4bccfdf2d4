"""What an open journal promises to pages: one way to write, one signal, errors told, undo and redo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from needlejournal.journal.changes import Changes
from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import WorldError
from needlejournal.store import Journal
from needlejournal.ui.panels.backup_clock import BackupClock
from needlejournal.ui.panels.check_clock import CheckClock
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal, Saying
from needlejournal.ui.workspace import Workspace


def test_a_write_tells_what_it_touched_and_gives_its_value(opened_diary: OpenJournal) -> None:
    heard: list[Changes] = []
    opened_diary.changed.connect(heard.append)
    note = opened_diary.write("Edit day note", lambda j: j.day_notes.save(DayNote(date(2025, 3, 9), "warm")))
    assert note is not None
    assert heard == [Changes(frozenset({("day_note", note.value.id)}))]


def test_a_write_that_changes_nothing_tells_nothing(opened_diary: OpenJournal) -> None:
    heard: list[Changes] = []
    opened_diary.changed.connect(heard.append)
    session = opened_diary.journal.sessions.all()[0]
    opened_diary.write("Edit session", lambda j: j.sessions.save(session))
    assert heard == []


def test_a_write_that_fails_changes_nothing_and_is_said(opened_diary: OpenJournal) -> None:
    failed: list[object] = []
    opened_diary.failed.connect(failed.append)

    def write(journal: Journal) -> None:
        journal.day_notes.save(DayNote(date(2025, 3, 9), "half"))
        raise WorldError("The disk is full.")

    assert opened_diary.write("Edit", write) is None
    assert [str(error) for error in failed] == ["The disk is full."]
    assert opened_diary.journal.day_notes.of_day(date(2025, 3, 9)) is None


def test_undo_and_redo_tell_pages_and_name_what_they_did(opened_diary: OpenJournal) -> None:
    heard: list[Changes] = []
    session = opened_diary.journal.sessions.all()[0]
    opened_diary.write("Edit session", lambda j: j.sessions.save(replace(session, notes="sore")))
    said: list[Saying] = []
    opened_diary.said.connect(said.append)
    opened_diary.changed.connect(heard.append)
    assert opened_diary.undo()
    assert opened_diary.journal.sessions.get(session.id) == session
    assert opened_diary.redo()
    assert not opened_diary.redo()
    assert [saying.sentence for saying in said] == [
        "Undone: Edit session", "Redone: Edit session", "There is nothing to redo."
    ]  # fmt: skip
    assert [changes.ids("session") for changes in heard] == [{session.id}, {session.id}]


def test_the_calendar_follows_the_sessions(opened_diary: OpenJournal) -> None:
    before = opened_diary.calendar
    assert opened_diary.calendar is before, "read once while no session changes"
    row = before.marks[0].id
    opened_diary.write("Move to the trash", lambda j: j.sessions.trash(row))
    assert len(opened_diary.calendar.marks) == 1


def test_what_is_said_carries_whether_it_can_be_undone(opened_diary: OpenJournal) -> None:
    said: list[Saying] = []
    opened_diary.said.connect(said.append)
    opened_diary.say("Gone.", undoable=True)
    assert said == [Saying("Gone.", undoable=True)]


def test_emptying_the_trash_forgets_how_to_undo(opened_diary: OpenJournal) -> None:
    row = opened_diary.calendar.marks[0].id
    opened_diary.write("Move to the trash", lambda j: j.sessions.trash(row))
    assert opened_diary.purge_trash()
    assert opened_diary.journal.trash.listing() == []
    assert not opened_diary.undo()


def test_today_lasts_until_my_day_begins_and_the_change_is_said(opened_diary: OpenJournal) -> None:
    heard: list[date] = []
    opened_diary.day_changed.connect(lambda: heard.append(opened_diary.today))
    opened_diary.begin_days_at(time(4))
    assert heard == []
    opened_diary.clock = lambda: datetime(2025, 4, 23, 3, 59, tzinfo=UTC)
    opened_diary.look_at_the_day()
    assert (opened_diary.today, heard) == (date(2025, 4, 22), [])
    opened_diary.clock = lambda: datetime(2025, 4, 23, 4, 0, tzinfo=UTC)
    opened_diary.look_at_the_day()
    assert heard == [date(2025, 4, 23)]
    opened_diary.begin_days_at(time(5))
    assert heard == [date(2025, 4, 23), date(2025, 4, 22)]
    assert any(timer.isActive() for timer in opened_diary.findChildren(QTimer))


def test_nothing_looks_into_a_closed_journal_by_itself(opened_diary: OpenJournal) -> None:
    for clock in (BackupClock, CheckClock):
        clock.of(opened_diary)
    assert any(timer.isActive() for timer in opened_diary.findChildren(QTimer))
    opened_diary.close()
    assert not [timer for timer in opened_diary.findChildren(QTimer) if timer.isActive()]


def test_a_clock_that_was_made_after_the_journal_was_closed_looks_nowhere(opened_diary: OpenJournal) -> None:
    opened_diary.close()
    for clock in (BackupClock, CheckClock):
        clock.of(opened_diary).look()


def test_a_journal_closes_after_its_window_is_gone(opened_diary: OpenJournal, preferences: Preferences) -> None:
    window = Workspace(opened_diary, preferences)
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    opened_diary.close()
