"""What the grid and the curves are made of."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.days import SideEffect
from needlejournal.journal.diary.days_after import Diary, day_grid
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.sessions import Severity
from needlejournal.ui.effects.course import course_of, stretches, told

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


def test_a_cell_is_told_in_words() -> None:
    effects = [SideEffect(date(2025, 3, 9), "redness", Severity.MODERATE)]
    course = course_of(day_grid(Diary(effects), CALENDAR, 1), None, CATALOGUE, today=3)
    redness = course.rows[0]
    assert told(redness, course, 1, CATALOGUE).startswith("Redness, day 1: Moderate. Usual: days 0 to 7")
    assert "not written down" in told(redness, course, 2, CATALOGUE)
    assert "not come yet" in told(redness, course, 9, CATALOGUE)


def test_own_symptoms_come_last() -> None:
    effects = [SideEffect(date(2025, 3, 9), key, Severity.MILD) for key in ("My own", "itching")]
    course = course_of(day_grid(Diary(effects), CALENDAR, 1), None, CATALOGUE, today=3)
    assert [row.name for row in course.rows][-2:] == ["Itching", "My own"]
