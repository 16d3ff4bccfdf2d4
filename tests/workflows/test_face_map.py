"""The drawn face: its zones cover it without gaps or overlaps, and both halves are mirrors of each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.workflows import face_map as geometry
from needlejournal.workflows.face_map import Curve, area, contains, neighbour, read_curve

FACE = geometry.face()
OUTLINES = {zone.key: zone.outline.points(16) for zone in FACE.zones}
PAIRED = [
    "temple", "periorbital", "infraorbital", "cheek_inner", "cheek_outer", "nasolabial", "jawline",
]  # fmt: skip
MIDDLE = ["forehead", "glabella", "nose", "upper_lip", "lower_lip", "chin", "submental", "neck", "chest"]


def _segments(curve: Curve) -> list[tuple[tuple[float, float], ...]]:
    starts = [curve.start, *(step[2] for step in curve.steps)]
    return [(start, *step) for start, step in zip(starts, curve.steps, strict=False)]


def _turned(segment: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    return tuple(reversed(segment))


def test_the_face_has_every_zone_a_patient_can_name() -> None:
    sides = {f"{key}_{side}" for key in PAIRED for side in ("left", "right")}
    assert set(FACE.zone_keys()) == sides | set(MIDDLE)


def test_every_edge_within_the_face_belongs_to_exactly_two_zones() -> None:
    uses: dict[tuple[tuple[float, float], ...], int] = {}
    for zone in FACE.zones:
        for segment in _segments(zone.outline):
            edge = min(segment, _turned(segment))
            uses[edge] = uses.get(edge, 0) + 1
    once = [edge for edge, count in uses.items() if count == 1]
    assert max(uses.values()) == 2
    # What is left is the outline: hairline, temples, cheeks, neck, shoulders and the lower end.
    assert len(once) == 18


def test_zones_together_are_as_large_as_the_outline_around_them() -> None:
    edges = [segment for zone in FACE.zones for segment in _segments(zone.outline)]
    known = [min(segment, _turned(segment)) for segment in edges]
    loose = {edge for edge in known if known.count(edge) == 1}
    first = loose.pop()
    outline, at = Curve(first[0], (first[1:],)).points(16), first[3]
    while loose:
        following = next(edge for edge in loose if at in {edge[0], edge[3]})
        loose.remove(following)
        segment = following if following[0] == at else _turned(following)
        outline += Curve(segment[0], (segment[1:],)).points(16)[1:]
        at = segment[3]
    assert sum(area(points) for points in OUTLINES.values()) == pytest.approx(area(outline), rel=1e-9)


@given(st.floats(-130, 130), st.floats(48, 384))
def test_no_place_belongs_to_two_zones(x: float, y: float) -> None:
    assert sum(contains(points, (x, y)) for points in OUTLINES.values()) <= 1


@given(st.floats(-60, 60), st.floats(90, 290))
def test_no_place_of_the_inner_face_is_without_a_zone(x: float, y: float) -> None:
    if abs(x) < 60 - max(0, (y - 230) / 2):
        near = [(x, y), (x + 1e-6, y), (x, y + 1e-6)]
        assert any(contains(points, place) for points in OUTLINES.values() for place in near)


@pytest.mark.parametrize("key", PAIRED)
def test_both_sides_mirror_each_other(key: str) -> None:
    left, right = FACE.zone(f"{key}_left"), FACE.zone(f"{key}_right")
    assert right.outline == left.outline.mirrored()
    assert right.place == (-left.place[0], left.place[1])


@pytest.mark.parametrize("key", MIDDLE)
def test_zones_across_the_middle_are_symmetrical(key: str) -> None:
    outline = FACE.zone(key).outline
    assert set(outline.points(8)) == {(-x, y) for x, y in outline.points(8)}


@pytest.mark.parametrize("key", PAIRED)
def test_the_patients_left_is_at_the_viewers_right(key: str) -> None:
    assert all(x > 0 for x, _ in OUTLINES[f"{key}_left"])


@pytest.mark.parametrize("key", FACE.zone_keys())
def test_a_value_is_written_within_its_own_zone(key: str) -> None:
    assert contains(OUTLINES[key], FACE.zone(key).place)


def test_arrow_keys_reach_every_zone_from_the_forehead() -> None:
    reached, waiting = {"forehead"}, ["forehead"]
    while waiting:
        here = waiting.pop()
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            there = neighbour(here, *step)
            if there not in reached:
                reached.add(there)
                waiting.append(there)
    assert reached == set(FACE.zone_keys())


@pytest.mark.parametrize("key", FACE.zone_keys())
def test_an_arrow_to_the_left_is_the_mirror_of_one_to_the_right(key: str) -> None:
    def other(name: str) -> str:
        return name.replace("_left", "_RIGHT").replace("_right", "_left").replace("_RIGHT", "_right")

    x = FACE.zone(key).place[0]
    if x != 0:
        assert other(neighbour(key, 1, 0)) == neighbour(other(key), -1, 0)


@pytest.mark.parametrize("path", ["", "L 1 2", "M 0 0", "M 0 0 L 1 1 2 2 3 3", "M 0 0 C 1 1 2 2"])
def test_a_path_that_is_no_curve_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"curve|only|could|unpack|index") as refused:
        read_curve(path)
    assert refused.value


def test_a_curve_turned_round_twice_is_itself() -> None:
    curve = FACE.zone("nose").outline
    assert curve.turned().turned() == curve
    assert curve.mirrored().mirrored() == curve
