"""A photo that is marked as mirrored leaves as on the page Compare: turned back, in films, packs and saved pairs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.reading.arrays import as_array
from needlejournal.journal.alignments import CLOSE_UP, Alignment, is_mirrored
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison import aligning
from needlejournal.workflows.comparison.film import FilmWish, frames, read_film, shots_of
from needlejournal.workflows.comparison.pair_picture import PairSide, picture_of_pair
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.progress import Unattended
from needlejournal.workflows.reporting.making import make_pdf
from needlejournal.workflows.reporting.packs import read_report
from needlejournal.workflows.reporting.wishes import FromTo, ReportWish
from needlejournal.workflows.reporting.wording import Language
from tests.workflows.reading_pdf import jpegs, needs_poppler, text_of

WIDTH, HEIGHT = 800, 600
CORNERS = [((100.0, 100.0), (WIDTH - 101.0, 100.0)), ((600.0, 500.0), (WIDTH - 601.0, 500.0))]


def two_sides(seed: int, *, mirrored: bool) -> bytes:
    """Red at the left and blue at the right; the other way about where a phone mirrored it."""
    picture = np.zeros((HEIGHT, WIDTH, 3))
    picture[:, : WIDTH // 2, 0] = picture[:, WIDTH // 2 :, 2] = 200
    picture += np.random.default_rng(seed).normal(20, 6, picture.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(picture[:, ::-1] if mirrored else picture, 0, 255).astype(np.uint8)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def pair(journal: Journal, catalogue: Catalogue, folder: Path) -> tuple[Photo, Photo]:
    """A photo, and a later one that the phone mirrored, marked so."""
    for number in range(2):
        (folder / f"{number}.jpg").write_bytes(two_sides(number, mirrored=number == 1))
    plan = look(journal, [folder], catalogue)
    keys = [item.key for item in plan.items]
    for number, key in enumerate(keys):
        plan = plan.with_day([key], date(2025, 1 + number, 10), journal.sessions.calendar())
    import_all(journal, plan.with_view(keys, "close_up", "nose").with_mirrored(keys[1:], mirrored=True))
    first, second = journal.photos.of_view("close_up", "nose")
    assert (first.mirrored, second.mirrored) == (False, True)
    return first, second


def red_at_the_left(rgb: np.ndarray) -> bool:
    """Whether the outer quarters of the photo, which begins at the top, are as they were before the phone's mirror."""
    row = rgb[rgb.shape[0] // 4].astype(int)
    left, right = row[len(row) // 8], row[-len(row) // 8]
    return bool(left[0] > left[2] + 60 and right[2] > right[0] + 60)


def keep_by_hand(journal: Journal, pair: tuple[Photo, Photo]) -> None:
    made, _ = aligning.by_hand(*pair, CORNERS)
    with journal.step("By hand"):
        aligning.keep_instead(journal, aligning.to_keep(pair[0].id, pair[1].id, made, points=CORNERS))


def unmark(journal: Journal, photo: Photo) -> None:
    with journal.step("As taken"):
        journal.photos.save(replace(photo, mirrored=False))


@pytest.mark.parametrize("aligned", [False, True])
def test_a_film_turns_a_mirrored_photo_back(
    journal: Journal, catalogue: Catalogue, pair: tuple[Photo, Photo], *, aligned: bool
) -> None:
    if aligned:
        keep_by_hand(journal, pair)
    film = read_film(journal, catalogue, journal.sessions.calendar(), pair[0].id, FilmWish())
    shots = shots_of(journal, film, Language(), Unattended())
    assert [any("mirrored back" in note.text for note in shot.notes) for shot in shots] == [False, True]
    pages = [as_array(page)[..., 2::-1] for page in frames(journal, film, Language(), Unattended())]
    assert [red_at_the_left(page) for page in pages] == [True, True]


@needs_poppler
@pytest.mark.parametrize("aligned", [False, True])
def test_a_visit_pack_turns_a_mirrored_photo_back_and_goes_by_what_was_aligned_by_hand(
    journal: Journal, catalogue: Catalogue, pair: tuple[Photo, Photo], *, aligned: bool
) -> None:
    if aligned:
        keep_by_hand(journal, pair)
    wish = ReportWish(span=FromTo(), parts=frozenset({"photos", "pairs"}))
    made = make_pdf(journal, read_report(journal, catalogue, wish, date(2025, 9, 20)), "whole")
    assert [one.aligned for one in made.report.pairs] == [aligned]
    shown = [np.asarray(Image.open(io.BytesIO(body)).convert("RGB")) for body in jpegs(made.pdf)]
    assert len(shown) >= 2
    assert all(red_at_the_left(picture) for picture in shown)
    assert "mirrored back" in text_of(made.pdf)


@pytest.mark.parametrize("aligned", [False, True])
def test_a_saved_pair_turns_a_mirrored_photo_back(
    journal: Journal, pair: tuple[Photo, Photo], *, aligned: bool
) -> None:
    if aligned:
        keep_by_hand(journal, pair)
    sides = (PairSide(journal.photo_bytes(one), one.when, mirrored=one.mirrored) for one in pair)
    kept = aligning.kept_alignment(journal, pair[0].id, pair[1].id)
    made = picture_of_pair(*sides, ExportFormat.PNG, align=aligned, kept=kept)
    assert made.aligned == aligned
    page = np.asarray(Image.open(io.BytesIO(made.data)).convert("RGB"))
    middle = page.shape[1] // 2
    assert red_at_the_left(page[:, :middle]) and red_at_the_left(page[:, middle:])


def test_what_was_made_by_hand_is_made_anew_when_a_photo_is_no_longer_marked(
    journal: Journal, pair: tuple[Photo, Photo]
) -> None:
    keep_by_hand(journal, pair)
    marked = aligning.kept_alignment(journal, pair[0].id, pair[1].id)
    assert marked and marked.matrix and is_mirrored(marked.matrix)
    unmark(journal, pair[1])
    for one, other in (pair, pair[::-1]):
        now = aligning.kept_alignment(journal, one.id, other.id)
        assert now and now.matrix and not is_mirrored(now.matrix)
    journal.history.undo()
    assert aligning.kept_alignment(journal, pair[0].id, pair[1].id) == marked


def test_what_was_confirmed_is_looked_for_anew_when_a_photo_is_no_longer_marked(
    journal: Journal, pair: tuple[Photo, Photo]
) -> None:
    found = Alignment(CLOSE_UP, ((-1.0, 0.0, WIDTH - 1.0), (0.0, 1.0, 0.0)), confident=True)
    with journal.step("Confirm"):
        aligning.keep_instead(journal, aligning.to_keep(pair[0].id, pair[1].id, found))
    assert aligning.kept_alignment(journal, pair[0].id, pair[1].id) is not None
    unmark(journal, pair[1])
    assert aligning.kept_alignment(journal, pair[0].id, pair[1].id) is None
