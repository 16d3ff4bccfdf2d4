"""One answer to "does this photo show healing?": in the window of any session before it, and which one says so."""

from __future__ import annotations

from datetime import time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.healing import Healing, healing_at
from needlejournal.journal.moments import When
from tests.journal.courses_by_hand import CATALOGUE, START, calendar, day, mark

LASER = "laser_ablative_fractional"
TREATMENTS = st.sampled_from([treatment.key for treatment in CATALOGUE.treatments] + ["a_newer_one"])


def at(number: int, clock: time | None = None) -> When:
    return When(day(number), clock)


def test_a_treatment_that_heals_quickly_does_not_end_a_lasers_window():
    sessions = calendar(mark(7, 0, LASER), mark(9, 9, "hydrafacial"))
    found = healing_at(at(13), sessions, CATALOGUE)
    assert found == Healing(True, 7, 1, LASER, 13, day(28))
    assert healing_at(at(10), sessions, CATALOGUE).number == 1  # in both; the laser's lasts longer
    assert healing_at(at(28), sessions, CATALOGUE).healing is True
    assert healing_at(at(29), sessions, CATALOGUE) == Healing()


def test_both_ends_of_a_window_count_and_days_before_do_not():
    sessions = calendar()
    found = [healing_at(at(number), sessions, CATALOGUE).healing for number in (-1, 0, 7, 8)]
    assert found == [False, True, True, False]
    assert healing_at(at(3), calendar(mark(1, 10)), CATALOGUE).healing is False


def test_a_photo_before_the_session_of_its_day_is_not_of_its_window():
    sessions = calendar(mark(1, 0, at=time(14)))
    assert healing_at(at(0, time(13)), sessions, CATALOGUE).healing is False
    assert healing_at(at(0, time(15)), sessions, CATALOGUE).healing is True


def test_after_a_treatment_without_a_known_window_it_is_unknown():
    sessions = calendar(mark(1, 0, "rf_microneedling"), mark(2, 10, "hydrafacial"))
    answers = [healing_at(at(number), sessions, CATALOGUE).healing for number in (5, 11, 14, 28, 29)]
    assert answers == [None, True, None, None, False]
    alone = calendar(mark(1, 0, "other"))
    assert healing_at(at(200), alone, CATALOGUE) == Healing(None, 1, 1, "other", 200)


@given(st.lists(st.tuples(st.integers(0, 90), TREATMENTS), max_size=12), st.integers(-5, 130))
def test_it_agrees_with_asking_every_session(sessions, number):
    marks = [mark(key, start, treatment) for key, (start, treatment) in enumerate(sessions, start=1)]
    found = healing_at(at(number), calendar(*marks) if marks else calendar(mark(1, 999)), CATALOGUE)
    windows = {one.id: CATALOGUE.treatment(one.treatment).healing.days for one in marks}
    before = [one for one in marks if one.when.day <= day(number)]
    inside = [one for one in before if (days := windows[one.id]) is not None and number <= _start(one) + days]
    assert (found.healing is True) == bool(inside)
    if inside:
        assert found.until == max(one.when.day + timedelta(days=windows[one.id]) for one in inside)
        assert found.session_id in {one.id for one in inside}


def _start(one) -> int:
    return (one.when.day - START).days
