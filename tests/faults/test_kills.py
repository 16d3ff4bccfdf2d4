"""kill -9 at a moment of its own choosing: what had been told is there, the rest is whole or not there, and it goes on.

A process of its own does what a person does and says over a pipe what the person would have been told; the parent kills
it after a delay spread over the whole of the work. Only kills that hit count.
"""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from needlejournal.store import age
from tests.faults.scenes import (
    BackingUp,
    Decrypting,
    Editing,
    Encrypting,
    Importing,
    Migrating,
    Purging,
    Restoring,
    Scene,
    fixed_keys,
)

pytestmark = pytest.mark.faults
SHORT, LONG = 2, 100  # kills that hit, for each scene
PHOTOS = 200


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second by design; these tests need not pay it each time."""
    monkeypatch.setattr(age, "WORK_FACTOR", 4)


class ImportingMany(Importing):
    """Photos as after a year."""

    MANY = PHOTOS


class FewPhotos(Importing):
    """For the default suite."""

    MANY = 20


def many(thorough: bool, keys: bool = False) -> Scene:
    return (ImportingMany if thorough else FewPhotos)(fixed_keys() if keys else None)


SCENES: dict[str, Callable[[bool], Scene]] = {
    "importing": many,
    "importing, encrypted": lambda thorough: many(thorough, keys=True),
    "editing": lambda _: Editing(),
    "editing, encrypted": lambda _: Editing(fixed_keys()),
    "purging": lambda _: Purging(),
    "purging, encrypted": lambda _: Purging(fixed_keys()),
    "migrating": lambda _: Migrating(),
    "encrypting": lambda _: Encrypting(),
    "decrypting": lambda _: Decrypting(),
    "backing up": lambda _: BackingUp(),
    "backing up, encrypted": lambda _: BackingUp(fixed_keys()),
    "restoring": lambda _: Restoring(),
    "restoring, encrypted": lambda _: Restoring(fixed_keys()),
}


def carried_out(scene: Scene, root: Path, delay: float | None = None) -> tuple[list[Any], bool, float]:
    """Do it in another process, and kill that after `delay` seconds. Gives what was told, whether the kill hit, and
    how long it took."""
    reading, writing = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        gc.disable()  # what is left of a window would wait for threads that only the parent has
        code = 1
        try:
            os.close(reading)
            scene.act(root, lambda told: os.write(writing, json.dumps(told).encode() + b"\n"))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    if delay is not None:
        time.sleep(delay)  # the moment of the kill
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    took = time.perf_counter() - began
    with os.fdopen(reading, "rb") as pipe:
        told = [json.loads(line) for line in pipe.read().splitlines()]
    assert status in {0, -signal.SIGKILL}, f"it ended by itself with {status}"
    return told, status != 0, took


@pytest.mark.parametrize("name", SCENES)
def test_killed_at_any_moment_nothing_told_is_lost(
    name: str, tmp_path: Path, thorough: bool, tried: Callable[[str, int], None]
) -> None:
    base = tmp_path / "base"
    base.mkdir()
    scene = SCENES[name](thorough)
    scene.prepare(base)
    whole = shutil.copytree(base, tmp_path / "whole")
    told, _, took = carried_out(scene, whole)
    if isinstance(scene, (Editing, Migrating)):  # what each edit leads to is known from one run in this process
        shutil.rmtree(whole)
        scene.act(shutil.copytree(base, whole), lambda _told: None)
    scene.check(whole, told)
    chance, hits, tries = random.Random(9), 0, 0
    wanted = LONG if thorough else SHORT
    while hits < wanted:
        root = shutil.copytree(base, tmp_path / "root")
        told, hit, _ = carried_out(scene, root, chance.uniform(0.0, took))
        hits, tries = hits + hit, tries + 1
        scene.check(root, told)
        shutil.rmtree(root)
        assert tries < 20 * wanted, "too few kills hit"
    tried(f"kills that hit while {name}", hits)
