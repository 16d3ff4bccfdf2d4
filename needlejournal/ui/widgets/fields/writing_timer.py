"""When to keep what is being typed: at a pause, and every few seconds where there is none."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

LONGEST_MS = 2500


class WritingTimer(QTimer):
    """Times out once, its interval after the last `begin`, but never much later than `LONGEST_MS` after the first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self._first = QElapsedTimer()

    def begin(self) -> None:
        """A letter was typed."""
        if not self.isActive():
            self._first.start()
            self.start()
        elif self._first.elapsed() < LONGEST_MS:
            self.start()
