"""A film shows all photos of a view in one place, each with its date; healing ones only when wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from PIL import Image

from needlejournal.imaging.composing import pictures
from needlejournal.imaging.composing.panels import PanelSheet
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Photo
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal
from needlejournal.workflows.comparison.comparison_export import Stopped
from needlejournal.workflows.comparison.film import Film, FilmWish, frames, read_film, save_film, shots_of
from needlejournal.workflows.progress import Unattended
from needlejournal.workflows.reporting.wording import Language
from needlejournal.workflows.sample import make_sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    made = make_sample(tmp_path_factory.mktemp("sample") / "Sample.needlejournal")
    yield made
    made.close()


def film_of(sample: Journal, catalogue: Catalogue, view: str, zone: str = "", *, healing: bool = False) -> Film:
    first = sample.photos.of_view(view, zone)[0]
    return read_film(sample, catalogue, sample.sessions.calendar(), first.id, FilmWish(healing=healing))


def test_healing_photos_are_left_out_unless_wanted(sample: Journal, catalogue: Catalogue) -> None:
    calm = film_of(sample, catalogue, "frontal")
    assert [photo.healing for photo in calm.photos] == [False] * 5
    assert len(film_of(sample, catalogue, "frontal", healing=True).photos) == 9
    assert str(calm.title) == "From the front (frontal)"
    assert [str(detail) for detail in calm.details][:2] == ["before session 1", "day 42 after session 1"]


def test_every_frame_has_one_size_and_the_file_moves(sample: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    film = film_of(sample, catalogue, "oblique_right")
    save_film(sample, film, FilmWish("webp", 0.5), tmp_path / "film.webp", Language(), Unattended())
    with Image.open(tmp_path / "film.webp") as moving:
        assert moving.n_frames == len(film.photos)
        assert not set(moving.info) & {"exif", "xmp", "icc_profile"}
    assert {page.size for page in frames(sample, film, Language(), Unattended())} == {moving.size}


def test_as_pictures_in_a_new_folder(sample: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    film = film_of(sample, catalogue, "oblique_right")
    save_film(sample, film, FilmWish("png"), tmp_path / "film", Language(), Unattended())
    names = sorted(path.name for path in (tmp_path / "film").iterdir())
    assert names == [f"{number + 1:03}.png" for number in range(len(film.photos))]
    with pytest.raises(WorldError, match="there already"):
        save_film(sample, film, FilmWish("png"), tmp_path / "film", Language(), Unattended())


def test_one_photo_makes_no_film(sample: Journal, catalogue: Catalogue, journal: Journal) -> None:
    photo = sample.photos.of_view("oblique_left")[0]
    with pytest.raises(WorldError):
        read_film(journal, catalogue, journal.sessions.calendar(), photo.id, FilmWish())
    with sample.step("hide all but one"):
        others = sample.photos.of_view("oblique_right")[1:]
        for other in others:
            sample.photos.trash(other.id)
    with pytest.raises(BadInput, match="two photos of this view"):
        film_of(sample, catalogue, "oblique_right")
    sample.history.undo()


def test_it_stops_when_asked_to_and_writes_nothing(sample: Journal, catalogue: Catalogue, tmp_path: Path) -> None:
    class Stop(Unattended):
        cancelled = True

    with pytest.raises(Stopped):
        save_film(
            sample, film_of(sample, catalogue, "oblique_right"), FilmWish(), tmp_path / "f.webp", Language(), Stop()
        )
    assert list(tmp_path.iterdir()) == []


def lose(journal: Journal, photo: Photo) -> None:
    """Its file and its small copies."""
    journal.originals.remove(photo.original.stored_name)
    journal.previews.forget(photo.original.sha256)


def film_from(journal: Journal, catalogue: Catalogue, photo: Photo, *, healing: bool = False) -> Film:
    return read_film(journal, catalogue, journal.sessions.calendar(), photo.id, FilmWish(healing=healing))


def said(journal: Journal, film: Film) -> list[str]:
    shots = shots_of(journal, film, Language(), Unattended())
    return [f"{shot.panel.heading} | " + " | ".join(note.text for note in shot.notes) for shot in shots]


def test_a_photo_that_cannot_be_read_is_left_out_and_its_day_told_on_the_first_page(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo]
) -> None:
    lose(journal, close_ups[1])
    first, last = said(journal, film_from(journal, catalogue, close_ups[0]))
    assert first.startswith("10 January 2025") and last.startswith("10 March 2025")
    assert first.endswith("Not in this film, as they cannot be read: 10 February 2025")


def test_without_its_first_photo_a_film_begins_with_the_next(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo]
) -> None:
    lose(journal, close_ups[0])
    first, last = said(journal, film_from(journal, catalogue, close_ups[0]))
    assert first.startswith("10 February 2025 | The photos that follow are compared with this one.")
    assert "10 January 2025" in first
    assert "Beside the first photo" in last


def test_where_fewer_than_two_can_be_read_there_is_no_film(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo]
) -> None:
    lose(journal, close_ups[0])
    lose(journal, close_ups[2])
    with pytest.raises(BadInput, match="fewer can be read"):
        said(journal, film_from(journal, catalogue, close_ups[0]))


def test_a_photo_that_is_not_aligned_says_so_also_where_it_shows_healing(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo]
) -> None:
    with journal.step("Session"):
        journal.sessions.save(Session(When(date(2025, 2, 9), time(9, 0)), "microneedling"))
    shots = shots_of(journal, film_from(journal, catalogue, close_ups[0], healing=True), Language(), Unattended())
    assert ["Healing" in shot.panel.badge for shot in shots] == [False, True, False]
    told = [any("as taken, not aligned" in note.text for note in shot.notes) for shot in shots]
    assert told == [False, True, True]


def test_a_photo_that_may_still_be_healing_says_so(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo]
) -> None:
    with journal.step("Session"):
        journal.sessions.save(Session(When(date(2025, 2, 9), time(9, 0)), "something of my own"))
    film = film_from(journal, catalogue, close_ups[0], healing=True)
    assert film.photos[1].healing is None
    shots = shots_of(journal, film, Language(), Unattended())
    assert shots[1].panel.badge == "May still be healing after session 1"


def test_nothing_is_called_aligned_in_a_film_in_which_nothing_is(
    journal: Journal, catalogue: Catalogue, close_ups: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = []
    compose = pictures.compose_film

    def noted(panels: object, notes: object, sheet: PanelSheet) -> object:
        sheets.append(sheet)
        return compose(panels, notes, sheet)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "compose_film", noted)
    film = film_from(journal, catalogue, close_ups[0])
    frames(journal, film, Language(), Unattended())
    frames(journal, replace(film, kept=(None, ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)), None)), Language(), Unattended())
    assert [bool(sheet.labels) for sheet in sheets] == [False, True]
