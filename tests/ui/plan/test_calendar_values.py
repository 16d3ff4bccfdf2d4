"""The values behind the calendar and the course's line: weeks, lanes, days in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.courses import Course
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.journal.planning.agenda import AgendaEntry
from needlejournal.journal.planning.course_sessions import NextSession
from needlejournal.journal.planning.plan import PlanFacts, make_plan
from needlejournal.journal.sessions import Session
from needlejournal.ui import theme
from needlejournal.ui.models.plan_words import (
    banner_words,
    interval_words,
    next_words,
    slot_words,
    span,
    standing_words,
    view_words,
)
from needlejournal.ui.plan.beginning import fresh_course, with_treatment
from needlejournal.ui.plan.course_line import CourseLine, DrawnCourse, Mark, line_of
from needlejournal.ui.plan.month_grid import DAY, bars_of, first_shown, fitting, weeks_of

CATALOGUE = load_catalogue(paths.resources())
MICRO, PEEL = CATALOGUE.treatment("microneedling"), CATALOGUE.treatment("chemical_peel")
TODAY = date(2025, 4, 22)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 1))


def entry(key: int, first: date, last: date) -> AgendaEntry:
    return AgendaEntry(str(key), "photos", first, last, message("Photos: X"), message("Photos"))


@given(DAYS)
def test_a_month_is_covered_by_whole_weeks_and_no_week_more(day: date) -> None:
    start, weeks = first_shown(day), weeks_of(day)
    end = start + timedelta(days=7 * weeks - 1)
    assert start <= day.replace(day=1) < start + timedelta(days=7)
    assert (end + DAY).month != day.month or end.month == day.month
    assert end.month == day.month or (end - timedelta(days=7)).month == day.month


SPANS = st.lists(st.tuples(st.integers(-10, 10), st.integers(0, 9)), max_size=12)


@given(SPANS)
def test_bars_of_a_week_never_overlap_and_every_entry_is_there(spans: list[tuple[int, int]]) -> None:
    start = date(2025, 6, 2)
    entries = [
        entry(key, start + timedelta(days=at), start + timedelta(days=at + length))
        for key, (at, length) in enumerate(spans)
    ]
    bars = bars_of(entries, start)
    taken = [(bar.lane, column) for bar in bars for column in range(bar.first, bar.last + 1)]
    assert len(taken) == len(set(taken))
    inside = {one.key for one in entries if one.day <= start + 6 * DAY and one.until >= start}
    assert {bar.entry.key for bar in bars} == inside
    assert all(bar.begins == (bar.entry.day >= start) for bar in bars)


def test_days_between_are_said_shortly() -> None:
    assert span(date(2025, 4, 12), date(2025, 4, 26), TODAY) == "12 to 26 April"
    assert span(date(2025, 3, 28), date(2025, 4, 11), TODAY) == "28 March to 11 April"
    assert span(date(2025, 12, 20), date(2026, 1, 3), TODAY) == "20 December 2025 to 3 January 2026"
    assert span(date(2026, 4, 12), date(2026, 4, 26), TODAY) == "12 to 26 April 2026"
    assert span(date(2025, 4, 12), date(2025, 4, 12), TODAY) == "12 April"


def next_of(earliest: date | None, latest: date | None, number: int = 3, state: str = "coming") -> str:
    following = NextSession(number, 4, earliest, latest, None, state)
    (alone,) = make_plan(PlanFacts([Course()]), TODAY, CATALOGUE).courses
    told = next_words(replace(alone, next=following), TODAY)
    named = next_words(replace(alone, next=following, alone=False), TODAY)
    assert named.startswith("Micro-needling: ")
    assert not any(sign.isdigit() for sign in named.partition(" session")[0])  # another course may come before it
    return told


def test_the_next_session_in_words_with_what_is_known() -> None:
    first, last = date(2025, 5, 17), date(2025, 5, 31)
    assert next_of(first, last) == "Session 3: 17 to 31 May would suit your plan"
    assert next_of(first, None) == "Session 3: any day from 17 May 2025 would suit your plan"
    assert next_of(first, last, state="later") == "Session 3 was due by 31 May; still fine if your clinic agrees"
    assert next_of(first, first) == "Session 3: 17 May would suit your plan"
    assert next_of(None, last) == "Session 3: any day until 31 May 2025 would suit your plan"
    assert next_of(None, None) == "No days are planned for session 3 yet"
    assert next_of(first, None, number=1) == "You hope for session 1 on 17 May 2025"
    passed = "You hoped for session 1 on 1 March 2025; still fine if your clinic agrees"
    assert next_of(date(2025, 3, 1), None, number=1) == passed


def test_views_of_both_sides_are_said_together() -> None:
    assert view_words(("frontal", "oblique_left", "oblique_right"), CATALOGUE) == "frontal, both obliques"
    assert view_words(("oblique_left",), CATALOGUE) == "oblique left, 45°"


def test_the_interval_in_words() -> None:
    def words(course: Course) -> str:
        plan = make_plan(PlanFacts([course]), TODAY, CATALOGUE)
        return interval_words(plan.courses[0])

    assert words(Course()) == "Course of 4 sessions, 28 to 42 days apart"
    assert words(Course(sessions=0, not_after=None)) == "No fixed number of sessions, at least 28 days apart"
    assert words(Course(sessions=0, not_before=7, not_after=7)) == "No fixed number of sessions, 7 days apart"
    assert words(Course(sessions=1, not_before=None, not_after=None)) == "Course of 1 session"


def test_of_two_courses_the_banner_tells_the_nearer_one() -> None:
    written = PlanFacts(
        [Course(id=1, starts=date(2025, 3, 1)), Course("chemical_peel", "Peels", date(2025, 4, 30), id=2)],
        [Session(When(date(2025, 4, 19)), id=1)],
    )
    headline, small = banner_words(make_plan(written, TODAY, CATALOGUE), CATALOGUE)
    assert headline == "Peels: you hope for the first session on 30 April 2025"
    assert small.startswith("1 of 4")


def test_what_nobody_planned_leaves_the_banner_when_its_window_has_passed() -> None:
    def banner(today: date, *courses: Course) -> str:
        sessions = [Session(When(date(2025, 3, 8)), "hydrafacial", id=1)]
        return banner_words(make_plan(PlanFacts(courses, sessions), today, CATALOGUE), CATALOGUE)[0]

    assert banner(date(2025, 4, 6)) == "Session 2: 5 to 8 April would be usual"
    assert "Session" not in banner(date(2025, 4, 9))
    planned = Course("hydrafacial", not_after=31, id=1)
    passed = "Session 2 was due by 8 April; still fine if your clinic agrees"
    assert banner(date(2025, 4, 9), planned) == passed
    later = Course(id=2, starts=date(2025, 7, 1))
    assert banner(date(2025, 4, 9), planned, later).startswith("Micro-needling: you hope for the first session")


def test_home_rolls_claim_no_banner_and_are_counted() -> None:
    sessions = [Session(When(date(2025, 3, 8) + 7 * key * DAY), setting="home", id=key + 1) for key in range(5)]
    plan = make_plan(PlanFacts([], sessions), TODAY, CATALOGUE)
    assert banner_words(plan, CATALOGUE)[0] in {"", "Photos due: frontal, both obliques"}
    assert standing_words(plan.courses[0], TODAY) == "5 sessions at home so far"
    assert slot_words(plan.courses[0].photos[-1].slot) == "Month 1 at home"


def test_a_routine_at_home_asks_no_clinic_when_its_day_has_passed() -> None:
    routine = Course(title="Rolling", setting="home", sessions=0, not_before=7, not_after=7, id=1)
    plan = make_plan(PlanFacts([routine], [Session(When(date(2025, 4, 1)), setting="home", id=1)]), TODAY, CATALOGUE)
    assert standing_words(plan.courses[0], TODAY) == "Rolling: the next was planned by 8 April; any other day is fine"


def test_what_the_patient_says_belongs_to_no_plan_proposes_no_next_session() -> None:
    sessions = [Session(When(date(2025, 4, 1)), unplanned=True, id=1)]
    plan = make_plan(PlanFacts([], sessions), TODAY, CATALOGUE)
    assert standing_words(plan.courses[0], TODAY) == "1 session so far"
    assert "session" not in banner_words(plan, CATALOGUE)[0].lower()
    booked = [*sessions, Session(When(date(2025, 5, 2)), unplanned=True, id=2)]
    assert standing_words(make_plan(PlanFacts([], booked), TODAY, CATALOGUE).courses[0], TODAY).startswith(
        "Session 2 is on "
    )


def test_beside_other_sessions_what_nobody_planned_is_told_by_its_treatment() -> None:
    sessions = [Session(When(date(2025, 3, 8)), id=1), Session(When(date(2025, 4, 1)), "hydrafacial", id=2)]
    told = make_plan(PlanFacts([], sessions), TODAY, CATALOGUE).courses[1]
    usual = "HydraFacial: for a next session, 29 April to 2 May would be usual"
    assert standing_words(told, date(2025, 4, 22)) == usual
    passed = "HydraFacial: a next session would have been usual by 2 May; still fine if your clinic agrees"
    assert standing_words(told, date(2025, 5, 3)) == passed


def test_nothing_planned_says_nothing() -> None:
    assert banner_words(make_plan(PlanFacts(), TODAY, CATALOGUE), CATALOGUE) == ("", "")


def test_the_line_of_a_course_holds_all_its_days() -> None:
    sessions = [Session(When(date(2025, 3, 8)), id=1), Session(When(date(2025, 4, 19)), id=2)]
    plan = make_plan(PlanFacts([], sessions), TODAY, CATALOGUE)
    line = line_of(plan.courses[0], TODAY)
    assert line is not None
    assert all(0 < line.part(mark.day) < 1 for mark in line.marks)
    assert line.window is not None
    assert line.window[:3] == (date(2025, 5, 17), date(2025, 5, 31), 3)
    assert [mark.number for mark in line.marks if mark.kind == "session"] == [1, 2]


def test_a_course_without_a_day_has_no_line() -> None:
    plan = make_plan(PlanFacts([Course()]), TODAY, CATALOGUE)
    assert line_of(plan.courses[0], TODAY) is None


def test_a_new_course_takes_in_sessions_nobody_planned() -> None:
    sessions = [Session(When(date(2025, 3, 8)), id=1)]
    plans = make_plan(PlanFacts([], sessions), TODAY, CATALOGUE).courses
    assert fresh_course(MICRO, plans, TODAY).starts == date(2025, 3, 8)
    assert fresh_course(PEEL, plans, TODAY).starts is None


@given(st.integers(0, 40))
def test_a_second_course_never_takes_sessions_of_the_first(days: int) -> None:
    first = Course(id=1, sessions=1)
    sessions = [Session(When(TODAY - timedelta(days=days)), id=1)]
    plans = make_plan(PlanFacts([first], sessions), TODAY, CATALOGUE).courses
    second = fresh_course(MICRO, plans, TODAY)
    both = make_plan(PlanFacts([first, second], sessions), TODAY, CATALOGUE).courses
    assert [len(of.sessions) for of in both] == [1, 0]


def test_another_treatment_keeps_what_the_person_decided() -> None:
    course = Course("microneedling", sessions=7, aftercare=MICRO.aftercare)
    changed = with_treatment(course, MICRO, PEEL)
    assert (changed.treatment, changed.sessions) == ("chemical_peel", 7)
    assert changed.aftercare == PEEL.aftercare
    assert changed.not_before == PEEL.interval.not_before


def test_a_bar_says_as_much_as_fits() -> None:
    assert fitting("Session 3", 9, len) == "Session 3"
    assert fitting("Session 3", 5, len) == "3"
    assert fitting("Photos", 5, len) == ""


def test_sessions_that_lie_too_near_for_numbers_are_dots(qtbot: QtBot) -> None:
    def drawn(apart: int) -> bool:
        sessions = [Session(When(date(2025, 1, 8) + apart * key * DAY), setting="home", id=key + 1) for key in range(8)]
        line = line_of(make_plan(PlanFacts([], sessions), TODAY, CATALOGUE).courses[0], TODAY)
        assert line is not None
        shown = CourseLine(line)
        qtbot.addWidget(shown)
        shown.resize(300, 112)
        shown.grab()
        return shown.crowded()

    assert drawn(2)
    assert not drawn(28)


def test_a_dot_has_the_colours_of_a_session_and_of_one_that_is_booked(qtbot: QtBot) -> None:
    """Two sessions too near for numbers on the left half, and a booked one at the right end."""
    first, booked = date(2025, 1, 1), date(2025, 3, 2)
    marks = [Mark("session", first + number * DAY, "Session") for number in (1, 3)]
    line = DrawnCourse(first, booked + 9 * DAY, first, (*marks, Mark("booked", booked, "Booked")))
    shown = CourseLine(line)
    qtbot.addWidget(shown)
    shown.resize(400, 112)
    picture = shown.grab().toImage()
    assert shown.crowded()
    at = {mark.kind: picture.pixelColor(round(shown.x_of(mark.day)), theme.px(46)) for mark in line.marks}
    assert at["session"] == theme.colour("accent")
    assert at["booked"] == theme.colour("card")
