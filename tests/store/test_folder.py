"""The journal's folder: sentences for what a disk says, the lock, and what makes a rename durable."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from needlejournal.store import disk
from needlejournal.store import folder as parts
from needlejournal.store.folder import AlreadyOpen, FolderLock, as_world_error, sync_file, sync_folder


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
    with (tmp_path / "a").open("wb") as file:
        sync_file(file)
    assert asked == [51]


def test_folders_are_made_durable_where_the_system_knows_of_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", asked.append)
    sync_folder(tmp_path)
    assert len(asked) == 1
    monkeypatch.setattr(disk, "HANDLES", False)
    sync_folder(tmp_path)
    assert len(asked) == 1


def test_the_readme_names_every_part_of_the_folder() -> None:
    for part in (parts.DATABASE, parts.PREVIEWS, parts.PHOTOS, parts.INCOMING, parts.QUARANTINE, parts.LOCK):
        assert part in parts.README_TEXT
