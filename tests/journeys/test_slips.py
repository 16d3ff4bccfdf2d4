"""A hand that slips: a double click where one was meant, and a key for something else, write and delete nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.days import SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import Journal, create_journal
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.next_banner import NextBanner
from needlejournal.ui.session import local_now
from needlejournal.ui.timeline.card_list import CardList
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.ui.widgets.pickers.severity_picker import SeveritySteps
from tests.journeys.conftest import workspace
from tests.ui.person import double_click, find, press, type_on

pytestmark = pytest.mark.window


@pytest.fixture
def evening(window: MainWindow, home: Path, qtbot: QtBot) -> MainWindow:
    """Two days after a session, with yesterday's and today's redness, today's card open."""
    today = local_now().date()
    journal = create_journal(home / "Mine.needlejournal", "Mine")
    with journal.step("Session"):
        journal.sessions.save(Session(When(today - timedelta(days=2))))
        for day in (today, today - timedelta(days=1)):
            journal.side_effects.save(SideEffect(day, "redness", Severity.MILD))
    journal.close()
    window.open(home / "Mine.needlejournal")
    qtbot.waitUntil(lambda: window.findChild(NextBanner) is not None)
    press(window, "Change…")
    return window


def journal_of(window: MainWindow) -> Journal:
    return workspace(window).open_journal.journal


def written_today(window: MainWindow) -> list[str]:
    return sorted(entry.symptom for entry in journal_of(window).side_effects.of_day(local_now().date()))


def put_below(qtbot: QtBot, sheet: QuestionSheet, button: QWidget, target: QWidget) -> None:
    """Move the sheet so that its button lies over a part of the page, as it may on a small screen."""
    qtbot.waitUntil(sheet.isActiveWindow)  # the system has placed it
    sheet.move(sheet.pos() + target.mapToGlobal(target.rect().center()) - button.mapToGlobal(button.rect().center()))
    qtbot.waitUntil(lambda: QApplication.topLevelAt(button.mapToGlobal(button.rect().center())) is sheet)


def test_a_double_click_on_a_sheet_presses_nothing_on_the_page_below(evening: MainWindow, qtbot: QtBot) -> None:
    press(evening, "No side effects")
    sheet = evening.findChild(QuestionSheet)
    button = find(evening, "Take them back", Button)
    put_below(qtbot, sheet, button, evening.findChildren(SeveritySteps)[0].steps()[3])
    double_click(button)
    assert not sheet.isVisible()
    assert written_today(evening) == []


def test_a_double_click_on_a_step_writes_it_once(evening: MainWindow) -> None:
    step = evening.findChildren(SeveritySteps)[1].steps()[2]
    double_click(step)
    assert len(written_today(evening)) == 2
    assert step.isChecked()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_key_pressed_on_todays_card_does_nothing_to_the_cards_below(evening: MainWindow, key: Qt.Key) -> None:
    cards = evening.findChild(CardList)
    assert cards is not None
    cards.choose(1)
    box = find(evening, "No side effects", CheckBox)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box, key)
    assert workspace(evening).current() == "timeline"
    assert written_today(evening) == ["redness"]


def test_ctrl_on_todays_card_scrolls_nothing(evening: MainWindow) -> None:
    cards = evening.findChild(CardList)
    assert cards is not None
    cards.choose(cards.model().rowCount() - 1)
    evening.resize(evening.width(), 500)
    find(evening, "Add a symptom", QLineEdit).setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(evening.focusWidget(), Qt.Key.Key_Control)
    assert cards.verticalScrollBar().value() == 0


def test_escape_closes_a_calendar_and_stays_on_the_page(evening: MainWindow) -> None:
    press(evening, "Day note")
    press(evening, "Open the calendar")
    strike_escape()
    assert QApplication.activePopupWidget() is None
    assert workspace(evening).current() == "day"


def test_escape_closes_suggestions_and_stays_on_the_page(evening: MainWindow) -> None:
    press(evening, "Day note")
    type_on(evening, "Add a symptom", "re")
    strike_escape()
    assert QApplication.activePopupWidget() is None
    assert workspace(evening).current() == "day"


def test_escape_with_nothing_open_leads_back(evening: MainWindow) -> None:
    press(evening, "Day note")
    evening.activateWindow()
    assert QTest.qWaitForWindowActive(evening)
    QTest.keyClick(evening.windowHandle(), Qt.Key.Key_Escape)
    assert workspace(evening).current() == "timeline"


def strike_escape() -> None:
    """Press Escape where the system hands keys over: in what is open over the page."""
    over = QApplication.activePopupWidget()
    assert over is not None
    QTest.keyClick(over.windowHandle(), Qt.Key.Key_Escape)
