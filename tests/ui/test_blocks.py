"""How long the window does not answer: blocks are found and named, and a tour of all pages stays within bounds."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.store import create_journal
from needlejournal.ui import blocks
from needlejournal.ui.blocks import SWITCH, Block, Blocks, watch_if_asked
from needlejournal.ui.destinations import ShowPage
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.sample import make_sample
from tests.lives import mixed_year, write

PAGES = ("timeline", "photos", "effects", "progress", "plan", "report", "compare", "settings", "trash", "help")
# So many times what sorting 20,000 pairs in Python takes (9 ms on an idle machine of the day): a page opens at once.
LONGEST_OPENING = 20


def busy(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def turn(steps: list[Callable[[], object]]) -> None:
    """Take the steps one by one, each in a turn of the event loop of its own."""
    loop = QEventLoop()
    rest = iter(steps)

    def take() -> None:
        step = next(rest, None)
        if step is None:
            loop.quit()
            return
        step()
        QTimer.singleShot(30, take)

    QTimer.singleShot(0, take)
    loop.exec()


@pytest.fixture
def found() -> Iterator[list[Block]]:
    seen: list[Block] = []
    watching = Blocks(0.05)
    watching.found.connect(seen.append)
    yield seen
    watching.stop()


def test_a_block_is_found_with_the_function_that_caused_it(qtbot: QtBot, found: list[Block]) -> None:
    turn([lambda: busy(0.12), lambda: busy(0.0)])
    (block,) = [block for block in found if "busy" in block.where]
    assert block.seconds >= 0.05
    assert "test_blocks.py" in block.where
    assert str(block).startswith("The window did not answer for ")


def test_short_turns_are_no_block(qtbot: QtBot, found: list[Block]) -> None:
    turn([lambda: busy(0.002)] * 5)
    assert [block for block in found if "busy" in block.where and block.seconds - block.waited >= 0.05] == []


def test_waiting_for_a_processor_is_said_apart() -> None:
    assert str(Block(0.5, "page", 0.3)) == "The window did not answer for 500 ms, 300 of them for a processor: page"
    assert str(Block(0.5, "page")) == "The window did not answer for 500 ms: page"


def test_the_switch_prints_them(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert watch_if_asked() is None
    monkeypatch.setenv(SWITCH, "50")
    watching = watch_if_asked()
    assert watching is not None
    turn([lambda: busy(0.1), lambda: busy(0.0)])
    watching.stop()
    assert "did not answer" in capsys.readouterr().err


def test_watching_ends_whenever_it_is_stopped(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "EVERY", 2e-4)
    assert all(ends_after(turns, Blocks(0.05)) for turns in range(400))


def test_watching_ends_without_a_word_when_all_of_qt_is_taken_down(qtbot: QtBot) -> None:
    """As when the display is gone, or the program ends by itself: nobody calls `stop` then."""
    before = set(threading.enumerate())
    watching = Blocks(0.05)
    (knocking,) = set(threading.enumerate()) - before
    delete(watching)
    knocking.join(60)  # an error of it would be a warning here
    assert not knocking.is_alive()


def ends_after(turns: int, watching: Blocks) -> bool:
    """Stop it from a thread of its own after some knocks, so that one that hangs fails the test and no more."""
    for _ in range(turns):
        QCoreApplication.processEvents()
    stopping = threading.Thread(target=watching.stop, daemon=True)
    usual = sys.getswitchinterval()
    stopping.start()
    sys.setswitchinterval(1e-6)  # not before: what measures coverage cannot bear threads that start so
    stopping.join(60)
    sys.setswitchinterval(usual)
    return not stopping.is_alive()


def sample(folder: Path) -> OpenJournal:
    now = datetime(2025, 9, 10, 20, tzinfo=UTC)
    return OpenJournal(make_sample(folder), load_catalogue(paths.resources()), Jobs(), clock=lambda: now)


def five_years(folder: Path) -> OpenJournal:
    journal = create_journal(folder)
    for year in range(5):
        write(journal, mixed_year().later(364 * year))
    now = datetime(2029, 12, 20, 20, tzinfo=UTC)
    return OpenJournal(journal, load_catalogue(paths.resources()), Jobs(), clock=lambda: now)


def reference() -> float:
    """Seconds of processor that a known piece of work takes here and now."""

    def once() -> float:
        start = time.thread_time()
        sorted((number * 7919 % 10007, str(number)) for number in range(20_000))
        return time.thread_time() - start

    return min(once() for _ in range(5))


def longest_block(opened: OpenJournal, found: list[Block], qtbot: QtBot) -> float:
    """Go to each page twice in a window of its own: the longest time without an answer, by the reference."""
    workspace = Workspace(opened, Preferences())
    workspace.resize(1280, 800)
    workspace.show()
    before = reference()
    turn([found.clear, *(lambda page=page: workspace.go(ShowPage(page)) for page in PAGES * 2)])
    workspace.leave()
    workspace.hide()
    workspace.deleteLater()
    sys.stdout.write("\n".join(str(block) for block in found) + "\n")  # seen with -s, and where it fails
    return max((block.seconds - block.waited for block in found), default=0.0) / max(before, reference())


@pytest.mark.parametrize("journal", [sample, five_years])
def test_a_tour_of_all_pages_never_blocks_long(
    journal: Callable[[Path], OpenJournal], found: list[Block], tmp_path: Path, home: Path, qtbot: QtBot
) -> None:
    """What blocks does so each time; what another program did to this one does not."""
    opened = journal(tmp_path / "Tour.needlejournal")
    tours = (longest_block(opened, found, qtbot) for _ in range(3))
    try:
        assert any(longest <= LONGEST_OPENING for longest in tours)
    finally:
        opened.close()
