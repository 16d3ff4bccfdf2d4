"""From starting the program to the first painted timeline, beside an empty window of PySide6."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
import os, sys
from needlejournal import app, system
system.trouble()
from PySide6.QtWidgets import QApplication
from needlejournal.ui import front_door
application = QApplication([])
front_door.hand_over([])
window = app.make_window(application)
window.appeared.connect(lambda: os._exit(0))
window.show()
application.exec()
"""
TIMELINE = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from needlejournal import app
class FirstPicture(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False
application = QApplication([])
window = app.make_window(application)
first = FirstPicture()
def watch():
    from needlejournal.ui.timeline.card_list import CardList
    window.findChild(CardList).viewport().installEventFilter(first)
window.appeared.connect(lambda: app.move_in(application, window, [Path(sys.argv[1])]))
window.entered.connect(watch)
window.show()
application.exec()
"""


def test_start_to_the_frame_and_to_the_first_painted_timeline(costs: Costs, tmp_path: Path) -> None:
    folder = tmp_path / "Sample.needlejournal"
    make_sample(folder).close()
    empty = costs.process([sys.executable, "-c", EMPTY_WINDOW], rounds=7)
    frame = costs.process([sys.executable, "-c", FRAME], rounds=7)
    timeline = costs.process([sys.executable, "-c", TIMELINE, folder], rounds=7)
    costs.ratio("start to the window's frame / empty window", frame.cpu, empty.cpu, at_most=1.6)
    costs.ratio("start to the first painted timeline / empty window", timeline.cpu, empty.cpu, at_most=2.2)
