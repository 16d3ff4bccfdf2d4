"""Fields: what a person writes is understood or kept and marked, never thrown away."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.theme import Theme
from needlejournal.ui.widgets.buttons import IconButton
from needlejournal.ui.widgets.fields.choices import Select, SuggestField, TokenField
from needlejournal.ui.widgets.fields.date_fields import DateField, OffsetField, TimeField
from needlejournal.ui.widgets.fields.month_calendar import MonthCalendar
from needlejournal.ui.widgets.fields.text_fields import NumberField, SearchField, TextArea, TextField
from needlejournal.ui.widgets.pickers.chips import RemovableChip


def _write(field: TextField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    field.clear()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture
def length(qtbot: QtBot) -> NumberField:
    field = NumberField("Needle length", "mm", low=0.1, high=3.5, step=0.05)
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    return field


@pytest.mark.parametrize("written", ["1.5", "1,5", "1.50 mm", "1.5mm"])
def test_a_number_is_understood_with_point_or_comma_and_unit(length: NumberField, qtbot: QtBot, written: str) -> None:
    with qtbot.waitSignal(length.changed):
        _write(length, written)
    assert length.value() == 1.5
    assert length.text() == "1.50 mm"


@pytest.mark.parametrize("written", ["9", "deep", "0.05", "-1"])
def test_what_is_no_needle_length_is_marked_and_left_to_mend(length: NumberField, qtbot: QtBot, written: str) -> None:
    with qtbot.assertNotEmitted(length.changed):
        _write(length, written)
    assert length.value() is None
    assert length.text() == written
    assert "0.1 to 3.5 mm" in length.accessibleDescription()


def test_arrow_keys_step_a_number_within_its_limits(length: NumberField) -> None:
    length.set_value(3.45)
    for _ in range(3):
        QTest.keyClick(length, Qt.Key.Key_Up)
    assert length.value() == 3.5
    QTest.keyClick(length, Qt.Key.Key_Down)
    assert length.value() == 3.45


def test_an_emptied_number_is_unknown(length: NumberField, qtbot: QtBot) -> None:
    length.set_value(1.0)
    with qtbot.waitSignal(length.changed):
        _write(length, "")
    assert length.value() is None


def test_the_search_is_emptied_by_escape_and_by_its_cross(qtbot: QtBot) -> None:
    field = SearchField("Search")
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    heard: list[str] = []
    field.textEdited.connect(heard.append)
    for empty in (lambda: QTest.keyClick(field, Qt.Key.Key_Escape), lambda: field.findChild(IconButton).click()):
        QTest.keyClicks(field, "gel")
        empty()
        assert field.text() == ""
        assert heard[-1] == ""


def test_notes_tell_what_the_person_writes_and_not_what_is_loaded(qtbot: QtBot) -> None:
    notes = TextArea("Notes")
    qtbot.addWidget(notes)
    with qtbot.assertNotEmitted(notes.edited):
        notes.set_text("Less sore than in March.")
    with qtbot.waitSignal(notes.edited):
        QTest.keyClicks(notes, "x")
    assert "x" in notes.text()


def test_notes_grow_with_what_is_written(qtbot: QtBot) -> None:
    notes = TextArea("Notes")
    qtbot.addWidget(notes)
    notes.show()
    before = notes.minimumHeight()
    notes.set_text("\n".join("line" for _ in range(10)))
    assert notes.minimumHeight() > before


def test_a_date_is_written_by_hand(qtbot: QtBot) -> None:
    field = DateField("Date", date(2025, 4, 12))
    qtbot.addWidget(field)
    assert field.text() == "12 April 2025"
    with qtbot.waitSignal(field.changed):
        _write(field, "13.4.2025")
    assert field.day() == date(2025, 4, 13)
    with qtbot.assertNotEmitted(field.changed):
        _write(field, "soon")
    assert field.text() == "soon"
    assert field.accessibleDescription() == "Not kept yet. Please write a date such as 15 March 2025."


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_date_is_chosen_in_the_calendar(qtbot: QtBot) -> None:
    field = DateField("Date", date(2025, 4, 12), today=date(2025, 4, 15))
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    field.findChild(IconButton).click()
    calendar = field.findChild(MonthCalendar)
    grid = calendar.focusProxy()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    with qtbot.waitSignal(field.changed):
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert field.day() == date(2025, 4, 13)


def test_the_calendar_is_walked_by_keys_over_the_ends_of_months(qtbot: QtBot) -> None:
    calendar = MonthCalendar(date(2025, 3, 31))
    qtbot.addWidget(calendar)
    grid = calendar.focusProxy()
    for key, day in (
        (Qt.Key.Key_Right, date(2025, 4, 1)),
        (Qt.Key.Key_Up, date(2025, 3, 25)),
        (Qt.Key.Key_PageUp, date(2025, 2, 25)),
        (Qt.Key.Key_PageDown, date(2025, 3, 25)),
    ):
        QTest.keyClick(grid, key)
        assert calendar.day() == day
    assert grid.accessibleName() == "Tuesday 25 March 2025"
    calendar.set_day(date(2024, 1, 31))
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    assert calendar.day() == date(2024, 2, 29)
    calendar.set_day(date(2024, 12, 31))
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    assert calendar.day() == date(2025, 1, 31)


def test_a_time_and_an_offset_are_written_by_hand(qtbot: QtBot) -> None:
    moment, offset = TimeField("Time", time(14, 30)), OffsetField("Offset", -420)
    for field in (moment, offset):
        qtbot.addWidget(field)
    assert (moment.text(), offset.text()) == ("14:30", "UTC−7")
    with qtbot.waitSignal(moment.changed):
        _write(moment, "9.15")
    with qtbot.waitSignal(offset.changed):
        _write(offset, "+5:30")
    assert (moment.time_of_day(), offset.minutes()) == (time(9, 15), 330)
    _write(moment, "late")
    _write(offset, "home")
    assert (moment.time_of_day(), offset.minutes()) == (time(9, 15), 330)
    assert moment.accessibleDescription() == "Not kept yet. Please write a time such as 14:30."


def test_a_choice_tells_only_what_the_person_chose(qtbot: QtBot) -> None:
    select = Select("Treatment", [("m", "Micro-needling"), ("p", "Chemical peel")], "m")
    qtbot.addWidget(select)
    with qtbot.assertNotEmitted(select.changed):
        select.set_value("p")
    assert select.value() == "p"
    with qtbot.waitSignal(select.changed):
        QTest.keyClick(select, Qt.Key.Key_Up)
    assert select.value() == "m"
    select.set_value(None)
    assert select.value() is None


def test_earlier_words_are_offered_wherever_they_match(qtbot: QtBot) -> None:
    field = SuggestField("Clinic", ["Harbour Skin", "Old Town Clinic"])
    qtbot.addWidget(field)
    completer = field.completer()
    completer.setCompletionPrefix("skin")
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Harbour Skin"


@pytest.fixture
def tags(qtbot: QtBot) -> TokenField:
    field = TokenField("Tags", ["window"], ["baseline"])
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    return field


def _line(tags: QWidget) -> TextField:
    return tags.findChild(TextField)


def test_tags_are_added_with_enter_or_a_comma(tags: TokenField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tags.changed):
        QTest.keyClicks(_line(tags), "calm light,")
    QTest.keyClicks(_line(tags), "window")
    QTest.keyClick(_line(tags), Qt.Key.Key_Return)
    assert tags.tokens() == ("window", "calm light")


def test_tags_go_with_their_cross_and_with_backspace(tags: TokenField) -> None:
    tags.set_tokens(["one", "two", "three"])
    next(chip for chip in tags.findChildren(RemovableChip) if chip.text() == "two").click()
    assert tags.tokens() == ("one", "three")
    QTest.keyClick(_line(tags), Qt.Key.Key_Backspace)
    assert tags.tokens() == ("one",)


def test_enter_keeps_the_seconds_that_are_not_shown(qtbot: QtBot) -> None:
    field = TimeField("Time", time(9, 12, 19))
    qtbot.addWidget(field)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.time_of_day() == time(9, 12, 19)
    field.setText("9:13")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.time_of_day() == time(9, 13)


@pytest.fixture
def day(qtbot: QtBot) -> DateField:
    field = DateField("Day", date(2025, 3, 8), date(2025, 3, 8), latest=lambda: date(2026, 3, 9), needed=True)
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    return field


@pytest.mark.parametrize(
    ("written", "problem"),
    [("1 June 2099", "up to 9 March 2026"), ("1 June 1899", "from 1 January 1900 on"), ("31 February 2025", "such as")],
)
def test_a_day_that_cannot_be_right_is_marked_and_not_kept(
    day: DateField, qtbot: QtBot, written: str, problem: str
) -> None:
    with qtbot.assertNotEmitted(day.changed):
        _write(day, written)
    assert day.day() == date(2025, 3, 8)
    assert problem in day.accessibleDescription()


def test_the_calendar_takes_no_day_either_that_cannot_be_right(day: DateField, qtbot: QtBot) -> None:
    day.show()
    QTest.keyClick(day, Qt.Key.Key_Down)
    calendar = day.findChild(MonthCalendar)
    calendar.set_day(date(2099, 6, 1))
    with qtbot.assertNotEmitted(day.changed):
        QTest.keyClick(calendar.focusProxy(), Qt.Key.Key_Return)
    assert "up to 9 March 2026" in day.accessibleDescription()


def test_a_day_kept_before_is_never_refused(day: DateField) -> None:
    day.set_day(date(2099, 6, 1))
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert day.accessibleDescription() == ""


def test_without_a_limit_of_its_own_a_day_lies_at_most_a_year_ahead(qtbot: QtBot) -> None:
    field = DateField("Day")
    qtbot.addWidget(field)
    _write(field, "1 June 2199")
    assert field.day() is None
    assert "Not kept yet" in field.accessibleDescription()


def test_a_time_that_is_needed_cannot_be_emptied(qtbot: QtBot) -> None:
    field = TimeField("Quiet from", time(22), needed=True)
    qtbot.addWidget(field)
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.time_of_day() == time(22)
    assert field.text()


def test_more_decimals_than_are_kept_are_marked_not_rounded(length: NumberField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(length.changed):
        _write(length, "0.333")
    assert "2 decimal places" in length.accessibleDescription()
    _write(length, "0.33")
    assert length.value() == 0.33
    whole = NumberField("Passes", high=30)
    qtbot.addWidget(whole)
    _write(whole, "2,5")
    assert whole.value() is None
    assert "whole number" in whole.accessibleDescription()


@pytest.mark.parametrize("written", ["1,200", "1.200", "1,200.50", "1 200", "12’000"])
def test_a_price_with_a_mark_between_the_thousands_is_asked_about_not_made_a_small_one(
    qtbot: QtBot, written: str
) -> None:
    price = NumberField("Price", high=1_000_000, step=0.01)
    qtbot.addWidget(price)
    price.setText(written)  # QTest knows no keys beyond ASCII
    QTest.keyClick(price, Qt.Key.Key_Return)
    assert price.value() is None
    assert price.accessibleDescription() == "Not kept yet. Please write it without a mark between the thousands."
    _write(price, "1200")
    assert price.value() == 1200


def test_thousandths_of_a_millimetre_are_no_thousands(length: NumberField) -> None:
    _write(length, "1.200 mm")
    assert length.value() == 1.2


def test_another_problem_is_not_taken_away_by_a_last_day_that_fits(length: NumberField) -> None:
    _write(length, "deep")
    length.mark_too_early(early=False)
    assert "Not kept yet" in length.accessibleDescription()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_choice_has_room_for_its_words_at_every_text_size(scale: float, qapp: QApplication, qtbot: QtBot) -> None:
    look = Theme(qapp, "light", scale)
    select = Select("Text size", [("0", "Same as system"), ("1", "100 %")], "0")
    qtbot.addWidget(select)
    select.show()
    select.resize(select.sizeHint())
    option = QStyleOptionComboBox()
    select.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = select.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, select)
    assert room.width() >= select.fontMetrics().horizontalAdvance(select.currentText())
    look.set_text_scale(1.0)
    look.setParent(None)
