"""Nothing in a journal's folder is followed out of it: links, devices, second names, names with a way in them."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from needlejournal.store import disk
from needlejournal.store.disk import Folder, Stranger, held


@pytest.fixture(params=["by handles", "by paths"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, reached as on systems with folder handles and as on those without."""
    monkeypatch.setattr(disk, "HANDLES", request.param == "by handles")
    (tmp_path / "mine").mkdir()
    return tmp_path / "mine"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "letter").write_bytes(b"dear")
    return tmp_path / "theirs"


def test_a_file_is_made_read_moved_and_removed(place: Path) -> None:
    with Folder(place) as folder, folder.inner("in", make=True) as inner:
        with inner.created("a") as file:
            assert file.write(b"x" * 70_000) == 70_000
            file.sync()
        with inner.opened("a") as reader:
            assert len(reader.read()) == 70_000
        inner.move("a", folder, "b")
        folder.sync()
        assert [(entry.name, entry.plain, entry.folder) for entry in folder.entries()] == [
            ("b", True, False),
            ("in", False, True),
        ]
        folder.unlink("b")
        folder.unlink("b")
        assert folder.state("b") is None
        folder.close()


def test_what_is_made_is_for_its_owner_whatever_the_umask(place: Path) -> None:
    before = os.umask(0)
    try:
        with held(place, "in", make=True) as inner, inner.created("a"):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((place / "in").stat().st_mode) == 0o700
    assert stat.S_IMODE((place / "in" / "a").stat().st_mode) == 0o600


def test_a_folder_that_is_a_link_is_not_entered(place: Path, theirs: Path) -> None:
    (place / "in").symlink_to(theirs)
    with pytest.raises(Stranger), held(place, "in", make=True):
        pass
    with pytest.raises(FileNotFoundError), held(place, "gone"):
        pass
    with pytest.raises(FileNotFoundError), held(place / "gone"):
        pass


def test_the_outermost_folder_may_be_reached_by_a_link(place: Path, tmp_path: Path) -> None:
    (tmp_path / "short cut").symlink_to(place)
    with Folder(tmp_path / "short cut") as folder:
        assert folder.entries() == []


def test_a_file_that_is_a_link_is_neither_read_nor_written(place: Path, theirs: Path) -> None:
    (place / "a").symlink_to(theirs / "letter")
    with Folder(place) as folder:
        for way in (folder.opened, folder.own_file):
            with pytest.raises(Stranger) as told:
                way("a")
            assert told.value.errno == errno.ELOOP
        with pytest.raises(FileExistsError):
            folder.created("a")
        assert [(entry.plain, entry.folder) for entry in folder.entries()] == [(False, False)]
        folder.unlink("a")
    assert (theirs / "letter").read_bytes() == b"dear"


def test_a_file_with_a_second_name_elsewhere_is_not_written_in_place(place: Path, theirs: Path) -> None:
    (place / "a").hardlink_to(theirs / "letter")
    with Folder(place) as folder:
        with pytest.raises(Stranger):
            folder.own_file("a")
        (theirs / "letter").chmod(0o644)
        folder.tighten("a")
        with folder.own_file("b") as file:
            file.write(b"ours")
    assert stat.S_IMODE((theirs / "letter").stat().st_mode) == 0o644
    assert (place / "b").read_bytes() == b"ours"


def test_what_is_no_file_does_not_make_it_wait(place: Path) -> None:
    os.mkfifo(place / "pipe")
    (place / "folder").mkdir()
    with Folder(place) as folder:
        for name in ("pipe", "folder"):
            with pytest.raises(Stranger):
                folder.opened(name)
        with pytest.raises(Stranger):
            folder.own_file("folder")


@pytest.mark.parametrize("name", ["", ".", "..", "../theirs", "a/b", "a\0b", "/etc/passwd"])
def test_a_name_is_a_single_part(place: Path, name: str) -> None:
    with Folder(place) as folder, pytest.raises(Stranger):
        folder.opened(name)


def test_rights_are_tightened(place: Path) -> None:
    (place / "a").write_bytes(b"")
    (place / "a").chmod(0o666)
    place.chmod(0o755)
    with Folder(place) as folder:
        folder.tighten()
        folder.tighten("a")
    if disk.HANDLES:
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        assert stat.S_IMODE((place / "a").stat().st_mode) == 0o600


def test_another_error_of_a_folder_stays_what_it_is(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.store.faults import FaultyDisk

    faulty = FaultyDisk(monkeypatch)
    (place / "in").mkdir()
    if disk.HANDLES:
        faulty.unopened = {"in"}
        with pytest.raises(OSError, match="Input"), held(place, "in"):
            pass
    faulty.unopened = {"a"}
    with Folder(place) as folder, pytest.raises(OSError, match="Input"):
        folder.opened("a")
