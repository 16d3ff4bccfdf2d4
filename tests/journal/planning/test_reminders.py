"""Reminders: once, in one notice, never in quiet hours, and never about what is over."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.courses import ReminderState
from needlejournal.journal.days import DayNote
from needlejournal.journal.diary.days_after import Diary
from needlejournal.journal.moments import When
from needlejournal.journal.photos import PhotoMark
from needlejournal.journal.planning.agenda import agenda
from needlejournal.journal.planning.plan import PlanFacts, make_plan
from needlejournal.journal.planning.reminders import (
    Notice,
    Reminder,
    ReminderSettings,
    after_shown,
    asked_from,
    due_notice,
    next_moment,
    reminders,
)
from needlejournal.journal.sessions import Session
from tests.journal.courses_by_hand import CATALOGUE, START, day

SETTINGS = ReminderSettings()
GUILT = ("missed", "failed", "forgot", "should", "overdue", "late", "streak", "!")


def moment(number: int, hour: int = 20, minute: int = 0) -> datetime:
    return datetime.combine(day(number), time(hour, minute), UTC)


def found_on(
    number: int, treatment: str = "microneedling", noted: tuple[int, ...] = (), photos=()
) -> tuple[Reminder, ...]:
    session = Session(When(START), treatment, id=1, uid="s1")
    plan = make_plan(PlanFacts((), (session,), photos), day(number), CATALOGUE)
    diary = Diary([], [DayNote(day(one), nothing_to_note=True) for one in noted])
    return reminders(plan, agenda(plan, CATALOGUE), diary, SETTINGS)


def notice_at(found, now: datetime, states=None, settings=SETTINGS) -> Notice | None:
    return due_notice(found, states or {}, now, settings)


def test_on_an_evening_the_diary_and_the_photos_come_in_one_notice():
    found = found_on(0)
    assert notice_at(found, moment(0, 18, 59)) is None
    notice = notice_at(found, moment(0, 19))
    assert tuple(map(str, notice.lines)) == (
        "How is your skin on day 0 after session 1? The diary is open.",
        "Photos on day 0 after session 1: Micro-needling.",
    )


def test_five_days_with_the_computer_off_give_one_notice_with_one_line_for_the_diary():
    notice = notice_at(found_on(5), moment(5))
    assert tuple(map(str, notice.lines)) == (
        "There are 6 days since your session that you can still write down, if you like.",
        "Photos on day 3 after session 1: Micro-needling.",
    )
    assert len(notice.keys) == 7


def test_what_was_shown_or_put_aside_is_not_shown_again():
    found = found_on(0)
    notice = notice_at(found, moment(0))
    states = {state.key: state for state in after_shown(notice, moment(0))}
    assert next(iter(states.values())).shown_utc == "2026-03-01T20:00:00+00:00"
    assert notice_at(found, moment(0, 21), states) is None
    dismissed = {key: ReminderState(key, dismissed=True) for key in notice.keys}
    assert notice_at(found, moment(0), dismissed) is None
    assert notice_at(found, moment(0), {notice.keys[0]: ReminderState(notice.keys[0])}) is not None


def test_the_clock_set_back_shows_nothing_twice():
    found = found_on(2)
    states = {state.key: state for state in after_shown(notice_at(found, moment(2)), moment(2))}
    assert notice_at(found, moment(1), states) is None


def test_days_that_were_written_and_photos_that_were_taken_need_no_reminder():
    photos = [PhotoMark(When(START), view) for view in CATALOGUE.photo_plan.views]
    assert notice_at(found_on(0, noted=(0,), photos=photos), moment(0)) is None


def test_proposals_that_are_over_go_quietly():
    assert not [one for one in found_on(12) if one.kind == "photos" and one.due.date() <= day(7)]
    assert notice_at(found_on(12, noted=tuple(range(8))), moment(12)) is None
    assert tuple(map(str, notice_at(found_on(40), moment(40)).lines)) == (
        "Good days for session 2 of 4: Micro-needling.",
        "Photos before session 2: Micro-needling.",
    )


@pytest.mark.parametrize(
    ("treatment", "days"), [("microneedling", 8), ("chemical_peel", 8), ("hydrafacial", 4), ("other", 0)]
)
def test_the_diary_is_asked_for_in_the_days_that_need_it(treatment, days):
    assert len([one for one in found_on(0, treatment) if one.kind == "diary"]) == days


def test_nothing_before_the_sessions_whose_diary_is_kept_is_asked_for():
    sessions = tuple(Session(When(day(number)), id=number + 1, uid=f"s{number}") for number in (0, 60, 90))
    for today, first in ((61, 60), (80, 60), (89, 60), (91, 90), (400, 400)):
        plan = make_plan(PlanFacts((), sessions), day(today), CATALOGUE)
        found = reminders(plan, agenda(plan, CATALOGUE), Diary([], []), SETTINGS)
        assert asked_from(plan) == day(first)
        assert all(one.due.date() >= day(first) for one in found if one.kind == "diary")


def test_more_than_three_lines_are_said_as_more():
    many = [
        Reminder(f"k{number}", "photos", moment(0).replace(tzinfo=None), None, f"Photos {number}.")
        for number in range(5)
    ]
    assert tuple(map(str, notice_at(many, moment(1)).lines)) == (
        "Photos 0.",
        "Photos 1.",
        "And 3 more on the plan page.",
    )


def test_all_can_be_turned_off_at_once():
    off = ReminderSettings(enabled=False)
    assert notice_at(found_on(5), moment(5), settings=off) is None
    assert next_moment(found_on(5), {}, moment(5), off) is None


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to", "hour", "quiet"),
    [
        (22, 8, 23, True),
        (22, 8, 3, True),
        (22, 8, 8, False),
        (22, 8, 21, False),
        (13, 15, 14, True),
        (13, 15, 15, False),
        (9, 9, 9, False),
    ],
)
def test_quiet_hours_may_run_over_midnight(quiet_from, quiet_to, hour, quiet):
    settings = ReminderSettings(quiet_from=time(quiet_from), quiet_to=time(quiet_to))
    assert settings.is_quiet(time(hour)) is quiet
    assert (notice_at(found_on(2), moment(2, hour), settings=settings) is None) is quiet


def test_when_to_look_again():
    found = found_on(0)
    assert next_moment(found, {}, moment(0, 12), SETTINGS) == datetime(2026, 3, 1, 19)
    assert next_moment(found, {}, moment(0, 20), SETTINGS) == datetime(2026, 3, 1, 20)
    assert next_moment(found, {}, moment(0, 23), SETTINGS) == datetime(2026, 3, 2, 8)
    assert next_moment(found, {}, moment(1, 3), SETTINGS) == datetime(2026, 3, 2, 8)
    assert next_moment([], {}, moment(0), SETTINGS) is None


HOURS = st.lists(st.integers(0, 24 * 60), min_size=1, max_size=60)


@given(HOURS)
def test_however_often_one_looks_nothing_is_said_twice_or_in_words_of_guilt(hours):
    states: dict[str, ReminderState] = {}
    told: list[str] = []
    for hour in sorted(hours):
        now = moment(0, 0) + timedelta(hours=hour)
        found = found_on((now.date() - START).days)
        notice = due_notice(found, states, now, SETTINGS)
        if notice is None:
            continue
        assert not SETTINGS.is_quiet(now.time())
        assert 1 <= len(notice.lines) <= 3
        assert not any(word in str(line).lower() for line in notice.lines for word in GUILT)
        told += notice.keys
        states |= {state.key: state for state in after_shown(notice, now)}
        assert due_notice(found, states, now, SETTINGS) is None
    assert len(told) == len(set(told))


@given(st.integers(0, 60), st.integers(0, 23))
def test_there_is_something_to_tell_at_the_next_moment_and_nothing_before(number, hour):
    found = found_on(number)
    now = moment(number, hour)
    later = next_moment(found, {}, now, SETTINGS)
    if later is None:
        assert due_notice(found, {}, now, SETTINGS) is None
        return
    if later > now.replace(tzinfo=None):
        assert due_notice(found, {}, now, SETTINGS) is None
    pending = [one for one in found if one.until is None or later.date() <= one.until]
    assert (due_notice(found, {}, later.replace(tzinfo=UTC), SETTINGS) is not None) == any(
        one.due <= later for one in pending
    )
