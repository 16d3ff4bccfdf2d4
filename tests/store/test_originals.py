"""Originals are kept byte for byte; a failing disk or a power cut at any step loses nothing that was reported."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path
from typing import IO

import pytest

from needlejournal.journal.errors import WorldError
from needlejournal.store import originals as module
from needlejournal.store.originals import Cancelled, Originals, Staged
from tests.store.faults import FaultyDisk, PowerCut, refuse

DATA = bytes(range(256)) * 40
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def originals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Originals:
    monkeypatch.setattr(module, "CHUNK", 1024)  # so that even a small file takes several writes
    for part in ("photos", "incoming", "quarantine"):
        (tmp_path / part).mkdir()
    return Originals(tmp_path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "IMG 1.jpg"
    path.write_bytes(DATA)
    return path


def outcome(originals: Originals, source: Path) -> str:
    """What is said of one try: a stored name, or the sentence why not."""
    try:
        return originals.stage(source, "jpeg").stored_name
    except WorldError as error:
        return str(error)


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("photos/*/*")}


def test_a_file_is_kept_under_its_hash_with_the_ending_of_its_format(originals: Originals, source: Path) -> None:
    staged = originals.stage(source, "jpeg")
    assert staged == Staged(SHA, f"{SHA[:2]}/{SHA}.jpg", len(DATA))
    assert originals.read(staged.stored_name) == DATA
    assert originals.digest(staged.stored_name) == SHA
    assert originals.names() == {staged.stored_name}
    assert source.read_bytes() == DATA


def test_bytes_are_kept_like_a_file(originals: Originals) -> None:
    assert originals.stage(DATA, "png").stored_name.endswith(".png")


def test_an_unknown_format_is_kept_too_and_the_same_bytes_twice_are_one_file(
    originals: Originals, source: Path, tmp_path: Path
) -> None:
    assert originals.stage(source) == originals.stage(source)
    assert list(kept(tmp_path)) == [f"{SHA}.bin"]


def test_it_is_in_order_written_synced_read_back_renamed_and_the_folder_synced(
    originals: Originals, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FaultyDisk(monkeypatch)
    originals.stage(source, "jpeg")
    steps = [step for step, before in zip(disk.steps, ["", *disk.steps], strict=False) if step != before]
    assert steps == ["create", "write", "fsync", "mkdir", "fsync", "rename", "fsync", "unlink"]
    assert disk.steps.count("fsync") == 3  # the file, the folder of folders, the folder


@pytest.mark.faults
def test_a_disk_full_at_any_byte_is_said_and_leaves_nothing(
    originals: Originals, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    for room in range(0, len(DATA), 64 if thorough else 1500):
        with monkeypatch.context() as patched:
            disk = FaultyDisk(patched)
            disk.room = room
            with pytest.raises(WorldError, match="disk is full"):
                originals.stage(source, "jpeg")
        assert kept(tmp_path) == {}
        assert list((tmp_path / "incoming").iterdir()) == []
    assert originals.stage(source, "jpeg").sha256 == SHA


@pytest.mark.faults
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_fails_at_any_step_is_said_in_a_sentence(
    originals: Originals, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    with monkeypatch.context() as patched:
        disk = FaultyDisk(patched)
        originals.stage(source, "jpeg")
        total = len(disk.steps)
    shutil.rmtree(tmp_path / "photos")
    for number in range(total):
        with monkeypatch.context() as patched:
            disk = FaultyDisk(patched)

            def fail(step: int, name: str, at: int = number) -> None:
                if step == at and name != "unlink":
                    raise OSError(code, os.strerror(code))

            disk.before = fail
            told = outcome(originals, source)
        assert told.startswith("“IMG 1.jpg” was not saved: ") or kept(tmp_path) == {f"{SHA}.jpg": DATA}
        assert set(kept(tmp_path).values()) <= {DATA}
        shutil.rmtree(tmp_path / "photos", ignore_errors=True)


@pytest.mark.faults
def test_a_power_cut_at_any_step_leaves_either_the_whole_photo_or_none(
    originals: Originals, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        disk = FaultyDisk(patched)
        originals.stage(source, "jpeg")
        total = len(disk.steps)
    shutil.rmtree(tmp_path / "photos")
    for number in range(total):
        with monkeypatch.context() as patched:
            disk = FaultyDisk(patched)

            def cut(step: int, _name: str, at: int = number) -> None:
                if step >= at:
                    raise PowerCut

            disk.before = cut
            with pytest.raises(PowerCut):
                originals.stage(source, "jpeg")
        assert set(kept(tmp_path).values()) <= {DATA}
        Originals(tmp_path).quarantine_leftovers()
        assert originals.stage(source, "jpeg").sha256 == SHA
        assert kept(tmp_path) == {f"{SHA}.jpg": DATA}
        shutil.rmtree(tmp_path / "photos")


def test_a_disk_that_gives_back_other_bytes_is_noticed(
    originals: Originals, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module.forget_cached

    def flip(file: IO[bytes]) -> None:
        path = next((tmp_path / "incoming").iterdir())
        data = bytearray(path.read_bytes())
        data[5000] ^= 1
        path.write_bytes(data)
        real(file)

    monkeypatch.setattr(module, "forget_cached", flip)
    with pytest.raises(WorldError, match="returned different bytes"):
        originals.stage(source, "jpeg")
    assert kept(tmp_path) == {}


def test_a_file_that_is_another_by_now_is_not_kept(originals: Originals, source: Path, tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="changed while"):
        originals.stage(source, "jpeg", expected="0" * 64)
    assert kept(tmp_path) == {}
    assert originals.stage(source, "jpeg", expected=SHA).sha256 == SHA


def test_a_source_that_is_gone_is_said_by_its_name(originals: Originals, tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"“gone\.jpg” was not saved: the file or folder is no longer there"):
        originals.stage(tmp_path / "gone.jpg")
    with pytest.raises(WorldError, match="“caf\N{REPLACEMENT CHARACTER}"):
        originals.stage(tmp_path / "caf\udce9.jpg")


def test_bytes_without_a_name_are_called_the_picture(originals: Originals, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "rename", errno.ENOSPC)
    with pytest.raises(WorldError, match="“The picture” was not saved"):
        originals.stage(DATA)
    with pytest.raises(WorldError, match=r"“Pasted\.png” was not saved"):
        originals.stage(DATA, name="Pasted.png")


def test_stopping_leaves_nothing(originals: Originals, source: Path, tmp_path: Path) -> None:
    looks = iter([False, True])
    with pytest.raises(Cancelled):
        originals.stage(source, "jpeg", lambda: next(looks))
    assert kept(tmp_path) == {}
    assert list((tmp_path / "incoming").iterdir()) == []


def test_folders_that_are_missing_are_made(originals: Originals, source: Path, tmp_path: Path) -> None:
    for part in ("photos", "incoming"):
        (tmp_path / part).rmdir()
    assert originals.names() == set()
    originals.stage(source, "jpeg")
    assert len(originals.names()) == 1


def test_removing_and_reading_what_is_gone(originals: Originals, source: Path) -> None:
    name = originals.stage(source, "jpeg").stored_name
    originals.remove(name)
    originals.remove(name)
    assert originals.digest(name) is None
    with pytest.raises(WorldError, match="cannot be read: the file or folder is no longer there"):
        originals.read(name)


@pytest.mark.parametrize("name", ["../journal.db", "ab/../../x", "/etc/passwd"])
def test_a_name_that_leads_outside_is_never_followed(originals: Originals, name: str) -> None:
    with pytest.raises(WorldError, match="outside its own folder"):
        originals.read(name)


def test_leftovers_go_to_quarantine_and_nothing_is_deleted(originals: Originals, tmp_path: Path) -> None:
    (tmp_path / "incoming" / "a").write_bytes(b"half")
    (tmp_path / "quarantine").rmdir()
    assert originals.quarantine_leftovers() == 1
    assert (tmp_path / "quarantine" / "a").read_bytes() == b"half"
    (tmp_path / "incoming").rmdir()
    assert originals.quarantine_leftovers() == 0


def test_without_the_systems_advice_it_still_works(
    originals: Originals, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "posix_fadvise", raising=False)
    assert originals.stage(source, "jpeg").sha256 == SHA


def test_quarantine_keeps_what_is_called_the_same(originals: Originals, tmp_path: Path) -> None:
    for place, body in (("quarantine", b"older"), ("incoming", b"newer")):
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / "found.jpg").write_bytes(body)
    assert originals.quarantine_leftovers() == 1
    assert sorted(path.read_bytes() for path in (tmp_path / "quarantine").iterdir()) == [b"newer", b"older"]
