"""Looking at pictures in a process of its own, with limits: a crash inside a codec costs one picture, not the window.

The process is started at the first picture and again whenever it has died. Bytes go in, bytes come out; `serve` is its
other end. Knows no files.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from needlejournal.imaging.reading.looking import Looked, from_bytes, look, to_bytes
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture

ARGUMENT = "--look-apart"
MOST_MEMORY = 6 << 30  # bytes of address space: 260 megapixels in the widest form need 4
SECONDS, SECONDS_PER_MEGABYTE = 60.0, 2.0
_LARGEST_ANSWER = 64 << 20


class Apart:
    """One worker process. Safe from several threads: pictures are looked at one after another."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __call__(self, data: bytes, now: datetime | None = None) -> Looked:
        """Look at the picture in `data`, as `looking.look` does."""
        with self._lock:
            try:
                return self._asked(data, now)
            except (OSError, EOFError, ValueError, LookupError, TypeError):  # it died, was ended, or answered nonsense
                self._end()
                return Looked(failure=UnreadablePicture(Reason.UNBEARABLE))

    def close(self) -> None:
        """End the process; the next picture starts another."""
        with self._lock:
            self._end()

    def _asked(self, data: bytes, now: datetime | None) -> Looked:
        process = self._running()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (both are pipes)
        limit = threading.Timer(SECONDS + SECONDS_PER_MEGABYTE * len(data) / 1e6, process.kill)
        limit.daemon = True
        limit.start()
        try:
            _send(process.stdin, (now.isoformat() if now else "").encode())
            _send(process.stdin, data)
            return from_bytes(_received(process.stdout, _LARGEST_ANSWER))
        finally:
            limit.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    pipe.close() if pipe else None
            process.wait()


def command() -> list[str]:
    """How the worker process is started: this program once more, asked for nothing but looking."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    return [sys.executable, "-m", "needlejournal", ARGUMENT]


def _environment() -> dict[str, str]:
    package = str(Path(__file__).resolve().parents[3])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))}


def serve() -> int:
    """Be the worker process: answer until the other end is closed."""
    wire, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print goes elsewhere
    _limit_memory()
    while True:
        try:
            moment, data = _received(wire, 64), _received(wire, 1 << 33)
        except EOFError:
            return 0
        now = datetime.fromisoformat(moment.decode()) if moment else None
        _send(answers, to_bytes(look(data, now)))


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(wire: IO[bytes], body: bytes) -> None:
    wire.write(len(body).to_bytes(8, "big"))
    wire.write(body)
    wire.flush()


def _received(wire: IO[bytes], most: int) -> bytes:
    """One body. Raises EOFError when the other end is gone, ValueError for one that is too large."""
    head = wire.read(8)
    size = int.from_bytes(head, "big")
    if len(head) < 8:
        raise EOFError
    if size > most:
        raise ValueError(size)
    body = wire.read(size)
    if len(body) < size:
        raise EOFError
    return body


look_apart = Apart()
