"""A small journal of made pictures, each of one colour, opened with jobs that run when a test says so."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.imaging.reading.previews import make_previews
from needlejournal.journal.alignments import Alignment
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, create_journal, open_journal
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.models import reading_ahead
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison import aligning

COLOURS = {"1 Mar": 0xC04040, "8 Mar": 0x40C040, "11 Mar": 0x4040C0, "19 Apr": 0xC0C040, "6 Sep": 0x40C0C0}
DAYS = {
    "1 Mar": date(2025, 3, 1),
    "8 Mar": date(2025, 3, 8),
    "11 Mar": date(2025, 3, 11),
    "19 Apr": date(2025, 4, 19),
    "6 Sep": date(2025, 9, 6),
}
SIZE = (300, 400)


class ByHand:
    """Runs work when `run` is called, the most urgent first."""

    def __init__(self) -> None:
        self._work: list[tuple[int, Callable[[], None]]] = []

    def execute(self, work: Callable[[], None], priority: int) -> None:
        self._work.append((priority, work))

    def wait(self) -> None:
        self._work.clear()

    def run(self) -> None:
        """Run everything, and what that starts."""
        while self._work:
            self._work.sort(key=lambda item: -item[0])
            self._work.pop(0)[1]()


def jpeg(colour: int, size: tuple[int, int] = SIZE) -> bytes:
    """A picture of one colour with a dark top left corner."""
    image = Image.new("RGB", size, (colour >> 16, colour >> 8 & 255, colour & 255))
    image.paste((20, 20, 20), (0, 0, size[0] // 4, size[1] // 4))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def keep(journal: Journal, folder: Path, day: date, body: bytes, view: str = "frontal", zone: str = "") -> Photo:
    """Bring a photo into the journal as an import does."""
    source = folder / f"{hashlib.sha256(body).hexdigest()[:12]}.jpg"
    source.write_bytes(body)
    staged = journal.originals.stage(source, "jpeg")
    made = make_previews(body)
    journal.previews.put(staged.sha256, {"thumbnail": made.thumbnail_jpeg, "proxy": made.proxy_jpeg})
    size = Image.open(io.BytesIO(body)).size
    original = Original(staged.sha256, staged.stored_name, source.name, staged.size, "jpeg", *size)
    with journal.step("Add photo"):
        return journal.photos.save(Photo(original, When(day, time(9, 30)), view, zone, colour=made.colour))


NOW = datetime(2025, 9, 7, tzinfo=UTC)


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two journals to copy: one with sessions on 8 March and 19 April (at 11) only, one with photos on five days."""
    made = {}
    for name in ("sessions", "photos"):
        place = tmp_path_factory.mktemp(name)
        made[name] = place / "Mine.needlejournal"
        with closing(create_journal(made[name], "Mine", now=lambda: NOW)) as journal:
            with journal.step("Sessions"):
                journal.sessions.save(Session(When(date(2025, 3, 8), time(9, 0), 60)))
                journal.sessions.save(Session(When(date(2025, 4, 19), time(11, 0), 120)))
            if name == "photos":
                for name_of_day, day in DAYS.items():
                    keep(journal, place, day, jpeg(COLOURS[name_of_day]))
    return made


@pytest.fixture
def journal(request: pytest.FixtureRequest, folders: dict[str, Path], tmp_path: Path) -> Iterator[Journal]:
    """A journal of its own for each test; with photos where a test asks for them."""
    kind = "photos" if "photos" in request.fixturenames else "sessions"
    copy = shutil.copytree(folders[kind], tmp_path / "Mine.needlejournal")
    with closing(open_journal(copy, now=lambda: NOW)) as made:
        yield made


@pytest.fixture
def photos(journal: Journal) -> dict[str, Photo]:
    """The frontal photos by day, each of another colour."""
    return dict(zip(DAYS, journal.photos.all(), strict=True))


@pytest.fixture
def work() -> ByHand:
    """Runs background work when told to."""
    return ByHand()


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Alignment]:
    """What looking for an alignment finds, by method; nothing unless a test says so. There are no face models."""
    answers: dict[str, Alignment] = {}
    nothing = Alignment("none", reason=message("No face was found in one of the photos."))
    monkeypatch.setattr(aligning, "find", lambda _j, _b, _a, method="auto", zone="": answers.get(method, nothing))
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path / "models")
    monkeypatch.setattr(reading_ahead, "read_ahead", lambda _journal, _photo: False)
    return answers


@pytest.fixture
def opened(journal: Journal, work: ByHand, qtbot: QtBot) -> Iterator[OpenJournal]:
    """The journal as pages get it."""
    made = OpenJournal(journal, load_catalogue(paths.resources()), Jobs(work))
    made.clock = lambda: datetime(2025, 9, 7, 10, tzinfo=UTC)
    yield made
    made.close()


@pytest.fixture
def went() -> list[object]:
    """Where the page sent the person."""
    return []


@pytest.fixture
def page(opened: OpenJournal, photos: dict[str, Photo], went: list[object], qtbot: QtBot, work: ByHand) -> ComparePage:
    """The comparison page of the journal with five frontal photos, shown."""
    made = ComparePage(opened, went.append, Preferences())
    qtbot.addWidget(made)
    made.resize(1084, 800)
    made.show()
    work.run()
    return made
