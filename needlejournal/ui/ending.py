"""When the system ends the program (logging out, shutting down), what is being typed is kept, however it says so.

By a signal: the window closes as by hand. By asking the session's programs first, as Windows and macOS do. Or not at
all: the display is gone, and Qt leaves its loop without closing a window.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

ASKING = [number for name in ("SIGTERM", "SIGINT", "SIGHUP") if (number := getattr(signal, name, None))]


class EndingSession(Protocol):
    """What ends, as `QSessionManager` tells of it."""

    def allowsInteraction(self) -> bool: ...
    def cancel(self) -> None: ...


class Ending(QObject):
    """Hears the system's signals on the GUI thread, at a moment when no other code runs.

    `keep` stores what is being typed and tells whether all of it is stored; `leave` closes the journal too.
    """

    def __init__(
        self, application: QApplication, window: QWidget, keep: Callable[[], bool], leave: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        for number in ASKING:
            signal.signal(number, lambda _number, _frame: None)
        notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._end)
        application.commitDataRequest.connect(partial(session_ends, window, keep))
        application.aboutToQuit.connect(leave)

    def _end(self) -> None:
        self._ours.recv(64)
        self._window.close()


def session_ends(window: QWidget, keep: Callable[[], bool], session: EndingSession) -> None:
    """The session wants to end, and may go on yet: keep what is typed and the journal open. Where something cannot be
    stored the person decides, as when the window is closed."""
    if not keep() and session.allowsInteraction():
        session.cancel()
        window.close()
