"""One window for a person: a second start hands what it was given to the first, and ends.

The door is a local socket that only its owner can open. It knows no window; what comes in are paths, and perhaps two
photos to compare.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal

from needlejournal import paths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

ANSWER = b"taken\n"
PATIENCE_MS = 4_000  # the first window may be busy opening a journal
MOST_BYTES = 4_000_000  # of paths: some ten thousand photos


def hand_over(given: Sequence[Path], pair: tuple[int, int] | None = None) -> bool:
    """Give these paths and photos to the window that is open already, and let it come forward. Tells whether one is."""
    if sys.platform != "win32" and not Path(name()).exists():
        return False
    from PySide6.QtNetwork import QLocalSocket  # most starts are first ones

    socket = QLocalSocket()
    socket.connectToServer(name())
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(json.dumps({"paths": [str(path) for path in given], "pair": pair}).encode() + b"\n")
    return socket.waitForReadyRead(PATIENCE_MS) and socket.readAll().data() == ANSWER


class FrontDoor(QObject):
    """Where later starts knock. `knocked` carries the paths they were given, maybe none, and the pair asked for."""

    knocked = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        from PySide6.QtNetwork import QLocalServer

        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._listen()

    def _listen(self) -> None:
        """Listen, also where a program that was killed left its door behind; but never take a living one's."""
        if not self._server.listen(name()) and not hand_over([]):
            self._server.removeServer(name())
            self._server.listen(name())

    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.readyRead.connect(self._read_all)
            socket.disconnected.connect(socket.deleteLater)
        self._read_all()

    def _read_all(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        for socket in self._server.findChildren(QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > MOST_BYTES:
            socket.abort()
        elif socket.canReadLine():
            given, pair = _given(bytes(socket.readLine().data()))
            socket.write(ANSWER)
            socket.flush()
            socket.disconnectFromServer()
            self.knocked.emit(given, pair)


def _given(line: bytes) -> tuple[tuple[Path, ...], tuple[int, int] | None]:
    """The paths and the pair of a message; none where it is something else."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return (), None
    match told:
        case {"paths": [*names], "pair": [int(before), int(after)]}:
            return _paths(names), (before, after)
        case {"paths": [*names]}:
            return _paths(names), None
    return (), None


def _paths(names: list[object]) -> tuple[Path, ...]:
    return tuple(Path(name) for name in names if isinstance(name, str))


def name() -> str:
    """The door of this person and these settings: a path that only they reach, a pipe's name on Windows."""
    mark = f"{zlib.crc32(str(paths.settings_dir()).encode()):08x}"
    if sys.platform == "win32":
        return f"needlejournal-{mark}"
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
    return str(Path(folder) / f"needlejournal-{mark}")
