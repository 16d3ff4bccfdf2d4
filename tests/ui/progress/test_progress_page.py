"""What a person sees and does on the progress page."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from needlejournal.journal.moments import When
from needlejournal.journal.planning.progress import ConcernProgress
from needlejournal.journal.ratings import Judgement, Rating
from needlejournal.journal.sessions import Session
from needlejournal.ui.destinations import Destination
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.progress import ProgressPage
from needlejournal.ui.progress.chart import (
    Chart,
    beside_lines,
    dates_apart,
    nearest,
    numbers_apart,
    plot_rect,
    point_words,
    x_of,
)
from needlejournal.ui.progress.chart_view import ChartView, as_png, as_svg, screen_style
from needlejournal.ui.progress.concern_card import ConcernCard, spread
from needlejournal.ui.progress.photo_strip import apart
from needlejournal.ui.progress.rate_card import RateCard
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.pickers.scale_picker import ScalePicker
from needlejournal.ui.widgets.text import Label
from tests.ui.models.building import add_photo
from tests.ui.person import choose_key, pick, press, sees, write


@pytest.fixture
def page(opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> ProgressPage:
    """The page, with scars rated twice and judged once."""
    for rating in (
        Rating(date(2025, 3, 1), "scars", 8),
        Rating(date(2025, 4, 18), "scars", 7, Judgement.IMPROVED),
    ):
        opened_diary.write("Rate", lambda j, rating=rating: j.ratings.save(rating))
    made = ProgressPage(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show()
    return made


def scars(page: ProgressPage) -> ConcernCard:
    QApplication.processEvents()  # what was just made is shown by the event loop
    return next(
        card for card in page.findChildren(ConcernCard) if card.accessibleName() == "Scars" and card.isVisible()
    )


def test_a_concern_shows_its_ratings_and_judgements_in_words(page: ProgressPage) -> None:
    chart = scars(page).findChild(ChartView).chart
    assert [(point.day, point.value) for point in chart.progress.points] == [
        (date(2025, 3, 1), 8),
        (date(2025, 4, 18), 7),
    ]
    texts = [label.text() for label in scars(page).findChildren(Label)]
    assert "18 April 2025: Improved, against the baseline photo" in texts


def test_rating_today_is_stored_at_once_and_drawn(page: ProgressPage) -> None:
    press(page, "Scars: 5")
    assert [point.value for point in scars(page).findChild(ChartView).chart.progress.points] == [8, 7, 5]


def test_a_rating_taken_back_leaves_the_day_unknown(page: ProgressPage, opened_diary: OpenJournal) -> None:
    press(page, "Scars: 4")
    assert len(opened_diary.journal.ratings.of_day(date(2025, 4, 22))) == 1
    press(page, "Scars: 4")
    assert opened_diary.journal.ratings.of_day(date(2025, 4, 22)) == []


def test_a_judgement_keeps_its_word(page: ProgressPage, opened_diary: OpenJournal) -> None:
    choose_key(page, "Against the baseline photo: Scars", "worse")
    (rating,) = opened_diary.journal.ratings.of_day(date(2025, 4, 22))
    assert (rating.judgement, rating.value) == (Judgement.WORSE, None)


def test_the_fresh_glow_is_asked_one_day_after_a_session_and_is_a_rating_of_its_own(
    page: ProgressPage, opened_diary: OpenJournal
) -> None:
    card = page.findChild(RateCard)
    assert not [p for p in card.findChildren(ScalePicker) if p.accessibleName() == "Fresh glow" and p.isVisible()]
    write(page, "Day of the rating", "20 April 2025")
    press(page, "Fresh glow: 6")
    (rating,) = (rating for rating in opened_diary.journal.ratings.all() if rating.kind == "glow")
    assert (rating.day, rating.value) == (date(2025, 4, 20), 6)


def test_rolling_at_home_asks_for_no_fresh_glow_the_day_after(page: ProgressPage, opened_diary: OpenJournal) -> None:
    roll = Session(When(date(2025, 4, 20)), setting="home")
    opened_diary.write("Write session", lambda journal: journal.sessions.save(roll))
    write(page, "Day of the rating", "21 April 2025")
    assert not sees(page.findChild(RateCard), "Fresh glow")
    write(page, "Day of the rating", "20 April 2025")
    assert sees(page.findChild(RateCard), "Fresh glow")


def test_keys_walk_over_the_ratings_and_say_them(page: ProgressPage, qtbot: QtBot) -> None:
    view = scars(page).findChild(ChartView)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleDescription() == "1 March 2025: 8 of 10"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleDescription() == "18 April 2025, day 41 after session 1: 7 of 10"


def test_the_nearest_rating_is_found_within_reach_only(page: ProgressPage) -> None:
    chart = scars(page).findChild(ChartView).chart
    plot = plot_rect(QRectF(0, 0, 600, 200), screen_style())
    x = x_of(date(2025, 4, 18), chart, plot)
    found = nearest(chart, plot, x + 5, 12)
    assert found is not None
    assert point_words(found).endswith("7 of 10")
    assert nearest(chart, plot, x + 60, 12) is None


def test_the_chart_is_copied_and_saved_as_png_svg_and_table(
    page: ProgressPage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = scars(page)
    chart = card.findChild(ChartView).chart
    press(card, "Export chart")
    pick(card, "Copy as a picture")
    assert not QGuiApplication.clipboard().image().isNull()
    assert QImage.fromData(as_png(chart)).width() == 1920
    assert ET.fromstring(as_svg(chart)).tag.endswith("svg")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(home / "Scars.csv"), ""))
    press(card, "Export chart")
    pick(card, "Save as a table (CSV)…")
    table = (home / "Scars.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(table) == 3
    assert "2025-03-01" in table[1]


def test_a_file_that_cannot_be_written_is_said(
    page: ProgressPage, home: Path, monkeypatch: pytest.MonkeyPatch, opened_diary: OpenJournal
) -> None:
    failed: list[object] = []
    opened_diary.failed.connect(failed.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(home / "gone" / "x.csv"), ""))
    press(scars(page), "Export chart")
    pick(page, "Save as a table (CSV)…")
    assert "“x.csv” was not saved" in str(failed[0])


@given(st.lists(st.floats(0, 1000), max_size=12).map(sorted), st.floats(700, 1500))
def test_photos_on_the_axis_never_touch_and_stay_inside(centres: list[float], room: float) -> None:
    lefts = apart(centres, 50, 6, room)
    assert all(b - a >= 55.999 for a, b in itertools.pairwise(lefts))
    assert all(left + 50 <= room + 0.001 for left in lefts)


@given(st.lists(st.integers(), max_size=60), st.integers(2, 12))
def test_a_spread_keeps_the_first_and_the_last(photos: list[int], most: int) -> None:
    found = spread(photos, most)  # type: ignore[arg-type, type-var]
    assert len(found) == min(len(photos), most)
    assert not photos or (found[0], found[-1]) == (photos[0], photos[-1])


def test_a_number_and_a_judgement_are_undone_one_after_the_other(page: ProgressPage, opened_diary: OpenJournal) -> None:
    press(page, "Scars: 5")
    choose_key(page, "Against the baseline photo: Scars", "worse")
    opened_diary.undo()
    (rating,) = opened_diary.journal.ratings.of_day(date(2025, 4, 22))
    assert (rating.judgement, rating.value) == (None, 5)


def test_another_day_is_asked_about_and_judged_by_the_photos_of_its_time(
    page: ProgressPage, opened_diary: OpenJournal
) -> None:
    photos = [add_photo(opened_diary, day) for day in (date(2025, 2, 1), date(2025, 3, 30), date(2025, 4, 18))]
    card = page.findChild(RateCard)
    write(page, "Day of the rating", "1 April 2025")
    assert card.accessibleName() == "How was it on 1 April 2025?"
    assert "Latest, 30 March 2025" in [label.text() for label in card.findChildren(Label)]
    choose_key(page, "Against the baseline photo: Scars", "worse")
    (rating,) = opened_diary.journal.ratings.of_day(date(2025, 4, 1))
    assert (rating.baseline_photo_id, rating.photo_id) == (photos[0].id, photos[1].id)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=20, unique=True), st.integers(200, 900), st.integers(30, 90))
def test_dates_below_the_axis_never_touch_and_stand_at_sessions_or_month_starts(
    sessions: list[int], room: int, wide: int
) -> None:
    first = date(2025, 1, 6)
    days = sorted(first + timedelta(days=one) for one in sessions)
    chart = Chart("Scars", ConcernProgress("scars", (), ()), tuple(zip(days, itertools.count(1), strict=False)), (),
                  ("", ""), days[0] - timedelta(days=10), days[-1] + timedelta(days=10))  # fmt: skip
    plot = QRectF(40, 10, room, 100)
    found = dates_apart(chart, plot, lambda _day: wide, 6)
    assert days[0] in [day for day, _ in found]
    for (_, left), (_, right) in itertools.pairwise(found):
        assert left + wide + 6 <= right
    assert all(plot.left() <= left and left + wide <= plot.right() for _, left in found)
    assert all(day in days or day.day == 1 for day, _ in found)


@given(st.lists(st.integers(0, 1200), min_size=1, max_size=40, unique=True), st.integers(200, 900))
def test_the_numbers_of_sessions_never_touch(sessions: list[int], room: int) -> None:
    days = sorted(date(2023, 1, 6) + timedelta(days=one) for one in sessions)
    chart = Chart("Scars", ConcernProgress("scars", (), ()), tuple(zip(days, itertools.count(1), strict=False)), (),
                  ("", ""), days[0] - timedelta(days=10), days[-1] + timedelta(days=10))  # fmt: skip
    found = numbers_apart(chart, QRectF(40, 10, room, 100), lambda words: 8.0 * len(words), 4)
    assert found[0][0] == "S1"
    for (words, left), (_, right) in itertools.pairwise(found):
        assert left + 8 * len(words) + 4 <= right
    assert len(found) == len(days) or len(days) > 1


@given(st.floats(0, 500), st.floats(6, 20), st.lists(st.floats(0, 500), max_size=2))
def test_a_value_stands_beside_a_session_line_not_on_it(middle: float, wide: float, lines: list[float]) -> None:
    left = beside_lines(middle, wide, lines[:1], 4)
    assert all(line <= left or line >= left + wide for line in lines[:1])


def test_a_rating_that_is_being_given_at_midnight_goes_on_for_its_day(
    page: ProgressPage, opened_diary: OpenJournal
) -> None:
    day = opened_diary.today
    other = next(concern for concern in opened_diary.catalogue.concerns if concern.key != "scars")
    opened_diary.write("Rate", lambda journal: journal.ratings.save(Rating(date(2025, 3, 1), other.key, 8)))
    press(page, "Scars: 5")
    next(one for one in page.findChildren(ScalePicker) if one.isVisible()).setFocus()
    opened_diary.clock = lambda: datetime(2025, 4, 23, 0, 1, tzinfo=UTC)
    opened_diary.look_at_the_day()
    assert opened_diary.today == day + timedelta(days=1)
    assert sees(page, "How was it on 22 April 2025?")
    press(page, f"{other.name}: 4")
    ratings = opened_diary.journal.ratings
    assert [rating.value for rating in ratings.of_day(day)] == [5, 4]
    assert ratings.of_day(opened_diary.today) == []
    page.setFocus()
    opened_diary.write("Rate", lambda journal: journal.ratings.save(Rating(date(2025, 4, 19), "scars", 6)))
    assert sees(page, "How is it today?")
    assert not [one for one in page.findChildren(ScalePicker) if one.isVisible() and one.value() is not None]
    press(page, "Scars: 3")
    assert [rating.value for rating in ratings.of_day(opened_diary.today)] == [3]


def test_a_rating_left_over_night_asks_for_the_new_day(
    page: ProgressPage, opened_diary: OpenJournal, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("needlejournal.ui.progress.rate_card.STAYS_MS", 1)
    press(page, "Scars: 5")
    next(one for one in page.findChildren(ScalePicker) if one.isVisible()).setFocus()
    opened_diary.clock = lambda: datetime(2025, 4, 23, 0, 1, tzinfo=UTC)
    opened_diary.look_at_the_day()
    qtbot.waitUntil(lambda: sees(page, "How is it today?"))
    press(page, "Scars: 3")
    assert [rating.value for rating in opened_diary.journal.ratings.of_day(date(2025, 4, 23))] == [3]
