"""Locked in the middle of things: what was saved is saved, the rest waits, nothing of it comes up behind the lock."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.store import age, create_journal
from needlejournal.store.keys import make_keyring
from needlejournal.ui.destinations import ComparePhotos, ImportPhotos
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.locking.lock_page import LockPage
from needlejournal.workflows.photos_in import import_draft
from tests.journeys.conftest import LONG_MS, key, press, settle, warm, window, workspace
from tests.ui.person import write

__all__ = ["warm", "window"]  # fixtures
WORDS = "six words of ink"
COUNT = 6


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    page = window.centralWidget()
    assert isinstance(page, LockPage)
    write(page, "Passphrase", WORDS)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=LONG_MS)


@pytest.mark.parametrize("saved", [0, 2])
def test_photos_are_saved_or_wait_when_it_is_locked_while_they_come_in(
    window: MainWindow, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch, saved: int
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    photos = sorted((paths.resources() / "sample" / "photos").glob("*.jpg"))[:COUNT]
    folder = home / "Mine.needlejournal"
    create_journal(folder, "Mine", keyring=make_keyring()[0], passphrase=WORDS).close()
    window.open(folder)
    unlock(qtbot, window)
    page = workspace(window)
    page.go(ImportPhotos(tuple(photos)))
    settle(qtbot, window)
    press(page.page("importing"), "Save")
    qtbot.waitUntil(lambda: page.open_journal.journal.photos.count() >= saved, timeout=LONG_MS)
    key(qtbot, window, Qt.Key.Key_L)
    unlock(qtbot, window)
    journal = workspace(window).open_journal.journal
    assert journal.photos.count() + import_draft.waiting(journal) == COUNT
    assert journal.photos.count() >= saved and journal.verify().sound


def test_a_pair_that_is_being_loaded_and_another_journal_opened_behind_the_lock(
    window: MainWindow, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    folder = home / "Mine.needlejournal"
    create_journal(folder, "Mine", keyring=make_keyring()[0], passphrase=WORDS).close()
    create_journal(home / "Other.needlejournal", "Other").close()
    window.open(folder)
    unlock(qtbot, window)
    page = workspace(window)
    page.go(ImportPhotos(tuple(sorted((paths.resources() / "sample" / "photos").glob("*frontal.jpg"))[:2])))
    settle(qtbot, window)
    press(page.page("importing"), "Save")
    qtbot.waitUntil(lambda: page.open_journal.journal.photos.count() == 2, timeout=LONG_MS)
    for _ in range(2):
        before, after = workspace(window).open_journal.journal.photos.all()
        workspace(window).go(ComparePhotos(before.id, after.id))
        key(qtbot, window, Qt.Key.Key_L)
        unlock(qtbot, window)
    key(qtbot, window, Qt.Key.Key_L)
    window.open(home / "Other.needlejournal")
    settle(qtbot, window)
    assert workspace(window).open_journal.journal.name == "Other"
