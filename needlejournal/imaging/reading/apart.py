"""Decoding pictures nobody vouches for in processes of their own, with limits: a crash inside a codec costs one
picture, not the window.

A process is started at the first picture and again whenever it has died. Bytes go in; facts, previews or pixels come
out, which are read with care: whoever breaks a codec may write them. `serve` is the other end. Knows no files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from queue import Empty, LifoQueue
from typing import IO, Any, TypeVar

from needlejournal.imaging.reading.arrays import from_array
from needlejournal.imaging.reading.decoding import decode_small, decode_upright
from needlejournal.imaging.reading.inspection import PictureFacts, inspect
from needlejournal.imaging.reading.looking import Looked, failure_from, from_bytes, look, plain_failure, to_bytes
from needlejournal.imaging.reading.opening import MAX_MEGAPIXELS, MEGAPIXEL
from needlejournal.imaging.reading.pixels import CHANNELS, BufferPool, Pixels
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture

ARGUMENT = "--look-apart"
PROCESSES = 2  # the two photos of a pair are decoded side by side
MOST_MEMORY = 6 << 30  # bytes of address space: 260 megapixels in the widest form need 4
SECONDS, SECONDS_PER_MEGABYTE = 60.0, 2.0  # after which a file that is still being read is given up
PIPE_BYTES = 1 << 20  # the most that Linux gives by default
_LARGEST_ANSWER = 64 << 20  # bytes of facts and previews; pixels come by themselves
_POOL = BufferPool()  # of the worker process

T = TypeVar("T")
Wish = dict[str, Any]


class Apart:
    """Worker processes, each with one picture at a time. Safe from several threads; more of them wait their turn."""

    def __init__(self, processes: int = 1) -> None:
        self._workers = [_Worker() for _ in range(processes)]
        self._idle: LifoQueue[_Worker] = LifoQueue()  # the one that runs already is asked first
        for worker in self._workers:
            self._idle.put(worker)

    def wake(self) -> None:
        """Start a process unless one runs or is at work, and do not wait for it: pictures are about to come."""
        with suppress(Empty):
            worker = self._idle.get_nowait()
            try:
                worker.wake()
            finally:
                self._idle.put(worker)

    def look(self, data: bytes, now: datetime | None = None) -> Looked:
        """Look at the picture in `data`, as `looking.look` does."""
        try:
            return self._ask({"do": "look", "now": now.isoformat() if now else ""}, data, _received_looked)
        except UnreadablePicture as failure:
            return Looked(failure=failure)

    def facts(self, data: bytes) -> PictureFacts:
        """What the picture says about itself, as `inspection.inspect` gives it. Raises UnreadablePicture."""
        looked = self._ask({"do": "facts"}, data, _received_looked)
        if looked.facts is None:
            raise looked.failure or UnreadablePicture(Reason.DAMAGED)
        return looked.facts

    def upright(self, data: bytes, *, pool: BufferPool | None = None, patient: bool = False) -> Pixels:
        """Every pixel, as `decoding.decode_upright` gives them. Raises UnreadablePicture."""
        return self._pixels({"do": "upright", "patient": patient}, data, pool or BufferPool())

    def small(self, data: bytes, long_side: int) -> Pixels:
        """The picture in a size, as `decoding.decode_small` gives it. Raises UnreadablePicture."""
        return self._pixels({"do": "small", "long_side": long_side}, data, BufferPool())

    def close(self) -> None:
        """End the processes; the next picture starts another."""
        for _ in self._workers:
            self._idle.get().end()
        for worker in self._workers:
            self._idle.put(worker)

    def stop(self) -> None:
        """End the processes at once with all they hold, as when the journal is locked; what is at hand is given up."""
        for worker in self._workers:
            worker.kill()

    def _pixels(self, wish: Wish, data: bytes, pool: BufferPool) -> Pixels:
        return self._ask(wish, data, lambda answers: _received_pixels(answers, pool))

    def _ask(self, wish: Wish, data: bytes, take: Callable[[IO[bytes]], T]) -> T:
        with self._worker() as worker:
            try:
                return worker.ask(wish, data, take)
            except UnreadablePicture:
                raise
            except (OSError, EOFError, ValueError, LookupError, TypeError) as error:
                worker.end()  # it died, was ended, or answered nonsense
                raise UnreadablePicture(Reason.UNBEARABLE) from error

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        worker = self._idle.get()
        try:
            yield worker
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, used by one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, wish: Wish, data: bytes, take: Callable[[IO[bytes]], T]) -> T:
        """What `take` reads as the answer. Raises what reading and writing pipes raises, and what `take` does."""
        process = self._running()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (both are pipes)
        limit = threading.Timer(SECONDS + SECONDS_PER_MEGABYTE * len(data) / 1e6, process.kill)
        limit.daemon = True
        limit.start()
        try:
            _send(process.stdin, json.dumps(wish).encode())
            _send(process.stdin, data)
            return take(process.stdout)
        finally:
            limit.cancel()

    def wake(self) -> None:
        """Start the process, if there is none; one that cannot be started is said when it is asked."""
        with suppress(OSError):
            self._running()

    def kill(self) -> None:
        """Let the process be gone, even while another thread waits for its answer."""
        process = self._process
        if process:
            process.kill()
            process.wait()

    def end(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    pipe.close() if pipe else None
            process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
            )
            _widen(self._process.stdout)
        return self._process


def _widen(pipe: IO[bytes] | None) -> None:
    """Let more bytes wait in a pipe than the system gives at first, where that can be asked for."""
    if pipe and sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def command() -> list[str]:
    """How the worker process is started: this program once more, asked for nothing but looking."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ARGUMENT]
    return [sys.executable, "-m", "needlejournal", ARGUMENT]


def _environment() -> dict[str, str]:
    package = str(Path(__file__).resolve().parents[3])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))}


def serve() -> int:
    """Be a worker process: answer until the other end is closed."""
    wire, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print goes elsewhere
    _limit_memory()
    while True:
        try:
            wish, data = json.loads(_received(wire, 999)), _received(wire, 1 << 33)
        except EOFError:
            return 0
        _answer(wish, data, answers)


def _answer(wish: Wish, data: bytes, answers: IO[bytes]) -> None:
    match wish:
        case {"do": "look", "now": now}:
            _send(answers, to_bytes(look(data, datetime.fromisoformat(now) if now else None)))
        case {"do": "facts"}:
            _send(answers, to_bytes(_facts(data)))
        case {"do": "upright", "patient": patient}:
            _send_pixels(answers, lambda: decode_upright(data, pool=_POOL, patient=patient))
        case {"do": "small", "long_side": long_side}:
            _send_pixels(answers, lambda: decode_small(data, long_side))


def _facts(data: bytes) -> Looked:
    try:
        return Looked(inspect(data))
    except UnreadablePicture as failure:
        return Looked(failure=failure)


def _send_pixels(answers: IO[bytes], decode: Callable[[], Pixels]) -> None:
    try:
        pixels = decode()
    except UnreadablePicture as failure:
        _send(answers, json.dumps({"failure": plain_failure(failure)}).encode())
        return
    _send(answers, json.dumps({"size": pixels.size}).encode())
    answers.write(pixels.buffer)
    answers.flush()


def _received_looked(answers: IO[bytes]) -> Looked:
    return from_bytes(_received(answers, _LARGEST_ANSWER))


def _received_pixels(answers: IO[bytes], pool: BufferPool) -> Pixels:
    """Pixels straight into a buffer of the pool. Raises UnreadablePicture, and ValueError and others for nonsense."""
    plain = json.loads(_received(answers, 999))
    if "failure" in plain:
        raise failure_from(plain["failure"]) or UnreadablePicture(Reason.DAMAGED)
    width, height = (int(side) for side in plain["size"])
    if min(width, height) < 1 or width * height > MAX_MEGAPIXELS * MEGAPIXEL:
        raise ValueError(plain)
    target = pool.take(width * height * CHANNELS)
    rest = memoryview(target.data)
    while rest:
        count = answers.readinto(rest)  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        rest = rest[count:]
    return from_array(target.reshape(height, width, CHANNELS))


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


workers = Apart(PROCESSES)
