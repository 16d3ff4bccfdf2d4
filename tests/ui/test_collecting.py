"""Garbage is collected on the GUI thread, and nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from needlejournal.ui import collecting
from needlejournal.ui.collecting import Collecting


class Ring:
    """Reachable from itself only, as a half-built window is; remembers which thread took it down."""

    taken_down: list[threading.Thread] = []  # noqa: RUF012

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.taken_down.append(threading.current_thread())


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[QObject]:
    """Looks all the time, until the end of the test."""
    monkeypatch.setattr(collecting, "LOOK_EVERY_MS", 1)
    parent = QObject()
    yield Collecting(parent)
    parent.deleteLater()


def test_a_ring_left_in_a_worker_is_taken_down_on_the_gui_thread(collector: QObject, qtbot: QtBot) -> None:
    Ring.taken_down.clear()

    def work() -> None:
        Ring()
        kept = [[] for _ in range(5000)]  # more than makes Python collect by itself
        assert kept

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert Ring.taken_down == []
    rubbish = [[] for _ in range(5000)]
    qtbot.waitUntil(lambda: Ring.taken_down == [threading.main_thread()])
    assert rubbish
