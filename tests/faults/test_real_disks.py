"""Real disks that are full, read-only, or take no large file; nothing here is simulated."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import NotAllowed, WorldError
from needlejournal.store import Journal, create_journal, open_journal
from needlejournal.store.backup import make_backup
from needlejournal.store.restore import restore
from tests.faults.scenes import NAME, NOW, contents, date, now, prove
from tests.faults.test_refusals import go_on
from tests.store.every_kind import fill, picture

pytestmark = pytest.mark.faults


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    if (
        os.geteuid()
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("disks cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill_up(place: Path, room: int) -> Path:
    """Leave so many bytes free."""
    filler = place / "filler"
    free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
    filler.write_bytes(bytes(max(0, free - room)))
    return filler


def write_until_refused(journal: Journal) -> tuple[list[str], str]:
    """Notes and photos until the disk says no; gives the photos that were saved, and the sentence."""
    saved: list[str] = []
    for number in range(200):
        try:
            with journal.step("Photo"):
                staged = journal.originals.stage(picture(100 + number), "jpeg")
                journal.day_notes.save(DayNote(date(2025, 1, 1) + timedelta(days=number), staged.sha256 * 40))
            saved.append(staged.stored_name)
        except WorldError as error:
            return saved, str(error)
    raise AssertionError("the disk took everything")


@pytest.mark.parametrize("room", [0, 5_000, 20_000, 60_000, 200_000])
def test_a_full_disk_is_said_and_with_room_it_goes_on(small: Path, room: int) -> None:
    journal = create_journal(small / NAME, "Mine", now=now)
    fill(journal, 3)
    filler = fill_up(small, room)
    saved, why = write_until_refused(journal)
    assert "disk is full" in why
    assert len(journal.day_notes.all()) == len(saved) + 1
    before = prove(journal)
    filler.unlink()
    go_on(journal)
    journal.close()
    journal = open_journal(small / NAME, now=now)
    assert not journal.read_only and not journal.notices and prove(journal) == before
    assert all(journal.originals.digest(name) for name in saved)
    journal.close()


def test_a_backup_that_finds_no_room_leaves_the_older_one(small: Path, tmp_path: Path) -> None:
    journal = create_journal(tmp_path / NAME, "Mine", now=now)
    fill(journal, 3)
    before = contents(journal)
    make_backup(journal.backup_source(), small / "disk", NOW)
    with journal.step("More"):
        for number in range(40):
            journal.day_notes.save(DayNote(date(2025, 1, 1) + timedelta(days=number), "long " * 2000))
    filler = fill_up(small, 30_000)
    with pytest.raises(WorldError, match="disk is full"):
        make_backup(journal.backup_source(), small / "disk", NOW + timedelta(days=1))
    back = open_journal(restore(small / "disk", tmp_path / "Back").folder, now=now)
    assert contents(back) == before
    back.close()
    filler.unlink()
    assert not make_backup(journal.backup_source(), small / "disk", NOW + timedelta(days=1)).damaged
    fill_up(small, 100_000)
    with pytest.raises(WorldError, match="disk is full"):
        restore(small / "disk", small / "New")
    assert not (small / "New").exists() and not list(small.glob(".New*"))
    journal.close()


def test_a_disk_that_can_only_be_read(small: Path, tmp_path: Path) -> None:
    journal = create_journal(small / NAME, "Mine", now=now)
    fill(journal, 2)
    before = contents(journal)
    make_backup(journal.backup_source(), small / "disk", NOW)
    journal.close()
    other = create_journal(tmp_path / "Other", "Other", now=now)
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    viewed = open_journal(small / NAME, now=now)
    assert "cannot be written" in viewed.why_read_only and contents(viewed) == before
    with pytest.raises(NotAllowed):
        viewed.step("Write").__enter__()
    viewed.close()
    for place in (small / "disk", small / "elsewhere"):
        with pytest.raises(WorldError):
            make_backup(other.backup_source(), place, NOW)
    with pytest.raises(WorldError, match="only be read"):
        restore(small / "disk", small / "New")
    with pytest.raises(WorldError, match="only be read"):
        create_journal(small / "Another", "Another", now=now)
    assert not restore(small / "disk", tmp_path / "Back").damaged
    other.close()


def test_a_disk_that_takes_no_large_file(tmp_path: Path) -> None:
    """RLIMIT_FSIZE: what FAT does at four gigabytes, here at half a megabyte."""
    journal = create_journal(tmp_path / NAME, "Mine", now=now)
    fill(journal, 2)
    before = contents(journal)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (tmp_path / NAME / "journal.db").stat().st_size
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, hard))
        with pytest.raises(WorldError, match="as large as this"):
            journal.originals.stage(bytes(4 << 20), "")
        with pytest.raises(WorldError), journal.step("Long"):
            journal.day_notes.save(DayNote(date(2025, 4, 4), "long " * 200_000))
        with suppress(WorldError):
            make_backup(journal.backup_source(), tmp_path / "disk", NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert prove(journal) == before
    go_on(journal)
    journal.close()
