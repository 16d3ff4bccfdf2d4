"""The window itself: its place on the screen and its first frame, which is painted before anything else is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from needlejournal.ui import theme
from needlejournal.ui.preferences import Preferences

if TYPE_CHECKING:
    from needlejournal.ui.destinations import Destination
    from needlejournal.ui.journals import Journals
    from needlejournal.ui.workspace import Workspace

TITLE_BAR = 40  # pixels that the system puts above a window
SMALLEST = QSize(640, 400)
UNSEEN_MS = 400  # a window that starts minimised is never painted


class MainWindow(QMainWindow):
    """A ground and a rail in the person's theme until `journals` is there, which does all the rest.

    `appeared` comes once, after the first frame. `faulted` takes exceptions of any thread to `tell` on this one.
    `entered` carries the workspace of a journal that is open now; `freed` tells that a worker is done, whether
    that opened one or not.
    """

    appeared = Signal()
    faulted = Signal(object)
    entered = Signal(object)
    freed = Signal()

    def __init__(self, application: QApplication, preferences: Preferences) -> None:
        super().__init__()
        self._application, self._preferences = application, preferences
        preferences.refused.connect(self.report)
        self._journals: Journals | None = None
        self._waiting = QTimer(self, singleShot=True)
        self._waiting.timeout.connect(self.appeared)
        self._waiting.start(UNSEEN_MS)
        self.faulted.connect(self.report)
        self.setMinimumSize(SMALLEST)
        if not self.restoreGeometry(preferences.bytes("window/geometry")):
            room = self.screen().availableGeometry().size() - QSize(0, TITLE_BAR)
            self.resize(QSize(1280, 800).boundedTo(room))

    @property
    def journals(self) -> Journals:
        """What opens and closes journals here; loaded when it is first asked for."""
        if self._journals is None:
            from needlejournal import paths
            from needlejournal.journal.catalogue import load_catalogue
            from needlejournal.ui.journals import Journals
            from needlejournal.ui.second_press import SecondPresses

            catalogue = load_catalogue(paths.resources())
            self._journals = Journals(self._application, self, catalogue, self._preferences)
            self._journals.entered.connect(self.entered)
            self._journals.work.freed.connect(self.freed)
            SecondPresses(self._application, self)
        return self._journals

    @property
    def workspace(self) -> Workspace | None:
        """What shows the open journal, or None on the welcome page."""
        return self._journals.workspace if self._journals else None

    @property
    def at_work(self) -> bool:
        """Whether a journal is on its way: being made, or brought up to date."""
        return self._journals is not None and self._journals.work.under_way

    def begin(self, journal: Path | None = None, first: Destination | None = None) -> None:
        """Open the journal asked for, where asked for, else the last one, else show the welcome."""
        self.journals.begin(journal, first)

    def open(self, folder: Path, first: Destination | None = None) -> None:
        """Open a journal in this window, where asked for; on failure say why and stay where we are."""
        self.journals.open(folder, first)

    def report(self, error: object) -> None:
        """Show what went wrong."""
        self.journals.report(error)

    def keep(self) -> bool:
        """Store what is being typed on any page. Tells whether all of it is stored."""
        return not (self.workspace and self.workspace.leave())

    def leave(self) -> None:
        """Store what is being typed and close the journal: nobody can be asked any more."""
        if self._journals:
            self._journals.finish()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._journals is None:
            with QPainter(self) as painter:
                painter.fillRect(self.rect(), theme.colour("ground"))
                painter.fillRect(0, 0, theme.px(theme.RAIL_WIDTH), self.height(), theme.colour("rail"))
        if self._waiting.isActive():
            self._waiting.start(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._journals and not self._journals.may_close():
            event.ignore()
            return
        self._preferences.remember("window/geometry", self.saveGeometry())
        self._preferences.save()
        event.accept()
