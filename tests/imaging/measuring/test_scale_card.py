"""The photo card in a picture gives millimetres, or says why it does not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from needlejournal.imaging.measuring import scale_card
from needlejournal.imaging.measuring.scale_card import ACROSS_MM, DOWN_MM, MARK_MM, CardReading, mark_cells, read_card
from needlejournal.imaging.reading.arrays import from_array
from needlejournal.imaging.reading.pixels import Pixels

PER_MM = 8  # pixels
MARGIN = 10  # millimetres around the middles of the marks


def the_card(places: tuple[int, ...] = (0, 1, 2, 3)) -> np.ndarray:
    """The card seen straight on, on white, drawn from the cells of its marks."""
    size = round((DOWN_MM + 2 * MARGIN + MARK_MM) * PER_MM), round((ACROSS_MM + 2 * MARGIN + MARK_MM) * PER_MM)
    page = np.full((*size, 3), 245, np.uint8)
    side = round(MARK_MM * PER_MM)
    for place in places:
        cells = np.where(np.array(mark_cells(place)), 20, 245).astype(np.uint8)
        mark = cv2.resize(cells, (side, side), interpolation=cv2.INTER_NEAREST)
        x, y = ((0, 0), (ACROSS_MM, 0), (ACROSS_MM, DOWN_MM), (0, DOWN_MM))[place]
        left, top = round((MARGIN + x) * PER_MM), round((MARGIN + y) * PER_MM)
        page[top : top + side, left : left + side] = mark[:, :, None]
    return page


def photo(page: np.ndarray) -> Pixels:
    return from_array(np.ascontiguousarray(cv2.cvtColor(page, cv2.COLOR_BGR2BGRA)))


def turned(page: np.ndarray, degrees: float) -> np.ndarray:
    """The card turned about its upright middle line, seen from three of its widths away."""
    height, width = page.shape[:2]
    far, angle = 3.0 * width, np.radians(degrees)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (width / 2, height / 2)
    deep = far + corners[:, 0] * np.sin(angle)
    seen = np.column_stack([corners[:, 0] * np.cos(angle), corners[:, 1]]) * (far / deep)[:, None]
    middle = np.array([width / 2, height / 2])
    way = cv2.getPerspectiveTransform((corners + middle).astype(np.float32), (seen + middle).astype(np.float32))
    return cv2.GaussianBlur(cv2.warpPerspective(page, way, (width, height), borderValue=(190, 190, 190)), (3, 3), 0.8)


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.25])
def test_its_scale_is_read_at_any_size(scale: float) -> None:
    page = cv2.resize(the_card(), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = read_card(photo(page))
    assert found.reason == ""
    assert found.mm_per_pixel == pytest.approx(1 / (PER_MM * scale), rel=0.006)
    assert [place for place, *_ in found.corners] == [0, 1, 2, 3]


@pytest.mark.parametrize("degrees", [-22, -10, 10, 22])
def test_a_card_held_a_little_askew_still_gives_its_scale(degrees: float) -> None:
    assert read_card(photo(turned(the_card(), degrees))).mm_per_pixel == pytest.approx(1 / PER_MM, rel=0.02)


def test_a_card_held_at_an_angle_is_not_used() -> None:
    found = read_card(photo(turned(the_card(), 40)))
    assert (found.mm_per_pixel, found.reason) == (None, "tilted")


def test_two_cards_at_two_distances_give_no_scale() -> None:
    near, far = the_card(), cv2.resize(the_card(), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    both = np.full((near.shape[0], near.shape[1] + far.shape[1], 3), 200, np.uint8)
    both[:, : near.shape[1]], both[: far.shape[0], near.shape[1] :] = near, far
    assert read_card(photo(both)) == CardReading(None, "two")


def test_a_photographed_card_is_read_within_a_twentieth_or_refused() -> None:
    """Held askew, out of focus, in noise and bad light: what is not within the promised twentieth is not read."""
    random = np.random.default_rng(14)
    read = 0
    for _ in range(24):
        page = turned(the_card(), random.uniform(-45, 45)).astype(np.float32)
        page = cv2.GaussianBlur(page, (0, 0), random.uniform(0.5, 5)) * random.uniform(0.3, 1.1)
        page += random.normal(0, random.uniform(1, 25), page.shape)
        found = read_card(photo(np.clip(page, 0, 255).astype(np.uint8)))
        if found.mm_per_pixel is not None:
            read += 1
            assert found.mm_per_pixel == pytest.approx(1 / PER_MM, rel=0.05)
    assert read > 4


def test_turning_it_in_the_picture_changes_nothing() -> None:
    assert read_card(photo(cv2.rotate(the_card(), cv2.ROTATE_90_CLOCKWISE))).mm_per_pixel == pytest.approx(
        1 / PER_MM, rel=0.006
    )


def test_three_marks_are_enough_and_two_are_not() -> None:
    assert read_card(photo(the_card((0, 1, 3)))).mm_per_pixel == pytest.approx(1 / PER_MM, rel=0.006)
    found = read_card(photo(the_card((0, 2))))
    assert (found.mm_per_pixel, found.reason, len(found.corners)) == (None, "few", 2)


def test_without_a_card_nothing_is_measured() -> None:
    assert read_card(photo(np.full((600, 400, 3), 170, np.uint8))) == CardReading(None, "none", ())


def test_marks_of_others_are_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale_card, "FIRST_MARK", 10)
    page = the_card()
    monkeypatch.undo()
    assert read_card(photo(page)).reason == "none"


def test_a_bent_card_is_not_used() -> None:
    page = the_card()
    rows, columns = np.indices(page.shape[:2], dtype=np.float32)
    bent = cv2.remap(page, columns, rows + 40 * np.sin(columns / 130), cv2.INTER_LINEAR, borderValue=(190, 190, 190))
    assert read_card(photo(bent)).mm_per_pixel is None


def test_a_reading_is_kept_as_text() -> None:
    found = read_card(photo(the_card()))
    assert CardReading.from_json(found.to_json()) == found
    with pytest.raises((ValueError, KeyError, TypeError)):
        CardReading.from_json('{"corners": 3}')
