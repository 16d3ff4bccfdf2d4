"""The plan as dated entries: what stands on which day, in which words, and under which lasting key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from needlejournal.journal.courses import Course
from needlejournal.journal.moments import When
from needlejournal.journal.planning.agenda import AgendaEntry, agenda, entries_between
from needlejournal.journal.planning.plan import PlanFacts, make_plan
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Session
from tests.journal.courses_by_hand import CATALOGUE, START, day

COURSE = Course(sessions=4, concerns=("scars", "My own"), starts=START, clinic="Example clinic", id=1, uid="c1")


def session(key: int, number: int, treatment: str = "microneedling", **more) -> Session:
    return Session(When(day(number)), treatment, id=key, uid=f"s{key}", **more)


def entries(*sessions: Session, today: int = 0, courses=(COURSE,), ratings=()) -> list[AgendaEntry]:
    plan = make_plan(PlanFacts(courses, sessions, (), ratings), day(today), CATALOGUE)
    return list(agenda(plan, CATALOGUE))


def told(found: list[AgendaEntry], kind: str) -> list[tuple[int, str, str]]:
    return [((one.day - START).days, str(one.title), one.state) for one in found if one.kind == kind]


def test_sessions_are_numbered_within_their_course():
    found = entries(session(1, 0, clinic="Example clinic", practitioner="Ms Example"), session(2, 30), today=10)
    assert told(found, "session") == [
        (0, "Session 1 of 4: Micro-needling", "done"),
        (30, "Session 2 of 4: Micro-needling", "coming"),
    ]
    assert next(str(one.text) for one in found if one.kind == "session") == "Example clinic, Ms Example"


def test_with_several_courses_a_session_has_one_number_and_its_place_apart():
    peel = Course("chemical_peel", sessions=0, id=2, uid="c2")
    found = entries(session(1, 0), session(2, 10, "chemical_peel"), session(3, 30), courses=[COURSE, peel], today=40)
    assert [title for _, title, _ in told(found, "session")] == [
        "Session 1 of 4: Micro-needling",
        "Session 2: Chemical peel",
        "Session 3: Micro-needling, 2 of 4",
    ]
    titles = [title for _, title, _ in told(found, "next_session")]
    assert titles == [
        "Good days for the next session: Chemical peel",
        "Good days for the next session: Micro-needling, 3 of 4",
    ]
    looks = [title for _, title, _ in told(found, "photos") if "before" in title]
    assert "Photos before the next session: Micro-needling" in looks


def test_a_routine_at_home_stands_by_its_months():
    found = entries(*(session(key, 7 * key, setting="home") for key in range(1, 6)), courses=[], today=20)
    months = [one for one in found if one.kind == "photos" and "month" in str(one.title)]
    assert [str(one.title) for one in months] == ["Photos of month 1 at home: Micro-needling"]
    assert months[0].key.startswith("photos:microneedling:home:")


def test_the_next_session_spans_its_window():
    (found,) = [one for one in entries(session(1, 0), today=10) if one.kind == "next_session"]
    assert (str(found.title), found.day, found.until) == (
        "Good days for session 2 of 4: Micro-needling",
        day(28),
        day(42),
    )
    assert found.text == "Example clinic"
    first = next(one for one in entries(today=-3) if one.kind == "next_session")
    assert (first.day, first.until, first.lapses) == (START, START, None)


def test_a_booked_session_needs_no_window_and_an_unknown_interval_has_none():
    assert not told(entries(session(1, 0), session(2, 30), today=10), "next_session")
    assert not told(entries(session(1, 0, "chemical_peel"), today=1, courses=[]), "next_session")
    assert told(entries(session(1, 0, "hydrafacial"), today=1, courses=[]), "next_session") == [
        (28, "Good days for session 2: HydraFacial", "coming")
    ]


def test_photos_and_ratings_name_their_day_and_what_passed_by_is_left_out():
    found = entries(session(1, 0), today=4)
    assert told(found, "photos") == [
        (3, "Photos on day 3 after session 1: Micro-needling", "due"),
        (7, "Photos on day 7 after session 1: Micro-needling", "coming"),
        (28, "Photos before session 2: Micro-needling", "coming"),
    ]
    assert next(str(one.text) for one in found if one.kind == "photos") == (
        "Views: From the front, Half turned, left side, Half turned, right side."
    )
    assert told(found, "ratings") == [(28, "Rate your concerns before session 2: Micro-needling", "coming")]
    assert next(str(one.text) for one in found if one.kind == "ratings") == "Scars, My own."


def test_the_fresh_glow_says_what_it_partly_is():
    found = [one for one in entries(session(1, 0), today=1) if one.kind == "ratings"]
    assert (str(found[0].title), str(found[0].text)) == (
        "Rate the fresh glow after session 1",
        "Fresh glow, partly swelling.",
    )


def test_before_the_first_session_and_after_the_last():
    assert told(entries(today=-10), "photos") == [(-7, "Photos before the first session: Micro-needling", "coming")]
    undated = entries(courses=[replace(COURSE, starts=None)])
    assert undated == []
    last = entries(session(1, 0), courses=[replace(COURSE, sessions=1)], today=20)
    assert [title for _, title, _ in told(last, "photos")] == [
        "Photos 1 month after the last session: Micro-needling",
        "Photos 3 months after the last session: Micro-needling",
        "Photos 6 months after the last session: Micro-needling",
    ]


def test_ratings_that_were_given_stay_as_done():
    ratings = [Rating(day(-1), "scars", 6), Rating(day(-1), "My own", 4)]
    found = entries(session(1, 0), today=3, ratings=ratings)
    assert told(found, "ratings")[0] == (-7, "Rate your concerns before the first session: Micro-needling", "done")


def test_when_a_result_would_be_expected_with_its_source():
    found = [one for one in entries(session(1, 0), today=100) if one.kind == "result"]
    assert [((one.day - START).days, one.state) for one in found] == [
        (42, "done"),
        (90, "done"),
        (92, "done"),
        (150, "coming"),
    ]
    assert str(found[1].text).endswith("Ablon 2018 (PMC6122507) (study)")


def test_keys_are_unique_and_stay_when_days_move():
    before = entries(session(1, 0), session(2, 30, "chemical_peel"), today=1)
    moved = entries(session(1, 1), session(2, 33, "chemical_peel"), today=1)
    keys = [one.key for one in before]
    assert len(set(keys)) == len(keys)
    lasting = ("session:", "next:", "photos:c1:s1:day:7", "photos:c1:s1:before_next")
    assert {key for key in keys if key.startswith(lasting)} == {one.key for one in moved if one.key.startswith(lasting)}
    unsaved = entries(replace(session(1, 0), uid=""), courses=[replace(COURSE, uid="")], today=1)
    assert "session:1" in {one.key for one in unsaved}
    assert "next:1:2" in {one.key for one in unsaved}


def test_a_month_holds_what_begins_ends_or_goes_on_in_it():
    found = entries(session(1, 0), today=1)
    april = entries_between(found, date(2026, 4, 1), date(2026, 4, 30))
    assert [one.kind for one in april] == ["next_session", "result"]
    assert entries_between(found, date(2026, 4, 5), date(2026, 4, 6))[0].kind == "next_session"
