"""Progress: what was rated stands on its day, what is missing stays missing, and sums say what they leave out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.planning.progress import (
    Costs,
    costs,
    healing_spans,
    progress,
    rating_rows,
)
from needlejournal.journal.ratings import Judgement, Rating
from needlejournal.journal.sessions import Price, Session
from tests.journal.courses_by_hand import CATALOGUE, calendar, day, mark


def test_each_concern_has_its_points_by_day_with_the_session_before():
    ratings = [
        Rating(day(28), "scars", 4, id=3),
        Rating(day(-1), "scars", 7, id=1),
        Rating(day(28), "pores", None, Judgement.IMPROVED, id=2),
        Rating(day(1), "scars", 3, kind="glow", id=4),
    ]
    scars, pores = progress(ratings, calendar(mark(1, 0), mark(2, 28)))
    assert [(one.day, one.value, one.session, one.days) for one in scars.points] == [
        (day(-1), 7, 1, -1),
        (day(28), 4, 2, 0),
    ]
    assert scars.judged == ()
    assert pores.points == ()
    assert [(one.judgement, one.session, one.days) for one in pores.judged] == [(Judgement.IMPROVED, 2, 0)]
    (glow,) = progress(ratings, calendar(), kind="glow")
    assert [one.value for one in glow.points] == [3]


def test_without_sessions_a_rating_still_stands_on_its_day():
    ((point,),) = [one.points for one in progress([Rating(day(0), "scars", 7)], SessionCalendar([]))]
    assert (point.session, point.days) == (None, None)


@given(st.lists(st.builds(Rating, st.dates(day(0), day(99)), st.sampled_from("ab"), st.none() | st.integers(0, 10))))
def test_no_point_is_made_up_and_none_is_lost(ratings):
    points = [point for one in progress(ratings, calendar()) for point in one.points]
    assert len(points) == sum(rating.value is not None for rating in ratings)
    for one in progress(ratings, calendar()):
        assert [point.day for point in one.points] == sorted(point.day for point in one.points)


def test_healing_windows_are_shaded_where_they_are_known():
    spans = healing_spans(calendar(mark(1, 0), mark(2, 30, "other"), mark(3, 60, "jessner_peel")), CATALOGUE)
    assert [(one.session_id, one.first, one.last) for one in spans] == [(1, day(0), day(7)), (3, day(60), day(74))]


def test_costs_by_currency_and_how_many_sessions_have_no_price():
    sessions = [
        Session(When(day(0)), price=Price(25000, "EUR")),
        Session(When(day(30)), price=Price(19950, "GBP")),
        Session(When(day(60)), price=Price(1050, "EUR")),
        Session(When(day(90))),
        Session(When(day(120)), price=Price(99, "EUR")),
    ]
    assert costs(sessions, day(90)) == Costs((Price(26050, "EUR"), Price(19950, "GBP")), 4, 1)
    assert costs([], day(0)) == Costs((), 0, 0)


def test_ratings_as_rows():
    ratings = [
        Rating(day(28), "scars", 4, Judgement.MUCH_IMPROVED, note="softer"),
        Rating(day(-1), "My own", None),
    ]
    assert rating_rows(ratings, calendar(), CATALOGUE) == [
        ("day", "session", "day_after_session", "kind", "concern", "rating_0_10", "judgement", "note"),
        ("2026-02-28", "1", "-1", "concern", "My own", "", "", ""),
        ("2026-03-29", "1", "28", "concern", "Scars", "4", "Much improved", "softer"),
    ]
    assert rating_rows(ratings[1:], SessionCalendar([]), CATALOGUE)[1][:3] == ("2026-02-28", "", "")
