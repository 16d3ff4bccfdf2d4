"""Thousands of rows with heights of their own, and a screen that keeps its place among them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from needlejournal.ui.timeline.geometry import ListGeometry
from needlejournal.ui.timeline.row_heights import RowHeights

heights_of_rows = st.lists(st.integers(1, 400), min_size=1, max_size=400)


def _filled(heights: list[int]) -> RowHeights:
    made = RowHeights()
    made.reset(heights)
    return made


@given(heights_of_rows, st.data())
def test_a_row_begins_where_those_above_end(heights: list[int], data: st.DataObject) -> None:
    rows = _filled(heights)
    row = data.draw(st.integers(0, len(heights)))
    assert rows.top(row) == sum(heights[:row])
    assert rows.total == sum(heights)


@given(heights_of_rows, st.data())
def test_the_row_at_a_place_is_the_one_that_covers_it(heights: list[int], data: st.DataObject) -> None:
    rows = _filled(heights)
    y = data.draw(st.integers(0, sum(heights) - 1))
    row = rows.at(y)
    assert rows.top(row) <= y < rows.top(row) + heights[row]
    assert rows.at(-5) == 0
    assert rows.at(sum(heights) + 5) == len(heights) - 1


@given(heights_of_rows, st.data())
def test_measuring_inserting_and_removing_move_the_rows_below(heights: list[int], data: st.DataObject) -> None:
    rows, wanted = _filled(heights), list(heights)
    place = data.draw(st.integers(0, len(heights) - 1))
    rows.measure(place, 777)
    wanted[place] = 777
    assert rows.is_measured(place)
    rows.insert(place, [5, 6])
    wanted[place:place] = [5, 6]
    rows.remove(0, 0)
    del wanted[0]
    assert [rows[row] for row in range(len(rows))] == wanted
    assert rows.total == sum(wanted)


class _Screen:
    """A screen of 500 pixels over rows whose estimate is 100 each and whose true height is another."""

    def __init__(self, true_heights: list[int]) -> None:
        self.true = true_heights
        self.geometry = ListGeometry(lambda row: self.true[row])
        self.geometry.heights.reset([100] * len(true_heights))
        self.geometry.start()
        self.value = 0
        self.scroll(0)

    def scroll(self, by: int) -> None:
        wanted = max(0, self.value + by)
        value = self.geometry.settle(wanted, 500, 0)
        self.value = min(max(0, value), max(0, self.geometry.heights.total - 500))
        self.geometry.keep(self.value, 0)

    def seen(self) -> dict[int, int]:
        """Where each row on the screen begins."""
        row, y, found = self.geometry.first_row, self.geometry.first_y, {}
        while row < len(self.true) and y < 500:
            found[row] = y
            y += self.geometry.heights[row]
            row += 1
        return found


@given(st.lists(st.integers(20, 300), min_size=40, max_size=200), st.lists(st.integers(-300, 300), max_size=40))
def test_scrolling_moves_what_is_seen_by_just_that_much(true_heights: list[int], steps: list[int]) -> None:
    screen = _Screen(true_heights)
    for step in steps:
        before = screen.seen()
        screen.scroll(step)
        after = screen.seen()
        moved = {before[row] - after[row] for row in before.keys() & after.keys()}
        assert len(moved) <= 1  # all together, however tall the rows above turned out
        assert all(screen.geometry.heights.is_measured(row) for row in after)
        assert min(after.values()) <= 0


@given(st.lists(st.integers(20, 300), min_size=60, max_size=100), st.integers(1, 20), st.integers(300, 3000))
def test_rows_that_come_above_leave_the_screen_as_it_is(true_heights: list[int], count: int, value: int) -> None:
    screen = _Screen(true_heights)
    screen.scroll(value)
    before = screen.seen()
    screen.true = [50] * count + screen.true
    screen.geometry.insert(0, [100] * count)
    screen.value = screen.geometry.settle(screen.value, 500, 0)
    after = screen.seen()
    if min(before) > 0:
        assert {row + count: y for row, y in before.items()} == after


def test_at_the_end_of_the_list_the_last_row_stands_at_the_foot() -> None:
    screen = _Screen([70] * 30)
    for _ in range(20):
        screen.scroll(400)
    assert screen.value == 30 * 70 - 500
    assert max(screen.seen()) == 29
