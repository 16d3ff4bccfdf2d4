"""Garbage is collected on the GUI thread only: Python's own collector runs in whichever thread allocates, and a window
that it found in a worker would be destroyed there.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1000


class Collecting(QObject):
    """Takes the place of Python's automatic collection for as long as the application runs. Make one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what is loaded by now are modules, which stay: later collections need not go through them
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(collect)
        self._timer.start()


def collect() -> None:
    """Collect the oldest generation that has grown past its threshold, as Python would have by itself."""
    grown, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if grown[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return
