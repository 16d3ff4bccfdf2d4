"""Work in a process of its own that dies in front of a chosen step that changes the disk: a real kill, no clean-up."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable

from needlejournal.store.database import Database


class Killed:
    """Ends the process in front of the n-th step that changes the disk, as a power button would."""

    def __init__(self, at: int) -> None:
        self.left = at

    def install(self) -> None:
        for name in ("replace", "unlink", "fsync", "rename"):
            setattr(os, name, self._counting(getattr(os, name)))
        real = Database.run

        def run(database: Database, sql: str, *arguments: object) -> int:
            self._step()
            return real(database, sql, *arguments)  # type: ignore[arg-type]

        Database.run = run  # type: ignore[assignment]

    def _counting(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            self._step()
            return real(*arguments, **named)

        return call

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            os._exit(9)


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Carry out work in a process of its own that dies at a step. Gives whether it did die.

    Nothing is collected in it: what an earlier test left of a window would be taken down there, and wait for threads
    that only the parent has.
    """
    child = os.fork()
    if child == 0:
        gc.disable()
        try:
            Killed(step).install()
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
