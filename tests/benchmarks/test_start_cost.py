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
TIMELINE = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from needlejournal.app import make_window
class FirstPicture(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched.parent(), QAbstractScrollArea):
            QTimer.singleShot(0, lambda: os._exit(0))
        return False
application = QApplication([])
window = make_window(application)
window.resize(1280, 800)
window.show()
window.begin(Path(sys.argv[1]))
first = FirstPicture()
from needlejournal.ui.timeline import TimelinePage
(page,) = window.findChildren(TimelinePage)
for area in page.findChildren(QAbstractScrollArea):
    area.viewport().installEventFilter(first)
application.exec()
"""


def test_start_to_the_first_painted_timeline(costs: Costs, tmp_path: Path) -> None:
    folder = tmp_path / "Sample.needlejournal"
    make_sample(folder).close()
    ours = costs.process([sys.executable, "-c", TIMELINE, folder], rounds=7)
    theirs = costs.process([sys.executable, "-c", EMPTY_WINDOW], rounds=7)
    costs.ratio("start to the first painted timeline / empty window", ours.cpu, theirs.cpu, at_most=1.3)
