"""A film shows all photos of a view in one place, each with its date; healing ones only when wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.store import Journal
from needlejournal.workflows.comparison.comparison_export import Stopped
from needlejournal.workflows.comparison.film import Film, FilmWish, frames, read_film, save_film
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
