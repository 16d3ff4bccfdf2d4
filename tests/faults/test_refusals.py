"""The disk refuses the n-th thing asked of it, SQLite's included: a sentence, nothing half done, and it goes on.

Either once (a bad sector) or from then on until room is made (a full disk). "Nothing was changed" is taken at its word.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import WorldError
from needlejournal.store import Journal, age
from needlejournal.workflows.photos_in import importing
from tests.faults import scenes
from tests.faults.recording import Recording, Step, recorded
from tests.faults.scenes import SCENES, Editing, Scene, contents, prove

pytestmark = pytest.mark.faults
SAMPLE = 2  # refusals of each kind a scene, in the default suite
NEEDS_ROOM = {"write", "create", "folder"}


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second by design; these tests need not pay it each time."""
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    monkeypatch.setattr(importing, "BATCH", 2)


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Journal]]:
    """Every journal that a scene opened."""
    found: list[Journal] = []
    real = scenes.open_journal

    def open_journal(*arguments: Any, **named: Any) -> Journal:
        found.append(real(*arguments, **named))
        return found[-1]

    monkeypatch.setattr(scenes, "open_journal", open_journal)
    yield found
    for journal in found:
        journal.close()


class Refusing:
    """Refuses step `at`, or all that needs room from then on."""

    def __init__(self, recording: Recording, at: int, *, stays_full: bool) -> None:
        self.recording, self.at, self.stays_full = recording, at, stays_full
        self.count = -1
        self.hits = 0
        recording.before = self

    def __call__(self, step: Step) -> None:
        self.count += 1
        if self.count == self.at or (self.stays_full and self.count > self.at and step.what in NEEDS_ROOM):
            self.hits += 1
            code = errno.ENOSPC if self.stays_full else errno.EIO
            if self.recording.by_sqlite:
                raise apsw.FullError if self.stays_full else apsw.IOError
            raise OSError(code, os.strerror(code))


def go_on(journal: Journal) -> None:
    """The same session writes, takes it back, and is whole."""
    before = contents(journal)
    with journal.step("Go on"):
        journal.day_notes.save(DayNote(scenes.date(2025, 5, 5), "Written afterwards."))
    assert contents(journal) != before
    journal.history.undo()
    assert prove(journal) == before


def refused(scene: Scene, root: Path, sessions: list[Journal], at: int, *, stays_full: bool) -> tuple[bool, list[Any]]:
    """Carry a scene out with one refusal. Gives whether it came to that, and what the person was told."""
    sessions.clear()
    told: list[Any] = []
    scene.may_fail, scene.goes_on = True, not stays_full
    with recorded(root) as recording:
        refusing = Refusing(recording, at, stays_full=stays_full)
        try:
            scene.act(root, told.append)
        except WorldError as error:
            message = str(error)
            assert refusing.hits and message.endswith(".")
        recording.before = lambda _step: None  # room was made
    for journal in sessions:
        if not journal._closed and not journal.read_only:
            go_on(journal)
        journal.close()
    return bool(refusing.hits), told


@pytest.mark.parametrize("stays_full", [False, True], ids=["once", "full"])
@pytest.mark.parametrize("name", SCENES)
def test_a_refusal_is_a_sentence_and_everything_goes_on(
    name: str, stays_full: bool, tmp_path: Path, sessions: list[Journal], thorough: bool,
    tried: Callable[[str, int], None],
) -> None:  # fmt: skip
    base = tmp_path / "base"
    base.mkdir()
    scene = SCENES[name]()
    scene.prepare(base)
    steps = _count(scene, shutil.copytree(base, tmp_path / "root"))
    hits = 0
    for at in range(0, steps, 1 if thorough else max(1, steps // SAMPLE)):
        shutil.rmtree(tmp_path / "root")
        root = shutil.copytree(base, tmp_path / "root")
        try:
            hit, told = refused(scene, root, sessions, at, stays_full=stays_full)
            hits += hit
            scene.check(root, told)
        except BaseException as error:
            error.add_note(f"step {at} of {steps} was refused")
            raise
    tried("refusals by the disk", hits)
    assert hits


def _count(scene: Scene, root: Path) -> int:
    with recorded(root) as recording:
        scene.act(root, lambda _told: None)
    assert not isinstance(scene, Editing) or len(scene.states) > 5
    return len(recording.steps)
