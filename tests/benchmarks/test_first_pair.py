"""How long a person waits, after 200 photos came in, until the comparison shows its first aligned pair."""

from __future__ import annotations

import io
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.store import create_journal
from needlejournal.ui.destinations import ShowPage
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.models.reading_ahead import ReadingAhead
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.photos_in.importing import import_all, look

if TYPE_CHECKING:
    from tests.benchmarks.conftest import Costs

pytestmark = pytest.mark.benchmark
COUNT = 200
# Seconds on an idle machine: what a person may wait, and what decoding both photos took there (26 November 2026).
LONGEST, DECODING = 1.5, 0.10


def two_hundred(folder: Path) -> list[Path]:
    """Photos of one face from the front, one a day, with the size and the marks of a phone's (4032 × 3024)."""
    sample = sorted((paths.resources() / "sample" / "photos").glob("*_frontal.jpg"))
    folder.mkdir()
    large = [Image.open(path).resize((3024, 4032)) for path in sample]
    files = []
    for number in range(COUNT):
        taken = datetime(2025, 1, 1, 9, tzinfo=UTC) + timedelta(days=number)
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
        out = io.BytesIO()
        large[number % len(large)].save(out, "JPEG", quality=88, exif=exif)
        files.append(folder / f"IMG_{number:04}.jpg")
        files[-1].write_bytes(out.getvalue())
    return files


def test_the_first_aligned_pair_after_two_hundred_photos(
    costs: Costs, tmp_path: Path, home: Path, qtbot: QtBot, face_models: None
) -> None:
    files = two_hundred(tmp_path / "phone")
    journal = create_journal(tmp_path / "Year.needlejournal")
    catalogue = load_catalogue(paths.resources())
    plan = look(journal, files, catalogue)
    assert len(import_all(journal, plan.with_view([item.key for item in plan.items], "frontal", "")).saved) == COUNT
    pair = [file.read_bytes() for file in (files[0], files[-1])]
    decoding = costs.wall(lambda: [decode_upright(data) for data in pair])  # before anything is read beside it
    opened = OpenJournal(journal, catalogue, Jobs(), clock=lambda: datetime(2025, 8, 1, 20, tzinfo=UTC))
    window = Workspace(opened, Preferences())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    ReadingAhead.of(opened)  # as it begins after an import: nothing is read yet
    begun = time.perf_counter()
    window.go(ShowPage("compare"))
    page = window.page("compare")
    qtbot.waitUntil(lambda: aligned(page), timeout=60_000)
    taken = time.perf_counter() - begun
    costs.ratio("first aligned pair after 200 photos / decoding both", taken, decoding, at_most=LONGEST / DECODING)
    opened.close()


def aligned(page: object) -> bool:
    pair = page.comparison.pair
    return pair is not None and page.alignments.matrix(pair[0].photo, pair[1].photo) is not None
