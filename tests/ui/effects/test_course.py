"""What the grid and the curves are made of."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.diary.days_after import Diary, day_grid
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.sessions import Severity
from needlejournal.ui.effects.course import cell_words, course_by_date, course_of, stretches
from needlejournal.ui.effects.span import month_of, span_of_today, spans

CATALOGUE = load_catalogue(paths.resources())
CALENDAR = SessionCalendar([SessionMark(1, When(date(2025, 3, 8)), "microneedling")])
SEVERITIES = st.none() | st.sampled_from(list(Severity))


@given(st.lists(SEVERITIES, max_size=31).map(tuple))
def test_lines_break_at_every_unknown_day_and_lose_no_known_one(severities: tuple[Severity | None, ...]) -> None:
    found = stretches(severities)
    assert [point for line in found for point in line] == [(d, s) for d, s in enumerate(severities) if s is not None]
    assert all(b[0] == a[0] + 1 for line in found for a, b in itertools.pairwise(line))
    assert all(one[-1][0] + 1 < other[0][0] for one, other in itertools.pairwise(found))


def test_usual_symptoms_have_a_row_before_anything_is_written() -> None:
    grid = day_grid(Diary(()), CALENDAR, 1)
    course = course_of(grid, None, CATALOGUE, today=3)
    assert [row.symptom for row in course.rows] == ["redness", "swelling", "sensitivity", "stinging"]
    assert all(severity is None for row in course.rows for severity in row.severities)
    assert course.rows[0].usual == (0, 7)


def test_a_cell_is_said_in_words() -> None:
    effects = [SideEffect(date(2025, 3, 9), "redness", Severity.MODERATE)]
    course = course_of(day_grid(Diary(effects), CALENDAR, 1), None, CATALOGUE, today=3)
    redness = course.rows[0]
    assert cell_words(redness, course, 1, CATALOGUE).startswith("Redness, day 1: Moderate. Usual: days 0 to 7")
    assert "not written." in cell_words(redness, course, 2, CATALOGUE)
    assert "not come yet." in cell_words(redness, course, 9, CATALOGUE)


def test_own_symptoms_come_last() -> None:
    effects = [SideEffect(date(2025, 3, 9), key, Severity.MILD) for key in ("My own", "itching")]
    course = course_of(day_grid(Diary(effects), CALENDAR, 1), None, CATALOGUE, today=3)
    assert [row.name for row in course.rows][-2:] == ["Itching", "My own"]


def test_an_earlier_session_ends_where_the_next_one_begins() -> None:
    marks = [SessionMark(n, When(date(2025, 3, day)), "microneedling") for n, day in ((1, 3), (2, 10), (3, 31))]
    calendar = SessionCalendar(marks)
    effects = [SideEffect(date(2025, 3, day), "redness", Severity.MILD) for day in (4, 9, 10, 11, 31)]
    diary = Diary(effects)
    course = course_of(day_grid(diary, calendar, 2), day_grid(diary, calendar, 1), CATALOGUE, today=40)
    redness = course.rows[0]
    assert [day for day, severity in enumerate(redness.earlier) if severity] == [1, 6]
    assert (course.earlier_until, course.next_session) == (7, 21)
    assert [day for day, severity in enumerate(redness.severities) if severity] == [0, 1, 21]
    assert [day for day, severity in enumerate(course.own(redness)) if severity] == [0, 1]


def test_days_no_session_reaches_are_shown_by_their_dates() -> None:
    diary = Diary(
        [SideEffect(date(2025, 2, 3), "cold_sore", Severity.MILD)], [DayNote(date(2025, 2, 9), nothing_to_note=True)]
    )
    course = course_by_date(diary, month_of(date(2025, 2, 14)), CATALOGUE, date(2025, 2, 20))
    (row,) = course.rows
    assert (row.severities[2], row.severities[8]) == (Severity.MILD, Severity.NONE)
    assert course.days == 28
    assert course.day_name(2) == "3"
    assert cell_words(row, course, 2, CATALOGUE) == "Cold sore, 3 February: Mild."
    assert course.is_future(20)
    assert not course.is_future(19)


def test_every_written_day_is_shown_somewhere() -> None:
    today = date(2025, 6, 1)
    written = [date(2025, 1, 5), date(2025, 3, 8), date(2025, 4, 7), date(2025, 4, 8)]
    found = spans(CALENDAR, written, today)
    assert all(any(span.has(day) for span in found) for day in written)
    assert [span.key for span in found] == ["2025-06-01", "2025-04-01", "session 1", "2025-01-01"]
    assert span_of_today(found, today).key == "2025-06-01"
    assert span_of_today(found, date(2025, 4, 1)).key == "session 1"


DAYS = st.integers(0, 400).map(lambda number: date(2025, 1, 1) + timedelta(days=number))


@given(st.lists(DAYS, max_size=6), st.lists(DAYS, max_size=12), DAYS)
def test_months_stand_beside_sessions_only_where_no_sessions_days_reach(
    sessions: list[date], written: list[date], today: date
) -> None:
    calendar = SessionCalendar(
        [SessionMark(number, When(day), "microneedling") for number, day in enumerate(sessions, 1)]
    )
    found = spans(calendar, written, today)
    after = [span for span in found if span.session]
    assert [span.first for span in after] == sorted((day for day in sessions if day <= today), reverse=True)
    lonely = {month_of(day) for day in [*written, today] if not any(span.has(day) for span in after)}
    assert {span for span in found if not span.session} == lonely
