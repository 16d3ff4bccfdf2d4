"""The patient's own ratings as points on one scale of time. Nothing is filled in, nothing is called good or bad."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from needlejournal.journal.message import message
from needlejournal.journal.planning.progress import ConcernProgress, progress
from needlejournal.journal.ratings import Rating
from needlejournal.workflows.reporting.diary_shown import ReportFacts
from needlejournal.workflows.reporting.sessions_shown import joined
from needlejournal.workflows.reporting.spans import ReportSpan
from needlejournal.workflows.reporting.values import RatedShown, RatingsShown
from needlejournal.workflows.reporting.wording import Words


def ratings_shown(known: ReportFacts, span: ReportSpan) -> RatingsShown | None:
    """The ratings of the span by concern; with what went before where the span wants it. None where there are none."""
    ratings = [one for one in known.journal.ratings.all() if _counts(one, span)]
    concerns = [one for one in progress(ratings, known.calendar) if one.points or one.judged]
    if not concerns:
        return None
    days = [rating.day for rating in ratings if rating.kind == "concern"]
    days += [session.when.day for session in span.sessions]
    first, last = min(days), max(days)
    marks = tuple(_place(session.when.day, first, last) for session in span.sessions)
    shown = tuple(_concern(known, one, first, last) for one in concerns)
    lowest, highest = known.catalogue.scales.rating_ends
    ends = message("0 {lowest}, 10 {highest}", lowest=lowest, highest=highest)
    return RatingsShown(ends, first, last, marks, shown)


def _counts(rating: Rating, span: ReportSpan) -> bool:
    return rating.day <= span.last and (span.earlier or rating.day >= span.first)


def _concern(known: ReportFacts, one: ConcernProgress, first: date, last: date) -> RatedShown:
    points = tuple((_place(point.day, first, last), point.value) for point in one.points)
    judged: Words = ""
    if one.judged:
        word = known.catalogue.scales.judgement_word(one.judged[-1].judgement)
        judged = message("{word} against the baseline photo, {day}", word=word, day=one.judged[-1].day)
    return RatedShown(known.catalogue.concern(one.concern).name, points, _values([p.value for p in one.points]), judged)


def _values(values: Sequence[int]) -> Words:
    return joined([str(value) for value in values], " → ") if len(values) <= 6 else (
        message("{first} → {last}, %n ratings", len(values), first=values[0], last=values[-1])
    )  # fmt: skip


def _place(day: date, first: date, last: date) -> float:
    return round((day - first).days / max(1, (last - first).days), 4)
