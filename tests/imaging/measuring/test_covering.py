"""What lies before a face is told by skin that is not found again, and by how it changed beyond what the light did."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.skin_matching import Flow
from needlejournal.imaging.faces.patch import PATCH, face_mask, face_square, skin_mask
from needlejournal.imaging.measuring.covering import Covering, covering_of
from tests.imaging.aligning.test_aligning import reading

pytestmark = pytest.mark.usefixtures("face_models")

SKIN, MASK, HAIR, BLUSH = (140, 160, 200), (190, 150, 90), (25, 30, 40), (125, 145, 205)  # blue, green, red
LOWER = {"upper_lip", "chin", "cheek_outer_right", "cheek_outer_left"}


def named(covering: Covering | None) -> Covering:
    assert covering is not None
    return covering


def told(
    found_above: float, found_below: float, below: tuple[int, ...], above: tuple[int, ...] = SKIN
) -> Covering | None:
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
    patches = before, cv2.GaussianBlur(after, (0, 0), 2)
    return covering_of(flow, face_mask(face, to_photo), skin_mask(face, to_photo), patches, (points, points))


def test_a_mask_is_told_by_its_colour_where_little_skin_is_found_anywhere() -> None:
    assert set(named(told(0.35, 0.01, MASK)).surely) >= LOWER
    assert set(named(told(0.8, 0.02, MASK)).surely) >= LOWER


@pytest.mark.parametrize("found", [0.35, 0.8])
def test_skin_that_kept_its_colour_and_is_not_found_may_be_covered(found: float) -> None:
    covering = named(told(found, 0.01, SKIN))
    assert covering.surely == ()
    assert {"upper_lip", "lower_lip", "chin"} <= set(covering.perhaps)


def test_a_blush_that_is_found_again_covers_nothing() -> None:
    assert told(0.8, 0.7, BLUSH) == Covering()


def test_hair_is_told_by_the_darkened_forehead() -> None:
    assert told(0.9, 0.9, SKIN, above=HAIR) == Covering(surely=("forehead",))
    assert told(0.9, 0.9, SKIN) == Covering()


def test_where_next_to_nothing_is_found_nothing_is_said() -> None:
    assert told(0.1, 0.01, MASK) is None
