"""From starting the program to the first painted timeline, beside an empty window of PySide6."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from needlejournal.store import open_journal
from needlejournal.workflows.sample import make_sample

if TYPE_CHECKING:
    from tests.benchmarks.conftest import Costs

pytestmark = pytest.mark.benchmark

# Each leaves at once after its first picture: how a program ends is not the question.
EMPTY_WINDOW = """
import os
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        os._exit(0)
application = QApplication([])
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
"""
FRAME = """
import os
from needlejournal import app
app.move_in = lambda *_: os._exit(0)
app.main([])
"""
TIMELINE = """
import os, sys
from needlejournal import app
def watched(application, window, *asked):
    from PySide6.QtCore import QEvent, QObject, QTimer
    class FirstPicture(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, lambda: os._exit(0))
            return False
    first = FirstPicture(window)
    def watch():
        from needlejournal.ui.timeline.card_list import CardList
        window.findChild(CardList).viewport().installEventFilter(first)
    window.entered.connect(watch)
    move_in(application, window, *asked)
move_in, app.move_in = app.move_in, watched
app.main([sys.argv[1]])
"""


def test_start_to_the_frame_and_to_the_first_painted_timeline(costs: Costs, tmp_path: Path) -> None:
    folder = tmp_path / "Sample.needlejournal"
    make_sample(folder).close()
    empty = costs.process([sys.executable, "-c", EMPTY_WINDOW], rounds=7)
    frame = costs.process([sys.executable, "-c", FRAME], rounds=7)
    timeline = costs.process([sys.executable, "-c", TIMELINE, folder], rounds=7, before=lambda: _close_again(folder))
    costs.ratio("start to the window's frame / empty window", frame.cpu, empty.cpu, at_most=1.6)
    costs.ratio("start to the first painted timeline / empty window", timeline.cpu, empty.cpu, at_most=2.2)


def _close_again(folder: Path) -> None:
    """As a person left it the last time: these programs end without closing, which makes the next opening look hard."""
    open_journal(folder).close()
