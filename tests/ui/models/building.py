"""Small journals for tests of pages, pictures to put into them, and jobs that run when the test says so."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

from PIL import Image

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Photo
from needlejournal.journal.sessions import Needle, Product, Session, Severity
from needlejournal.store import create_journal
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.session import OpenJournal

NOW = datetime(2025, 5, 1, 12, tzinfo=UTC)


class ByHand:
    """An executor that runs jobs when told, those of higher priority first."""

    def __init__(self) -> None:
        self.waiting: list[tuple[int, Callable[[], None]]] = []

    def execute(self, work: Callable[[], None], priority: int) -> None:
        self.waiting.append((priority, work))

    def run_one(self) -> None:
        """Run the next job."""
        place = max(range(len(self.waiting)), key=lambda at: self.waiting[at][0])
        self.waiting.pop(place)[1]()

    def run_all(self) -> None:
        """Run jobs until none is waiting."""
        while self.waiting:
            self.run_one()

    def wait(self) -> None:
        self.waiting.clear()


def new_journal(folder: Path, executor: ByHand) -> OpenJournal:
    """An empty journal, opened on 1 May 2025."""
    journal = create_journal(folder / "test.needlejournal", "Test")
    return OpenJournal(journal, load_catalogue(paths.resources()), Jobs(executor), clock=lambda: NOW)


def add_session(opened: OpenJournal, day: date, clock: time | None = time(14, 30), **facts: object) -> Session:
    """Write a session."""
    found = opened.write("Add", lambda journal: journal.sessions.save(Session(When(day, clock), **facts)))  # type: ignore[arg-type]
    assert found is not None
    return found.value


def add_note(opened: OpenJournal, day: date, text: str, **facts: object) -> None:
    """Write a day's note."""
    opened.write("Add", lambda journal: journal.day_notes.save(DayNote(day, text, **facts)))  # type: ignore[arg-type]


def add_effect(opened: OpenJournal, day: date, symptom: str, severity: Severity) -> None:
    """Write a side effect."""
    opened.write("Add", lambda journal: journal.side_effects.save(SideEffect(day, symptom, severity)))


def picture(colour: tuple[int, int, int] = (200, 150, 120), size: tuple[int, int] = (60, 80)) -> bytes:
    """A JPEG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", quality=95)
    return file.getvalue()


def add_photo(opened: OpenJournal, day: date, view: str = "frontal", shade: int = 0, **facts: object) -> Photo:
    """Put a photo into the journal, its original included; each `shade` is another picture."""
    from needlejournal.journal.photos import Original

    source = opened.journal.folder.parent / f"{day}-{view}-{shade}.jpg"
    size = (60 + shade, 80)
    source.write_bytes(picture((200 - shade % 100, day.day * 4, hash_of(view)), size))
    staged = opened.journal.originals.stage(source, "jpeg")
    original = Original(staged.sha256, staged.stored_name, source.name, staged.size, "jpeg", *size)
    clock = facts.pop("clock", time(9, 0))
    photo = Photo(original, When(day, clock, 60), view, **facts)  # type: ignore[arg-type]
    found = opened.write("Add", lambda journal: journal.photos.save(photo))
    assert found is not None
    return found.value


def hash_of(word: str) -> int:
    """A number for a word, the same on every run."""
    return sum(word.encode()) % 200


def course(opened: OpenJournal) -> tuple[Session, Session]:
    """Two sessions with side effects, notes and photos before, on and after them."""
    needles = (Needle("cheek_inner_left", 1500), Needle("cheek_inner_right", 1500), Needle("forehead", 500))
    serum = Product("serum", "hyaluronic serum", lot="A113")
    first = add_session(
        opened, date(2025, 2, 1), setting="clinic", device="Example pen", needles=needles, products=(serum,), pain=4
    )
    second = add_session(opened, date(2025, 3, 15), setting="home", notes="Went calmly.")
    add_effect(opened, date(2025, 3, 15), "redness", Severity.SEVERE)
    add_effect(opened, date(2025, 3, 16), "redness", Severity.MODERATE)
    add_effect(opened, date(2025, 3, 16), "swelling", Severity.MILD)
    add_note(opened, date(2025, 3, 16), "Warm and tight in the morning, better after the gel.", tags=("gel",))
    for day, view in ((date(2025, 1, 25), "frontal"), (date(2025, 3, 15), "frontal"), (date(2025, 4, 20), "frontal")):
        add_photo(opened, day, view)
    add_photo(opened, date(2025, 3, 15), "oblique_left")
    return first, second
