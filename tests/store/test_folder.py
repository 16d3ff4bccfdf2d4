"""The journal's folder: sentences for what a disk says, the lock, and what makes a rename durable."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import WorldError
from needlejournal.store import Journal, create_journal, disk, open_journal
from needlejournal.store import folder as parts
from needlejournal.store.backup import make_backup
from needlejournal.store.folder import AlreadyOpen, FolderLock, as_world_error
from tests.asked import snapshot
from tests.store.every_kind import DAY, add_photo, fill


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "permissions"),
        (errno.EROFS, "only be read"),
        (errno.ENOENT, "no longer there"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EIO, "did not read or write"),
        (errno.EDOM, "reported an error"),
        (None, "reported an error"),
    ],
)
def test_every_error_of_a_disk_is_a_sentence(code: int | None, words: str) -> None:
    error = OSError("?") if code is None else OSError(code, "?")
    sentence = str(as_world_error(error, "“a.jpg” was not saved"))
    assert sentence.startswith("“a.jpg” was not saved: ")
    assert words in sentence
    assert sentence.endswith(".")


def test_the_lock_is_for_one_window_and_goes_with_it(tmp_path: Path) -> None:
    first = FolderLock(tmp_path)
    with pytest.raises(AlreadyOpen):
        FolderLock(tmp_path)
    first.release()
    first.release()
    FolderLock(tmp_path).release()


def test_on_a_mac_the_drives_own_cache_is_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    asked: list[int] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _handle, command: asked.append(command))
    with disk.Folder(tmp_path) as place, place.created("a") as file:
        file.sync()
    assert asked == [51]


def test_folders_are_made_durable_where_the_system_knows_of_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", asked.append)
    with disk.Folder(tmp_path) as place:
        place.sync()
    assert len(asked) == 1
    monkeypatch.setattr(disk, "HANDLES", False)
    with disk.Folder(tmp_path) as place:
        place.sync()
    assert len(asked) == 1


def test_the_readme_names_every_part_of_the_folder() -> None:
    for part in (parts.DATABASE, parts.PREVIEWS, parts.PHOTOS, parts.INCOMING, parts.QUARANTINE, parts.LOCK):
        assert part in parts.README_TEXT


class TestMovedWhileOpen:
    """The folder goes while the journal is open, or another journal takes its place: nothing lands in that one."""

    def acts(self, journal: Journal, disk: Path) -> dict[str, Callable[[], object]]:
        def photo() -> None:
            with journal.step("Photo"):
                add_photo(journal, 77)

        def note() -> None:
            with journal.step("Note"):
                journal.day_notes.save(DayNote(DAY, "in the other one?"))

        return {
            "note": note,
            "photo": photo,
            "original": lambda: journal.originals.stage(b"a photo", "jpeg"),
            "read": lambda: journal.photo_bytes(journal.photos.all()[0]),
            "draft": lambda: journal.keep_draft("key", "text"),
            "snapshot": lambda: snapshot(journal, "before"),
            "backup": lambda: make_backup(journal.backup_source(), disk, datetime(2026, 3, 1, tzinfo=UTC)),
            "verify": journal.verify,
            "purge": lambda: journal.trash.purge(journal.trash.listing()),
        }

    @pytest.mark.parametrize("how", ["moved", "another", "a copy"])
    def test_nothing_is_written_and_that_is_said(self, tmp_path: Path, how: str) -> None:
        journal = create_journal(tmp_path / "Mine.needlejournal")
        fill(journal)
        other = create_journal(tmp_path / "Other.needlejournal")
        other.close()
        away = journal.folder.rename(tmp_path / "Away.needlejournal")
        if how != "moved":
            shutil.copytree(away if how == "a copy" else other.folder, journal.folder)
        before = contents(journal.folder)
        for what, act in self.acts(journal, tmp_path / "disk").items():
            with pytest.raises((WorldError, OSError), match=r"moved or replaced|cannot be opened|not the folder"):
                act()
            assert contents(journal.folder) == before, what
        journal.close()
        assert contents(journal.folder) == before
        with closing(open_journal(away)) as again:
            assert again.verify().sound and again.counts().photos == 4


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
