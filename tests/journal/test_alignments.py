"""One alignment, one JSON form: what was written comes back, the inverse goes back, damage is an error to catch."""

from __future__ import annotations

import pytest

from needlejournal.journal.alignments import Alignment, Gate, Matrix, Point, is_mirrored, of_mirror_images
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.message import message

MATRIX = ((2.0, -1.0, 10.0), (1.0, 2.0, 4.0))
FOUND = Alignment(
    "face",
    MATRIX,
    {"chin": MATRIX},
    1.2,
    confident=True,
    reason=message("Found."),
    gates=(Gate("pose difference", 3.0, 16.0, "°", passed=True),),
    measures=PairMeasures(0.8, 0.3, 0.1, 2.0, "jaw", 3.5, ("chin",)),
)


@pytest.mark.parametrize(
    "one", [FOUND, Alignment("none", reason=message("No.")), Alignment("face", measures=PairMeasures())]
)
def test_an_alignment_comes_back_from_json_with_its_gates(one: Alignment) -> None:
    assert Alignment.from_json(one.to_json()) == one
    assert one.aligned == (one.matrix is not None)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"measures": 1}', FOUND.to_json().replace("matrix", "m", 1)])
def test_a_damaged_one_is_an_error_to_catch(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Alignment.from_json(text)


def test_the_inverse_goes_back_and_turns_what_has_a_direction() -> None:
    back = FOUND.inverse()
    assert back.measures is not None and back.measures.lens_distance == -0.1
    again = back.inverse()
    assert again.matrix is not None
    for row, first in zip(again.matrix, MATRIX, strict=True):
        assert row == pytest.approx(first)
    assert again.measures == FOUND.measures
    assert Alignment("none").inverse() == Alignment("none")
    assert PairMeasures().inverse() == PairMeasures()


def moved(matrix: Matrix, point: Point) -> Point:
    (a, c, tx), (b, d, ty) = matrix
    return a * point[0] + c * point[1] + tx, b * point[0] + d * point[1] + ty


@pytest.mark.parametrize(("before", "after"), [(None, None), (100, None), (None, 60), (100, 60)])
def test_a_point_lies_where_it_lay_when_photos_are_turned_back(before: int | None, after: int | None) -> None:
    (x, y), (u, v) = (7.0, 9.0), moved(MATRIX, (7.0, 9.0))
    shown = moved(of_mirror_images(MATRIX, before, after), (x if after is None else after - 1 - x, y))
    assert shown == pytest.approx((u if before is None else before - 1 - u, v))


def test_what_was_found_for_the_mirror_image_holds_for_the_photo_as_it_is() -> None:
    as_it_is = FOUND.of_mirror_image(100)
    for before, after in ((FOUND.matrix, as_it_is.matrix), (FOUND.zones["chin"], as_it_is.zones["chin"])):
        assert before is not None and after is not None
        assert at(after, (30.0, 7.0)) == pytest.approx(at(before, (69.0, 7.0)))
        assert (is_mirrored(before), is_mirrored(after)) == (False, True)
    back = as_it_is.inverse().matrix
    assert back is not None and as_it_is.matrix is not None
    assert at(back, at(as_it_is.matrix, (30.0, 7.0))) == pytest.approx((30.0, 7.0))
    assert Alignment("none").of_mirror_image(100) == Alignment("none")


def at(matrix: Matrix, place: Point) -> Point:
    (a, c, right), (b, d, down) = matrix
    return a * place[0] + c * place[1] + right, b * place[0] + d * place[1] + down


@pytest.mark.parametrize(
    ("found", "mirrored", "seems"),
    [
        *((0.8, None, False), (0.5, 0.2, False), (0.2, 0.5, True), (0.2, 0.3, None), (None, 0.6, None)),
        *((0.2, None, None), (0.38, None, None), (0.18, 0.38, True), (0.38, 0.18, False), (0.28, 0.38, None)),
    ],
)
def test_mirroring_is_said_only_where_enough_skin_was_found(
    found: float | None, mirrored: float | None, *, seems: bool | None
) -> None:
    assert PairMeasures(found, mirrored).seems_mirrored is seems
