"""The card is printed to measure, read back from a photo, and promises no more than paper can."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from needlejournal.imaging.faces.lines import FaceLines, Line
from needlejournal.imaging.measuring.scale_card import CardReading
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison.photo_card import card_in, card_pdf, kept_card, scale_words
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.reporting.making import make_pdf
from needlejournal.workflows.reporting.packs import read_report
from needlejournal.workflows.reporting.wishes import FromTo, ReportWish
from tests.workflows.reading_pdf import needs_poppler, reader, text_of

pytestmark = needs_poppler
DPI = 150


@pytest.fixture(scope="module")
def printed() -> bytes:
    """The front of the card as a printer would print it."""
    command = ["pdftoppm", "-r", str(DPI), "-l", "1", "-jpeg", "-"]
    return subprocess.run(command, input=card_pdf("a4"), capture_output=True, check=True).stdout


@pytest.fixture
def close_up(journal: Journal, catalogue: Catalogue, folder: Path, printed: bytes) -> Photo:
    (folder / "2025-09-01.jpg").write_bytes(printed)
    plan = look(journal, [folder], catalogue)
    keys = [item.key for item in plan.items]
    plan = plan.with_view(keys, "close_up", "nose").with_day(keys, date(2025, 9, 1), journal.sessions.calendar())
    return import_all(journal, plan).saved[0][1]


def test_a_printed_card_in_a_close_up_gives_millimetres(journal: Journal, close_up: Photo) -> None:
    assert kept_card(journal, close_up) is None
    found = card_in(journal, close_up)
    assert found.mm_per_pixel == pytest.approx(25.4 / DPI, rel=0.005)
    assert kept_card(journal, close_up) == found
    assert str(scale_words(found, close_up)).startswith(
        "Photo card found: what lies in its plane is about 210 by 297 mm"
    )


def test_what_cannot_be_read_is_said_and_nothing_is_measured(close_up: Photo) -> None:
    for reason in ("few", "tilted", "bent"):
        assert "nothing is measured" in str(scale_words(CardReading(None, reason), close_up))
    assert scale_words(CardReading(None, "none"), close_up) is None


def test_the_report_says_how_wide_a_close_up_is(journal: Journal, catalogue: Catalogue, close_up: Photo) -> None:
    report = read_report(journal, catalogue, ReportWish(span=FromTo()), date(2025, 9, 20))
    assert "210 mm wide by the photo card" in text_of(make_pdf(journal, report, "whole").pdf)


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_it_has_two_pages_and_says_what_printers_cannot(paper: str, size: tuple[int, int]) -> None:
    book = reader(card_pdf(paper))
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in book.pages] == [size, size]
    words = text_of(card_pdf(paper))
    for promise in ("100 mm must be 100 mm", "no colour standard", "nothing is measured", "Hold the head like this."):
        assert promise in words, promise


def test_the_back_carries_the_pose(tmp_path: Path) -> None:
    pose = FaceLines(Line(((0.3, 0.2), (0.7, 0.2), (0.6, 0.8)), closed=True), (), 0.4, 0.5)

    def back(pdf: bytes) -> bytes:
        command = ["pdftoppm", "-r", "40", "-f", "2", "-png", "-gray", "-"]
        done = subprocess.run(command, input=pdf, capture_output=True, check=True)
        return Image.open(io.BytesIO(done.stdout)).tobytes()

    assert back(card_pdf("a4", pose, 0.75)) != back(card_pdf("a4"))
    assert back(card_pdf("a4", replace(pose, eyes=0.5), 0.75)) == back(card_pdf("a4", pose, 0.75))
