"""What a person sees above the timeline in the evening: today's line, what is next, when to call the clinic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.courses import Course
from needlejournal.journal.days import SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.ui.destinations import Destination, ShowPage
from needlejournal.ui.panels.clinic_card import ClinicCardView
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
        self.shown: QWidget | None = None
        self.fitted = 0

    def set_today(self, widget: QWidget) -> None:
        self.fitted += 1
        if widget is not self.shown:
            self.column.addWidget(widget)
            widget.show()
        self.shown = widget


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
    assert "Session 3: 17 to 31 May would be usual." in told(banner)
    assert "Photos due: frontal, both obliques" in told(banner)


def test_its_button_leads_to_the_plan(banner: NextBanner, led: list[Destination], qtbot: QtBot) -> None:
    press(qtbot, banner, "Open plan")
    assert led == [ShowPage("plan")]


def test_the_banner_follows_a_session_that_is_moved(banner: NextBanner, opened_diary: OpenJournal) -> None:
    second = opened_diary.journal.sessions.all()[-1]
    moved = replace(second, when=When(date(2025, 4, 21)))
    opened_diary.write("Move", lambda journal: journal.sessions.save(moved))
    assert "Session 3: 19 May to 2 June would be usual." in told(banner)


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


def test_today_is_one_line_that_unfolds_only_when_asked(today: TodayPanel, qtbot: QtBot) -> None:
    assert today.findChild(TodayCard) is None
    assert "How is your skin?" in told(today)
    press(qtbot, today, "Write…")
    assert today.findChild(TodayCard).isVisible()
    today.fold()
    assert not today.findChild(TodayCard).isVisible()


def test_one_press_says_that_there_are_none(today: TodayPanel, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    press(qtbot, today, "No side effects today")
    assert opened_diary.journal.day_notes.of_day(opened_diary.today).nothing_to_note
    assert "No side effects today" in told(today)
    assert [button.text() for button in today.findChildren(Button) if button.isVisible()] == ["Change…", "Open plan"]
    opened_diary.undo()
    assert "How is your skin?" in told(today)


def test_the_line_says_what_is_written(opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot) -> None:
    effect = SideEffect(opened_diary.today, "redness", Severity.MILD)
    opened_diary.write("Note", lambda journal: journal.side_effects.save(effect))
    panel = TodayPanel(opened_diary, led.append)
    qtbot.addWidget(panel)
    assert "1 symptom written down" in told(panel)


def test_of_two_findings_one_stands_there_and_the_other_is_a_link(
    today: TodayPanel, opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot
) -> None:
    for symptom in ("cold_sore", "infection"):
        effect = SideEffect(opened_diary.today, symptom, Severity.MILD)
        opened_diary.write("Note", lambda journal, effect=effect: journal.side_effects.save(effect))
    qtbot.waitUntil(lambda: [card.isVisible() for card in today.findChildren(ClinicCardView)] == [True])
    press(qtbot, today, "1 more on the side effects page")
    assert led == [ShowPage("effects")]


def test_a_red_flag_puts_a_card_there_at_once(today: TodayPanel, opened_diary: OpenJournal) -> None:
    assert not today.findChildren(ClinicCardView)
    effect = SideEffect(opened_diary.today, "cold_sore", Severity.MILD)
    opened_diary.write("Note", lambda journal: journal.side_effects.save(effect))
    assert len(today.findChildren(ClinicCardView)) == 1


def test_the_panels_come_after_the_first_paint(opened_diary: OpenJournal, led: list[Destination], qtbot: QtBot) -> None:
    room = Room()
    qtbot.addWidget(room)
    evening = Evening(opened_diary, led.append, room, room)
    assert room.shown is None
    room.show()
    qtbot.waitUntil(lambda: evening.today is not None)
    assert isinstance(room.shown, TodayPanel)
    assert room.shown.findChild(NextBanner) is not None
    fitted = room.fitted
    evening.today.unfold()
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
    opened_diary.close()
    QApplication.processEvents()
    assert room.shown is None


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
