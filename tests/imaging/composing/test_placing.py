"""A picture laid into a frame: to the pixel, by the convention that the origin is the centre of the top-left pixel."""

from __future__ import annotations

import numpy as np
import pytest

from needlejournal.imaging.composing import placing
from needlejournal.imaging.composing.placing import Frame
from needlejournal.imaging.reading.arrays import from_array


def dotted(width: int, height: int, x: int, y: int, radius: int = 3):
    """Black with one white disc, its centre on pixel x, y."""
    rows, columns = np.mgrid[:height, :width]
    array = np.zeros((height, width, 4), np.uint8)
    array[:, :, :3] = np.where((columns - x) ** 2 + (rows - y) ** 2 <= radius**2, 255, 0)[:, :, None]
    array[:, :, 3] = 255
    return from_array(array)


def centre_of(drawn) -> tuple[float, float]:
    weights = drawn[:, :, 0].astype(float)
    rows, columns = np.mgrid[: drawn.shape[0], : drawn.shape[1]]
    return (columns * weights).sum() / weights.sum(), (rows * weights).sum() / weights.sum()


@pytest.mark.parametrize("size", [(200, 160), (400, 320), (100, 80), (50, 40), (23, 18), (60, 48)])
def test_the_whole_picture_fills_a_frame_of_its_shape(size):
    frame = Frame(*size)
    drawn = placing.place(dotted(200, 160, 60, 100, radius=12), placing.way_into(frame, (200, 160)), frame, 0)
    scale = size[0] / 200
    assert drawn.shape == (size[1], size[0], 3)
    assert centre_of(drawn) == pytest.approx(((60 + 0.5) * scale - 0.5, (100 + 0.5) * size[1] / 160 - 0.5), abs=0.12)


def test_at_full_size_nothing_is_resampled():
    noise = np.random.default_rng(3).integers(0, 256, (80, 60, 4), np.uint8)
    frame = Frame(60, 80)
    drawn = placing.place(from_array(noise), placing.way_into(frame, (60, 80)), frame, 0)
    assert np.array_equal(drawn, noise[:, :, :3])


def test_fine_texture_is_averaged_when_made_smaller_and_never_aliases():
    stripes = np.zeros((400, 400, 4), np.uint8)
    stripes[:, ::2] = 255
    for side, most in ((260, 50), (210, 20), (190, 4), (130, 4), (77, 4)):
        frame = Frame(side, side)
        drawn = placing.place(from_array(stripes), placing.way_into(frame, (400, 400)), frame, 0)
        assert np.abs(drawn[2:-2, 2:-2].astype(int) - 127).max() <= most


def test_a_box_of_the_picture_is_fitted_in_and_centred():
    frame = Frame(100, 100, (0.5, 0.5, 0.5, 0.25))
    way = placing.way_into(frame, (400, 400))
    corner, opposite = way @ (199.5, 199.5, 1), way @ (399.5, 299.5, 1)
    assert corner[:2] == pytest.approx((-0.5, 24.5))
    assert opposite[:2] == pytest.approx((99.5, 74.5))


@pytest.mark.parametrize("side", [300, 120, 47])
def test_an_aligned_picture_shows_its_points_where_the_first_one_has_them(side):
    angle, scale = np.radians(8), 1.4
    a, b = scale * np.cos(angle), scale * np.sin(angle)
    matrix = ((a, -b, 31.25), (b, a, -12.5))
    x, y = (np.array(matrix) @ (90, 70, 1)).round(2)
    frame = Frame(side, side)
    first, second = placing.way_into(frame, (300, 300)), (200, 200)
    drawn = placing.place(dotted(*second, 90, 70, radius=9), placing.after(first, matrix), frame, 0)
    assert centre_of(drawn) == pytest.approx((first @ (x, y, 1))[:2], abs=0.12)


def test_what_a_picture_leaves_empty_is_the_surround():
    frame = Frame(100, 50)
    drawn = placing.place(dotted(50, 50, 25, 25), placing.way_into(frame, (50, 50)), frame, 204)
    assert set(drawn[:, :20].ravel()) == {204}
    assert set(drawn[:, 80:].ravel()) == {204}
    assert drawn[5, 50, 0] == 0


def test_covers_follow_the_picture():
    frame = Frame(100, 100)
    way = placing.way_into(frame, (400, 400))
    drawn = np.zeros((100, 100, 3), np.uint8)
    placing.cover(drawn, way, (((40, 80), (120, 80), (120, 160), (40, 160)),), 120)
    assert drawn[30, 20, 0] == 120
    assert drawn[30, 35, 0] == drawn[15, 20, 0] == 0


def test_a_small_part_of_a_very_long_picture_is_shown_in_full_detail():
    frame = Frame(200, 40, (0.95, 0.0, 0.005, 1.0))
    way = placing.way_into(frame, (40_000, 40))
    drawn = placing.place(dotted(40_000, 40, 38_050, 20, radius=6), way, frame, 0)
    assert centre_of(drawn) == pytest.approx((50, 20), abs=0.1)


def test_a_picture_that_lies_beside_the_frame_leaves_it_empty():
    frame = Frame(40, 40)
    away = placing.after(placing.way_into(frame, (40, 40)), ((1.0, 0.0, 500.0), (0.0, 1.0, 0.0)))
    assert set(placing.place(dotted(40, 40, 20, 20), away, frame, 204).ravel()) == {204}
