"""A disk that fails, or a machine that stops, at a chosen step of writing a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest

from needlejournal.store import disk


class PowerCut(BaseException):
    """The machine stops here: nothing after this line of the program ever runs."""


class FaultyDisk:
    """Counts the steps of writing (create, each write, fsync, rename, mkdir, unlink, rmdir) and fails at one of them.

    `before(number, name)` is called in front of each step. Room for `room` bytes, then ENOSPC.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[str] = []
        self.room: int | None = None
        self.unopened: set[str] = set()  # names of files that do not open, with this error
        self.code = errno.EIO
        self.before: Callable[[int, str], None] = lambda _number, _name: None
        monkeypatch.setattr(disk, "calls", self)

    def open(self, path: Any, flags: int, *arguments: Any, **named: Any) -> int:
        if os.path.basename(path) in self.unopened:  # noqa: PTH119 (names may be bytes or paths)
            raise OSError(self.code, os.strerror(self.code))
        if flags & os.O_CREAT:
            self._step("create")
        return os.open(path, flags, *arguments, **named)

    def write(self, handle: int, data: bytes) -> int:
        self._step("write")
        if self.room is not None:
            self.room -= len(data)
            if self.room < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
        return os.write(handle, data)

    def lseek(self, *where: Any) -> int:
        return os.lseek(*where)

    def fsync(self, handle: int) -> None:
        self._step("fsync")
        os.fsync(handle)

    def replace(self, *names: Any, **named: Any) -> None:
        self._step("rename")
        os.replace(*names, **named)  # noqa: PTH105

    def unlink(self, *names: Any, **named: Any) -> None:
        self._step("unlink")
        os.unlink(*names, **named)

    def rmdir(self, *names: Any, **named: Any) -> None:
        self._step("rmdir")
        os.rmdir(*names, **named)

    def mkdir(self, *names: Any, **named: Any) -> None:
        self._step("mkdir")
        os.mkdir(*names, **named)  # noqa: PTH102

    def _step(self, name: str) -> None:
        self.steps.append(name)
        self.before(len(self.steps) - 1, name)


def refuse(monkeypatch: pytest.MonkeyPatch, step: str, code: int) -> None:
    """Let the disk refuse one kind of step from now on."""
    faulty = FaultyDisk(monkeypatch)

    def fail(_number: int, name: str) -> None:
        if name == step:
            raise OSError(code, os.strerror(code))

    faulty.before = fail
