"""How costs grow with the journal: a write, an undo and each page at 50, 500 and 5,000 sessions, and at 300, 3,000 and
30,000 photos, in one process.
"""

from __future__ import annotations

import io
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import THUMBNAIL, Journal, create_journal
from needlejournal.ui import warming
from needlejournal.ui.destinations import ShowPage
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.workspace import Workspace

if TYPE_CHECKING:
    from tests.benchmarks.conftest import Costs

pytestmark = pytest.mark.benchmark
SIZES, PHOTOS = (50, 500, 5_000), (300, 3_000, 30_000)
WARM_UP = 10  # a small journal before them, not noted: it pays for loading the pages
# What the GUI thread may take on an idle machine, where the reference (one pixmap drawn) takes PIXMAP_MS.
WRITE_MS, OPENED_MS, AGAIN_MS, PIXMAP_MS = 16, 100, 30, 1.7
APART, TODAY = 7, date(2026, 3, 1)  # days between sessions of a home roller
PAGES = ("timeline", "photos", "compare", "effects", "progress", "plan", "settings", "trash")
VIEWS = ("frontal", "oblique_left", "oblique_right", "lateral_left", "close_up")
COURSE = ((0, 3), (1, 2), (2, 1), (3, 0))


class Paints(QObject):
    """Counts how often a widget is painted, until `end`."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.seen = 0
        self._watched = watched
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() == QEvent.Type.Paint
        return False

    def end(self) -> None:
        self._watched.removeEventFilter(self)


@contextmanager
def roller_for_years(folder: Path, sessions: int) -> Iterator[OpenJournal]:
    """So many weekly sessions up to today, redness and a note after each."""
    journal = create_journal(folder / f"{sessions}.needlejournal")
    with journal.step("Fill"):
        for number in range(sessions):
            first = TODAY - timedelta(days=APART * (sessions - number) - 4)
            journal.sessions.save(Session(When(first), treatment="microneedling", setting="home"))
            for day, severity in COURSE:
                journal.side_effects.save(SideEffect(first + timedelta(days=day), "redness", Severity(severity)))
            journal.day_notes.save(DayNote(first + timedelta(days=4), "calm again"))
    yield from shown(journal)


@contextmanager
def photographed_for_years(folder: Path, photos: int) -> Iterator[OpenJournal]:
    """Fifty sessions, and so many photos of five views from the first of them on, with their thumbnails."""
    journal = create_journal(folder / f"{photos} photos.needlejournal")
    grey = io.BytesIO()
    Image.new("RGB", (384, 512), "grey").save(grey, "JPEG")
    with journal.step("Fill"):
        for number in range(SIZES[0]):
            day = TODAY - timedelta(days=28 * (SIZES[0] - number) - 4)
            journal.sessions.save(Session(When(day), treatment="microneedling"))
        for number in range(photos):
            day = TODAY - timedelta(days=28 * SIZES[0] * (photos - 1 - number // 5 * 5) // photos)
            name = f"{number:064x}"
            original = Original(name, f"{name[:2]}/{name}", f"IMG_{number}.jpg", 1, "jpeg", 3000, 4000)
            journal.photos.save(Photo(original, When(day, clock_time(9, number % 5)), VIEWS[number % 5]))
            journal.previews.put(name, {THUMBNAIL: grey.getvalue()})
    yield from shown(journal)


def shown(journal: Journal) -> Iterator[OpenJournal]:
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 20, tzinfo=UTC)
    opened = OpenJournal(journal, load_catalogue(paths.resources()), Jobs(), clock=lambda: now)
    yield opened
    opened.close()


def on_the_gui_thread(work: Callable[[], object]) -> float:
    """CPU seconds of this thread until nothing is left to do."""
    begun = time.thread_time()
    work()
    for _ in range(4):
        QApplication.processEvents()
    return time.thread_time() - begun


def measured(life: AbstractContextManager[OpenJournal], qtbot: QtBot) -> dict[str, float]:
    """Seconds of the GUI thread: each page opened first and again, a severity written, and taken back."""
    found: dict[str, float] = {}
    warming.load()  # as it is soon after the start: before that, a page of pictures waits for it
    with life as opened:
        window = Workspace(opened, Preferences())
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)

        def rest() -> None:
            qtbot.waitUntil(lambda: not opened.jobs.busy, timeout=60_000)

        def turn(page: str) -> float:
            taken = on_the_gui_thread(lambda: window.go(ShowPage(page)))
            assert window.current() == page
            rest()
            return taken

        for page in PAGES[1:]:
            found[f"{page}, first"] = turn(page)
        for page in (*PAGES[1:], PAGES[0]):
            paints = Paints(window.page(page))
            turn(page)
            assert paints.seen, page  # what is measured holds its painting, as on a screen
            paints.end()
        rounds = [{page: turn(page) for page in (*PAGES[1:], PAGES[0])} for _ in range(3)]
        found |= {f"{page}, again": median(one[page] for one in rounds) for page in PAGES}
        severities = cycle((Severity(2), Severity(1)))

        def write() -> None:
            effect = SideEffect(TODAY, "itching", next(severities))
            opened.write("Write a severity", lambda journal: journal.side_effects.save(effect))

        def take_back() -> None:
            opened.undo()

        writes, undos = [], []
        for _ in range(7):
            writes.append(on_the_gui_thread(write))
            rest()
            undos.append(on_the_gui_thread(take_back))
            rest()
        found |= {"a severity written": median(writes), "undo": median(undos)}
        window.leave()
    return found


def exponent(sizes: Sequence[int], times: list[float]) -> float:
    """Of the power of the size that fits best: 0 is no growth, 1 grows with it."""
    xs, ys = [math.log(size) for size in sizes], [math.log(value) for value in times]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)


def test_costs_hardly_grow_with_the_journal(costs: Costs, tmp_path: Path, home: Path, qtbot: QtBot) -> None:
    sizes = [measured(roller_for_years(tmp_path, sessions), qtbot) for sessions in (WARM_UP, *SIZES)][1:]
    least, middle, most = sizes
    note_growth(costs, "", SIZES, sizes)
    for what in ("a severity written", "undo"):
        costs.ratio(f"{what}: 5,000 sessions / 50", most[what], least[what], at_most=1.5)
        costs.frame(f"{what}, 5,000 sessions", most[what], at_most=WRITE_MS / PIXMAP_MS)
    for what in (name for name in middle if ", " in name):
        limit = OPENED_MS if what.endswith("first") else AGAIN_MS
        costs.frame(f"{what}, 500 sessions", middle[what], at_most=limit / PIXMAP_MS)


def test_costs_hardly_grow_with_the_photos(
    costs: Costs, tmp_path: Path, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("needlejournal.ui.models.reading_ahead.read_ahead", lambda _journal, _photo: False)
    sizes = [measured(photographed_for_years(tmp_path, photos), qtbot) for photos in (WARM_UP, *PHOTOS)][1:]
    note_growth(costs, "photos: ", PHOTOS, sizes)


def note_growth(costs: Costs, of: str, sizes: Sequence[int], found: Sequence[dict[str, float]]) -> None:
    """Note the exponent of each thing that was measured at these sizes."""
    for what in found[0]:
        times = [one[what] for one in found]
        figures = " / ".join(f"{value * 1000:.0f}" for value in times)
        costs.at_most(f"{of}{what}: growth ({figures} ms)", exponent(sizes, times), 1.1, "exp")
