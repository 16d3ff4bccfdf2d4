"""When a backup is due, and what a journal remembers of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from needlejournal.journal.errors import BadInput
from needlejournal.store import Journal, create_journal
from needlejournal.store.remembered import BACKUP_LAST
from needlejournal.workflows.progress import Unattended
from needlejournal.workflows.safekeeping.backing_up import (
    back_up,
    days_without,
    every_days_of,
    is_due,
    last_backup,
    place_of,
    remember,
    restore,
    schedule,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_schedule_is_due_after_its_days_and_never_by_a_clock_set_back(journal: Journal, tmp_path: Path) -> None:
    assert not is_due(journal, NOW) and days_without(journal, NOW) is None and place_of(journal) is None
    schedule(journal, 7)
    assert every_days_of(journal) == 7 and not is_due(journal, NOW)
    remember(journal, tmp_path / "disk", NOW)
    assert place_of(journal) == tmp_path / "disk" and last_backup(journal) == NOW
    for days, due in ((0, False), (6.9, False), (7, True), (70, True), (-400, False)):
        assert is_due(journal, NOW + timedelta(days=days)) is due
    assert days_without(journal, NOW + timedelta(days=9.5)) == 9
    schedule(journal, 0)
    assert not is_due(journal, NOW + timedelta(days=70))
    with pytest.raises(BadInput):
        schedule(journal, 3)


@pytest.mark.parametrize("garbage", ["", "yesterday", "2026-03-01T12:00:00"])
def test_garbage_counts_as_never(journal: Journal, garbage: str, tmp_path: Path) -> None:
    remember(journal, tmp_path, NOW)
    schedule(journal, 1)
    journal.remembered.put(BACKUP_LAST, garbage)
    assert last_backup(journal) is None and is_due(journal, NOW)
    with pytest.raises(KeyError):
        journal.remembered.put("name", "x")


def test_progress_is_said_both_ways(journal: Journal, tmp_path: Path) -> None:
    class Listening(Unattended):
        heard = 0

        def report(self, progress: object, /) -> None:
            Listening.heard += 1

    with journal.step("photo"):
        journal.originals.stage(b"not in the journal")
    back_up(journal.backup_source(), tmp_path / "disk", NOW, Listening())
    assert restore(tmp_path / "disk", tmp_path / "New", control=Listening()).photos == 0


def test_a_journal_that_cannot_be_written_remembers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = create_journal(tmp_path / "Other.needlejournal")
    monkeypatch.setattr(journal, "why_read_only", "for viewing only")
    remember(journal, tmp_path, NOW)
    assert place_of(journal) is None
    journal.close()


def test_how_old_a_journal_is_and_where_backups_go(journal: Journal, tmp_path: Path) -> None:
    from needlejournal.workflows.safekeeping.backing_up import age_in_days, choose_place

    assert journal.created is not None
    assert age_in_days(journal, journal.created + timedelta(days=3.5)) == 3
    choose_place(journal, tmp_path)
    assert place_of(journal) == tmp_path
    with journal._database.transaction():
        journal._database.run("UPDATE meta SET value = 'long ago' WHERE key = 'created_utc'")
    assert journal.created is None and age_in_days(journal, NOW) == 0
