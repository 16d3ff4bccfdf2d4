"""A patient who plans, is reminded, and looks at herself less, through the real window."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import create_journal
from needlejournal.ui.destinations import ComparePhotos, ShowPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.calm import CalmSheet, remember_compare_from
from needlejournal.ui.panels.cover import Cover
from needlejournal.ui.panels.next_banner import NextBanner
from needlejournal.ui.panels.reminder_strip import ReminderStrip
from needlejournal.ui.panels.today_card import TodayCard
from needlejournal.ui.plan.course_card import CourseCard
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import local_now
from needlejournal.ui.widgets.buttons import IconButton
from tests.journeys.conftest import key, press, workspace

pytestmark = pytest.mark.window


@pytest.fixture
def evening(window: MainWindow, home: Path, qtbot: QtBot) -> MainWindow:
    """The window with a journal whose only session was yesterday."""
    journal = create_journal(home / "Mine.needlejournal", "Mine")
    with journal.step("Session"):
        journal.sessions.save(Session(When(local_now().date() - timedelta(days=1))))
    journal.close()
    window.open(home / "Mine.needlejournal")
    qtbot.waitUntil(lambda: window.findChild(NextBanner) is not None)
    return window


def test_the_evening_begins_with_what_is_next_and_todays_card(evening: MainWindow, qtbot: QtBot) -> None:
    press(evening, "Write…")
    assert evening.findChild(TodayCard).isVisible()
    fold = next(b for b in evening.findChildren(IconButton) if b.accessibleName() == "Fold this card")
    fold.click()
    press(evening.findChild(NextBanner), "Open plan")
    assert workspace(evening).current() == "plan"
    card = evening.findChild(CourseCard)
    press(card, "Make it a plan")
    press(workspace(evening).page("plan"), "Done")
    assert workspace(evening).open_journal.journal.courses.count() == 1
    key(qtbot, evening, Qt.Key.Key_Z)
    assert workspace(evening).open_journal.journal.courses.count() == 0


def test_one_key_hides_everything_and_brings_it_back(evening: MainWindow, qtbot: QtBot) -> None:
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    evening.activateWindow()
    qtbot.waitUntil(evening.isActiveWindow)
    qtbot.keyClick(evening, Qt.Key.Key_H, keys)
    cover = evening.findChild(Cover)
    assert cover.isVisible()
    assert cover.size() == evening.size()
    key(qtbot, evening, Qt.Key.Key_2)
    qtbot.keyClick(cover, Qt.Key.Key_H, keys)
    assert not cover.isVisible()


def test_no_comparisons_until_a_day_is_honoured_calmly(evening: MainWindow, qtbot: QtBot) -> None:
    remember_compare_from(Preferences(), local_now().date() + timedelta(days=9))
    page = workspace(evening)
    page.go(ShowPage("compare"))
    sheet = evening.findChild(CalmSheet)
    press(sheet, "Not now")
    assert page.current() == "timeline"
    sheet.deleteLater()
    qtbot.waitUntil(lambda: evening.findChild(CalmSheet) is None)
    page.go(ComparePhotos())
    press(evening.findChild(CalmSheet), "Show anyway")
    assert page.current() == "compare"


def test_what_is_due_is_said_in_one_banner_that_can_be_closed(evening: MainWindow, qtbot: QtBot) -> None:
    strip = evening.findChild(ReminderStrip)
    now = local_now().replace(hour=20, minute=30)
    workspace(evening).open_journal.clock = lambda: now
    strip.begin()
    assert strip.isVisible()
    press(strip, "Open plan")
    assert not strip.isVisible()
    assert workspace(evening).current() == "plan"
