"""What a person sees above the timeline in the evening: what is next, when to ring, and today's card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.courses import Course
from needlejournal.journal.days import SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.ui.destinations import Destination, ShowPage
from needlejournal.ui.panels.clinic_card import ClinicCard
from needlejournal.ui.panels.evening import Evening
from needlejournal.ui.panels.next_banner import NextBanner
from needlejournal.ui.panels.today_card import TodayCard
from needlejournal.ui.panels.today_panel import TodayPanel
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import Label


class Room(QWidget):
    """A timeline with nothing but the room above it."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.slots: dict[str, QWidget | None] = {}
        self.fitted = 0

    def set_banner(self, widget: QWidget | None) -> None:
        self._put("banner", widget)

    def set_today(self, widget: QWidget | None) -> None:
        self.fitted += 1
        self._put("today", widget)

    def _put(self, name: str, widget: QWidget | None) -> None:
        if widget is not None and self.slots.get(name) is not widget:
            self.column.addWidget(widget)
            widget.show()
        self.slots[name] = widget


def told(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if not label.isHidden())


def press(qtbot: QtBot, widget: QWidget, words: str) -> None:
    button = next(button for button in widget.findChildren(Button) if button.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def banner(opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot) -> NextBanner:
    made = NextBanner(opened_diary, led.append)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_banner_says_when_the_next_session_fits_and_which_photos_are_due(banner: NextBanner) -> None:
    assert banner.isVisible()
    assert "Session 3 fits between 17 and 31 May." in told(banner)
    assert "Photos due: frontal, both obliques" in told(banner)


def test_its_button_leads_to_the_plan(banner: NextBanner, led: list[Destination], qtbot: QtBot) -> None:
    press(qtbot, banner, "Open plan")
    assert led == [ShowPage("plan")]


def test_the_banner_follows_a_session_that_is_moved(banner: NextBanner, opened_diary: OpenJournal) -> None:
    second = opened_diary.journal.sessions.all()[-1]
    moved = replace(second, when=When(date(2025, 4, 21)))
    opened_diary.write("Move", lambda journal: journal.sessions.save(moved))
    assert "Session 3 fits between 19 May and 2 June." in told(banner)


def test_the_banner_goes_when_there_is_nothing_to_say(banner: NextBanner, opened_diary: OpenJournal) -> None:
    for session in opened_diary.journal.sessions.all():
        opened_diary.write("Delete", lambda journal, row=session.id: journal.sessions.trash(row))
    assert not banner.isVisible()
    banner.show()
    assert not banner.isVisible()


@pytest.fixture
def today(opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot) -> TodayPanel:
    made = TodayPanel(opened_diary, led.append)
    qtbot.addWidget(made)
    made.show()
    return made


def test_in_the_diary_days_todays_card_is_open_until_today_is_written(today: TodayPanel) -> None:
    assert today.unfolded
    assert today.findChild(TodayCard).isVisible()


def test_a_day_that_is_written_begins_folded(opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot) -> None:
    effect = SideEffect(opened_diary.today, "redness", Severity.MILD)
    opened_diary.write("Note", lambda journal: journal.side_effects.save(effect))
    panel = TodayPanel(opened_diary, led.append)
    qtbot.addWidget(panel)
    assert not panel.unfolded
    assert "written" in told(panel)


def test_long_after_the_session_it_is_one_line_that_opens(
    opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot
) -> None:
    opened_diary.clock = lambda: datetime(2025, 9, 1, 20, tzinfo=UTC)
    panel = TodayPanel(opened_diary, led.append)
    qtbot.addWidget(panel)
    panel.show()
    assert not panel.unfolded
    press(qtbot, panel, "Write today…")
    assert panel.findChild(TodayCard).isVisible()
    panel.fold()
    assert not panel.findChild(TodayCard).isVisible()


def test_a_red_flag_puts_a_card_there_at_once(today: TodayPanel, opened_diary: OpenJournal) -> None:
    assert not today.findChildren(ClinicCard)
    effect = SideEffect(opened_diary.today, "cold_sore", Severity.MILD)
    opened_diary.write("Note", lambda journal: journal.side_effects.save(effect))
    assert len(today.findChildren(ClinicCard)) == 1


def test_the_panels_come_after_the_first_paint(opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot) -> None:
    room = Room()
    qtbot.addWidget(room)
    evening = Evening(opened_diary, led.append, room, room)
    assert room.slots == {}
    room.show()
    qtbot.waitUntil(lambda: evening.today is not None)
    assert isinstance(room.slots["banner"], NextBanner)
    fitted = room.fitted
    evening.today.fold()
    qtbot.waitUntil(lambda: room.fitted > fitted)


def test_a_plan_without_days_says_nothing(opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot) -> None:
    for session in opened_diary.journal.sessions.all():
        opened_diary.write("Delete", lambda journal, row=session.id: journal.sessions.trash(row))
    opened_diary.write("Plan", lambda journal: journal.courses.save(Course()))
    made = NextBanner(opened_diary, led.append)
    qtbot.addWidget(made)
    assert "Session 1" not in told(made)


def test_a_session_in_the_book_is_named_by_its_day(
    opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot
) -> None:
    opened_diary.write("Book", lambda journal: journal.sessions.save(Session(When(date(2025, 5, 20)))))
    made = NextBanner(opened_diary, led.append)
    qtbot.addWidget(made)
    assert "Session 3 is on Tuesday 20 May." in told(made)


def test_nothing_is_read_any_more_once_the_journal_is_locked(
    opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot
) -> None:
    room = Room()
    qtbot.addWidget(room)
    Evening(opened_diary, led.append, room, room)
    room.show()
    room.repaint()
    opened_diary.locked.emit()
    QApplication.processEvents()
    assert room.slots == {}


def test_a_height_is_not_fitted_after_locking(opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot) -> None:
    room = Room()
    qtbot.addWidget(room)
    evening = Evening(opened_diary, led.append, room, room)
    room.show()
    qtbot.waitUntil(lambda: evening.today is not None)
    evening.today.fold()
    opened_diary.locked.emit()
    fitted = room.fitted
    evening.today.unfold()
    QApplication.processEvents()
    assert room.fitted == fitted
