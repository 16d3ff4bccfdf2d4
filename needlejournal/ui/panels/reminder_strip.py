"""The one reminder in a corner of the window: what is due in a line or three, closed with a cross. Never a burst.

It lies over the page, so that nothing moves under the mouse of who is writing when it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.destinations import Go, ShowPage
from needlejournal.ui.language import tr
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.frame.notices import Banner

if TYPE_CHECKING:
    from needlejournal.journal.planning.reminders import Notice
    from needlejournal.ui.panels.reminder_clock import ReminderClock

_WIDTH, _MESSAGES = 520, 48
FIRST_LOOK_MS = 2_500  # after the window is there and painted


class ReminderStrip(QWidget):
    """Hidden while nothing is due, at the foot of its parent when something is.

    Where the window is not in front, the tray tells it too, if that is on.
    """

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences, parent: QWidget | None = None):
        super().__init__(parent)
        self._open, self._go, self._preferences = open_journal, go, preferences
        self._clock: ReminderClock | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.installEventFilter(self)
        self._banner: Banner | None = None
        self._wait = QTimer(self, interval=FIRST_LOOK_MS, singleShot=True)
        self._wait.timeout.connect(self.begin)
        open_journal.locked.connect(self._wait.stop)
        if not open_journal.journal.read_only:
            self._wait.start()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        where = QRectF(self.rect())
        with QPainter(self) as painter:
            painting.box(painting.smooth(painter), where, theme.RADIUS_CARD, theme.colour("accent_ground"))

    def _place(self) -> None:
        """At the right above where messages pass by, as wide as is pleasant to read."""
        over = self.parentWidget()
        if over is None or self._banner is None:
            return
        margin = theme.PAGE_MARGIN
        width = min(theme.px(_WIDTH), over.width() - 2 * margin)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry(
            over.width() - width - margin, over.height() - height - margin - theme.px(_MESSAGES), width, height
        )
        self.raise_()

    def begin(self) -> None:
        """Look for what is due, and go on looking."""
        from needlejournal.ui.panels.reminder_clock import ReminderClock

        self._clock = ReminderClock(self._open, self._preferences, self)
        self._clock.noticed.connect(self.tell)
        self._clock.look()

    def tell(self, notice: Notice) -> None:
        """Show a notice instead of the one before."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = Banner("\n".join(notice.lines), action=tr("Open plan"), closable=True)
        self._banner.acted.connect(self._open_plan)
        self._banner.closed.connect(self.hide)
        self._column.addWidget(self._banner)
        self._banner.show()
        self.show()
        self._place()
        if QApplication.activeWindow() is None:
            self._tell_desktop(notice)

    @staticmethod
    def _tell_desktop(notice: Notice) -> None:
        from needlejournal.ui.panels.reminder_tray import current_tray

        tray = current_tray()
        if tray is not None:
            tray.tell(notice)

    def _open_plan(self) -> None:
        self.hide()
        self._go(ShowPage("plan"))
