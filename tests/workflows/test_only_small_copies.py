"""A photo of which only the kept small copy can be read says so wherever it leaves the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison.film import FilmWish, read_film, shots_of
from needlejournal.workflows.photos_in.previewing import why_only_small
from needlejournal.workflows.progress import Unattended
from needlejournal.workflows.reporting.making import make_pdf
from needlejournal.workflows.reporting.packs import read_report
from needlejournal.workflows.reporting.wishes import FromTo, ReportWish
from needlejournal.workflows.reporting.wording import Language
from tests.cli.commands import Commands
from tests.workflows.reading_pdf import needs_poppler, text_of

SMALL = "only a small copy, as the original cannot be read"


def gone(path: Path) -> None:
    path.unlink()


def rotted(path: Path) -> None:
    path.write_bytes(bytes(byte ^ (place == 100) for place, byte in enumerate(path.read_bytes())))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-700])


HARM = pytest.mark.parametrize("harm", [gone, rotted, cut])
Harm = Callable[[Path], None]


@HARM
def test_a_film_says_it_below_the_photo(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo], harm: Harm
) -> None:
    harm(journal.originals.path(close_ups[1].original.stored_name))
    film = read_film(journal, catalogue, journal.sessions.calendar(), close_ups[0].id, FilmWish())
    shots = shots_of(journal, film, Language(), Unattended())
    assert [any(SMALL in note.text for note in shot.notes) for shot in shots] == [False, True, False]


@needs_poppler
@HARM
@pytest.mark.parametrize("kind", ["visit", "reaction"])
def test_a_pack_and_the_report_of_a_reaction_say_it_beside_the_photo(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo], harm: Harm, kind: str
) -> None:
    harm(journal.originals.path(close_ups[1].original.stored_name))
    wish = ReportWish(kind, FromTo(date(2025, 1, 1)), frozenset({"photos"}))
    made = make_pdf(journal, read_report(journal, catalogue, wish, date(2025, 9, 20)), "whole")
    (series,) = made.report.series
    assert [SMALL in str(shot.detail) for shot in series.shots] == [False, True, False]
    assert " ".join(text_of(made.pdf).split()).count(SMALL) == 1


@needs_poppler
@HARM
def test_the_pair_of_a_pack_says_it(journal: Journal, catalogue: Catalogue, close_ups: list[Photo], harm: Harm) -> None:
    harm(journal.originals.path(close_ups[2].original.stored_name))
    wish = ReportWish(span=FromTo(), parts=frozenset({"pairs"}))
    made = make_pdf(journal, read_report(journal, catalogue, wish, date(2025, 9, 20)), "whole")
    assert [(str(pair.before.detail), str(pair.after.detail)) for pair in made.report.pairs] == [("", SMALL)]
    assert SMALL in " ".join(text_of(made.pdf).split())


@HARM
def test_what_is_mirrored_too_is_told_of_both(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo], harm: Harm
) -> None:
    with journal.step("Mirrored"):
        journal.photos.save(replace(close_ups[1], mirrored=True))
    harm(journal.originals.path(close_ups[1].original.stored_name))
    film = read_film(journal, catalogue, journal.sessions.calendar(), close_ups[0].id, FilmWish())
    said = shots_of(journal, film, Language(), Unattended())[1].notes[0].text
    assert said.startswith(f"This photo: mirrored back, {SMALL}")


def test_a_photo_whose_original_is_as_it_was_saved_says_nothing(journal: Journal, close_ups: list[Photo]) -> None:
    assert [why_only_small(journal, photo) for photo in close_ups] == [None] * 3


@needs_poppler
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_pack_shows_another_pair_where_a_photo_of_the_fairest_cannot_be_read(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo], which: int
) -> None:
    journal.originals.remove(close_ups[which].original.stored_name)
    journal.previews.forget(close_ups[which].original.sha256)
    wish = ReportWish(span=FromTo(), parts=frozenset({"pairs"}))
    made = make_pdf(journal, read_report(journal, catalogue, wish, date(2025, 9, 20)), "whole")
    (pair,) = made.report.pairs
    left = [photo.id for photo in close_ups if photo is not close_ups[which]]
    assert [shot.photo.id for shot in (pair.before, pair.after) if shot.photo] == left


@HARM
@pytest.mark.parametrize("command", ["align", "compare"])
def test_the_command_line_refuses_a_photo_whose_original_is_lost(
    journal: Journal,
    close_ups: list[Photo],
    harm: Harm,
    command: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    harm(journal.originals.path(close_ups[1].original.stored_name))
    journal.close()
    run = Commands(capsys, command, "--journal", str(journal.folder))
    run(close_ups[0].id, close_ups[1].id, *(["-o", tmp_path / "pair.png"] if command == "compare" else ["--json"]))
    assert run.code
    assert "original" in run.err
    assert run.out == ""
    assert not (tmp_path / "pair.png").exists()
