"""What the reading of a face is good for beyond aligning: eyes covered, zones cut out, the next photo guided."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest

from needlejournal import paths
from needlejournal.imaging.faces.face_reading import NO_FACE, FaceReading
from needlejournal.imaging.faces.lines import EYES_AND_BROWS
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison import covering, photo_guide
from needlejournal.workflows.comparison.covering import NoFace, eye_bar, zone_box

PHOTOS = paths.resources() / "sample" / "photos"


def keep(journal: Journal, name: str) -> Photo:
    staged = journal.originals.stage(PHOTOS / name, "jpeg")
    original = Original(staged.sha256, staged.stored_name, name, staged.size, "jpeg", 1200, 1600)
    with journal.step("Add photo"):
        return journal.photos.save(Photo(original, When(date(2025, 3, 1))))


@pytest.fixture
def frontal(journal: Journal, face_models: None) -> Photo:
    return keep(journal, "2025-03-01_frontal.jpg")


@pytest.mark.parametrize("view", ["frontal", "oblique_left_45", "oblique_right_45"])
def test_the_bar_covers_both_eyes_and_brows_however_the_head_is_turned(
    journal: Journal, frontal: Photo, view: str
) -> None:
    photo = frontal if view == "frontal" else keep(journal, f"2025-03-01_{view}.jpg")
    reading = covering.face_of(journal, photo)
    assert reading is not None
    bar = np.array(eye_bar(journal, photo), np.float32)
    eye = math.dist(reading.points[33], reading.points[133])
    for number in EYES_AND_BROWS:
        x, y, _ = reading.points[number]
        assert cv2.pointPolygonTest(bar, (x, y), measureDist=True) > 0.1 * eye
    assert cv2.contourArea(bar) < 0.12 * 1200 * 1600


@pytest.mark.parametrize("zone", ["forehead", "chin", "cheek_outer_left", "nose"])
def test_a_zone_is_cut_out_within_the_photo(journal: Journal, frontal: Photo, zone: str) -> None:
    left, top, width, height = zone_box(journal, frontal, zone)
    assert 0 <= left < left + width <= 1
    assert 0 <= top < top + height <= 1
    assert width * height < 0.15


@pytest.mark.parametrize("reading", [None, FaceReading(1200, 1600, problem=NO_FACE)])
def test_without_a_face_nothing_is_exported(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, reading: FaceReading | None
) -> None:
    photo = keep(journal, "2025-03-01_frontal.jpg")
    monkeypatch.setattr(covering, "face_of", lambda *_: reading)
    with pytest.raises(NoFace, match="Nothing was exported"):
        eye_bar(journal, photo)
    with pytest.raises(NoFace):
        zone_box(journal, photo, "chin")


def test_another_face_is_never_left_uncovered(
    journal: Journal, frontal: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = covering.face_of(journal, frontal)
    assert reading is not None
    monkeypatch.setattr(covering, "face_of", lambda *_: replace(reading, others=1))
    with pytest.raises(NoFace, match="another face"):
        eye_bar(journal, frontal)


# The guide for the next photo.


def test_a_guide_has_the_outline_within_the_picture(journal: Journal, frontal: Photo) -> None:
    guide = photo_guide.guide_of(journal, frontal)
    assert guide.lines is not None
    assert guide.can_read
    assert guide.side == ""
    assert guide.proportions == pytest.approx(0.75)
    assert 0.35 < guide.lines.share < 0.5
    assert 0.4 < guide.lines.eyes < 0.5
    for line in (guide.lines.oval, *guide.lines.features):
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in line.points)


def test_a_mirror_exchanges_left_and_right_only(journal: Journal, frontal: Photo) -> None:
    lines = photo_guide.guide_of(journal, frontal).lines
    assert lines is not None
    mirrored = lines.mirrored()
    assert (mirrored.eyes, mirrored.share) == (lines.eyes, lines.share)
    assert mirrored.oval.points[0] == (1 - lines.oval.points[0][0], lines.oval.points[0][1])
    assert mirrored.nose == 1 - lines.nose


@pytest.mark.parametrize(("name", "side"), [("oblique_left_45", "right"), ("oblique_right_45", "left")])
def test_an_oblique_photo_turns_the_head_away(journal: Journal, frontal: Photo, name: str, side: str) -> None:
    guide = photo_guide.guide_of(journal, keep(journal, f"2025-03-01_{name}.jpg"))
    assert guide.side == side
    assert 35 < abs(guide.yaw) < 55


def test_where_faces_cannot_be_read_the_guide_has_no_lines(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "models_dir", lambda: tmp_path / "nowhere")
    guide = photo_guide.guide_of(journal, keep(journal, "2025-03-01_frontal.jpg"))
    assert (guide.lines, guide.can_read) == (None, False)


def test_without_a_face_the_guide_has_no_lines(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = keep(journal, "2025-03-01_frontal.jpg")
    monkeypatch.setattr(photo_guide, "face_of", lambda *_: FaceReading(1200, 1600, problem=NO_FACE))
    guide = photo_guide.guide_of(journal, photo)
    assert (guide.lines, guide.can_read) == (None, True)
