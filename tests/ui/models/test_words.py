"""How days, photos and sessions are put into words."""

from __future__ import annotations

from datetime import date, time

import pytest

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import DayNumber, SessionCalendar, SessionMark
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.sessions import Needle, Product, Session
from needlejournal.ui.models import session_words, wording
from needlejournal.ui.session import OpenJournal
from tests.ui.models.building import add_session


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Load the facts that ship with the app."""
    return load_catalogue(paths.resources())


@pytest.mark.parametrize(
    ("days", "words", "parts", "short"),
    [
        (3, "Day 3 after session 2", ("Day 3", "after session 2"), "day 3 · session 2"),
        (0, "Day of session 2", ("Day 0", "day of session 2"), "day 0 · session 2"),
        (-7, "7 days before session 2", ("Baseline", "7 days before session 2"), "baseline"),
        (-1, "1 day before session 2", ("Baseline", "1 day before session 2"), "baseline"),
    ],
)
def test_a_day_is_named_after_its_session(days: int, words: str, parts: tuple[str, str], short: str) -> None:
    number = DayNumber(7, 2, days)
    assert wording.day_after(number) == words
    assert wording.day_parts(number) == parts
    assert wording.short_day(number) == short


def test_a_day_leaves_its_session_out_where_there_is_no_room() -> None:
    number = DayNumber(7, 1, 42)
    assert wording.short_day(number, lambda words: len(words) < 8) == "day 42"
    assert wording.short_day(number, lambda words: len(words) < 20) == "day 42 · session 1"


def test_without_a_session_a_day_has_no_number() -> None:
    assert wording.day_after(None) == wording.short_day(None) == ""
    assert wording.day_parts(None) == ("", "")


def test_series_are_named_by_view_or_by_zone(catalogue: Catalogue) -> None:
    assert wording.place_words("frontal", "", catalogue) == ("From the front", "frontal")
    assert wording.place_words("close_up", "cheek_inner_left", catalogue) == (
        "Inner cheek, left",
        "Close-up · malar",
    )
    assert wording.place_words("", "", catalogue) == ("View not chosen yet", "")


def _photo(day: date, clock: time | None, **facts: object) -> Photo:
    return Photo(Original("0" * 64, "a", "a.jpg", 1, "jpeg", 3, 4), When(day, clock), **facts)  # type: ignore[arg-type]


def test_a_photo_says_what_it_shows_when_and_after_which_session(opened: OpenJournal) -> None:
    add_session(opened, date(2025, 3, 15), time(14, 30))
    add_session(opened, date(2025, 4, 26), time(14, 30))
    photo = _photo(date(2025, 4, 26), time(9, 0), view="frontal")
    caption = wording.photo_caption(photo, opened.calendar, opened.catalogue)
    assert caption == "From the front · 26 April 2025, 09:00 · Day 42 after session 1"


def test_photos_of_the_first_days_show_healing_and_later_ones_do_not(opened: OpenJournal) -> None:
    add_session(opened, date(2025, 3, 15), time(14, 30), treatment="microneedling")
    days = {day: _photo(date(2025, 3, day), time(16, 0)) for day in (14, 15, 22, 23)}
    healing = {day: wording.is_healing(photo, opened.calendar, opened.catalogue) for day, photo in days.items()}
    assert healing == {14: False, 15: True, 22: True, 23: False}


def test_needle_lengths_are_said_together_where_zones_and_lengths_are(catalogue: Catalogue) -> None:
    needles = (
        Needle("cheek_inner_left", 1500),
        Needle("cheek_outer_left", 1500),
        Needle("cheek_inner_right", 1500),
        Needle("chin", 1500),
        Needle("forehead", 500),
        Needle("nose"),
    )
    assert session_words.needle_words(needles, catalogue) == ["cheeks, chin 1.50 mm", "forehead 0.50 mm"]


def test_different_lengths_of_one_group_are_a_range(catalogue: Catalogue) -> None:
    needles = (Needle("cheek_inner_left", 1000), Needle("cheek_inner_right", 1500))
    assert session_words.needle_words(needles, catalogue) == ["cheeks 1.00–1.50 mm"]


def test_one_side_alone_is_named_by_itself(catalogue: Catalogue) -> None:
    assert session_words.needle_words((Needle("cheek_inner_left", 800),), catalogue) == ["inner cheek, left 0.80 mm"]


def test_a_session_in_pills(catalogue: Catalogue) -> None:
    session = Session(
        When(date(2025, 3, 15)),
        device_kind="pen",
        cartridge="12 needles",
        products=(Product("serum", "hyaluronic serum", lot="A113"), Product("numbing")),
        pain=4,
    )
    facts = session_words.session_facts(session, catalogue)
    assert facts == ["pen, 12 needles", "hyaluronic serum, lot A113", "numbing cream", "pain 4/10"]


def test_a_photo_before_session_1_on_its_very_day_is_still_before_it_and_one_before_session_2_after_1() -> None:
    calendar = SessionCalendar(
        [
            SessionMark(1, When(date(2025, 3, 8), time(14)), "other"),
            SessionMark(2, When(date(2025, 4, 19), time(14)), "other"),
        ]
    )
    assert wording.moment_after(When(date(2025, 3, 8), time(9)), calendar) == "On the day of session 1, before it"
    assert wording.moment_after(When(date(2025, 4, 19), time(9)), calendar) == "Day 42 after session 1"
    assert wording.moment_after(When(date(2025, 4, 19), time(15)), calendar) == "Day of session 2"
