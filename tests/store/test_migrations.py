"""Older journals are brought up to date, one named step at a time, each after a copy of the file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from needlejournal.journal.days import DayNote
from needlejournal.store import Journal, migrations, open_journal
from needlejournal.store.database import Database, DatabaseError
from needlejournal.store.migrations import MIGRATIONS, first_schema, version
from needlejournal.store.snapshots import Snapshots


@pytest.fixture
def old(journal: Journal, folder: Path) -> Path:
    """A journal of version 1 with a note in it."""
    with journal.step("note"):
        journal.day_notes.save(DayNote(date(2025, 3, 8), "kept"))
    journal.close()
    return folder


def add_mood(database: Database) -> None:
    database.run("ALTER TABLE day_note ADD COLUMN mood TEXT NOT NULL DEFAULT ''")


def extend(monkeypatch: pytest.MonkeyPatch, *further: migrations.Migration) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, *further))
    monkeypatch.setattr(migrations, "NEWEST", len(MIGRATIONS) + len(further))
    monkeypatch.setattr("needlejournal.store.journal.NEWEST", len(MIGRATIONS) + len(further))


def test_an_older_journal_is_copied_changed_and_opened(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extend(monkeypatch, add_mood)
    opened = open_journal(old)
    assert version(opened._database) == len(MIGRATIONS) + 1
    assert [note.text for note in opened.day_notes.all()] == ["kept"]
    opened.close()
    copy = Database(next((old / "snapshots").glob(f"*-version-{len(MIGRATIONS)}-*.db")), read_only=True)
    assert version(copy) == len(MIGRATIONS)
    assert copy.value("SELECT text FROM day_note") == "kept"
    copy.close()


def test_a_step_that_fails_leaves_the_journal_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(database: Database) -> None:
        add_mood(database)
        raise DatabaseError("The disk is full.")

    extend(monkeypatch, fail)
    with pytest.raises(DatabaseError, match="disk is full"):
        open_journal(old)
    monkeypatch.undo()
    opened = open_journal(old)
    assert version(opened._database) == len(MIGRATIONS)
    assert [note.text for note in opened.day_notes.all()] == ["kept"]
    opened.close()


def test_steps_are_taken_one_after_another(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_mood(database: Database) -> None:
        database.run("UPDATE day_note SET mood = 'calm'")

    extend(monkeypatch, add_mood, fill_mood)
    opened = open_journal(old)
    assert opened._database.value("SELECT mood FROM day_note") == "calm"
    opened.close()
    copies = {snapshot.why for snapshot in Snapshots(old).good()}
    assert copies >= {f"version-{len(MIGRATIONS)}", f"version-{len(MIGRATIONS) + 1}"}


def test_a_new_journal_has_no_copies_of_older_ones(journal: Journal, folder: Path) -> None:
    assert version(journal._database) == len(MIGRATIONS)
    assert Snapshots(folder).all() == []


def test_an_older_journal_is_viewed_without_being_changed(journal: Journal, folder: Path) -> None:
    journal.close()
    path = folder / "journal.db"
    path.unlink()
    first = Database(path)
    with first.transaction():
        first_schema(first)
        first.run("PRAGMA user_version=1")
        first.run(
            "INSERT INTO session (uid, rev, created_utc, changed_utc, day, treatment) "
            "VALUES ('a', 1, '', '', '2025-03-08', 'microneedling')"
        )
    first.close()
    before = path.read_bytes()
    viewed = Journal(folder, None, why_read_only="Another window has it.", now=lambda: datetime.now(UTC))
    assert [session.unplanned for session in viewed.sessions.all()] == [False]
    assert viewed.courses.all() == []
    viewed.close()
    assert path.read_bytes() == before
    assert Snapshots(folder).all() == []
