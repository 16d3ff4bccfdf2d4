"""What a person sets about reminders, and about looking at oneself less."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.panels.calm import CalmSheet, compare_from, remember_compare_from
from needlejournal.ui.panels.reminder_settings import reminder_settings
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.settings.calm_card import CalmCard
from needlejournal.ui.settings.reminders_card import RemindersCard
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.date_fields import DateField, TimeField
from needlejournal.ui.widgets.pictures import veil
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows import starting


def box(widget: QWidget, words: str) -> CheckBox:
    return next(one for one in widget.findChildren(CheckBox) if words in one.text())


def button(widget: QWidget, words: str) -> Button:
    return next(one for one in widget.findChildren(Button) if one.text() == words)


def write(qtbot: QtBot, field: TimeField | DateField, words: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture
def reminders(preferences: Preferences, qtbot: QtBot) -> RemindersCard:
    made = RemindersCard(preferences, lambda _error: None)
    qtbot.addWidget(made)
    made.show()
    return made


def test_all_reminders_are_turned_off_with_one_switch(
    reminders: RemindersCard, preferences: Preferences, qtbot: QtBot
) -> None:
    assert reminder_settings(preferences).enabled
    box(reminders, "Remind me").click()
    assert not reminder_settings(preferences).enabled
    assert not any(field.isEnabled() for field in reminders.findChildren(TimeField))


def test_the_hour_and_the_quiet_hours_are_remembered(
    reminders: RemindersCard, preferences: Preferences, qtbot: QtBot
) -> None:
    at, quiet_from, quiet_to = reminders.findChildren(TimeField)
    write(qtbot, at, "20:15")
    write(qtbot, quiet_from, "21")
    write(qtbot, quiet_to, "9:30")
    found = reminder_settings(preferences)
    assert (found.at, found.quiet_from, found.quiet_to) == (time(20, 15), time(21), time(9, 30))


def test_starting_at_login_is_offered_and_not_taken(reminders: RemindersCard, home: Path) -> None:
    login = box(reminders, "log in")
    assert not login.isChecked()
    login.click()
    assert starting.starts_at_login()
    login.click()
    assert not starting.starts_at_login()


def test_a_system_that_refuses_is_said_and_the_box_stays_empty(
    preferences: Preferences, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Exception] = []
    card = RemindersCard(preferences, told.append)
    qtbot.addWidget(card)

    def refuse(*, wanted: bool) -> None:
        raise OSError(wanted)

    monkeypatch.setattr(starting, "start_at_login", refuse)
    box(card, "log in").click()
    assert len(told) == 1
    assert not box(card, "log in").isChecked()


@pytest.fixture
def calm(preferences: Preferences, qtbot: QtBot) -> CalmCard:
    made = CalmCard(preferences, date(2025, 4, 22))
    qtbot.addWidget(made)
    made.show()
    return made


def test_small_photos_can_be_blurred(calm: CalmCard, preferences: Preferences) -> None:
    assert not preferences.flag(veil.KEY)
    box(calm, "blurred").click()
    assert preferences.flag(veil.KEY)
    assert veil.is_drawn()
    box(calm, "blurred").click()
    assert not veil.is_drawn()


def test_a_pause_from_comparing_is_set_and_ended(calm: CalmCard, preferences: Preferences, qtbot: QtBot) -> None:
    field = calm.findChild(DateField)
    write(qtbot, field, "1 June 2025")
    assert compare_from(preferences) == date(2025, 6, 1)
    qtbot.mouseClick(button(calm, "Compare again now"), Qt.MouseButton.LeftButton)
    assert compare_from(preferences) is None
    assert field.day() is None


def test_the_calm_sheet_says_until_when_and_can_be_passed(qtbot: QtBot) -> None:
    sheet = CalmSheet(date(2025, 6, 1))
    qtbot.addWidget(sheet)
    sheet.open()
    assert any("1 June 2025" in label.text() for label in sheet.findChildren(Label))
    with qtbot.waitSignal(sheet.accepted):
        button(sheet, "Show anyway").click()
    sheet.open()
    with qtbot.waitSignal(sheet.rejected):
        button(sheet, "Not now").click()


def test_what_was_kept_wrong_means_no_pause(preferences: Preferences) -> None:
    preferences.remember("calm/compare_from", "one day")
    assert compare_from(preferences) is None
    remember_compare_from(preferences, date(2025, 6, 1))
    assert compare_from(preferences) == date(2025, 6, 1)
