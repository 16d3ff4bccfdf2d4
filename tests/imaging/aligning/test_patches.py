"""Places keep their sub-pixel meaning through every reduction and cut."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from needlejournal.imaging.aligning import patches, similarity
from needlejournal.imaging.reading.arrays import from_array


def blob(width: int, height: int, x: float, y: float, sigma: float = 12.0) -> np.ndarray:
    """A white spot centred exactly at x, y."""
    rows, columns = np.mgrid[:height, :width]
    spot = 255 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * sigma**2))
    return np.repeat(spot[..., None], 3, axis=2).astype(np.uint8)


def centre_of(picture: np.ndarray) -> np.ndarray:
    weights = picture[..., 0].astype(float)
    rows, columns = np.indices(weights.shape)
    return np.array([(columns * weights).sum(), (rows * weights).sum()]) / weights.sum()


@pytest.mark.parametrize("size", [(2801, 1903), (4032, 3024), (900, 700)])
def test_a_spot_is_found_where_it_was_whatever_the_reduction(size: tuple[int, int]) -> None:
    place = np.array([size[0] * 0.4 + 0.3, size[1] * 0.6 + 0.7])
    seen = patches.sight(blob(*size, *place))
    assert similarity.apply(similarity.invert(seen.from_full), centre_of(seen.bgr)[None])[0] == pytest.approx(
        place, abs=0.1
    )


def test_a_reduced_copy_speaks_of_the_full_photo() -> None:
    full = blob(2800, 2100, 1000.0, 800.0)
    copy = cv2.resize(full, (1400, 1050), interpolation=cv2.INTER_AREA)
    seen = patches.sight(copy, size=(2800, 2100))
    assert (seen.width, seen.height) == (2800, 2100)
    assert similarity.apply(similarity.invert(seen.from_full), centre_of(seen.bgr)[None])[0] == pytest.approx(
        [1000, 800], abs=0.1
    )


@pytest.mark.parametrize("side", [90.0, 700.0, 1700.0])
@pytest.mark.parametrize("angle", [0.0, 0.5, np.pi / 2])
def test_a_patch_shows_the_spot_it_is_centred_on_in_its_middle(side: float, angle: float) -> None:
    seen = patches.sight(blob(1900, 1700, 900.4, 800.8, sigma=side / 20))
    patch = patches.cut(seen, patches.square(900.4, 800.8, side, angle, 128), 128)
    assert centre_of(patch) == pytest.approx([63.5, 63.5], abs=0.15)


def test_a_patch_may_reach_beyond_the_photo() -> None:
    seen = patches.sight(np.full((50, 40, 3), 200, np.uint8))
    patch = patches.cut(seen, patches.square(-300, 20, 200, 0, 64), 64)
    assert patch.shape == (64, 64, 3)
    assert patch.max() == 0


def test_pixels_and_arrays_are_taken_alike() -> None:
    array = np.dstack([blob(300, 200, 100, 90), np.full((200, 300, 1), 255, np.uint8)])
    assert np.array_equal(patches.sight(from_array(array)).bgr, patches.sight(array).bgr)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 9000, 3), (9000, 2, 4)])
def test_the_oddest_shapes_are_reduced_without_complaint(shape: tuple[int, int, int]) -> None:
    assert patches.sight(np.zeros(shape, np.uint8)).bgr.shape[2] == 3
