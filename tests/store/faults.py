"""A disk that fails, or a machine that stops, at a chosen step of writing a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Self

import pytest


class PowerCut(BaseException):
    """The machine stops here: nothing after this line of the program ever runs."""


class FaultyDisk:
    """Counts the steps of writing (open, each write, fsync, rename, folder fsync, unlink) and fails at one of them.

    `fail(number)` is called in front of each step. Room for `room` bytes, then ENOSPC.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[str] = []
        self.room: int | None = None
        self.before: Callable[[int, str], None] = lambda _number, _name: None
        real_open, real_fsync, real_replace, real_unlink = Path.open, os.fsync, os.replace, Path.unlink

        def opened(path: Path, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            if not set(mode) & set("xwa+"):
                return real_open(path, mode, *arguments, **named)
            self._step("create")
            return _Writer(self, real_open(path, mode, *arguments, **named))

        def fsync(handle: int) -> None:
            self._step("fsync")
            real_fsync(handle)

        def replace(source: Any, target: Any) -> None:
            self._step("rename")
            real_replace(source, target)

        def unlink(path: Path, missing_ok: bool = False) -> None:
            self._step("unlink")
            real_unlink(path, missing_ok)

        monkeypatch.setattr(Path, "open", opened)
        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(os, "replace", replace)
        monkeypatch.setattr(Path, "unlink", unlink)

    def _step(self, name: str) -> None:
        self.steps.append(name)
        self.before(len(self.steps) - 1, name)

    def written(self, size: int) -> None:
        """Take room for a write."""
        self._step("write")
        if self.room is not None:
            self.room -= size
            if self.room < 0:
                raise OSError(errno.ENOSPC, "No space left on device")


class _Writer:
    """A file whose writes are counted."""

    def __init__(self, disk: FaultyDisk, file: IO[bytes]) -> None:
        self._disk = disk
        self._file = file

    def write(self, data: bytes) -> int:
        self._disk.written(len(data))
        return self._file.write(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
