"""A folder where photos arrive, from naming it to bringing in what is new: by clicks, in the real window."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from needlejournal.ui.importing import ImportPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels import arriving_strip
from tests.journeys.conftest import LONG_MS, settle, workspace
from tests.journeys.test_first_evening import make_journal
from tests.ui.person import press, reads, sees
from tests.workflows.pictures import jpeg

pytestmark = pytest.mark.window


@pytest.fixture
def phone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The camera upload of a sync program; it is looked at every moment instead of every ten minutes."""
    folder = tmp_path / "Camera Uploads"
    folder.mkdir()
    put(folder, "old.jpg", 1)
    monkeypatch.setattr(arriving_strip, "FIRST_LOOK_MS", 50)
    monkeypatch.setattr(arriving_strip, "EVERY_MS", 50)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    return folder


def put(folder: Path, name: str, number: int) -> None:
    (folder / name).write_bytes(jpeg(number))
    os.utime(folder / name, (number * 1_000, number * 1_000))


def wait_for(qtbot: QtBot, window: MainWindow, words: str) -> None:
    """Wait until the timeline says this."""
    qtbot.waitUntil(lambda: words in reads(workspace(window).page("timeline")), timeout=LONG_MS)


def test_what_arrives_is_offered_passed_by_or_brought_in(window: MainWindow, qtbot: QtBot, phone: Path) -> None:
    make_journal(qtbot, window)
    page = workspace(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(page, "Settings")
    press(page.page("settings"), "Add a folder…")
    qtbot.waitUntil(lambda: sees(page.page("settings"), "Take Camera Uploads off the list"), timeout=LONG_MS)
    press(page, "Timeline")
    put(phone, "cat.jpg", 2)
    wait_for(qtbot, window, "1 new photo")  # what was there when the folder was named is not offered
    press(page.page("timeline"), "Not these")
    phone.rename(phone.with_name("unplugged"))  # no error, whenever it is looked at
    phone.with_name("unplugged").rename(phone)
    put(phone, "face.jpg", 3)
    wait_for(qtbot, window, "1 new photo since")
    press(page.page("timeline"), "Look through")
    qtbot.waitUntil(lambda: page.current() == "importing", timeout=LONG_MS)
    settle(qtbot, window)
    shown = page.page("importing")
    assert isinstance(shown, ImportPage)
    assert [item.name for item in shown.run.plan.items] == ["face.jpg"]
    assert page.open_journal.journal.photos.count() == 0  # nothing is imported by itself
    assert sorted(path.name for path in phone.iterdir()) == ["cat.jpg", "face.jpg", "old.jpg"]
