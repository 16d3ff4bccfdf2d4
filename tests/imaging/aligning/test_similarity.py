"""What shift, rotation and scale promise: fits are exact where they can be, nothing is ever reshaped."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.imaging.aligning import similarity
from needlejournal.journal.errors import BadInput

coordinates = st.floats(-2000, 2000, allow_nan=False)
turns = st.floats(-3.1, 3.1)
scales = st.floats(0.2, 5)
PLACES = np.array([[0.0, 0.0], [300.0, 10.0], [40.0, 500.0], [700.0, 650.0]])


def some_similarity(scale: float, turn: float, x: float, y: float) -> np.ndarray:
    return similarity.from_complex(scale * np.exp(1j * turn), complex(x, y))


@given(scales, turns, coordinates, coordinates)
def test_a_fit_finds_the_similarity_that_was_applied(scale: float, turn: float, x: float, y: float) -> None:
    made = some_similarity(scale, turn, x, y)
    assert similarity.fit(PLACES, similarity.apply(made, PLACES)) == pytest.approx(made, abs=1e-6)


@given(scales, turns, coordinates, coordinates)
def test_there_and_back_is_nowhere(scale: float, turn: float, x: float, y: float) -> None:
    made = some_similarity(scale, turn, x, y)
    both = similarity.compose(similarity.invert(made), made)
    assert both == pytest.approx(np.array([[1, 0, 0], [0, 1, 0]]), abs=1e-6)


def test_a_robust_fit_ignores_one_point_that_went_astray() -> None:
    made = some_similarity(1.1, 0.2, 30, -20)
    places = np.random.default_rng(1).uniform(0, 1000, (40, 2))
    target = similarity.apply(made, places) + np.random.default_rng(2).normal(0, 0.3, (40, 2))
    target[7] += 400
    plain = similarity.fit(places, target)
    robust = similarity.robust_fit(places, target, np.ones(40), rounds=10)
    away = [
        np.abs(similarity.apply(matrix, places) - similarity.apply(made, places)).max() for matrix in (plain, robust)
    ]
    assert away[0] > 5
    assert away[1] < 1


def test_two_pairs_by_hand_are_met_exactly() -> None:
    fit = similarity.similarity_from_pairs([((10, 10), (110, 210)), ((20, 10), (130, 210))])
    assert np.array(fit.matrix) == pytest.approx(np.array([[0.5, 0, -45], [0, 0.5, -95]]))
    assert fit.residuals == pytest.approx((0, 0), abs=1e-9)


def test_a_third_point_set_wrongly_shows_in_its_residual() -> None:
    pairs = [((0, 0), (0, 0)), ((1000, 0), (1000, 0)), ((0, 1000), (0, 1000)), ((1000, 1000), (1090, 1000))]
    residuals = similarity.similarity_from_pairs(pairs).residuals
    assert max(residuals) == residuals[3] > 20


@pytest.mark.parametrize("pairs", [[], [((1, 1), (2, 2))], [((5, 5), (1, 1)), ((5, 5), (9, 9))]])
def test_too_little_to_fit_by_hand_is_said_in_a_sentence(pairs: list[object]) -> None:
    with pytest.raises(BadInput, match=r"points.*\."):
        similarity.similarity_from_pairs(pairs)  # type: ignore[arg-type]


def test_rows_have_exactly_the_form_of_a_similarity() -> None:
    (a, minus_b, _), (b, same_a, _) = similarity.rows(some_similarity(1.3, 0.4, 5, 6))
    assert (a, b) == (same_a, -minus_b)
