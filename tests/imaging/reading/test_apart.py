"""Pictures are looked at in a process of its own: what breaks it costs one picture."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from needlejournal.imaging.reading import apart
from needlejournal.imaging.reading.apart import Apart
from needlejournal.imaging.reading.decoding import decode_small, decode_upright
from needlejournal.imaging.reading.inspection import inspect
from needlejournal.imaging.reading.looking import from_bytes, look, to_bytes
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture
from tests.imaging.pools import WatchedPool

NOW = datetime(2026, 6, 1)


@pytest.fixture
def worker() -> Iterator[Apart]:
    made = Apart()
    yield made
    made.close()


def same(one: UnreadablePicture | None, other: UnreadablePicture | None) -> bool:
    return (one and (one.reason, str(one))) == (other and (other.reason, str(other)))


def test_it_finds_what_is_found_in_this_process(pictures, worker):
    exif = pictures.exif(DateTimeOriginal=b"2026:03:01 09:15:19", OffsetTimeOriginal=b"-03:30", Make=b"X", gps=True)
    dated = pictures.saved(pictures.quarters(), exif=exif)
    proposed = pictures.saved(pictures.quarters(), exif=pictures.exif(DateTimeDigitized=b"2024:05:02 10:11:12"))
    cut = pictures.saved(pictures.quarters(640, 480))[:-900]
    for data in (*pictures.every_format().values(), dated, proposed, cut, b"words", b"\xff\x0a\xfa\x1f", bytes(9)):
        here, there = look(data, NOW), worker.look(data, NOW)
        assert (there.facts, there.previews) == (here.facts, here.previews)
        assert same(there.failure, here.failure)


def test_answers_come_back_as_they_were(pictures):
    here = look(pictures.saved(pictures.quarters(640, 480))[:-900], NOW)
    assert here.previews is not None
    assert here.previews.harmed is not None
    assert from_bytes(to_bytes(here)) == here


def test_pixels_are_those_of_this_process(pictures, worker):
    for data in pictures.every_format().values():
        for there, here in (
            (worker.upright(data), decode_upright(data)),
            (worker.small(data, 40), decode_small(data, 40)),
        ):
            assert (there.size, bytes(there.buffer)) == (here.size, bytes(here.buffer))
        assert worker.facts(data) == inspect(data)


def test_pixels_come_into_a_buffer_that_was_used_before(pictures, worker):
    pool = WatchedPool()
    data = pictures.saved(pictures.quarters(640, 480))
    for _ in range(3):
        assert worker.upright(data, pool=pool).size == (640, 480)
    assert pool.held_bytes == 640 * 480 * 4


@pytest.mark.parametrize("ask", [lambda one: one.upright, lambda one: one.facts, lambda one: lambda d: one.small(d, 9)])
def test_what_cannot_be_read_says_why(worker, ask):
    with pytest.raises(UnreadablePicture) as told:
        ask(worker)(b"words")
    assert told.value.reason is Reason.NOT_A_PICTURE


def test_a_picture_that_breaks_off_is_given_as_far_as_it_goes(pictures, worker):
    cut = pictures.saved(pictures.quarters(640, 480))[:-900]
    assert worker.upright(cut, patient=True).size == (640, 480)
    with pytest.raises(UnreadablePicture):
        worker.upright(cut)


def answer(told: str) -> str:
    """What a worker plays that gives this as its answer, and dies."""
    return (
        f"sys.stdout.buffer.write(({len(told)}).to_bytes(8, 'big') + {told.encode()!r}); sys.stdout.flush(); sys.exit()"
    )


@pytest.mark.parametrize(
    "play",
    [
        "os.kill(os.getpid(), 11)",
        answer('{"size": [100, 100]}'),  # and no pixels
        answer('{"size": [1000000, 1000000]}'),
        answer('{"size": [-4, -4]}'),
        answer('{"size": 7}'),
        answer("[]"),
        answer('{"failure": ["NOT A REASON", ""]}'),
    ],
)
def test_a_crash_costs_the_pixels_of_one_picture(pictures, worker, monkeypatch, tmp_path, play):
    playing(monkeypatch, tmp_path, play)
    data = pictures.saved(pictures.quarters())
    with pytest.raises(UnreadablePicture) as told:
        worker.upright(data)
    assert told.value.reason is Reason.UNBEARABLE
    assert worker.upright(data).size == decode_upright(data).size


def test_two_pictures_are_decoded_side_by_side_and_more_wait(pictures):
    crew = Apart(2)
    data = pictures.saved(pictures.quarters())
    with ThreadPoolExecutor(4) as threads:
        sizes = {pixels.size for pixels in threads.map(crew.upright, [data] * 8)}
    crew.close()
    assert sizes == {decode_upright(data).size}


def test_stopping_ends_the_processes_even_while_a_picture_is_decoded(pictures, worker, monkeypatch, tmp_path):
    playing(monkeypatch, tmp_path, f"open({str(tmp_path / 'begun')!r}, 'w').close(); threading.Event().wait()")
    data = pictures.saved(pictures.quarters())
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(worker.upright, data)
        while not (tmp_path / "begun").exists():
            pass
        worker.stop()
        assert isinstance(waiting.exception(), UnreadablePicture)
    assert worker.upright(data).size == decode_upright(data).size


def playing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, play: str) -> None:
    """Let the worker be another program: one that plays the first time, and does as it should from then on."""
    script = tmp_path / "worker.py"
    script.write_text(
        "import os, sys, threading\n"
        f"mark = {str(tmp_path / 'been')!r}\n"
        "first = not os.path.exists(mark)\n"
        "open(mark, 'w').close()\n"
        f"if first:\n    {play}\n"
        "from needlejournal.imaging.reading import apart\n"
        "apart.serve()\n"
    )
    monkeypatch.setattr(apart, "command", lambda: [sys.executable, str(script)])


def test_a_process_that_was_woken_before_the_first_picture_reads_it(pictures, worker, monkeypatch, tmp_path):
    begun = tmp_path / "begun"
    playing(monkeypatch, tmp_path, f"open({str(begun)!r}, 'a').write('x')")
    worker.wake()
    worker.wake()
    while not begun.exists():
        pass
    monkeypatch.setattr(apart, "command", lambda: [str(tmp_path / "nothing")])
    assert worker.look(pictures.saved(pictures.quarters()), NOW).failure is None
    assert begun.read_text() == "x"


def test_waking_what_cannot_be_started_or_is_at_work_does_nothing(pictures, worker, monkeypatch, tmp_path):
    monkeypatch.setattr(apart, "command", lambda: [str(tmp_path / "nothing")])
    worker.wake()
    Apart(0).wake()
    assert worker.look(pictures.saved(pictures.quarters()), NOW).failure.reason is Reason.UNBEARABLE


@pytest.mark.parametrize(
    "play",
    [
        "os.kill(os.getpid(), 9)",
        "sys.stdout.write('nonsense, and much of it' * 9); sys.stdout.flush(); sys.exit()",
        "sys.stdout.buffer.write((9).to_bytes(8, 'big') + b'{\"a\": 1}\\n'); sys.stdout.flush(); sys.exit()",
    ],
)
def test_a_crash_costs_one_picture(pictures, worker, monkeypatch, tmp_path, play):
    playing(monkeypatch, tmp_path, play)
    data = pictures.saved(pictures.quarters())
    first = worker.look(data, NOW)
    assert first.failure is not None
    assert first.failure.reason is Reason.UNBEARABLE
    assert worker.look(data, NOW).failure is None


def test_a_picture_that_takes_too_long_is_given_up(pictures, worker, monkeypatch, tmp_path):
    playing(monkeypatch, tmp_path, "threading.Event().wait()")
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    assert worker.look(pictures.saved(pictures.quarters()), NOW).failure.reason is Reason.UNBEARABLE


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_memory_has_a_limit(pictures, worker, monkeypatch, tmp_path):
    monkeypatch.setattr(apart, "command", lambda: [sys.executable, "-c", LITTLE])
    looked = worker.look(pictures.saved(pictures.quarters(9000, 9000), "PNG"), NOW)
    assert looked.failure is not None
    assert looked.failure.reason in {Reason.NO_MEMORY, Reason.UNBEARABLE}


LITTLE = (
    "from needlejournal.imaging.reading import apart\n"
    "import resource\n"
    "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
    "apart.MOST_MEMORY = used + (150 << 20)\n"
    "apart.serve()\n"
)
