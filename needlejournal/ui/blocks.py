"""Blocks of the GUI thread, for developers: how long the window did not answer, and in which function.

Off unless asked for: NEEDLEJOURNAL_BLOCKS=50 names the milliseconds from which a block is printed. Knows no page.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, Signal

SWITCH = "NEEDLEJOURNAL_BLOCKS"
EVERY = 0.01  # seconds
NOTED = 0.001  # seconds of waiting for a processor that are worth a word
_OURS = str(Path(__file__).parents[1])


@dataclass(frozen=True, slots=True)
class Block:
    """One time in which no event was taken: seconds, and the innermost function of ours most often seen in it.

    `waited` are the seconds of them in which other programs had every processor: no fault of the function.
    """

    seconds: float
    where: str
    waited: float = 0.0

    def __str__(self) -> str:
        waiting = f", {self.waited * 1000:.0f} of them for a processor" if self.waited >= NOTED else ""
        return f"The window did not answer for {self.seconds * 1000:.0f} ms{waiting}: {self.where}"


class Blocks(QObject):
    """Watches from now on, on the GUI thread's event loop. `found` carries each Block of at least `least` seconds.

    A thread knocks every 10 ms and looks where the GUI thread is until it answers; `stop` ends it.
    """

    found = Signal(object)
    _knocked = Signal(float, float)

    def __init__(self, least: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._watched = threading.get_ident()
        self._waiting = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._answered = threading.Event()
        self._stopped = threading.Event()
        self._seen: Counter[str] = Counter()
        self._knocked.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._knocker = threading.Thread(target=self._knock, name="blocks", daemon=True)
        self._knocker.start()

    def stop(self) -> None:
        """Watch no more."""
        self._stopped.set()
        self._knocker.join()

    def _answer(self, since: float, waited: float) -> None:
        seconds = time.perf_counter() - since
        if seconds >= self._least and self._seen:
            self.found.emit(Block(seconds, self._seen.most_common(1)[0][0], self._waited() - waited))
        self._seen.clear()
        self._answered.set()

    def _knock(self) -> None:
        while not self._stopped.wait(EVERY):
            self._answered.clear()
            try:
                self._knocked.emit(time.perf_counter(), self._waited())
            except RuntimeError:  # the window was taken down, and this object with it
                return
            while not (self._answered.wait(EVERY) or self._stopped.is_set()):
                self._seen[_innermost(sys._current_frames().get(self._watched))] += 1  # noqa: SLF001 (made for this)

    def _waited(self) -> float:
        """Seconds that the watched thread could have run and had no processor; 0 where the system does not say."""
        try:
            return int(self._waiting.read_bytes().split()[1]) / 1e9
        except (OSError, IndexError, ValueError):
            return 0.0


def _innermost(frame: FrameType | None) -> str:
    """The innermost function of ours in a stack, with its file and line; else the innermost of all."""
    ours = frame
    while ours and (not ours.f_code.co_filename.startswith(_OURS) or ours.f_code.co_filename == __file__):
        ours = ours.f_back
    shown = ours or frame
    if shown is None:
        return "not seen where"
    return f"{shown.f_code.co_qualname} ({Path(shown.f_code.co_filename).name}:{shown.f_lineno})"


def watch_if_asked(parent: QObject | None = None) -> Blocks | None:
    """Print blocks to the error stream from now on, where the environment asks for it."""
    asked = os.environ.get(SWITCH, "")
    if not asked.isdecimal():
        return None
    watching = Blocks(int(asked) / 1000, parent)
    watching.found.connect(lambda block: print(block, file=sys.stderr, flush=True))  # noqa: T201 (asked for)
    return watching
