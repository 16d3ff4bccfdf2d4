"""Answers one picks: severities in words, a scale, segments. Unknown stays unknown until the person says so."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.sessions import Severity
from needlejournal.ui.widgets.pickers.options import Option
from needlejournal.ui.widgets.pickers.scale_picker import ScalePicker
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.widgets.pickers.severity_picker import SeverityPicker, severity_word


def _option(widget: QWidget, text: str) -> Option:
    return next(option for option in widget.findChildren(Option) if option.text() == text)


@pytest.fixture
def severity(qtbot: QtBot) -> SeverityPicker:
    picker = SeverityPicker("Redness")
    qtbot.addWidget(picker)
    with qtbot.waitActive(picker):
        picker.show()
    return picker


@pytest.mark.parametrize("grade", list(Severity))
def test_each_severity_has_its_whole_word_and_can_be_picked(
    severity: SeverityPicker, qtbot: QtBot, grade: Severity
) -> None:
    assert severity.severity() is None
    with qtbot.waitSignal(severity.changed):
        _option(severity, severity_word(grade)).click()
    assert severity.severity() is grade


def test_none_is_an_answer_and_not_the_same_as_unknown(severity: SeverityPicker) -> None:
    _option(severity, "None").click()
    assert severity.severity() is Severity.NONE


def test_pressing_the_answer_again_makes_it_unknown(severity: SeverityPicker, qtbot: QtBot) -> None:
    severity.set_severity(Severity.MILD)
    mild = _option(severity, "Mild")
    for press in (
        lambda: qtbot.mouseClick(mild, Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(mild, Qt.Key.Key_Space),
        lambda: qtbot.keyClick(mild, Qt.Key.Key_Return),
    ):
        with qtbot.waitSignal(severity.changed):
            press()
        assert severity.severity() is None
        with qtbot.waitSignal(severity.changed):
            press()
        assert severity.severity() is Severity.MILD


def test_showing_an_answer_is_silent(severity: SeverityPicker, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(severity.changed):
        severity.set_severity(Severity.SEVERE)
    assert severity.severity() is Severity.SEVERE


def test_arrow_keys_move_the_answer_and_delete_takes_it_away(severity: SeverityPicker) -> None:
    severity.set_severity(Severity.MILD)
    mild = _option(severity, "Mild")
    mild.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(mild, Qt.Key.Key_Right)
    assert severity.severity() is Severity.MODERATE
    QTest.keyClick(_option(severity, "Moderate"), Qt.Key.Key_Delete)
    assert severity.severity() is None


def test_words_go_on_in_a_second_row_where_it_is_narrow(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    picker = SeverityPicker("Redness")
    column.addWidget(picker)
    holder.resize(250, 200)
    holder.show()
    rows = {option.y() for option in picker.findChildren(Option)}
    assert len(rows) >= 2
    assert all(option.geometry().right() < picker.width() for option in picker.findChildren(Option))
    assert all(option.geometry().bottom() < picker.height() for option in picker.findChildren(Option))


@pytest.fixture
def scale(qtbot: QtBot) -> ScalePicker:
    picker = ScalePicker("Pain", "no pain", "worst imaginable pain")
    qtbot.addWidget(picker)
    with qtbot.waitActive(picker):
        picker.show()
    return picker


@pytest.mark.parametrize("step", [0, 4, 10])
def test_each_number_of_the_scale_can_be_picked(scale: ScalePicker, qtbot: QtBot, step: int) -> None:
    assert scale.value() is None
    with qtbot.waitSignal(scale.changed):
        _option(scale, str(step)).click()
    assert scale.value() == step


def test_a_digit_typed_is_picked(scale: ScalePicker) -> None:
    QTest.keyClick(_option(scale, "0"), Qt.Key.Key_7)
    assert scale.value() == 7


def test_the_scale_tells_what_its_ends_mean(scale: ScalePicker) -> None:
    assert scale.accessibleDescription() == "0 is no pain, 10 is worst imaginable pain."


def test_nothing_is_chosen_in_a_segmented_control_before_the_person_does(qtbot: QtBot) -> None:
    control = SegmentedControl("Setting", [("home", "At home"), ("clinic", "Clinic")])
    qtbot.addWidget(control)
    assert control.value() is None
    with qtbot.waitSignal(control.changed):
        _option(control, "Clinic").click()
    assert control.value() == "clinic"
    _option(control, "Clinic").click()
    assert control.value() == "clinic"
    control.set_value(None)
    assert control.value() is None


def test_an_unknown_choice_is_a_fault(qtbot: QtBot) -> None:
    control = SegmentedControl("Mode", [("side", "Side by side")])
    qtbot.addWidget(control)
    with pytest.raises(KeyError):
        control.set_value("blink")
