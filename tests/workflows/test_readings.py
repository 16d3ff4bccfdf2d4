"""What is seen and measured in photos is read once and kept; pairs are aligned and matched from it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from needlejournal import paths
from needlejournal.imaging.aligning import automatic as imaging_aligning
from needlejournal.imaging.aligning.alignment import at_most
from needlejournal.imaging.composing.colour import NoColourMatch
from needlejournal.imaging.composing.region import Region
from needlejournal.imaging.faces import face_reading, landmarks, models
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.models import ModelsMissing
from needlejournal.journal.alignments import Alignment, is_mirrored
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.comparing.photo_facts import MATCHES
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.store import PROXY, Journal, open_journal
from needlejournal.workflows.comparison import aligning, colour_match, readings
from needlejournal.workflows.comparison.pair_report import report_of_photos

SIZE = (240, 320)
SKIN = Region(0.3, 0.3, 0.4, 0.4)


def skin(seed: int, tint: tuple[int, int, int] = (190, 140, 120)) -> bytes:
    noise = np.random.default_rng(seed).normal(0, 12, (SIZE[1], SIZE[0], 3))
    out = io.BytesIO()
    Image.fromarray(np.clip(noise + tint, 0, 245).astype(np.uint8)).save(out, "JPEG", quality=95)
    return out.getvalue()


def keep(journal: Journal, folder: Path, day: date, body: bytes) -> Photo:
    source = folder / f"{day}.jpg"
    source.write_bytes(body)
    staged = journal.originals.stage(source, "jpeg")
    original = Original(staged.sha256, staged.stored_name, source.name, staged.size, "jpeg", *SIZE)
    with journal.step("Add photo"):
        return journal.photos.save(Photo(original, When(day), "close_up"))


@pytest.fixture
def pair(journal: Journal, folder: Path) -> tuple[Photo, Photo]:
    """Two photos of skin, the second in warmer light."""
    return (
        keep(journal, folder, date(2025, 3, 1), skin(1)),
        keep(journal, folder, date(2025, 9, 6), skin(2, (210, 140, 100))),
    )


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The face models are missing."""
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path / "nowhere")


@pytest.fixture
def one_face(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every photo is read the same; gives a line for each time the models were asked."""
    asked: list[str] = []

    def read(_seen: object, _models: object) -> FaceReading:
        asked.append("read")
        return FaceReading(*SIZE, 0.9, yaw=4.0, problem="two-faces")

    monkeypatch.setattr(models, "load_models", lambda _folder=None: None)
    monkeypatch.setattr(landmarks, "read_face", read)
    return asked


def test_a_face_is_read_once_and_kept(journal: Journal, pair: tuple[Photo, Photo], one_face: list[str]) -> None:
    assert readings.kept_face(journal, pair[0]) is None
    first = readings.face_of(journal, pair[0])
    assert first is not None and first.yaw == 4.0
    assert readings.face_of(journal, pair[0]) == first
    assert one_face == ["read"]


def test_without_models_there_is_no_face_and_no_error(
    journal: Journal, pair: tuple[Photo, Photo], no_models: None
) -> None:
    assert readings.face_of(journal, pair[0]) is None


def test_a_kept_reading_that_makes_no_sense_is_read_anew(
    journal: Journal, pair: tuple[Photo, Photo], one_face: list[str]
) -> None:
    sha256 = pair[0].original.sha256
    journal.previews.put_reading(sha256, readings.FACE, face_reading.VERSION, '{"version": 0}')
    journal.previews.put_reading(sha256, readings.MEASURES, readings.MEASURES_VERSION, "[]")
    assert readings.kept_face(journal, pair[0]) is None
    assert readings.kept_measures(journal, pair[0]) is None
    assert readings.face_of(journal, pair[0]) is not None
    assert one_face == ["read"]


def test_reading_ahead_leaves_nothing_to_be_done(
    journal: Journal, pair: tuple[Photo, Photo], one_face: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from needlejournal.imaging.measuring import light
    from needlejournal.journal.comparing.measures import PhotoMeasures

    monkeypatch.setattr(light, "measure_photo", lambda _seen, _face: PhotoMeasures(sharpness=1.5))
    assert readings.read_ahead(journal, pair[0])
    assert not readings.read_ahead(journal, pair[0])
    kept = readings.kept_measures(journal, pair[0])
    assert kept is not None and kept.sharpness == 1.5


def test_a_photo_whose_original_is_lost_is_measured_in_its_small_copy_and_the_rest_once_it_is_back(
    journal: Journal, pair: tuple[Photo, Photo], one_face: list[str]
) -> None:
    photo = pair[0]
    journal.previews.put(photo.original.sha256, {PROXY: skin(1)})
    place = journal.originals.path(photo.original.stored_name)
    body = place.read_bytes()
    place.unlink()
    assert readings.read_ahead(journal, photo)
    lost = readings.kept_measures(journal, photo)
    assert lost and lost.skin is not None and lost.jpeg_step is None
    assert not readings.read_ahead(journal, photo)
    place.write_bytes(body)
    assert readings.read_ahead(journal, photo)
    whole = readings.kept_measures(journal, photo)
    assert whole and whole.jpeg_step is not None and replace(whole, jpeg_step=None) == lost
    assert not readings.read_ahead(journal, photo)


def test_the_proxy_is_looked_at_in_the_frame_of_the_photo(journal: Journal, pair: tuple[Photo, Photo]) -> None:
    small = io.BytesIO()
    Image.new("RGB", (120, 160), (10, 20, 30)).save(small, "JPEG")
    journal.previews.put(pair[0].original.sha256, {PROXY: small.getvalue()})
    seen = readings.sight_of(journal, pair[0])
    assert (seen.width, seen.height) == SIZE
    assert seen.bgr.shape[:2] == (160, 120)


def test_an_alignment_is_found_once_and_read_back_as_it_was(
    journal: Journal, pair: tuple[Photo, Photo], one_face: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []

    def align(*_sights: object, **wanted: object) -> Alignment:
        calls.append(wanted["zone"])
        gates = (at_most("pose difference", 3.0, 12.0, "°"),)
        return Alignment("face", ((1.0, 0.0, 5.0), (0.0, 1.0, 6.0)), {}, 0.8, True, message("Aligned."), gates)

    monkeypatch.setattr(imaging_aligning, "align", align)
    first = aligning.find(journal, *pair)
    assert first.matrix == ((1.0, 0.0, 5.0), (0.0, 1.0, 6.0)) and first.gates[0].name == "pose difference"
    assert aligning.find(journal, *pair) == first
    assert calls == [None]
    aligning.find(journal, *pair, method="face", zone="nose")
    assert calls == [None, "nose"]


@pytest.fixture
def selfies(journal: Journal, folder: Path) -> tuple[Photo, Photo]:
    """Two photos of one face, the second mirrored as a front camera may do it; nobody has marked it."""
    from tests.imaging.accuracy.test_flattery import AFTER, BEFORE, saved
    from tests.imaging.aligning.test_aligning import picture

    bodies = saved(picture(BEFORE)), saved(np.ascontiguousarray(picture(AFTER)[:, ::-1]))
    kept = [keep(journal, folder, date(2025, 10, day), body) for day, body in enumerate(bodies, 1)]
    height, width = picture(AFTER).shape[:2]
    sized = [replace(one, view="frontal", original=replace(one.original, width=width, height=height)) for one in kept]
    with journal.step("Size"):
        return journal.photos.save(sized[0]), journal.photos.save(sized[1])


def test_a_photo_marked_as_mirrored_is_aligned_by_its_mirror_image(
    journal: Journal, selfies: tuple[Photo, Photo]
) -> None:
    before, after = selfies
    seen = aligning.find(journal, before, after)
    assert not seen.confident
    assert "Switch “mirrored” on" in str(seen.reason)
    marked = replace(after, mirrored=True)
    found = aligning.find(journal, before, marked)
    assert found.confident and found.matrix is not None and is_mirrored(found.matrix)
    assert found.zones and all(is_mirrored(matrix) for matrix in found.zones.values())
    assert aligning.found_before(journal, before, after) == seen
    assert aligning.found_before(journal, before, marked) == found
    assert aligning.found_before(journal, replace(before, mirrored=True), after) == found
    assert aligning.found_before(journal, replace(before, mirrored=True), marked) == seen


def test_a_report_of_photos_heeds_the_mark_too(
    journal: Journal, catalogue: Catalogue, selfies: tuple[Photo, Photo]
) -> None:
    with journal.step("Mark"):
        journal.photos.save(replace(selfies[1], mirrored=True))
    report = report_of_photos(journal, catalogue, (selfies[0].id, selfies[1].id))
    assert report.alignment.confident
    (mirroring,) = (one for one in report.comparability.items if one.item == "mirrored")
    assert (mirroring.answer, "turned back" in str(mirroring.sentence)) == (MATCHES, True)


def test_a_wrong_mark_is_named_and_not_asked_for_again(journal: Journal, selfies: tuple[Photo, Photo]) -> None:
    before, _ = selfies
    wrongly = replace(before, id=before.id + 10, mirrored=True, original=replace(before.original, sha256="0" * 64))
    journal.previews.put(wrongly.original.sha256, {PROXY: journal.photo_bytes(before)})
    found = aligning.find(journal, before, wrongly)
    assert not found.confident
    assert "Choose “As taken” for it" in str(found.reason)


def test_points_on_a_mirrored_photo_fit_as_well_as_on_the_photo_itself(pair: tuple[Photo, Photo]) -> None:
    before, after = pair
    places = ((40.0, 50.0), (200.0, 60.0), (120.0, 280.0))
    points = [(place, (SIZE[0] - 1 - place[0], place[1])) for place in places]
    as_taken, apart = aligning.by_hand(before, after, points)
    found, missed = aligning.by_hand(before, replace(after, mirrored=True), points)
    assert max(missed) < 1e-6
    assert max(apart) > 20
    assert found.matrix is not None and is_mirrored(found.matrix)
    assert as_taken.matrix is not None and not is_mirrored(as_taken.matrix)


def test_a_refusal_has_no_matrix_and_keeps_its_reason(
    journal: Journal, pair: tuple[Photo, Photo], one_face: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imaging_aligning, "align", lambda *_, **__: Alignment("none", reason=message("No face.")))
    for _ in range(2):
        found = aligning.find(journal, *pair)
        assert (found.matrix, found.confident, str(found.reason)) == (None, False, "No face.")


def test_without_models_nothing_is_kept_so_that_they_are_used_once_there(
    journal: Journal, pair: tuple[Photo, Photo], no_models: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(
        [Alignment("none", reason=ModelsMissing("Missing.").message), Alignment("none", reason=message("2"))]
    )
    monkeypatch.setattr(imaging_aligning, "align", lambda *_, **__: next(answers))
    assert str(aligning.find(journal, *pair).reason) == "Missing."
    assert str(aligning.find(journal, *pair).reason) == "2"


def test_colours_are_matched_on_marked_skin_and_what_was_measured_is_kept(
    journal: Journal, pair: tuple[Photo, Photo]
) -> None:
    found = colour_match.match(journal, pair[0], SKIN, pair[1], SKIN)
    tables = found.tables
    assert len(tables) == 768 and found.warning is None
    blue, green, red = (tables[3 * 128 + channel] for channel in range(3))
    assert blue > 128 > red and green == pytest.approx(128, abs=3)
    for photo in pair:
        kept = readings.kept_measures(journal, photo)
        assert kept is not None and kept.untreated is not None


EDGE, FRONT = Region(0.26, 0.52, 0.05, 0.05), Region(0.45, 0.33, 0.1, 0.05)


@pytest.mark.parametrize(("lamp", "region", "warned"), [(0.9, EDGE, True), (0.9, FRONT, False), (0.0, EDGE, False)])
def test_marks_at_the_edge_of_the_face_are_doubted_where_the_lamp_moved(
    journal: Journal, folder: Path, lamp: float, region: Region, warned: bool
) -> None:
    from tests.imaging.accuracy import flattery
    from tests.imaging.accuracy.test_flattery import AFTER, saved
    from tests.imaging.aligning.test_aligning import picture, reading

    contents = [saved(picture(AFTER)), saved(flattery.lit(picture(AFTER), reading(AFTER), across=lamp), quality=94)]
    photos = [keep(journal, folder, date(2025, 10, day), data) for day, data in enumerate(contents, 1)]
    for photo in photos:
        readings.read_ahead(journal, photo)
    found = colour_match.match(journal, photos[0], region, photos[1], region)
    assert (found.warning == colour_match.AT_THE_EDGE) == warned


def test_skin_that_is_too_bright_is_refused(journal: Journal, folder: Path, pair: tuple[Photo, Photo]) -> None:
    bright = keep(journal, folder, date(2025, 10, 1), skin(3, (400, 400, 400)))
    with pytest.raises(NoColourMatch):
        colour_match.match(journal, bright, Region(0, 0, 0.01, 0.01), pair[1], SKIN)


def test_a_journal_open_for_viewing_is_read_and_nothing_is_written(
    journal: Journal, pair: tuple[Photo, Photo], one_face: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imaging_aligning, "align", lambda *_, **__: Alignment("none", reason=message("No face.")))
    folder = journal.folder
    journal.close()
    monkeypatch.setattr("needlejournal.store.opening._take_lock", lambda *_: (None, message("For viewing.")))
    viewed = open_journal(folder)
    try:
        photos = viewed.photos.all()
        assert readings.face_of(viewed, photos[0]) is not None
        assert readings.read_ahead(viewed, photos[0])
        assert str(aligning.find(viewed, photos[0], photos[1]).reason) == "No face."
        assert colour_match.match(viewed, photos[0], SKIN, photos[1], SKIN)
        assert readings.kept_face(viewed, photos[0]) is None
    finally:
        viewed.close()
