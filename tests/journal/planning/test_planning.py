"""The plan: windows, photo days, looks, ratings and aftercare, recalculated from what stands in the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.courses import AftercareTick, ChecklistItem, Course
from needlejournal.journal.moments import When
from needlejournal.journal.months import add_months
from needlejournal.journal.photos import PhotoMark
from needlejournal.journal.planning.course_sessions import (
    NextSession,
    assign_sessions,
    course_fitting,
    new_course,
    next_session,
)
from needlejournal.journal.planning.plan import Plan, PlanFacts, aftercare_on, expected_results, make_plan
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Session
from tests.journal.courses_by_hand import CATALOGUE, START, day

VIEWS = CATALOGUE.photo_plan.views
COURSE = Course(sessions=4, concerns=("scars",), starts=START, id=1)


def session(key: int, number: int, treatment: str = "microneedling", at: time | None = None, **more) -> Session:
    return Session(When(day(number), at), treatment, id=key, **more)


def plan_of(*sessions: Session, today: int = 0, courses=(COURSE,), photos=(), ratings=()) -> Plan:
    return make_plan(PlanFacts(courses, sessions, photos, ratings), day(today), CATALOGUE)


def states(plan: Plan, kind: str) -> list[tuple[int, str]]:
    return [(photos.slot.offset, photos.state) for photos in plan.courses[0].photos if photos.slot.kind == kind]


def photos_on(number: int, at: time | None = None, views=VIEWS) -> list[PhotoMark]:
    return [PhotoMark(When(day(number), at), view) for view in views]


# --- months ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 31), 6, date(2026, 11, 30)),
        (date(2026, 3, 1), 12, date(2027, 3, 1)),
    ],
)
def test_months_end_where_the_month_ends(start, months, expected):
    assert add_months(start, months) == expected


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 60))
def test_months_go_to_the_right_month_and_never_beyond(start, months):
    found = add_months(start, months)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day <= start.day
    assert found.day == start.day or (found + timedelta(days=1)).day == 1


# --- the next session -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "state"), [(0, "coming"), (27, "coming"), (28, "open"), (42, "open"), (43, "later"), (400, "later")]
)
def test_the_next_session_fits_from_day_28_to_day_42(today, state):
    following = plan_of(session(1, 0), today=today).courses[0].next
    assert following == NextSession(2, 4, day(28), day(42), None, state)


def test_before_the_first_session_the_hoped_for_day_counts():
    assert plan_of(today=-5).courses[0].next == NextSession(1, 4, START, None, None, "coming")
    undated = replace(COURSE, starts=None)
    assert plan_of(courses=[undated]).courses[0].next == NextSession(1, 4, None, None, None, "unknown")


def test_after_the_last_session_or_the_end_there_is_no_next():
    four = [session(number, number * 30) for number in range(4)]
    assert plan_of(*four, today=100).courses[0].next is None
    assert plan_of(session(1, 0), courses=[replace(COURSE, ended=day(5))], today=9).courses[0].next is None


def test_a_session_written_for_the_future_is_booked():
    following = plan_of(session(1, 0), session(2, 30), today=10).courses[0].next
    assert (following.number, following.booked) == (2, day(30))


def test_a_peel_between_needling_sessions_shortens_neither_window():
    peels = new_course(CATALOGUE.treatment("chemical_peel"))
    peels = replace(peels, not_before=14, not_after=21, id=2)
    alone = plan_of(session(1, 0), today=15).courses[0].next
    both = plan_of(session(1, 0), session(2, 10, "chemical_peel"), courses=[COURSE, peels], today=15)
    assert both.courses[0].next == alone
    assert (both.courses[1].next.earliest, both.courses[1].next.latest) == (day(24), day(31))
    without_plan = plan_of(session(1, 0), session(2, 10, "chemical_peel"), today=15)
    assert without_plan.courses[0].next == alone
    assert [replace(photos.slot, before=2 * photos.slot.is_look) for photos in both.courses[0].photos] == [
        photos.slot for photos in plan_of(session(1, 0), today=15).courses[0].photos
    ]


def test_a_moved_or_deleted_session_moves_everything():
    first, second = session(1, 0), session(2, 30)
    assert plan_of(first, second, today=40).courses[0].next.earliest == day(58)
    moved = replace(second, when=When(day(33)))
    assert plan_of(first, moved, today=40).courses[0].next.earliest == day(61)
    assert plan_of(first, today=40).courses[0].next.earliest == day(28)
    assert plan_of(second, first, today=40) == plan_of(first, second, today=40)


# --- which sessions belong to which course --------------------------------------------------------------------


def test_without_a_plan_the_treatments_file_proposes_one():
    (of,) = plan_of(session(1, 0), courses=[], today=3).courses
    assert of.implied
    assert of.next == NextSession(2, 4, day(28), day(42), None, "coming")


@pytest.mark.parametrize("treatment", ["rf_microneedling", "laser_ablative_fractional", "other", "a_newer_one"])
def test_where_nothing_is_known_no_next_session_is_proposed(treatment):
    (of,) = plan_of(session(1, 0, treatment), courses=[], today=3).courses
    assert of.next is None
    assert [look.slot.kind for look in of.looks] == ["after_last"] * 3


def test_a_monthly_treatment_has_a_window_without_a_number_of_sessions():
    (of,) = plan_of(session(1, 0, "hydrafacial"), courses=[], today=3).courses
    assert of.next == NextSession(2, None, day(28), day(31), None, "coming")


def test_a_planned_treatment_of_unknown_interval_has_a_number_and_no_days():
    (of,) = plan_of(session(1, 0, "chemical_peel"), courses=[], today=3).courses
    assert of.next == NextSession(2, 2, None, None, None, "unknown")
    assert [look.slot.day for look in of.looks if look.slot.kind == "before_next"] == [day(8)]


def test_a_session_goes_to_the_course_it_names_else_to_the_latest_that_fits():
    old = Course(starts=day(-400), ended=day(-200), id=7)
    new = Course(starts=START, id=8)
    open_one = Course(starts=None, treatment="hydrafacial", id=9)
    sessions = [
        session(1, -390),
        session(2, -10),  # a little before the hoped-for day
        session(3, 30),
        session(4, 60, course_id=7),
        session(5, -100),  # after the old course, long before the new
        session(6, -900, "hydrafacial"),
        session(7, 61, course_id=99),  # a course that is gone
    ]
    found = assign_sessions([old, new, open_one], sessions, CATALOGUE)
    assert [[one.id for one in of.sessions] for of in found] == [[1, 4], [2, 3, 7], [6], [5]]
    assert [of.implied for of in found] == [False, False, False, True]


def test_a_new_course_starts_with_what_the_file_says():
    course = new_course(CATALOGUE.treatment("microneedling"))
    assert (course.sessions, course.not_before, course.not_after, len(course.aftercare)) == (4, 28, 42, 9)
    assert new_course(CATALOGUE.treatment("other")).sessions == 0


def test_an_open_course_without_sessions_and_days_proposes_nothing():
    course = replace(new_course(CATALOGUE.treatment("hydrafacial")), id=3)
    (of,) = assign_sessions([course], [], CATALOGUE)
    assert next_session(of, START) is None


# --- photos ---------------------------------------------------------------------------------------------------


def test_photo_days_after_a_session():
    plan = plan_of(session(1, 0), today=3)
    assert states(plan, "day") == [(0, "past"), (1, "past"), (3, "due"), (7, "coming")]
    slots = [photos.slot for photos in plan.courses[0].photos if photos.slot.kind == "day"]
    assert [(slot.first, slot.last) for slot in slots] == [
        (day(0), day(0)),
        (day(1), day(2)),
        (day(3), day(5)),
        (day(7), day(10)),
    ]


def test_photos_taken_are_done_and_the_views_left_are_named():
    (due,) = plan_of(session(1, 0), today=3, photos=photos_on(3, views=VIEWS[:1])).due_photos
    assert (due.views, due.taken) == (VIEWS[1:], VIEWS[:1])
    plan = plan_of(session(1, 0), today=3, photos=[*photos_on(4), PhotoMark(When(day(3)), "")])
    assert states(plan, "day")[2] == (3, "done")


def test_the_baseline_is_before_the_first_session():
    assert states(plan_of(today=-20), "baseline") == [(0, "coming")]
    assert states(plan_of(today=-7), "baseline") == [(0, "due")]
    assert states(plan_of(courses=[replace(COURSE, starts=None)]), "baseline") == [(0, "due")]
    assert states(plan_of(session(1, 0), today=-1), "baseline") == [(0, "due")]
    assert states(plan_of(session(1, 0), today=0), "baseline") == [(0, "past")]
    assert states(plan_of(session(1, 0), today=1, photos=photos_on(-90)), "baseline") == [(0, "done")]


def test_on_the_day_itself_the_clock_tells_before_from_after():
    noon = session(1, 0, at=time(12))
    morning, evening = photos_on(0, time(9)), photos_on(0, time(18))
    assert states(plan_of(noon, photos=morning), "baseline") == [(0, "done")]
    assert states(plan_of(noon, photos=morning), "day")[0] == (0, "due")
    assert states(plan_of(noon, photos=evening), "baseline") == [(0, "past")]
    assert states(plan_of(noon, photos=evening), "day")[0] == (0, "done")
    unknown = plan_of(session(1, 0), photos=morning)
    assert states(unknown, "day")[0] == (0, "done")


def test_over_time_zones_the_instant_tells_before_from_after():
    noon = Session(When(START, time(12), 0), id=1)
    earlier = [PhotoMark(When(START, time(13), 120), view) for view in VIEWS]  # 11:00 UTC
    later = [PhotoMark(When(START, time(11), -120), view) for view in VIEWS]  # 13:00 UTC
    assert states(plan_of(noon, photos=earlier), "baseline") == [(0, "done")]
    assert states(plan_of(noon, photos=later), "day")[0] == (0, "done")


def test_a_session_that_comes_early_takes_the_days_after_it():
    plan = plan_of(session(1, 0), session(2, 2), session(3, 2), today=2)
    after_first = [p.slot for p in plan.courses[0].photos if p.slot.kind == "day" and p.slot.session_id == 1]
    assert [(slot.offset, slot.last) for slot in after_first] == [(0, day(0)), (1, day(1))]
    assert not [p for p in plan.courses[0].photos if p.slot.kind == "day" and p.slot.session_id == 2]


def test_what_was_proposed_more_than_a_year_ago_is_no_longer_looked_at():
    plan = plan_of(session(1, 0), session(2, 30), today=431, photos=[*photos_on(-1), *photos_on(3)])
    assert states(plan, "baseline") == [(0, "done")]
    assert {p.slot.session_id for p in plan.courses[0].photos if p.slot.kind == "day"} == set()
    assert [p.slot.session_id for p in plan_of(session(1, 0), today=400).courses[0].photos][1] == 1
    assert [look.slot.kind for look in plan.courses[0].looks] == ["after_last"] * 3


# --- looks, ratings, results ----------------------------------------------------------------------------------


def test_the_look_before_the_next_session_is_not_before_day_28():
    look = plan_of(session(1, 0), today=27).courses[0].looks[0]
    assert (look.slot.day, look.slot.first, look.slot.last, look.state) == (day(28), day(28), day(42), "coming")
    assert plan_of(session(1, 0), today=28).courses[0].looks[0].state == "due"
    later = plan_of(session(1, 0), courses=[replace(COURSE, not_before=42, not_after=None)], today=30)
    assert (later.courses[0].looks[0].slot.day, later.courses[0].looks[0].slot.last) == (day(41), None)


def test_once_the_next_session_is_written_the_look_is_just_before_it():
    looks = plan_of(session(1, 0), session(2, 35), today=36, photos=photos_on(30)).courses[0].looks
    assert [(look.slot.number, look.slot.day, look.state) for look in looks] == [
        (1, day(34), "done"),
        (2, day(63), "coming"),
    ]


def test_there_is_no_look_before_a_session_that_came_too_early():
    looks = plan_of(session(1, 0), session(2, 20), today=21).courses[0].looks
    assert [look.slot.number for look in looks] == [2]


def test_a_booked_session_has_its_look_before_it_and_none_after_it_yet():
    looks = plan_of(session(1, 0), session(2, 35), today=10).courses[0].looks
    assert [(look.slot.number, look.slot.day) for look in looks] == [(1, day(34))]


def test_looks_one_three_and_six_months_after_the_last_session():
    four = [session(number, (number - 1) * 30) for number in range(1, 5)]
    last = four[-1].when.day
    after = [look for look in plan_of(*four, today=90).courses[0].looks if look.slot.kind == "after_last"]
    assert [look.slot.day for look in after] == [add_months(last, months) for months in (1, 3, 6)]
    assert after[0].slot.first == after[0].slot.day - timedelta(days=7)


def test_when_the_window_of_the_next_session_is_over_the_last_may_have_been_the_last():
    assert [look.slot.kind for look in plan_of(session(1, 0), today=42).courses[0].looks] == ["before_next"]
    looks = plan_of(session(1, 0), today=43).courses[0].looks
    assert {look.slot.kind for look in looks} == {"before_next", "after_last"}
    assert plan_of(session(1, 0), session(2, 60), today=50).courses[0].looks[-1].slot.kind == "before_next"


def test_concerns_are_rated_at_the_baseline_and_at_each_look():
    plan = plan_of(session(1, 0), today=28, ratings=[Rating(day(0), "scars", 6)])
    assert [(one.slot.kind, one.concerns, one.state) for one in plan.courses[0].ratings] == [
        ("baseline", (), "done"),
        ("glow", ("",), "past"),
        ("before_next", ("scars",), "due"),
    ]


def due_ratings(plan: Plan) -> list[str]:
    return [one.slot.kind for course in plan.courses for one in course.ratings if one.state == "due"]


def test_the_fresh_glow_is_a_rating_of_its_own_at_24_hours():
    concern_only = plan_of(session(1, 0), today=1, ratings=[Rating(day(1), "scars", 6)])
    assert due_ratings(concern_only) == ["glow"]
    glow = Rating(day(1), "laxity_dullness", 3, kind="glow")
    assert due_ratings(plan_of(session(1, 0), today=1, ratings=[glow])) == []


def test_without_concerns_only_the_glow_is_rated():
    plan = plan_of(session(1, 0), courses=[replace(COURSE, concerns=())], today=1)
    assert [one.slot.kind for one in plan.courses[0].ratings] == ["glow"]


def test_when_a_result_would_be_expected_with_its_source():
    found = plan_of(session(1, 0), session(2, 30), today=40).courses[0].results
    assert [one.days for one in found] == [(day(42),), (day(90), day(150)), (add_months(day(30), 3),)]
    assert [one.result.statement.kinds for one in found] == ["A", "L", "C"]
    assert expected_results(CATALOGUE.treatment("microneedling"), []) == ()


# --- aftercare ------------------------------------------------------------------------------------------------


def test_aftercare_of_a_day_with_its_ticks():
    plan = plan_of(session(1, 0), session(2, 30), today=31)
    ticks = [AftercareTick(2, "hydration", day(31)), AftercareTick(2, "no_heat", day(30))]
    lines = aftercare_on(plan, ticks, day(31))
    assert {line.session.id for line in lines} == {2}
    assert {line.item.key: line.ticked for line in lines}["hydration"]
    assert not {line.item.key: line.ticked for line in lines}["no_heat"]
    assert {line.item.key for line in aftercare_on(plan, ticks, day(20))} == {"avoid_sun", "sun_protection"}
    assert aftercare_on(plan, ticks, day(29)) == ()


def test_what_is_asked_for_after_several_sessions_is_said_once_and_not_against_the_last_of_them():
    weekly = [session(key + 1, 7 * key, setting="home") for key in range(4)]
    lines = aftercare_on(plan_of(*weekly, today=24, courses=()), [], day(24))
    assert len({line.item.text for line in lines}) == len(lines)
    assert {line.session.id for line in lines} == {4}
    ticks = [AftercareTick(3, "avoid_sun", day(24))]
    assert {one.item.key: one.session.id for one in aftercare_on(plan_of(*weekly, courses=()), ticks, day(24))}[
        "avoid_sun"
    ] == 3
    same_day = {line.item.key for line in aftercare_on(plan_of(*weekly, courses=()), [], day(21))}
    assert "only_product_given" in same_day
    assert "sun_protection" not in same_day


def test_a_later_session_takes_nothing_of_an_earlier_ones_longer_aftercare_away():
    laser, facial = session(1, 0, "laser_ablative_fractional"), session(2, 10, "hydrafacial")
    lines = aftercare_on(plan_of(laser, facial, today=15, courses=()), [], day(15))
    assert {line.item.key: line.session.id for line in lines}["no_picking"] == 1


def test_the_courses_own_list_goes_before_the_treatments():
    own = replace(COURSE, aftercare=(ChecklistItem("own", "Cool it", 0, 1),))
    lines = aftercare_on(plan_of(session(1, 0), courses=[own]), [], day(1))
    assert [(line.item.key, line.days) for line in lines] == [("own", 1)]


# --- always ---------------------------------------------------------------------------------------------------

SESSIONS = st.lists(
    st.builds(
        lambda number, treatment, at: (number, treatment, at),
        st.integers(-50, 400),
        st.sampled_from(["microneedling", "chemical_peel", "hydrafacial", "other"]),
        st.sampled_from([None, time(9), time(18)]),
    ),
    max_size=8,
).map(lambda found: [session(key, *one) for key, one in enumerate(found, start=1)])


@given(SESSIONS, st.integers(-60, 700), st.lists(st.integers(-60, 700), max_size=20))
def test_a_plan_holds_together(sessions, today, photo_days):
    photos = [mark for number in photo_days for mark in photos_on(number)]
    plan = plan_of(*sessions, today=today, photos=photos)
    assert sorted(one.id for of in plan.courses for one in of.sessions) == sorted(one.id for one in sessions)
    for of in plan.courses:
        for proposed in of.photos:
            slot = proposed.slot
            assert set(proposed.views).isdisjoint(proposed.taken)
            assert slot.day is None or slot.holds_day(slot.day)
            taken = {mark.view for mark in photos if slot.holds(mark.when)}
            assert set(proposed.taken) == taken
            assert (proposed.state == "done") == (not proposed.views)
        if of.next is not None and of.next.earliest is not None and of.next.latest is not None:
            assert of.next.earliest <= of.next.latest


# --- settings, numbers, routines at home -----------------------------------------------------------------------


CLINIC = replace(COURSE, setting="clinic", title="Scars 2025")


def test_home_rolls_finish_no_clinics_course():
    rolls = [session(10 + key, 7 * key, setting="home") for key in range(6)]
    plan = plan_of(session(1, 3, setting="clinic"), *rolls, courses=[CLINIC], today=40)
    scars, home = plan.courses
    assert [one.id for one in scars.sessions] == [1]
    assert (scars.next.number, scars.next.of) == (2, 4)
    assert home.implied and home.at_home and len(home.sessions) == 6
    assert home.next is None


def test_a_plan_without_a_setting_takes_that_of_its_first_session():
    rolls = [session(10 + key, 7 * key, setting="home") for key in range(3)]
    first_clinic = plan_of(session(1, -1), *rolls, today=40).courses
    assert [len(of.sessions) for of in first_clinic] == [1, 3]
    first_home = plan_of(session(1, 30), *rolls, today=40).courses
    assert [len(of.sessions) for of in first_home] == [3, 1]
    assert first_home[0].at_home


def test_what_the_patient_says_goes_before_treatment_and_setting():
    named = session(1, 0, "hydrafacial", setting="home", course_id=1)
    free = session(2, 5, setting="clinic", unplanned=True)
    plan = plan_of(named, free, courses=[CLINIC], today=10)
    assert [[one.id for one in of.sessions] for of in plan.courses] == [[1], [2]]
    gone = session(3, 6, setting="clinic", course_id=99)  # its plan is in the trash
    assert [one.id for one in plan_of(gone, courses=[CLINIC]).courses[0].sessions] == [3]


def test_the_course_that_fits_by_itself_is_named_for_the_choice():
    written = [session(1, 0, setting="clinic"), session(2, 7, setting="home")]
    other = replace(COURSE, id=2, treatment="chemical_peel")
    assert course_fitting(session(0, 30, setting="clinic"), written, [CLINIC, other]) == CLINIC
    assert course_fitting(replace(written[0], unplanned=True), written, [CLINIC, other]) == CLINIC
    assert course_fitting(session(0, 30, "chemical_peel"), written, [CLINIC, other]) == other
    assert course_fitting(session(0, 30, setting="home"), written, [CLINIC, other]) is None
    assert course_fitting(session(0, 8, setting="home"), written, [replace(CLINIC, setting="")]) is None


def test_a_routine_at_home_proposes_photos_monthly_and_nothing_after_each_roll():
    rolls = [session(10 + key, 7 * key, setting="home") for key in range(9)]
    (home,) = plan_of(*rolls, courses=[], today=57).courses
    assert [(one.slot.kind, one.slot.day) for one in home.photos] == [
        ("baseline", day(-7)),
        ("monthly", add_months(START, 1)),
        ("monthly", add_months(START, 2)),
    ]
    assert [one.state for one in home.photos if one.slot.kind == "monthly"] == ["past", "coming"]
    assert home.ratings == ()
    assert home.results == ()
    long_ago = plan_of(*rolls, courses=[], today=800).courses[0]
    assert [one.slot.kind for one in long_ago.photos] == ["baseline"]
    assert plan_of(rolls[3], courses=[], today=0).courses[0].photos[0].slot.kind == "baseline"


def test_sessions_are_numbered_as_the_journal_counts_them():
    sessions = [session(1, 0, setting="clinic"), session(2, 3, "hydrafacial"), session(3, 30, setting="clinic")]
    plan = plan_of(*sessions, courses=[CLINIC], today=40)
    assert [of.numbers for of in plan.courses] == [(1, 3), (2,)]
    assert not any(of.alone for of in plan.courses)
    looks = [photos.slot for photos in plan.courses[0].photos if photos.slot.kind == "before_next"]
    assert [(slot.number, slot.before) for slot in looks] == [(1, 3), (3, 0)]
    booked = plan_of(*sessions, courses=[CLINIC], today=10).courses[0]
    assert (booked.next.booked, booked.booked_number) == (day(30), 3)
    assert plan.courses[0].booked_number == 0
