"""The power goes at any moment of what a person does: nothing that was told is lost, and nothing is half there.

Every write, sync, rename and removal is recorded, SQLite's own included; from the record thousands of disks are rebuilt
on which unsynced things are lost, out of order or torn; on each the journal is opened as a person would open it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from needlejournal.store import age
from needlejournal.workflows.photos_in import importing
from tests.faults.power import cuts, fingerprint, lay_out
from tests.faults.recording import Recording, recorded
from tests.faults.scenes import SCENES, Scene

pytestmark = pytest.mark.faults
SHORT = 4  # places to cut in each scene, in the default suite
RANDOM_ONES = 10  # a step, in the long set


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second by design; these tests need not pay it each time."""
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    monkeypatch.setattr(importing, "BATCH", 2)


def record(scene: Scene, root: Path) -> Recording:
    """Prepare a scene, and carry it out while everything is written down."""
    root.mkdir()
    scene.prepare(root)
    with recorded(root) as recording:
        scene.act(root, recording.tell)
    return recording


@pytest.mark.parametrize("name", SCENES)
def test_after_a_power_cut_everything_told_is_there(
    name: str, tmp_path: Path, thorough: bool, tried: Callable[[str, int], None]
) -> None:
    scene = SCENES[name]()
    recording = record(scene, tmp_path / "root")
    random_ones, every = (RANDOM_ONES, 1) if thorough else (1, max(1, len(recording.steps) // SHORT))
    seen: set[tuple[int, str]] = set()
    for cut in cuts(recording, seed=1, random_ones=random_ones, every=every):
        mark = (fingerprint(cut.tree), str(cut.told))
        if mark not in seen:
            seen.add(mark)
            lay_out(cut.tree, tmp_path / "cut")
            try:
                scene.check(tmp_path / "cut", cut.told)
            except Exception as error:
                error.add_note(f"after step {cut.after} of {len(recording.steps)}, told {cut.told}, {cut.how}")
                raise
    tried(f"disks after a power cut while {name}", len(seen))
    tried("disks after a power cut", len(seen))
    assert len(seen) > len(recording.steps) * (1 if thorough else 0)


AGAIN = ("importing", "editing, encrypted", "migrating", "encrypting", "decrypting", "changing keys", "purging")


@pytest.mark.parametrize("name", AGAIN)
def test_a_second_power_cut_while_the_first_is_mended(
    name: str, tmp_path: Path, thorough: bool, tried: Callable[[str, int], None]
) -> None:
    scene = SCENES[name]()
    recording = record(scene, tmp_path / "root")
    chance = random.Random(name)
    firsts = list(cuts(recording, seed=2, random_ones=2))
    for first in chance.sample(firsts, 12 if thorough else 1):
        lay_out(first.tree, tmp_path / "first")
        with recorded(tmp_path / "first") as mending:
            scene.reopen(tmp_path / "first")
        seconds = list(cuts(mending, seed=3, random_ones=2))
        for second in chance.sample(seconds, min(len(seconds), 20 if thorough else 3)):
            lay_out(second.tree, tmp_path / "second")
            try:
                scene.check(tmp_path / "second", first.told)
            except Exception as error:
                error.add_note(f"after {first.after} {first.how}, then {second.after} {second.how}, told {first.told}")
                raise
            tried("disks after a second power cut", 1)
