"""Whether a photo shows healing, not a result: one answer for the panel, pairs, reviews, progress and exports.

Any session before it counts: a later treatment that heals quickly does not end an earlier one's healing window.
"""

from __future__ import annotations

from datetime import date, timedelta

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.frozen import frozen
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark


@frozen
class Healing:
    """Whether a photo lies in a healing window. `healing` None: not known for a treatment just before it.

    Where it is not False, it names the session that says so: its id, number and treatment, and `days` after it;
    `until` is the last day of its window. Of several windows the one that lasts longest is named.
    """

    healing: bool | None = False
    session_id: int | None = None
    number: int = 0
    treatment: str = ""
    days: int = 0
    until: date | None = None


def healing_at(when: When, calendar: SessionCalendar, catalogue: Catalogue) -> Healing:
    """Whether a photo taken then shows healing: it does in the window of any session before it.

    Where no window holds it, it is unknown after a session whose treatment has no known window: until the next
    session, and in any case for as long as the longest window that is known.
    """
    done = calendar.done_by(when)
    longest = timedelta(days=catalogue.longest_healing)
    near = [mark for mark in calendar.between(when.day - longest, when.day) if calendar.number(mark.id) <= done]
    windows = [(mark, last) for mark in near if (last := last_healing_day(mark, catalogue)) and last >= when.day]
    if windows:
        mark, until = max(windows, key=lambda one: (one[1], calendar.number(one[0].id)))
        return _named(mark, when, calendar, until)
    latest = calendar.find(done)
    unknown = [mark for mark in (latest, *reversed(near)) if mark and last_healing_day(mark, catalogue) is None]
    return _named(unknown[0], when, calendar, None) if unknown else Healing()


def last_healing_day(mark: SessionMark, catalogue: Catalogue) -> date | None:
    """The last day of a session's healing window; None where its treatment's file does not say."""
    days = catalogue.treatment(mark.treatment).healing.days
    return None if days is None else mark.when.day + timedelta(days=days)


def _named(mark: SessionMark, when: When, calendar: SessionCalendar, until: date | None) -> Healing:
    days = (when.day - mark.when.day).days
    healing = None if until is None else True
    return Healing(healing, mark.id, calendar.number(mark.id), mark.treatment, days, until)
