"""Progress as the patient rated and judged it: series, judgements, costs, rows for CSV. Missing stays missing.

No score is made of it, nothing is filled in between, and nothing is called good or bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.ratings import Judgement, Rating
from needlejournal.journal.sessions import Price, Session

Row = tuple[str, ...]
RATING_HEADER: Row = ("day", "session", "day_after_session", "kind", "concern", "rating_0_10", "judgement", "note")


@dataclass(frozen=True, slots=True)
class RatedPoint:
    """One rating on the time axis; `session` and `days` say how long after which session (None: no session)."""

    day: date
    value: int
    session: int | None
    days: int | None
    rating: Rating


@dataclass(frozen=True, slots=True)
class JudgedPoint:
    """One judgement against the baseline photo, in its word."""

    day: date
    judgement: Judgement
    session: int | None
    days: int | None
    rating: Rating


@dataclass(frozen=True, slots=True)
class ConcernProgress:
    """What was rated and judged of one concern, by day. Days without a rating have no point."""

    concern: str
    points: tuple[RatedPoint, ...]
    judged: tuple[JudgedPoint, ...]


def progress(
    ratings: Iterable[Rating], calendar: SessionCalendar, kind: str = "concern"
) -> tuple[ConcernProgress, ...]:
    """Each concern's progress, in the order in which they were first rated. `kind` "glow" for the fresh glow."""
    by_concern: dict[str, list[Rating]] = {}
    for rating in sorted((one for one in ratings if one.kind == kind), key=lambda one: (one.day, one.id)):
        by_concern.setdefault(rating.concern, []).append(rating)
    return tuple(_concern(concern, found, calendar) for concern, found in by_concern.items())


def _concern(concern: str, ratings: Sequence[Rating], calendar: SessionCalendar) -> ConcernProgress:
    points, judged = [], []
    for rating in ratings:
        place = calendar.day_number(rating.day)
        session, days = (place.number, place.days) if place else (None, None)
        if rating.value is not None:
            points.append(RatedPoint(rating.day, rating.value, session, days, rating))
        if rating.judgement is not None:
            judged.append(JudgedPoint(rating.day, rating.judgement, session, days, rating))
    return ConcernProgress(concern, tuple(points), tuple(judged))


@dataclass(frozen=True, slots=True)
class HealingSpan:
    """The days on which photos show healing, not a result; both ends included."""

    session_id: int
    first: date
    last: date


def healing_spans(calendar: SessionCalendar, catalogue: Catalogue) -> tuple[HealingSpan, ...]:
    """The healing windows of all sessions whose treatment has one."""
    found = []
    for mark in calendar.marks:
        days = catalogue.treatment(mark.treatment).healing.days
        if days is not None:
            found.append(HealingSpan(mark.id, mark.when.day, mark.when.day + timedelta(days=days)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs so far: a sum for each currency, and of how many sessions no price is known."""

    sums: tuple[Price, ...]
    sessions: int
    without_price: int


def costs(sessions: Iterable[Session], until: date) -> Costs:
    """What the sessions up to and including `until` cost; a missing price is counted, never guessed."""
    sums: dict[str, int] = {}
    count = unknown = 0
    for session in sessions:
        if session.when.day > until:
            continue
        count += 1
        if session.price is None:
            unknown += 1
        else:
            sums[session.price.currency] = sums.get(session.price.currency, 0) + session.price.minor
    return Costs(tuple(Price(minor, currency) for currency, minor in sorted(sums.items())), count, unknown)


def rating_rows(ratings: Iterable[Rating], calendar: SessionCalendar, catalogue: Catalogue) -> list[Row]:
    """The ratings as rows for CSV, header first, by day. What is not known is an empty field."""
    rows = [
        (
            *_placed(rating.day, calendar),
            rating.kind,
            catalogue.concern(rating.concern).name,
            _number(rating.value),
            catalogue.scales.judgement_word(rating.judgement) if rating.judgement else "",
            rating.note,
        )
        for rating in sorted(ratings, key=lambda one: (one.day, one.kind, one.concern))
    ]
    return [RATING_HEADER, *rows]


def _placed(day: date, calendar: SessionCalendar) -> tuple[str, str, str]:
    place = calendar.day_number(day)
    return (day.isoformat(), str(place.number), str(place.days)) if place else (day.isoformat(), "", "")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
