"""Which backups are kept, against a slow count by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.retention import kept

START = datetime(2025, 1, 1, 12)


def test_a_year_of_daily_backups_thins_out_to_days_weeks_and_months() -> None:
    made = [START + timedelta(days=day) for day in range(365)]
    left = sorted(kept(made))
    assert left[-7:] == made[-7:]
    assert left[0] == datetime(2025, 1, 31, 12) and len({(one.year, one.month) for one in left}) == 12
    assert len(left) <= 7 + 8 + 24


def test_of_one_day_the_newest_is_kept() -> None:
    made = [START + timedelta(hours=hour) for hour in range(10)]
    assert kept(made) == {made[-1]}


def test_nothing_made_nothing_kept() -> None:
    assert kept([]) == set()


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), min_size=1, max_size=60))
def test_any_history_keeps_its_newest_and_loses_nothing_it_kept_by_being_thinned_again(made: list[datetime]) -> None:
    left = kept(made)
    assert max(made) in left and left <= set(made)
    assert kept(left) == left
    for period in (lambda one: one.date(), lambda one: one.isocalendar()[:2], lambda one: (one.year, one.month)):
        newest_period = max(made)
        assert any(period(one) == period(newest_period) for one in left)
