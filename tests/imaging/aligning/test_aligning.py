"""Automatic alignment: as accurate as promised where truth is known, and a plain answer for every odd picture."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from needlejournal import paths
from needlejournal.imaging.accuracy import conditions as accuracy_conditions
from needlejournal.imaging.accuracy import judging as accuracy_judging
from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.automatic import align
from needlejournal.imaging.aligning.face_aligning import align_readings
from needlejournal.imaging.aligning.mirror import least_over_mirrored
from needlejournal.imaging.aligning.patches import Sight, sight
from needlejournal.imaging.faces.face_reading import CUT_OFF, NO_FACE, TOO_SMALL, TWO_FACES, FaceReading
from needlejournal.imaging.faces.finding import FoundFace
from needlejournal.imaging.faces.landmarks import read_face
from needlejournal.imaging.faces.models import ModelsMissing, load_models
from needlejournal.imaging.faces.patch import eye_distance
from needlejournal.imaging.faces.pose import Pose
from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.journal.alignments import CLOSE_UP, FACE, IDENTITY, NONE
from needlejournal.journal.comparing.pair_measures import MORE_OF_LITTLE

pytestmark = pytest.mark.usefixtures("face_models")

PHOTOS = paths.resources() / "sample" / "photos"
TRUTH: dict[str, Any] = json.loads((Path(__file__).parents[1] / "accuracy" / "truth.json").read_text("utf-8"))
PAIRS = {pair["name"]: pair for pair in TRUTH["pairs"]}
FRONTAL, LATER = "2025-07-12_frontal", "2025-09-06_frontal"


@cache
def picture(name: str) -> np.ndarray:
    return as_array(decode_upright((PHOTOS / f"{name}.jpg").read_bytes()))[..., :3].copy()


@cache
def photo(name: str, condition: str = "as taken") -> Sight:
    return sight(accuracy_conditions.CONDITIONS[condition](picture(name), name))


@cache
def reading(name: str, condition: str = "as taken") -> FaceReading:
    return read_face(photo(name, condition), load_models())


def judged(pair_name: str, condition: str = "as taken") -> accuracy_judging.Judged:
    pair = PAIRS[pair_name]
    names = (pair["before"], pair["after"])
    photos = {name: photo(name, condition) for name in names}
    readings = {name: reading(name, condition) for name in names}
    return accuracy_judging.judge(TRUTH, pair, photos, readings)


def of_kind(kind: str) -> list[str]:
    return [name for name, pair in PAIRS.items() if pair["kind"] == kind]


@pytest.mark.parametrize("condition", ["as taken", "dark skin, simulated", "strong light from changing sides"])
@pytest.mark.parametrize("name", of_kind("face"))
def test_a_face_lies_on_itself_almost_as_well_as_any_similarity_can(name: str, condition: str) -> None:
    found = judged(name, condition)
    assert (found.method, found.confident) == (FACE, True)
    assert found.error <= 1.35 * found.floor


@pytest.mark.parametrize("name", of_kind("face"))
def test_zones_lie_on_themselves(name: str) -> None:
    zones = judged(name).zones
    within = [error <= 1.3 * floor + 0.3 for _, error, floor in zones]
    assert len(within) >= 3
    assert sum(within) >= 0.6 * len(within)


@pytest.mark.parametrize("condition", ["as taken", "dark skin with little texture, simulated"])
@pytest.mark.parametrize("name", of_kind("close-up"))
def test_a_close_up_is_aligned_across_redness_and_light(name: str, condition: str) -> None:
    found = judged(name, condition)
    assert (found.method, found.confident) == (CLOSE_UP, True)
    assert found.error <= max(1.0, 1.3 * found.floor)


@pytest.mark.parametrize("name", [pair for pair in PAIRS if "frontal" in pair])
def test_the_pose_of_a_head_is_read_to_a_few_degrees(name: str) -> None:
    pair = PAIRS[name]
    before, after = reading(pair["before"]), reading(pair["after"])
    assert after.yaw - before.yaw == pytest.approx(pair["pose_difference_deg"]["yaw"], abs=4)
    assert after.pitch - before.pitch == pytest.approx(pair["pose_difference_deg"]["pitch"], abs=4)


def test_a_reading_is_kept_and_read_back_unchanged() -> None:
    assert FaceReading.from_json(reading(FRONTAL).to_json()) == reading(FRONTAL)


@pytest.mark.parametrize("text", ["", "{}", '{"version": 0}', "[]"])
def test_a_kept_reading_that_is_damaged_or_old_is_an_error_to_catch(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        FaceReading.from_json(text)


def test_readings_alone_give_a_first_answer_that_is_never_called_sure() -> None:
    first = align_readings(reading(FRONTAL), reading(LATER))
    assert first.method == FACE
    assert not first.confident
    sure = align(photo(FRONTAL), photo(LATER), before_reading=reading(FRONTAL), after_reading=reading(LATER))
    assert np.array(first.matrix) == pytest.approx(np.array(sure.matrix), abs=12)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_photo_on_its_side_or_upside_down_is_turned_and_said_to_be(quarters: int) -> None:
    turned = np.ascontiguousarray(np.rot90(picture(FRONTAL), quarters))
    found = align(photo(FRONTAL), turned)
    assert found.method == FACE
    assert found.confident
    assert "turned to fit" in str(found.reason)
    middle = np.array([[(turned.shape[1] - 1) / 2, (turned.shape[0] - 1) / 2]])
    assert similarity.apply(np.array(found.matrix), middle)[0] == pytest.approx([599.5, 799.5], abs=2)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_sizes_of_photos_do_not_matter_to_the_place(factor: float) -> None:
    other = cv2.resize(picture(LATER), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA if factor < 1 else 1)
    found, plain = align(photo(FRONTAL), other), align(photo(FRONTAL), photo(LATER))
    places = np.array([[400.0, 600.0], [700.0, 1000.0]])
    scaled = (places + 0.5) * factor - 0.5
    away = similarity.apply(np.array(found.matrix), scaled) - similarity.apply(np.array(plain.matrix), places)
    assert np.abs(away).max() < 1.5


def test_a_full_photo_and_its_reduced_copy_give_the_same_matrix() -> None:
    copy = cv2.resize(picture(LATER), (900, 1200), interpolation=cv2.INTER_AREA)
    found = align(photo(FRONTAL), sight(copy, size=(1200, 1600)))
    plain = align(photo(FRONTAL), photo(LATER))
    assert np.array(found.matrix) == pytest.approx(np.array(plain.matrix), abs=1.5)


@pytest.mark.parametrize("method", ["auto", FACE, CLOSE_UP])
def test_the_same_picture_twice_is_said_to_be_the_same(method: str) -> None:
    found = align(picture(FRONTAL), picture(FRONTAL).copy(), method=method)
    assert found.matrix == IDENTITY
    assert "same picture" in str(found.reason)


def blank() -> np.ndarray:
    return np.full((1000, 800, 3), 170, np.uint8)


def noise() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 255, (1000, 800, 3), np.uint8)


def strip() -> np.ndarray:
    return np.ascontiguousarray(picture(LATER)[780:800])


def tiny() -> np.ndarray:
    return cv2.resize(picture(LATER), (75, 100), interpolation=cv2.INTER_AREA)


def dot() -> np.ndarray:
    return np.zeros((1, 1, 3), np.uint8)


@pytest.mark.parametrize("method", ["auto", FACE, CLOSE_UP])
@pytest.mark.parametrize("odd", [blank, noise, strip, tiny, dot])
def test_a_picture_without_a_face_or_skin_is_refused_in_a_sentence(odd: Any, method: str) -> None:
    for pair in ((photo(FRONTAL), odd()), (odd(), photo(FRONTAL))):
        found = align(*pair, method=method)
        assert not found.confident
        assert str(found.reason).endswith(".")
        assert (found.method == NONE) == (found.matrix is None)


def test_two_faces_of_one_size_leave_open_who_is_meant() -> None:
    both = read_face(sight(np.hstack([picture(FRONTAL), picture(LATER)])), load_models())
    assert both.problem == TWO_FACES


def test_a_small_face_in_the_background_does_not_disturb() -> None:
    crowd = picture(LATER).copy()
    small = cv2.resize(picture(FRONTAL), (300, 400), interpolation=cv2.INTER_AREA)
    crowd[:400, :300] = small
    assert align(photo(FRONTAL), crowd).confident


@pytest.mark.parametrize(("problem", "covered"), [(NO_FACE, ("face",)), (TOO_SMALL, None), (TWO_FACES, None)])
def test_only_a_face_that_is_not_found_may_be_covered(problem: str, covered: tuple[str, ...] | None) -> None:
    plain = reading(FRONTAL)
    unread = FaceReading(plain.width, plain.height, problem=problem, score=0.9)
    darker = picture(FRONTAL) // 2
    found = align(photo(FRONTAL), darker, before_reading=plain, after_reading=unread)
    assert found.aligned and not found.confident
    assert found.measures is not None and found.measures.covered == covered
    assert ("in front of the face" in str(found.reason)) == bool(covered)


def test_what_can_hardly_be_told_to_be_a_face_makes_nothing_sure() -> None:
    faces = reading(FRONTAL), reading(LATER)
    assert align(photo(FRONTAL), photo(LATER), before_reading=faces[0], after_reading=faces[1]).confident
    for doubtful in ((replace(faces[0], score=0.78), faces[1]), (faces[0], replace(faces[1], score=0.78))):
        found = align(photo(FRONTAL), photo(LATER), before_reading=doubtful[0], after_reading=doubtful[1])
        assert found.aligned and not found.confident
        assert "hardly" in str(found.reason)


def test_the_less_skin_is_found_the_more_of_it_must_lie_the_same_way() -> None:
    needed = [least_over_mirrored(found, 0.7) for found in (0.29, 0.32, 0.34)]
    assert needed[0] == needed[1] == MORE_OF_LITTLE, "as much as tells left from right"
    assert needed[2] < needed[1]
    assert least_over_mirrored(0.34, 0.7) < least_over_mirrored(0.34, 0.8) < needed[0]
    assert least_over_mirrored(0.5, 0.4) < least_over_mirrored(0.34, 0.4)


def test_a_face_larger_than_its_photo_is_a_close_up() -> None:
    part = np.ascontiguousarray(picture(FRONTAL)[620:1120, 350:850])
    assert read_face(sight(part), load_models()).problem in {CUT_OFF, NO_FACE}


def test_another_position_of_the_head_asks_to_take_the_photo_again() -> None:
    found = align(photo(FRONTAL), photo("2025-09-06_oblique_left_45"))
    assert not found.confident
    assert "Take the photo again" in str(found.reason)


def test_a_hidden_half_of_the_face_is_not_called_sure() -> None:
    hidden = picture(LATER).copy()
    hidden[480:1250, 300:620] = (140, 160, 200)
    found = align(photo(FRONTAL), hidden)
    assert not found.confident
    assert "in front of the face" in str(found.reason)


def test_without_the_models_close_ups_still_work_and_faces_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ModelsMissing("The files that find faces are missing on this computer.")

    monkeypatch.setattr("needlejournal.imaging.aligning.automatic.load_models", missing)
    assert "missing" in str(align(photo(FRONTAL), photo(LATER), method=FACE).reason)
    close_ups = ("2025-03-01_closeup_left_cheek", "2025-09-06_closeup_left_cheek")
    assert align(*(photo(name) for name in close_ups)).method == CLOSE_UP


def test_a_zone_has_its_own_matrix_and_a_zone_elsewhere_is_refused() -> None:
    pair = {"before_reading": reading(FRONTAL), "after_reading": reading(LATER)}
    chin = align(photo(FRONTAL), photo(LATER), zone="chin", **pair)
    assert chin.confident
    assert chin.matrix == chin.zones["chin"]
    assert "not on the face" in str(align(photo(FRONTAL), photo(LATER), zone="neck", **pair).reason)


@pytest.mark.parametrize(("turned", "away"), [("left", "right"), ("right", "left")])
def test_a_zone_behind_the_edge_of_the_face_is_never_laid_by_the_skin_beside_it(turned: str, away: str) -> None:
    before, after = (f"2025-03-{day}_oblique_{turned}_45" for day in ("01", "08"))
    pair = {"before_reading": reading(before), "after_reading": reading(after)}
    behind = align(photo(before), photo(after), zone=f"cheek_outer_{away}", **pair)
    assert f"cheek_outer_{away}" not in behind.zones
    assert "not seen well enough in both photos" in str(behind.reason)
    assert align(photo(before), photo(after), zone=f"cheek_outer_{turned}", **pair).confident


def test_the_answer_is_the_same_every_time() -> None:
    close_ups = ("2025-03-01_closeup_left_cheek", "2025-09-06_closeup_left_cheek")
    for names in ((FRONTAL, LATER), close_ups):
        assert align(*map(photo, names)).matrix == align(*map(photo, names)).matrix


def on_cloth(name: str, moved: int) -> np.ndarray:
    """A close-up as skin before a patterned towel; the skin lies `moved` pixels farther right on it."""
    skin = picture(name)
    random = np.random.default_rng(1)
    squares = random.integers(0, 255, (66, 50, 3), np.uint8)
    pattern = cv2.resize(squares, skin.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    towel = (0.5 * pattern + 0.5 * np.array((200, 120, 60))).clip(0, 255).astype(np.uint8)
    y, x = np.indices(skin.shape[:2])
    inside = ((x - 600 - moved) / 400) ** 2 + ((y - 800) / 480) ** 2 < 1
    return np.where(inside[..., None], np.roll(skin, moved, axis=1), towel)


def test_a_close_up_is_laid_by_its_skin_and_not_by_the_towel_behind_it() -> None:
    names = ("2025-07-12_closeup_left_cheek", "2025-09-06_closeup_left_cheek")
    plain = align(*map(photo, names), method=CLOSE_UP)
    found = align(on_cloth(names[0], 0), on_cloth(names[1], 84), method=CLOSE_UP)
    places = np.array([[600.0, 800.0], [700, 900], [500, 700]])
    wanted = similarity.apply(np.array(plain.matrix), places - [84, 0])
    assert np.abs(similarity.apply(np.array(found.matrix), places) - wanted).max() < 0.015 * 1600


def test_skin_that_moved_in_two_ways_is_not_called_sure() -> None:
    names = ("2025-07-12_closeup_left_cheek", "2025-09-06_closeup_left_cheek")
    split = picture(names[1]).copy()
    half = split.shape[1] // 2
    split[:, half:] = np.roll(split, 120, axis=0)[:, half:]
    found = align(photo(names[0]), split, method=CLOSE_UP)
    assert not found.confident
    assert "two different ways" in str(found.reason)


def test_a_face_that_fills_its_photo_is_tried_as_a_close_up_and_that_is_said() -> None:
    """Half of the face is out of focus, so the whole of it does not fit."""
    blurred, face = picture(LATER).copy(), reading(LATER)
    middle, unit = face.xy.mean(0), eye_distance(face)
    left, top = int(middle[0] + 0.02 * unit), int(middle[1] - unit)
    blurred[top:, left:] = cv2.GaussianBlur(blurred, (0, 0), 25)[top:, left:]
    pictures = [filled(picture(FRONTAL), reading(FRONTAL)), filled(blurred, face)]
    found = align(*pictures)
    assert (found.method, found.confident) == (CLOSE_UP, True)
    assert "did not fit, so this was aligned as a close-up" in str(found.reason)


def filled(whole: np.ndarray, face: FaceReading) -> np.ndarray:
    """The photo cropped until the face fills it."""
    low, high = face.xy.min(0), face.xy.max(0)
    (left, top), (right, bottom) = (np.array((low, high)) + 0.18 * np.array((low - high, high - low))).astype(int)
    return np.ascontiguousarray(whole[top:bottom, left:right])


def test_skin_without_a_face_is_never_called_sure_unless_the_view_is_a_close_up() -> None:
    names = ("2025-07-12_closeup_left_cheek", "2025-09-06_closeup_left_cheek")
    proposed = align(*map(photo, names))
    assert (proposed.method, proposed.confident) == (CLOSE_UP, False)
    assert "choose that view" in str(proposed.reason)
    assert align(*map(photo, names), close_up=True).confident


def test_of_close_ups_that_do_not_fit_nobody_asks_for_a_face() -> None:
    found = align(noise(), picture("2025-09-06_closeup_left_cheek"), close_up=True)
    assert not found.confident
    assert "face" not in str(found.reason)
    assert "spots" in str(found.reason)


def test_a_close_up_upside_down_is_turned_and_said_to_be() -> None:
    names = ("2025-07-12_closeup_left_cheek", "2025-09-06_closeup_left_cheek")
    found = align(photo(names[0]), np.ascontiguousarray(picture(names[1])[::-1, ::-1]), method=CLOSE_UP)
    assert found.confident
    assert "turned to fit" in str(found.reason)


def test_without_the_models_two_faces_are_never_surely_aligned_by_their_spots(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ModelsMissing("The files that find faces are missing on this computer.")

    monkeypatch.setattr("needlejournal.imaging.aligning.automatic.load_models", missing)
    found = align(photo(FRONTAL), photo(LATER))
    assert not found.confident
    assert "missing" in str(found.reason)


@pytest.mark.parametrize("degrees", [-20, 20])
def test_a_tilted_camera_is_no_turned_head(degrees: float) -> None:
    height, width = picture(FRONTAL).shape[:2]
    way = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    tilted = read_face(sight(cv2.warpAffine(picture(FRONTAL), way, (width, height))), load_models())
    plain = reading(FRONTAL)
    assert tilted.roll == pytest.approx(plain.roll - degrees, abs=2)
    assert (tilted.yaw, tilted.pitch) == pytest.approx((plain.yaw, plain.pitch), abs=1.5)


@pytest.mark.parametrize(
    ("pose", "score"), [(Pose(2, -43, 140), 0.68), (Pose(2, 5, 140), 0.7), (Pose(0, -45, 0), 0.95)]
)
def test_a_pose_that_no_head_has_is_no_face(pose: Pose, score: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("needlejournal.imaging.faces.landmarks.pose_of", lambda _points: pose)
    monkeypatch.setattr(
        "needlejournal.imaging.faces.landmarks.find_faces", lambda *_: [FoundFace(score, 600, 800, 620, 0.0)]
    )
    assert read_face(photo(FRONTAL), load_models()).problem == NO_FACE
