"""Which backups are kept: of the latest 7 days, 8 weeks and 24 months that have one, the newest of each.

Periods are counted by the backups there are, not by today's date: a clock that jumps lets none of them go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

DAYS = 7
WEEKS = 8
MONTHS = 24


def kept(made: Iterable[datetime]) -> set[datetime]:
    """Those of the moments in `made` that are kept; the newest always is."""
    newest_first = sorted(set(made), reverse=True)
    return {
        moment
        for period, many in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS))
        for moment in _newest_of_each(newest_first, period, many)
    }


def _newest_of_each(newest_first: list[datetime], period: Callable[[datetime], object], many: int) -> list[datetime]:
    newest: dict[object, datetime] = {}
    for moment in newest_first:
        newest.setdefault(period(moment), moment)
    return list(newest.values())[:many]


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month
