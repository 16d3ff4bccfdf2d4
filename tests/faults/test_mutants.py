"""The tests of this folder can fail: each rule of writing, left out, is noticed by what a person would find.

A mutant is the program without one of its rules. None is looked for by its steps; each is caught because something
told is gone, something gone is there, or half of something is visible.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from needlejournal.store import age, database, disk
from needlejournal.store.originals import Originals
from needlejournal.workflows.photos_in import importing
from tests.faults.power import cuts, lay_out
from tests.faults.recording import recorded
from tests.faults.scenes import NAME, SCENES, Scene, now, open_journal

pytestmark = pytest.mark.faults


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    monkeypatch.setattr(importing, "BATCH", 2)


def is_noticed(scene: Scene, tmp_path: Path, mutate: Callable[[pytest.MonkeyPatch], None]) -> bool:
    """Whether some disk after a power cut is wrong when the program works so; the looking is done by the whole one."""
    root = tmp_path / "root"
    root.mkdir()
    scene.prepare(root)
    with recorded(root) as recording, pytest.MonkeyPatch.context() as patch:
        mutate(patch)
        scene.act(root, recording.tell)
    disks = list(cuts(recording, seed=3, random_ones=2))
    random.Random(3).shuffle(disks)
    for cut in disks:
        lay_out(cut.tree, tmp_path / "cut")
        try:
            scene.check(tmp_path / "cut", cut.told)
        except Exception:  # noqa: BLE001 (whatever the program or the check makes of it is a violation)
            return True
    return False


def nothing(*_: object, **__: object) -> None:
    """In place of something that is left out."""


def no_fsync(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disk.NewFile, "sync", nothing)


def no_folder_fsync(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(disk.Folder, "sync", nothing)


def sqlite_as_it_comes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        database, "DURABLE", ("PRAGMA journal_mode=DELETE", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=on")
    )


def nothing_synced_by_sqlite(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(database, "DURABLE", ("PRAGMA journal_mode=TRUNCATE", "PRAGMA synchronous=OFF"))


def deleted_bytes_stay(patch: pytest.MonkeyPatch) -> None:
    real = database.DURABLE
    patch.setattr(database, "DURABLE", tuple("PRAGMA secure_delete=off" if "secure" in one else one for one in real))


def row_first(patch: pytest.MonkeyPatch) -> None:
    """The originals come after their rows: what `stage` would do is done when the batch is committed."""
    late: list[Callable[[], object]] = []
    place, commit = Originals._place, database.Database.transaction

    def postponed(self: Originals, incoming: disk.Folder, aside: str, stored_name: str) -> bool:
        incoming.move(aside, incoming, aside + ".late")

        def do_it() -> None:
            with self._within("incoming") as held:
                place(self, held, aside + ".late", stored_name)

        late.append(do_it)
        return True

    real = importing.record

    def record(journal: Any, arrivals: Any) -> Any:
        return real(journal, arrivals)

    batch = importing._with_batch

    def with_batch(*arguments: Any) -> Any:
        found = batch(*arguments)
        while late:
            late.pop(0)()
        return found

    assert commit
    patch.setattr(importing, "record", record)
    patch.setattr(Originals, "_place", postponed)
    patch.setattr(importing, "_with_batch", with_batch)


def written_in_place(patch: pytest.MonkeyPatch) -> None:
    """Straight into photos/, under the final name."""

    def stage(self: Originals, source: Path, picture_format: str = "", *_: object, **__: object) -> Any:
        import hashlib

        from needlejournal.store.originals import Staged

        body = source.read_bytes()
        sha256 = hashlib.sha256(body).hexdigest()
        name = self._new_name(sha256, picture_format)
        folder, file = name.split("/")
        with self._within("photos", folder, make=True) as place:
            place.unlink(file)
            with place.created(file) as new:
                new.write(body)
                new.sync()
            place.sync()
        return Staged(sha256, name, len(body))

    patch.setattr(Originals, "stage", stage)


MUTANTS: dict[str, tuple[str, Callable[[pytest.MonkeyPatch], None]]] = {
    "no fsync of files": ("importing", no_fsync),
    "no fsync of folders": ("importing", no_folder_fsync),
    "no fsync of files, encrypting": ("encrypting", no_fsync),
    "no fsync of folders, encrypting": ("encrypting", no_folder_fsync),
    "no fsync of files, backing up": ("backing up", no_fsync),
    "no fsync of folders, backing up": ("backing up", no_folder_fsync),
    "no fsync of folders, restoring": ("restoring", no_folder_fsync),
    "no fsync of files, restoring": ("restoring", no_fsync),
    "SQLite's default mode": ("editing", sqlite_as_it_comes),
    "SQLite syncs nothing": ("editing", nothing_synced_by_sqlite),
    "secure_delete off": ("purging", deleted_bytes_stay),
    "the row first": ("importing", row_first),
    "written in place": ("importing", written_in_place),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_each_rule_of_writing_left_out_is_noticed(name: str, tmp_path: Path, thorough: bool) -> None:
    if "backing up" in name and not thorough:
        pytest.skip("only with --thorough")
    scene, mutate = MUTANTS[name]
    assert is_noticed(SCENES[scene](), tmp_path, mutate)


def flipping(patch: pytest.MonkeyPatch) -> None:
    """A disk that gives back something else than was written."""
    real = disk.calls.write

    def write(handle: int, data: bytes) -> int:
        body = bytearray(data)
        body[len(body) // 2] ^= 1
        return int(real(handle, bytes(body)))

    class Lying:
        def __getattr__(self, name: str) -> Any:
            return write if name == "write" else getattr(os, name)

    patch.setattr(disk, "calls", Lying())


@pytest.mark.parametrize("read_back", [True, False], ids=["read back", "not read back"])
def test_a_lying_disk_is_noticed_only_by_reading_back(
    read_back: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = SCENES["importing"]()
    scene.may_fail = True  # type: ignore[attr-defined]
    scene.prepare(tmp_path)
    told: list[Any] = []
    with monkeypatch.context() as patch:
        flipping(patch)
        if not read_back:
            patch.setattr(Originals, "_read_back", lambda _self, _incoming, _aside, name: name[3:67])
        scene.act(tmp_path, told.append)
    journal = open_journal(tmp_path / NAME, now=now)
    found = journal.verify()
    assert bool(found.bad) is not read_back
    journal.close()
