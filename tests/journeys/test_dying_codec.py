"""A codec that crashes, seen from the window: the photo says so, everything else goes on."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from needlejournal.imaging.reading import apart
from needlejournal.ui.destinations import ComparePhotos, EditDay
from needlejournal.ui.main_window import MainWindow
from tests.journeys.conftest import settle, workspace
from tests.journeys.test_first_evening import bring_in, make_journal

pytestmark = pytest.mark.window


def test_a_codec_that_dies_costs_the_sharp_picture_and_never_the_window(
    window: MainWindow, qtbot: QtBot, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_journal(qtbot, window)
    page = workspace(window)
    failures: list[object] = []
    page.open_journal.failed.connect(failures.append)
    bring_in(qtbot, window, *sorted(photos.glob("*_frontal.jpg"))[:2])
    apart.workers.stop()
    monkeypatch.setattr(apart, "command", lambda: [sys.executable, "-c", "import os; os.kill(os.getpid(), 11)"])
    before, after = page.open_journal.journal.photos.all()
    page.go(ComparePhotos(before.id, after.id))
    settle(qtbot, window)
    compare = page.page("compare")
    compare.stage.looking.zoom(8, compare.rect().center().toPointF())
    settle(qtbot, window)
    shots = compare.stage.looking.scene().shots
    assert all(shot.picture.levels for shot in shots), "the kept previews are drawn all the same"
    assert any("failed or took far too long" in shot.picture.problem for shot in shots)
    assert failures == [], "nothing is taken for a fault of the app"
    page.go(EditDay(date(2025, 3, 9)))
    assert page.current() == "day"
    apart.workers.stop()
