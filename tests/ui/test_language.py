"""Words and dates: plurals, dates as one reads them, and understanding what a person wrote."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlejournal.ui import language
from needlejournal.ui.language import tr

DAY = date(2025, 3, 15)


@pytest.mark.parametrize(
    ("text", "n", "shown"),
    [
        ("%n photo(s)", 1, "1 photo"),
        ("%n photo(s)", 3, "3 photos"),
        ("%n photo(s)", 0, "0 photos"),
        ("%n day(s) (is|are) not written down", 1, "1 day is not written down"),
        ("%n day(s) (is|are) not written down", 2, "2 days are not written down"),
        ("%n (entry|entries)", 2, "2 entries"),
    ],
)
def test_counts_read_as_english(text: str, n: int, shown: str) -> None:
    assert tr(text, n) == shown


def test_a_sentence_without_a_count_stays_as_it_is() -> None:
    assert tr("Photos (frontal) are saved.") == "Photos (frontal) are saved."


def test_dates_are_written_in_words() -> None:
    assert language.long_date(DAY) == "Saturday 15 March 2025"
    assert language.weekday_and_day(DAY) == "Saturday 15 March"
    assert language.medium_date(DAY) == "15 March 2025"
    assert language.short_date(DAY) == "15 Mar 2025"
    assert language.day_and_month(DAY) == "15 March"
    assert language.short_day(DAY) == "15 Mar"
    assert language.month_title(DAY) == "March 2025"
    assert language.moment(datetime(2025, 3, 15, 8, 5)) == "15 March 2025, 08:05"


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "UTC"), (120, "UTC+2"), (-420, "UTC−7"), (330, "UTC+5:30"), (-210, "UTC−3:30")]
)
def test_offsets_are_short(minutes: int, shown: str) -> None:
    assert language.offset(minutes) == shown


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_date_shown_can_be_read_back(day: date) -> None:
    for shown in (language.medium_date(day), language.short_date(day), day.isoformat()):
        assert language.read_date(shown) == day


@given(st.integers(-840, 840))
def test_every_offset_shown_can_be_read_back(minutes: int) -> None:
    assert language.read_offset(language.offset(minutes)) == minutes


@given(st.times())
def test_every_time_shown_can_be_read_back(moment: time) -> None:
    assert language.read_time(language.clock_time(moment)) == moment.replace(second=0, microsecond=0, fold=0)


@pytest.mark.parametrize("text", ["15.3.2025", "15/03/25", " 15 march 2025 ", "March 15, 2025", "2025.3.15"])
def test_a_date_is_understood_however_it_is_written(text: str) -> None:
    assert language.read_date(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "yesterday", "31.2.2025", "15 Brumaire 2025", "15.3", "1.2.3.4", "٣.٤.x", "99999999999-1-1"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert language.read_date(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [("14:30", time(14, 30)), ("1430", time(14, 30)), ("2.30 pm", time(14, 30)), ("12 am", time(0)), ("9", time(9))],
)
def test_a_time_is_understood_however_it_is_written(text: str, moment: time) -> None:
    assert language.read_time(text) == moment


@pytest.mark.parametrize("text", ["", "noon", "25:00", "13 pm", "9:75"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert language.read_time(text) is None


@pytest.mark.parametrize("text", ["", "Berlin", "+15", "+2:75"])
def test_what_is_no_offset_is_none(text: str) -> None:
    assert language.read_offset(text) is None


@given(st.text(max_size=20))
def test_reading_never_fails(text: str) -> None:
    language.read_date(text)
    language.read_time(text)
    language.read_offset(text)


def test_a_week_has_seven_letters() -> None:
    assert [language.weekday_letter(day) for day in range(7)] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert 0 <= language.first_weekday() < 7


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("오후 2:30", time(14, 30)),
        ("下午2:30", time(14, 30)),
        ("٠٩:٠٥", time(9, 5)),
        ("9:05:19", time(9, 5, 19)),
        ("2:30\N{NARROW NO-BREAK SPACE}PM", time(14, 30)),
        ("12:05 a.m.", time(0, 5)),
    ],
)
def test_times_are_read_as_any_system_writes_them(text: str, moment: time) -> None:
    assert language.read_time(text) == moment


def test_dates_in_digits_of_another_script_are_read() -> None:
    assert language.read_date("٢٠٢٥-٠٣-٠٨") == date(2025, 3, 8)
