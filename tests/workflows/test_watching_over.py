"""Originals are checked, those longest unchecked first, and put back from a backup when they are damaged."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from needlejournal.journal.errors import WorldError
from needlejournal.store import Journal, age
from needlejournal.store.folder import lay_out
from needlejournal.workflows.progress import Unattended
from needlejournal.workflows.safekeeping.backing_up import back_up, remember
from needlejournal.workflows.safekeeping.encrypting import encrypt, open_unlocked
from needlejournal.workflows.safekeeping.watching_over import check, next_to_check, put_right
from tests.store.every_kind import fill

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)


@pytest.fixture
def kept(journal: Journal, tmp_path: Path) -> Journal:
    """A journal with five photos and a backup."""
    fill(journal)
    back_up(journal.backup_source(), tmp_path / "disk", NOW)
    remember(journal, tmp_path / "disk", NOW)
    return journal


def break_one(journal: Journal, number: int, *, remove: bool = False) -> str:
    name = sorted(journal.photos.stored_names().values())[number]
    path = journal.folder / "photos" / name
    path.unlink() if remove else path.write_bytes(path.read_bytes()[:-3] + b"xyz")
    return name


def look(journal: Journal, many: int = 10, now: datetime = NOW) -> object:
    return check(journal.originals, journal.previews, next_to_check(journal, many), now)


def test_all_are_checked_in_turn(kept: Journal) -> None:
    seen: list[str] = []
    for hour in range(10):
        watched = next_to_check(kept, 1)
        seen += [name for name, _ in watched.photos]
        check(kept.originals, kept.previews, watched, NOW.replace(hour=13 + hour))
    assert set(seen[:5]) == set(kept.photos.stored_names().values()) and seen[5:] == seen[:5]


def test_damaged_and_missing_ones_come_back_and_the_damaged_file_is_kept(kept: Journal) -> None:
    broken, missing = break_one(kept, 0), break_one(kept, 1, remove=True)
    assert set(kept.verify().bad + kept.verify().missing) == {broken, missing}
    repaired = look(kept)
    assert set(repaired.restored) == {broken, missing} and not repaired.lost
    assert kept.verify().sound
    assert [path.name.endswith(broken[3:]) for path in (kept.folder / "quarantine").iterdir()] == [True]
    assert look(kept).restored == ()


def test_what_no_backup_has_whole_is_named_and_left(kept: Journal, tmp_path: Path) -> None:
    broken, link, gone = (break_one(kept, number) for number in (0, 1, 2))
    (tmp_path / "disk" / "photos" / broken).write_bytes(b"also damaged")
    (tmp_path / "disk" / "photos" / link).unlink()
    (tmp_path / "disk" / "photos" / link).symlink_to(tmp_path / "disk" / "photos" / gone)
    assert set(look(kept).lost) == {broken, link} and set(kept.verify().bad) == {broken, link}
    (tmp_path / "disk").rename(tmp_path / "away")
    assert set(look(kept).lost) == {broken, link}
    kept.remembered.put("backup_place", "")
    assert set(look(kept).lost) == {broken, link}


def test_an_encrypted_journal_is_repaired_from_its_backup_and_from_a_plain_one(kept: Journal, tmp_path: Path) -> None:
    kept.close()
    encrypt(kept.folder, "words")
    journal = open_unlocked(kept.folder, "words")
    first = break_one(journal, 0)
    assert put_right(journal, [first], None).restored == (first,)  # from the plain backup, sealed again
    back_up(journal.backup_source(), tmp_path / "second", NOW)
    second = break_one(journal, 1)
    assert put_right(journal, [second], tmp_path / "second").restored == (second,)
    assert journal.verify().sound and b"Quittengelee" not in (journal.folder / "photos" / first).read_bytes()
    journal.close()


def test_a_disk_that_refuses_changes_nothing(kept: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = break_one(kept, 0)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(WorldError, match="disk is full"):
            look(kept)
    assert kept.verify().bad == (broken,)
    with pytest.raises(WorldError, match="different bytes"):
        kept.originals.put_back(broken, b"something else", "0" * 64)
    assert look(kept).restored == (broken,)


def test_it_can_be_stopped(kept: Journal) -> None:
    class Stopped(Unattended):
        cancelled = True

    break_one(kept, 0)
    watched = next_to_check(kept, 10)
    assert check(kept.originals, kept.previews, watched, NOW, Stopped()).restored == ()


def test_what_a_stopped_restore_left_beside_the_journal_goes(kept: Journal) -> None:
    left = kept.folder.with_name(".Other.needlejournal.restoring")
    lay_out(left)
    look(kept, 1)
    assert not left.exists()
