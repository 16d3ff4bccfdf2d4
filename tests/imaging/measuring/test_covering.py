"""What lies before a face is told by skin that is not found again, and by its colour where little is found anywhere."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.skin_matching import Flow
from needlejournal.imaging.faces.patch import PATCH, face_mask, face_square
from needlejournal.imaging.measuring.covering import covered_zones
from tests.imaging.aligning.test_aligning import reading

pytestmark = pytest.mark.usefixtures("face_models")

SKIN, MASK, HAIR, BLUSH = (140, 160, 200), (190, 150, 90), (25, 30, 40), (125, 145, 205)  # blue, green, red
LOWER = {"upper_lip", "chin", "cheek_outer_right", "cheek_outer_left"}


def told(found_above: float, found_below: float, below: tuple[int, ...], above: tuple[int, ...] = SKIN):
    """Lay a face over itself: so much of its skin is found above and below the nose, and AFTER has these colours."""
    face = reading("2025-07-12_frontal")
    to_photo = face_square(face)
    points = similarity.apply(similarity.invert(to_photo), face.xy)
    nose, brows = int(points[4, 1]), int(points[9, 1])
    share = np.full((PATCH, PATCH), found_above)
    share[nose - 20 :] = found_below
    if above is not SKIN:
        share[:brows] = found_above / 5
    returns = np.random.default_rng(1).random((PATCH, PATCH)) < share
    before = np.full((PATCH, PATCH, 3), SKIN, np.uint8)
    after = before.copy()
    after[nose - 20 :] = below
    after[:brows] = above
    flow = Flow(np.zeros((PATCH, PATCH, 2), np.float32), returns)
    return covered_zones(
        flow, face_mask(face, to_photo), (before, cv2.GaussianBlur(after, (0, 0), 2)), (points, points)
    )


def test_a_mask_is_told_by_its_colour_where_little_skin_is_found_anywhere() -> None:
    assert set(told(0.35, 0.01, MASK) or ()) >= LOWER
    assert told(0.35, 0.01, SKIN) is None  # it may as well be blur: left open


def test_skin_that_kept_its_colour_may_have_moved_and_is_left_open() -> None:
    assert told(0.8, 0.02, SKIN) is None
    assert set(told(0.8, 0.02, MASK) or ()) >= LOWER


def test_a_blush_that_is_found_again_covers_nothing() -> None:
    assert told(0.8, 0.7, BLUSH) == ()


def test_hair_is_told_by_the_darkened_forehead() -> None:
    assert told(0.9, 0.9, SKIN, above=HAIR) == ("forehead",)
    assert told(0.9, 0.9, SKIN) == ()


def test_where_next_to_nothing_is_found_nothing_is_said() -> None:
    assert told(0.1, 0.01, MASK) is None
