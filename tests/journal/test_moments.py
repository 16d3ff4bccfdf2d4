"""The order in which things happened: by local days, within a day by instants where they are known, else by clocks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.errors import BadInput
from needlejournal.journal.moments import (
    When,
    by_instants,
    check_not_far_ahead,
    day_lived,
    in_order,
    is_known_before,
    next_day_begins,
)

DAY = date(2025, 10, 26)  # clocks go back in Europe
CLOCKS = st.none() | st.sampled_from([time(0), time(2, 30), time(3), time(9), time(23, 59)])
OFFSETS = st.none() | st.sampled_from([-600, 0, 60, 120, 540])
WHENS = st.lists(st.builds(When, st.sampled_from([DAY, date(2025, 10, 27)]), CLOCKS, OFFSETS), max_size=8)


def ordered(*whens: When) -> list[When]:
    return in_order(whens, lambda when: when, lambda _: 0)


def test_the_night_the_clocks_go_back():
    summer, winter = When(DAY, time(2, 30), 120), When(DAY, time(2, 10), 60)
    assert ordered(winter, summer) == [summer, winter]
    assert is_known_before(summer, winter)


def test_tokyo_in_the_morning_is_before_honolulu_in_the_night_of_the_same_day():
    tokyo, honolulu = When(DAY, time(9), 540), When(DAY, time(3), -600)
    assert ordered(honolulu, tokyo) == [tokyo, honolulu]


def test_days_stay_local_whatever_the_instant():
    tokyo, honolulu = When(date(2025, 10, 27), time(1), 540), When(DAY, time(20), -600)
    assert tokyo.utc < honolulu.utc
    assert ordered(tokyo, honolulu) == [honolulu, tokyo]
    assert is_known_before(honolulu, tokyo)


def test_what_has_no_offset_goes_by_its_clock_among_the_others():
    camera, early, late = When(DAY, time(12)), When(DAY, time(11), 120), When(DAY, time(13), 120)
    unknown = When(DAY)
    assert ordered(late, camera, unknown, early) == [unknown, early, camera, late]


def test_what_is_the_same_moment_goes_by_its_tie():
    same = When(DAY, time(9), 60)
    assert in_order([(2, same), (1, same)], lambda one: one[1], lambda one: one[0]) == [(1, same), (2, same)]


@given(WHENS, st.randoms(use_true_random=False))
def test_instants_decide_and_the_order_of_writing_does_not(whens, random):
    numbered = list(enumerate(whens))
    found = in_order(numbered, lambda one: one[1], lambda one: one[0])
    shuffled = list(numbered)
    random.shuffle(shuffled)
    assert in_order(shuffled, lambda one: one[1], lambda one: one[0]) == found
    assert sorted(found) == numbered
    for (_, one), (_, other) in combinations(found, 2):
        assert one.day <= other.day
        if one.day == other.day and one.utc and other.utc:
            assert one.utc <= other.utc
        if one.day == other.day and one.offset_minutes == other.offset_minutes:
            assert (one.time or time.min) <= (other.time or time.min)
    assert by_instants(found, lambda one: one[1]) == found or len({when.offset_minutes for when in whens}) > 1


def test_my_day_begins_at_four() -> None:
    four = time(4)
    night, morning = datetime(2025, 10, 26, 3, 59), datetime(2025, 10, 26, 4)
    assert (day_lived(night, four), day_lived(morning, four)) == (date(2025, 10, 25), DAY)
    assert day_lived(night, time(0)) == DAY
    assert next_day_begins(night, four) == datetime(2025, 10, 26, 4)
    assert next_day_begins(morning, four) == datetime(2025, 10, 27, 4)
    assert next_day_begins(night, time(0)) == datetime(2025, 10, 27)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.times())
def test_a_day_lasts_until_the_next_begins(now: datetime, begins: time) -> None:
    ahead = next_day_begins(now, begins)
    assert now < ahead <= now + timedelta(days=1)
    assert day_lived(ahead, begins) == day_lived(now, begins) + timedelta(days=1)


def test_a_day_more_than_a_year_ahead_is_a_slip() -> None:
    check_not_far_ahead(date(2026, 10, 26), DAY)
    with pytest.raises(BadInput, match="2027-10-28 is more than a year ahead"):
        check_not_far_ahead(date(2027, 10, 28), DAY)
