"""From one list of rows to another by removing and inserting runs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from needlejournal.ui.models.row_changes import changes_between

rows = st.lists(st.integers(0, 40), unique=True).map(sorted)


@given(rows, rows)
def test_the_runs_make_the_new_list_of_the_old(old: list[int], new: list[int]) -> None:
    runs = changes_between(old, new)
    assert runs is not None
    made = list(old)
    for first, last in runs[0]:
        del made[first : last + 1]
    for first, last in runs[1]:
        made[first:first] = new[first : last + 1]
    assert made == new


def test_rows_that_change_places_are_no_runs() -> None:
    assert changes_between(["a", "b", "c"], ["a", "c", "b"]) is None


def test_nothing_changes_nothing() -> None:
    assert changes_between([1, 2], [1, 2]) == ([], [])
