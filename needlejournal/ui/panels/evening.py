"""Puts today's panel above the timeline once that has been painted.

Even the modules of the panel are loaded only then, so that the timeline is there at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from needlejournal.journal.errors import WorldError
from needlejournal.ui.destinations import Go
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.session import OpenJournal

if TYPE_CHECKING:
    from needlejournal.ui.panels.today_panel import TodayPanel


class TimelineRoom(Protocol):
    """What the timeline page offers."""

    def set_today(self, widget: QWidget) -> None:
        """Show a widget above the cards; called again, it fits the height anew."""


class Evening(QObject):
    """Puts today's panel above a timeline once that has been painted."""

    def __init__(self, open_journal: OpenJournal, go: Go, timeline: QWidget, room: TimelineRoom) -> None:
        super().__init__(timeline)
        self._open, self._go = open_journal, go
        self._timeline, self._room = timeline, room
        self.today: TodayPanel | None = None
        self._away = False
        self._wait = QTimer(self, interval=0, singleShot=True)
        self._wait.timeout.connect(self._build)
        self._fit = QTimer(self, interval=0, singleShot=True)
        self._fit.timeout.connect(self._fit_anew)
        timeline.installEventFilter(self)
        open_journal.locked.connect(self._stay_away)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._away:
            return False
        if event.type() == QEvent.Type.Paint and watched is self._timeline:
            watched.removeEventFilter(self)
            self._wait.start()
        elif event.type() == QEvent.Type.LayoutRequest and watched is not self._timeline:
            self._fit.start()
        return False

    def leave(self) -> tuple[Unsaved, ...]:
        """Store what is being typed, now. Gives what could not be stored."""
        return self.today.leave() if self.today is not None else ()

    def _stay_away(self) -> None:
        """The journal is being closed: nothing of it is read any more."""
        self._away = True
        self._timeline.removeEventFilter(self)
        self._wait.stop()
        self._fit.stop()

    def _build(self) -> None:
        from needlejournal.ui.panels.today_panel import TodayPanel

        try:
            self.today = TodayPanel(self._open, self._go)
        except WorldError as error:  # damage that nothing met before
            self._open.failed.emit(error)
            return
        self._room.set_today(self.today)
        self.today.installEventFilter(self)

    def _fit_anew(self) -> None:
        if self.today is not None:
            self._room.set_today(self.today)
