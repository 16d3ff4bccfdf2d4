"""Which session is which, and day numbers: against a plain oracle that looks at every session in turn."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.moments import When
from needlejournal.journal.numbering import DayNumber, SessionCalendar, SessionMark

NEAR = st.sampled_from([date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)])  # so that days coincide
DAYS = NEAR | st.dates(date(2023, 12, 1), date(2024, 4, 30))  # a leap day and a spring clock change lie in it
TIMES = st.none() | st.sampled_from([time(0, 0), time(0, 1), time(12, 0), time(23, 59)])
OFFSETS = st.none() | st.sampled_from([-720, -600, 0, 60, 120, 330, 765, 840])


@st.composite
def marks(draw: st.DrawFn) -> list[SessionMark]:
    offset = draw(OFFSETS)  # one clock for all; test_moments has those of several
    whens = draw(st.lists(st.builds(When, DAYS, TIMES, st.just(offset)), max_size=8))
    ids = draw(st.permutations(range(1, len(whens) + 1)))
    return [SessionMark(number, when, "microneedling") for number, when in zip(ids, whens, strict=True)]


def ordinal(day: date) -> int:
    """Days since 1 March 2000, from year, month and day alone."""
    year, month = (day.year, day.month) if day.month > 2 else (day.year - 1, day.month + 12)
    leaps = year // 4 - year // 100 + year // 400
    return 365 * year + leaps + (153 * (month - 3) + 2) // 5 + day.day


def oracle(sessions: list[SessionMark], day: date, at: time | None) -> tuple[int, int] | None:
    """Session id and days since it, the slow and obvious way."""
    chosen = None
    for session in sorted(sessions, key=lambda one: (one.when.day, one.when.time or time.min, one.id)):
        starts_later = at is not None and session.when.time is not None and session.when.time > at
        if session.when.day < day or (session.when.day == day and not starts_later):
            chosen = session
        elif chosen is None:
            chosen = session  # before everything: negative days of the first session
            break
    return None if chosen is None else (chosen.id, ordinal(day) - ordinal(chosen.when.day))


@given(marks(), DAYS, TIMES)
def test_day_numbers_agree_with_looking_at_every_session(sessions, day, at):
    calendar = SessionCalendar(sessions)
    found = calendar.day_number(day, at)
    expected = oracle(sessions, day, at)
    assert (None if found is None else (found.session_id, found.days)) == expected
    if found is not None:
        assert calendar.number(found.session_id) == found.number


@given(marks(), st.randoms(use_true_random=False))
def test_the_order_in_which_sessions_were_entered_does_not_matter(sessions, random):
    shuffled = list(sessions)
    random.shuffle(shuffled)
    assert SessionCalendar(shuffled).marks == SessionCalendar(sessions).marks


@given(marks())
def test_numbers_run_from_one_without_gaps_and_find_their_session(sessions):
    calendar = SessionCalendar(sessions)
    numbers = sorted(calendar.number(session.id) for session in sessions)
    assert numbers == list(range(1, len(sessions) + 1))
    assert all(calendar.find(calendar.number(session.id)) == session for session in sessions)
    assert calendar.find(0) is None
    assert calendar.find(len(sessions) + 1) is None


@given(marks(), DAYS)
def test_a_trashed_session_gives_its_days_to_the_one_before(sessions, day):
    for gone in sessions:
        rest = [session for session in sessions if session.id != gone.id]
        calendar = SessionCalendar(rest)
        found = calendar.day_number(day)
        assert (None if found is None else (found.session_id, found.days)) == oracle(rest, day, None)
        with pytest.raises(KeyError):
            calendar.number(gone.id)


@given(DAYS, st.integers(-200, 400))
def test_offsets_and_times_never_shift_a_day(day, later):
    for offset in (-720, 0, 840):
        for clock in (time(0, 0), time(23, 59)):
            calendar = SessionCalendar([SessionMark(1, When(day, clock, offset), "microneedling")])
            found = calendar.day_number(day + timedelta(days=later))
            assert found == DayNumber(1, 1, later)


def test_without_sessions_no_day_has_a_number():
    assert SessionCalendar([]).day_number(date(2026, 3, 1)) is None


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ((2024, 2, 28), (2024, 3, 1), 2),  # leap year
        ((2023, 2, 28), (2023, 3, 1), 1),
        ((2025, 3, 29), (2025, 3, 31), 2),  # clocks go forward in Europe
        ((2025, 10, 25), (2025, 10, 27), 2),  # and back
        ((2025, 12, 31), (2026, 1, 1), 1),
        ((1999, 12, 31), (2000, 3, 1), 61),
    ],
)
def test_days_over_leap_days_clock_changes_and_new_year(first, second, days):
    calendar = SessionCalendar([SessionMark(1, When(date(*first)), "microneedling")])
    assert calendar.day_number(date(*second)).days == days


def test_a_session_just_before_midnight_and_the_next_morning_are_a_day_apart():
    late = When.from_datetime(datetime(2025, 3, 29, 23, 50, tzinfo=ZoneInfo("Europe/Berlin")))
    calendar = SessionCalendar([SessionMark(1, late, "microneedling")])
    morning = When.from_datetime(datetime(2025, 3, 30, 7, 0, tzinfo=ZoneInfo("Europe/Berlin")))
    assert calendar.day_number(morning.day, morning.time).days == 1
    assert (late.offset_minutes, morning.offset_minutes) == (60, 120)


def test_over_the_date_line_the_days_are_those_that_were_lived():
    before = datetime(2026, 3, 5, 22, 0, tzinfo=timezone(timedelta(hours=13)))  # Tonga
    after = before.astimezone(timezone(timedelta(hours=-11)))  # Samoa's neighbour, a calendar day earlier
    assert before.astimezone(UTC) == after.astimezone(UTC)
    calendar = SessionCalendar([SessionMark(1, When.from_datetime(before), "microneedling")])
    assert calendar.day_number(When.from_datetime(after).day).days == -1
    assert calendar.day_number(date(2026, 3, 6)).days == 1


def test_two_sessions_on_one_day_go_by_time_then_by_when_they_were_entered():
    morning = SessionMark(7, When(date(2026, 3, 1), time(9, 0)), "microneedling")
    evening = SessionMark(3, When(date(2026, 3, 1), time(18, 0)), "chemical_peel")
    unknown = SessionMark(5, When(date(2026, 3, 1)), "other")
    calendar = SessionCalendar([evening, morning, unknown])
    assert [mark.id for mark in calendar.marks] == [5, 7, 3]
    assert calendar.day_number(date(2026, 3, 1)).session_id == 3
    assert calendar.day_number(date(2026, 3, 1), time(12, 0)).session_id == 7
    assert calendar.day_number(date(2026, 3, 1), time(18, 0)).session_id == 3
    assert calendar.day_number(date(2026, 3, 2), time(0, 0)).session_id == 3


def test_a_photo_taken_before_the_first_session_of_the_day_is_still_from_before():
    first = SessionMark(1, When(date(2026, 2, 1), time(10, 0)), "microneedling")
    second = SessionMark(2, When(date(2026, 3, 1), time(10, 0)), "microneedling")
    calendar = SessionCalendar([first, second])
    assert calendar.day_number(date(2026, 3, 1), time(9, 0)) == DayNumber(1, 1, 28)
    assert calendar.day_number(date(2026, 2, 1), time(9, 0)) == DayNumber(1, 1, 0)


def test_moving_a_session_renumbers_the_others():
    days = {1: date(2026, 1, 1), 2: date(2026, 2, 1), 3: date(2026, 3, 1)}
    numbers = SessionCalendar(SessionMark(key, When(day), "microneedling") for key, day in days.items())
    assert [numbers.number(key) for key in days] == [1, 2, 3]
    days[1] = date(2026, 4, 1)
    moved = SessionCalendar(SessionMark(key, When(day), "microneedling") for key, day in days.items())
    assert [moved.number(key) for key in days] == [3, 1, 2]
