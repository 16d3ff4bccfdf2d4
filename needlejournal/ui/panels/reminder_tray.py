"""The sign in the system's tray: off unless switched on. It shows reminders, the window, and hides its content."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from needlejournal.ui.icons import icon
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.panels.cover import Covers
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets.frame.forward import bring_forward

if TYPE_CHECKING:
    from needlejournal.journal.planning.reminders import Notice

TRAY = "reminders/tray"
SHOWN_MS = 12_000


class Tray(QObject):
    """`opened`, `cover_wanted` and `quit_wanted` are what its menu asks for."""

    opened = Signal()
    cover_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, preferences: Preferences, covered: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._covered = covered
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None

    @staticmethod
    def can_be() -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def shown(self) -> bool:
        """Whether the sign is in the tray."""
        return self._icon is not None

    def menu(self) -> QMenu:
        """What the sign offers."""
        if self._menu is None:
            self._menu = QMenu()
            self._menu.addAction(tr("Show the window"), self.opened.emit)
            self._menu.addAction(tr("Hide or show its content"), self.cover_wanted.emit)
            self._menu.addSeparator()
            self._menu.addAction(tr("Quit"), self.quit_wanted.emit)
        return self._menu

    def follow(self) -> None:
        """Appear or go as the preferences say."""
        wanted = self._preferences.flag(TRAY) and self.can_be()
        if wanted and self._icon is None:
            self._appear()
        elif not wanted and self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def announce(self, notice: Notice) -> None:
        """Show a notice on the desktop, if the sign is there; what it is about only where the window shows it too."""
        if self._icon is not None:
            lines = "\n".join(tr_message(line) for line in notice.lines)
            if self._covered():
                lines = tr("There is a reminder in the window.")
            self._icon.showMessage(notice.title, lines, QSystemTrayIcon.MessageIcon.NoIcon, SHOWN_MS)

    def _appear(self) -> None:
        self._icon = QSystemTrayIcon(icon("app", "accent"), self)
        set_tip(self._icon, tr("Needle Journal"))
        self._icon.setContextMenu(self.menu())
        self._icon.activated.connect(self._pressed)
        self._icon.messageClicked.connect(self.opened)
        self._icon.show()

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.opened.emit()


def tray_of(application: QApplication, preferences: Preferences, window: QWidget, covers: Covers) -> Tray:
    """The application's tray, for its window: it shows and quits the window, and covers it."""
    tray = Tray(preferences, lambda: covers.down, application)
    tray.opened.connect(lambda: bring_forward(window))
    tray.cover_wanted.connect(covers.toggle)
    tray.quit_wanted.connect(window.close)
    window.destroyed.connect(tray.deleteLater)
    tray.follow()
    return tray


def current_tray() -> Tray | None:
    """The tray of the running application, or None."""
    application = QApplication.instance()
    return application.findChild(Tray) if application else None
