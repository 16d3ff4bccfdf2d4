"""The day grid: what was written stands on its day, and what was not written stays unknown."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.diary.days_after import Diary, day_grid, session_window
from needlejournal.journal.sessions import Severity
from tests.journal.courses_by_hand import START, calendar, course, day, diary, mark

SYMPTOMS = st.sampled_from(["redness", "swelling", "My own"])
ENTRIES = st.lists(
    st.builds(
        SideEffect,
        st.dates(day(-10), day(70)),
        SYMPTOMS,
        st.sampled_from(Severity),
        st.sampled_from(["", "nose", "chin"]),
    ),
    max_size=40,
)
NOTES = st.lists(st.builds(DayNote, st.dates(day(-10), day(70)), nothing_to_note=st.booleans()), max_size=20)


def signs(row: tuple[Severity | None, ...]) -> str:
    return "".join("." if one is None else str(int(one)) for one in row).rstrip(".")


def test_a_day_that_was_not_written_stays_unknown():
    grid = day_grid(diary({"redness": "32.1"}), calendar(), 1)
    assert len(grid.row("redness")) == 31
    assert signs(grid.row("redness")) == "32.1"
    assert grid.row("redness")[2] is None
    assert grid.written[:5] == (True, True, False, True, False)


def test_a_day_with_nothing_to_note_is_none_for_the_symptoms_of_the_grid_only():
    grid = day_grid(diary({"redness": "2.", "swelling": "1"}, nothing=(2, 4)), calendar(), 1)
    assert signs(grid.row("redness")) == "2.0.0"
    assert signs(grid.row("swelling")) == "1.0.0"
    assert [row.symptom for row in grid.rows] == ["redness", "swelling"]
    assert signs(grid.row("itching")) == ""


def test_nothing_to_note_alone_makes_no_rows_but_the_day_counts_as_written():
    grid = day_grid(diary(nothing=(1,)), calendar(), 1)
    assert grid.rows == ()
    assert grid.written[1]


def test_what_was_written_for_a_symptom_stands_beside_nothing_to_note():
    grid = day_grid(diary({"redness": "21", "swelling": "1"}, nothing=(1,)), calendar(), 1)
    assert signs(grid.row("redness")) == "21"
    assert signs(grid.row("swelling")) == "10"


def test_the_highest_severity_over_the_zones_counts():
    entries = [
        SideEffect(START, "redness", Severity.MILD, "nose"),
        SideEffect(START, "redness", Severity.SEVERE, "chin"),
        SideEffect(START, "redness", Severity.NONE, "forehead"),
    ]
    assert day_grid(Diary(entries), calendar(), 1).row("redness")[0] is Severity.SEVERE


def test_rows_come_in_the_catalogues_order_with_own_symptoms_after():
    written = diary({"Twitching": "1", "swelling": "1", "redness": "1", "Crawling": "1"})
    grid = day_grid(written, calendar(), 1, order=["redness", "swelling"])
    assert [row.symptom for row in grid.rows] == ["redness", "swelling", "Crawling", "Twitching"]


def test_the_grid_goes_on_by_the_calendar_and_says_where_the_next_session_begins():
    sessions = calendar(mark(1, 0), mark(2, 28))
    written = diary({"redness": "3" + "." * 27 + "321"})
    first, second = day_grid(written, sessions, 1), day_grid(written, sessions, 2)
    assert signs(first.row("redness")) == "3" + "." * 27 + "321"
    assert first.next_session == 28
    assert signs(second.row("redness")) == "321"
    assert second.next_session is None
    assert day_grid(written, calendar(mark(1, 0), mark(2, 31)), 1).next_session is None


def test_a_window_ends_where_the_next_session_on_a_later_day_begins():
    sessions = calendar(mark(1, 0, at=time(9)), mark(2, 0, "chemical_peel", time(17)), mark(3, 5))
    assert [session_window(sessions, key).until for key in (1, 2, 3)] == [day(5), day(5), None]
    assert [session_window(sessions, key).days for key in (1, 2, 3)] == [5, 5, None]


def test_a_trashed_session_has_no_grid():
    with pytest.raises(KeyError):
        day_grid(diary(), calendar(), 9)


def test_tonight_starts_from_the_latest_day_that_was_written():
    written = diary({"redness": "32"}, nothing=(4,))
    assert written.on(day(1)) == {"redness": Severity.MODERATE}
    assert written.nothing_to_note(day(4))
    assert not written.nothing_to_note(day(1))


@given(ENTRIES, NOTES, st.integers(1, 40))
def test_the_grid_agrees_with_looking_at_every_entry_for_every_day(entries, notes, gap):
    sessions = calendar(mark(1, 0), mark(2, gap))
    grid = day_grid(Diary(entries, notes), sessions, 1)
    shown = {entry.symptom for entry in entries if 0 <= (entry.day - START).days <= 30}
    assert {row.symptom for row in grid.rows} == shown
    for row in grid.rows:
        for number, severity in enumerate(row.severities):
            that_day = START + timedelta(days=number)
            written = [entry.severity for entry in entries if (entry.day, entry.symptom) == (that_day, row.symptom)]
            nothing = any(note.nothing_to_note for note in notes if note.day == that_day)
            expected = max(written) if written else Severity.NONE if nothing else None
            assert severity == expected


@given(ENTRIES, NOTES, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(entries, notes, random):
    mixed, mixed_notes = list(entries), list(notes)
    random.shuffle(mixed)
    random.shuffle(mixed_notes)
    assert day_grid(Diary(mixed, mixed_notes), calendar(), 1) == day_grid(Diary(entries, notes), calendar(), 1)


def test_days_before_the_session_are_not_in_its_grid():
    assert day_grid(Diary(course("redness", "444", first=-3)), calendar(), 1).rows == ()
