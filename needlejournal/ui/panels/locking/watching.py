"""When to lock without being asked: nobody there for some minutes, the session locked, the computer asleep.

The system tells over D-Bus where there is one (Linux desktops). Everywhere else a sleep shows itself afterwards, as a
gap between two ticks of the clock: then it locks while the computer wakes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from needlejournal.ui.preferences import Preferences

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

MINUTES = "lock/idle_minutes"
CHOICES = (0, 2, 5, 15, 60)
USUAL = 15
TICK_MS = 5000
SLEPT_S = 60
AFTER_MS = 200  # after the window came up: its first picture goes before the desktop's signals
# The desktops' own, beside the common name; each says `ActiveChanged` when it locks.
SCREEN_SAVERS = tuple(f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "cinnamon", "mate", "xfce"))
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TabletMove,
    }
)  # fmt: skip


def idle_minutes(preferences: Preferences) -> int:
    """After how many minutes without a person it locks; 0: never by itself."""
    kept = int(preferences.number(MINUTES, USUAL))
    return kept if kept in CHOICES else USUAL


class AwayWatch(QObject):
    """`away` tells that nobody is there any more. `clock` gives seconds that go on during sleep.

    A person's keys and mouse are seen where the system hands them to our windows: a filter on the application would run
    for every event of every widget.
    """

    away = Signal()

    def __init__(
        self,
        application: QApplication,
        preferences: Preferences,
        parent: QObject,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._clock = preferences, clock
        self._touched = self._ticked = clock()
        application.focusWindowChanged.connect(self._follow)
        for window in application.topLevelWindows():
            self._follow(window)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        if sys.platform.startswith("linux"):
            QTimer.singleShot(AFTER_MS, self, lambda: SystemWatch(self))

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self._clock()
        return False

    def tick(self) -> None:
        """Look at the clock."""
        now = self._clock()
        slept = now - self._ticked > SLEPT_S + TICK_MS / 1000
        self._ticked = now
        minutes = idle_minutes(self._preferences)
        if slept or (minutes and now - self._touched >= minutes * 60):
            self._touched = now
            self.away.emit()


class SystemWatch(QObject):
    """What the desktop tells over D-Bus: the screen saver begins, the session is locked, the computer goes to sleep."""

    def __init__(self, watch: AwayWatch) -> None:
        super().__init__(watch)
        self._watch = watch
        from PySide6.QtDBus import QDBusConnection

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            manager = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
            self._listen(system, ("org.freedesktop.login1", *manager), "flagged(bool)")
            lock = ("org.freedesktop.login1", "", "org.freedesktop.login1.Session", "Lock")
            self._listen(system, lock, "heard()")
        if session.isConnected():
            for name in SCREEN_SAVERS:
                self._listen(session, ("", "", name, "ActiveChanged"), "flagged(bool)")

    def _listen(self, bus: QDBusConnection, signal: tuple[str, str, str, str], slot: str) -> None:
        """The slot is given as text: bytes, which the type stubs ask for, are refused. A refusal costs this one way."""
        with suppress(TypeError, ValueError):
            bus.connect(*signal, self, SLOT(slot))  # type: ignore[call-overload]

    @Slot(bool)
    def flagged(self, on: bool) -> None:
        """Something begins (True) or ends."""
        if on:
            self._watch.away.emit()

    @Slot()
    def heard(self) -> None:
        """The session is locked."""
        self._watch.away.emit()
