"""The one reminder in a corner of the window: what is due in a line or three, closed with a cross. Never a burst.

It lies over the page, so it gives way while somebody writes there.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from needlejournal.ui.destinations import Destination, EditDay, Go, ShowPage, ShowSideEffects
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.panels.corner_notice import CornerNotice, NoticeWords
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.text_fields import SearchField

if TYPE_CHECKING:
    from needlejournal.journal.planning.reminders import Notice
    from needlejournal.ui.panels.reminder_clock import ReminderClock

FIRST_LOOK_MS = 2_500  # after the window is there and painted
AFTER_WRITING_MS = 8_000


class ReminderStrip(CornerNotice):
    """Hidden while nothing is due, at the foot of its parent when something is.

    Where the window is not in front, the tray tells it too, if that is on.
    """

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences, parent: QWidget | None = None):
        super().__init__(parent)
        self._gave_way = False
        self._open, self._go, self._preferences = open_journal, go, preferences
        self._clock: ReminderClock | None = None
        self._wait = QTimer(self, interval=FIRST_LOOK_MS, singleShot=True)
        self._wait.timeout.connect(self.begin)
        open_journal.locked.connect(self._wait.stop)
        self._writing = QTimer(self, interval=AFTER_WRITING_MS, singleShot=True)
        self._writing.timeout.connect(self.show)
        open_journal.locked.connect(self._writing.stop)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._give_way)
        if not open_journal.journal.read_only:
            self._wait.start()

    def begin(self) -> None:
        """Look for what is due, and go on looking."""
        from needlejournal.ui.panels.reminder_clock import ReminderClock

        self._clock = ReminderClock(self._open, self._preferences, self)
        self._clock.noticed.connect(self.announce)
        self._clock.look()

    def announce(self, notice: Notice) -> None:
        """Show a notice instead of the one before."""
        cross = IconButton("close", tr("Close this notice"))
        cross.clicked.connect(self._close)
        shown, days = NoticeWords("\n".join(tr_message(line) for line in notice.lines), corner=cross), notice.diary_days
        if days:
            diary = (
                EditDay(days[0]) if len(days) == 1 else ShowSideEffects()
            )  # where all the days lie beside each other
            shown.offer(self._way(tr("Open diary"), diary))
        if notice.about_plan:
            shown.offer(self._way(tr("Open plan"), ShowPage("plan")))
        self.show_notice(shown)
        self._give_way(None, QApplication.focusWidget())
        if QApplication.activeWindow() is None:
            self._notify_desktop(notice)

    def _way(self, words: str, destination: Destination) -> Button:
        button = Button(words)
        button.clicked.connect(partial(self._lead, destination))
        return button

    @staticmethod
    def _notify_desktop(notice: Notice) -> None:
        from needlejournal.ui.panels.reminder_tray import current_tray

        tray = current_tray()
        if tray is not None:
            tray.announce(notice)

    def _give_way(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Out of the way of a text field that is written in, and back a while after."""
        over = self.parentWidget()
        writes = isinstance(new, QLineEdit | QPlainTextEdit) and not isinstance(new, SearchField)
        if new is not None and over is not None and writes and over.isAncestorOf(new):
            if self.isVisible() or self._writing.isActive():
                self.hide()
                self._writing.stop()
                self._gave_way = True
        elif self._gave_way:
            self._gave_way = False
            self._writing.start()

    def _close(self) -> None:
        self._gave_way = False
        self._writing.stop()
        self.hide()

    def _lead(self, destination: Destination) -> None:
        self._close()
        self._go(destination)
