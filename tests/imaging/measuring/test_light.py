"""What is measured in a photo: light from a side, sharpness, burnt-out skin; and colour matched on untreated skin."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from needlejournal import paths
from needlejournal.imaging.aligning.patches import Sight, sight
from needlejournal.imaging.composing import colour
from needlejournal.imaging.faces.landmarks import read_face
from needlejournal.imaging.faces.models import load_models
from needlejournal.imaging.measuring.light import measure_photo
from needlejournal.imaging.reading.arrays import as_array
from needlejournal.imaging.reading.decoding import decode_upright
from needlejournal.journal.comparing.light_slopes import light_slopes
from needlejournal.journal.comparing.measures import PhotoMeasures

pytestmark = pytest.mark.usefixtures("face_models")

FOREHEAD = colour.Region(0.42, 0.38, 0.12, 0.06)


@cache
def picture(name: str = "2025-07-12_frontal") -> np.ndarray:
    data = (paths.resources() / "sample" / "photos" / f"{name}.jpg").read_bytes()
    return as_array(decode_upright(data))[..., :3].copy()


def measured(array: np.ndarray) -> PhotoMeasures:
    seen = sight(array)
    return measure_photo(seen, read_face(seen, load_models()))


@cache
def plain() -> PhotoMeasures:
    return measured(picture())


def brightened(factor: float | np.ndarray) -> np.ndarray:
    """More light, as a camera would store it."""
    light = (picture().astype(float) / 255) ** 2.2 * factor
    return (255 * np.clip(light, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def test_a_face_is_measured_whole_and_by_zones() -> None:
    assert plain().skin is not None
    assert 60 < plain().skin.lightness < 80
    assert {"forehead", "cheek_inner_left", "cheek_inner_right"} <= set(plain().patches)
    assert plain().clipped == plain().dark == 0
    assert plain().face_share == pytest.approx(0.265, abs=0.01)


def test_measures_are_kept_and_read_back_unchanged() -> None:
    assert PhotoMeasures.from_json(plain().to_json()) == plain()


def test_light_from_the_patients_left_is_said_apart_from_more_light() -> None:
    left = brightened(2.0 ** np.linspace(-0.5, 0.5, 1200)[None, :, None])
    assert light_slopes(plain().patches, measured(left).patches).across > 0.2
    assert abs(light_slopes(plain().patches, measured(brightened(0.7)).patches).across) < 0.08


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("2025-07-12_frontal", "2025-05-31_frontal", True),
        ("2025-05-31_frontal", "2025-07-12_frontal", False),
        ("2025-04-19_oblique_left_45", "2025-05-31_oblique_left_45", True),
    ],
)
def test_the_lamp_was_put_on_the_other_side(before: str, after: str, *, left: bool) -> None:
    difference = light_slopes(measured(picture(before)).patches, measured(picture(after)).patches).across
    assert abs(difference) > 0.4
    assert (difference > 0) == left


def test_blur_lowers_sharpness_and_size_does_not() -> None:
    blurred = measured(cv2.GaussianBlur(picture(), (0, 0), 3)).sharpness
    larger = measured(cv2.resize(picture(), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)).sharpness
    assert plain().sharpness - blurred > 0.8
    assert larger == pytest.approx(plain().sharpness, abs=0.5)


def test_burnt_out_and_sunken_skin_is_counted() -> None:
    assert measured(brightened(3.0)).clipped > 0.1
    assert measured(np.minimum(picture(), 4)).dark in {None, 1.0}


def test_a_close_up_is_measured_in_its_middle_without_zones() -> None:
    close_up = measure_photo(sight(picture("2025-03-01_closeup_left_cheek")))
    assert close_up.skin is not None
    assert (close_up.patches, close_up.yaw, close_up.face_share) == ({}, None, None)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 4000, 3)])
def test_the_oddest_pictures_are_measured_without_complaint(shape: tuple[int, int, int]) -> None:
    assert measure_photo(sight(np.zeros(shape, np.uint8))).patches == {}


def seen(array: np.ndarray) -> Sight:
    return sight(array)


def test_matched_on_untreated_skin_both_look_alike_there() -> None:
    warm = brightened(np.array([0.6, 0.8, 1.0]))
    gains = colour.colour_gains(seen(picture()), FOREHEAD, seen(warm), FOREHEAD)
    matched = np.take_along_axis(colour.gain_tables(gains), warm.reshape(-1, 3).astype(int), axis=0).reshape(warm.shape)
    there = np.s_[608:704, 504:648]
    assert np.median(matched[there], axis=(0, 1)) == pytest.approx(np.median(picture()[there], axis=(0, 1)), abs=3)
    assert gains.blue > gains.green > gains.red


def test_equal_photos_need_no_gain() -> None:
    gains = colour.colour_gains(seen(picture()), FOREHEAD, seen(picture()), FOREHEAD)
    assert gains == colour.Gains(1, 1, 1)
    assert np.array_equal(colour.gain_tables(gains)[:, 0], np.arange(256))


@pytest.mark.parametrize(
    ("other", "region", "why"),
    [
        (brightened(4.0), FOREHEAD, "too bright"),
        (np.zeros_like(picture()), FOREHEAD, "too dark"),
        (picture(), colour.Region(0.5, 0.5, 0.001, 0.001), "too small"),
        (picture(), colour.Region(1.5, 0.5, 0.2, 0.2), "too small"),
        (brightened(0.15), FOREHEAD, "differ too much"),
    ],
)
def test_colour_that_cannot_be_matched_is_refused_in_a_sentence(
    other: np.ndarray, region: colour.Region, why: str
) -> None:
    with pytest.raises(colour.NoColourMatch, match=why):
        colour.colour_gains(seen(picture()), FOREHEAD, seen(other), region)


def test_marked_skin_gives_its_colour_unless_it_is_burnt_out() -> None:
    assert colour.untreated_skin(seen(picture()), FOREHEAD) is not None
    assert colour.untreated_skin(seen(brightened(4.0)), FOREHEAD) is None
