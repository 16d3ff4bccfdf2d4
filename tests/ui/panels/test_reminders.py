"""What a person is reminded of while the app runs: one notice, not in quiet hours, and never when it is turned off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.days import DayNote
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.journal.planning.reminders import Notice, ReminderSettings
from needlejournal.journal.sessions import Session
from needlejournal.ui.destinations import Destination, EditDay, ShowPage, ShowSideEffects
from needlejournal.ui.panels.cover import Covers
from needlejournal.ui.panels.reminder_clock import LONGEST_WAIT_MS, ReminderClock
from needlejournal.ui.panels.reminder_settings import remember_settings, reminder_settings
from needlejournal.ui.panels.reminder_strip import ReminderStrip
from needlejournal.ui.panels.reminder_tray import TRAY, Tray, current_tray, tray_of
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.text import Label
from tests.ui.conftest import NOW
from tests.ui.person import find, press, reads, sees


def waiting_ms(clock: ReminderClock) -> int:
    """How long until it looks again; −1 when it does not."""
    return clock.findChild(QTimer).remainingTime()


@pytest.fixture
def clock(opened_diary: OpenJournal, preferences: Preferences, qtbot: QtBot) -> ReminderClock:
    return ReminderClock(opened_diary, preferences)


@pytest.fixture
def noticed(clock: ReminderClock) -> list[Notice]:
    found: list[Notice] = []
    clock.noticed.connect(found.append)
    return found


def test_what_is_due_is_said_once_in_few_lines(clock: ReminderClock, noticed: list[Notice]) -> None:
    clock.look()
    clock.look()
    (notice,) = noticed
    assert 1 <= len(notice.lines) <= 3
    assert not any("missed" in str(line).lower() for line in notice.lines)


def test_it_is_not_told_again_after_a_restart(
    clock: ReminderClock, noticed: list[Notice], opened_diary: OpenJournal, preferences: Preferences
) -> None:
    clock.look()
    again: list[Notice] = []
    other = ReminderClock(opened_diary, preferences)
    other.noticed.connect(again.append)
    other.look()
    assert again == []


def test_days_with_the_computer_off_give_one_notice(
    clock: ReminderClock, noticed: list[Notice], opened_diary: OpenJournal
) -> None:
    opened_diary.clock = lambda: NOW + timedelta(days=5)
    clock.look()
    assert len(noticed) == 1
    assert sum("write down" in str(line) for line in noticed[0].lines) == 1


def test_quiet_hours_wait_until_they_are_over(
    clock: ReminderClock, noticed: list[Notice], opened_diary: OpenJournal
) -> None:
    opened_diary.clock = lambda: datetime(2025, 4, 22, 23, 30, tzinfo=UTC)
    clock.look()
    assert noticed == []
    assert 0 < waiting_ms(clock) < 1.1 * LONGEST_WAIT_MS
    opened_diary.clock = lambda: datetime(2025, 4, 23, 8, 0, tzinfo=UTC)
    clock.look()
    assert len(noticed) == 1


def test_one_switch_turns_all_off(clock: ReminderClock, noticed: list[Notice], preferences: Preferences) -> None:
    remember_settings(preferences, ReminderSettings(enabled=False))
    clock.look()
    assert noticed == []


def test_it_looks_again_soon_after_something_was_written(clock: ReminderClock, opened_diary: OpenJournal) -> None:
    clock.look()
    session = opened_diary.journal.sessions.all()[0]
    opened_diary.write("Edit", lambda journal: journal.sessions.save(replace(session, notes="More")))
    assert 0 <= waiting_ms(clock) < 5000


def test_what_was_written_meanwhile_counts_at_the_next_look(
    clock: ReminderClock, noticed: list[Notice], opened_diary: OpenJournal
) -> None:
    clock.look()
    (first,) = noticed
    tomorrow = NOW + timedelta(days=1)
    opened_diary.clock = lambda: tomorrow
    note = DayNote(tomorrow.date(), nothing_to_note=True)
    opened_diary.write("Note", lambda journal: journal.day_notes.save(note))
    clock.look()
    assert noticed == [first]  # that day is written
    opened_diary.undo()
    clock.look()
    assert [str(line) for line in noticed[1].lines] == ["How is your skin on day 4 after session 2? The diary is open."]
    session = Session(When(tomorrow.date(), time(9)), setting="clinic")
    opened_diary.write("Add", lambda journal: journal.sessions.save(session))
    clock.look()
    assert any("session 3" in str(line) for line in noticed[2].lines)


def test_settings_are_remembered_and_what_cannot_be_read_is_as_usual(preferences: Preferences) -> None:
    wanted = ReminderSettings(enabled=False, at=time(20, 15), quiet_from=time(21), quiet_to=time(9, 30))
    remember_settings(preferences, wanted)
    assert reminder_settings(preferences) == wanted
    preferences.remember("reminders/at", "soon")
    assert reminder_settings(preferences).at == ReminderSettings().at


@pytest.fixture
def strip(opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> ReminderStrip:
    made = ReminderStrip(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    return made


def test_the_strip_shows_a_notice_until_it_is_closed(strip: ReminderStrip, qtbot: QtBot) -> None:
    assert strip.isHidden()
    strip.begin()
    strip.show()
    press(strip, "Close this notice")
    assert strip.isHidden()


def test_a_reminder_moves_nothing_on_the_page(
    opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = Label("A page", parent=window)
    QVBoxLayout(window).addWidget(page)
    strip = ReminderStrip(opened_diary, led.append, preferences, window)
    window.resize(900, 600)
    window.show()
    before = page.geometry()
    strip.announce(
        Notice(
            "Needle Journal",
            (
                message("One is due."),
                message("Two are due."),
            ),
            ("a", "b"),
        )
    )
    QApplication.processEvents()
    assert page.geometry() == before
    assert strip.isVisible()
    window.resize(700, 500)
    assert window.rect().contains(strip.geometry())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_reminder_leaves_most_of_a_narrow_window_free(
    opened_diary: OpenJournal, preferences: Preferences, qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    theme = qapp.findChild(Theme) or Theme(qapp, "light", 1.0)
    theme.set_text_scale(scale)
    window = QWidget()
    qtbot.addWidget(window)
    strip = ReminderStrip(opened_diary, lambda _destination: None, preferences, window)
    window.resize(760, 800)
    window.show()
    many = message("There are {days} days since your session that you can still write down, if you like.", days=4)
    photos = [message("Photos on day 7 after session 30: Micro-needling."), message("Photos of month 33 at home.")]
    strip.announce(Notice("Needle Journal", (many, *photos), ("diary:u:2025-04-20", "photos:1")))
    QApplication.processEvents()
    taken, button = strip.geometry(), find(strip, "Open plan", Button)
    theme.set_text_scale(1.0)
    assert window.rect().contains(taken)
    assert taken.height() <= 0.25 * scale * window.height()
    assert strip.rect().contains(button.geometry().translated(button.parentWidget().pos()))


def test_a_reminder_gives_way_while_one_writes_and_comes_back_after(
    opened_diary: OpenJournal,
    preferences: Preferences,
    led: list[Destination],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("needlejournal.ui.panels.reminder_strip.AFTER_WRITING_MS", 10)
    window = QWidget()
    qtbot.addWidget(window)
    field, button = TextField("Note", parent=window), Button("Done", parent=window)
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(button)
    strip = ReminderStrip(opened_diary, led.append, preferences, window)
    window.resize(900, 600)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    button.setFocus()
    strip.announce(Notice("Needle Journal", (message("One is due."),), ("a",)))
    assert strip.isVisible()
    field.setFocus()
    assert not strip.isVisible()
    button.setFocus()
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible)
    press(strip, "Close this notice")
    field.setFocus()
    button.setFocus()
    with pytest.raises(qtbot.TimeoutError):
        qtbot.waitUntil(strip.isVisible, timeout=60)


def test_a_notice_leads_to_the_plan_and_goes(strip: ReminderStrip, led: list[Destination]) -> None:
    strip.announce(
        Notice(
            "Needle Journal",
            (
                message("One."),
                message("Two."),
            ),
            ("a", "b"),
        )
    )
    strip.announce(Notice("Needle Journal", (message("Three."),), ("c",)))
    strip.show()
    assert reads(strip) == "Three."
    press(strip, "Open plan")
    assert led == [ShowPage("plan")]
    assert strip.isHidden()


def test_a_reminder_of_the_diary_leads_to_the_diary(strip: ReminderStrip, led: list[Destination]) -> None:
    asked = (message("How is your skin?"),)
    strip.announce(Notice("Needle Journal", asked, ("diary:u:2025-04-20",)))
    assert not sees(strip, "Open plan", Button)
    press(strip, "Open diary")
    assert led == [EditDay(date(2025, 4, 20))]
    strip.announce(Notice("Needle Journal", asked, ("diary:u:2025-04-20", "diary:v:2025-04-21")))
    press(strip, "Open diary")
    assert led[1:] == [ShowSideEffects()]
    strip.announce(Notice("Needle Journal", asked, ("diary:u:2025-04-20", "photos:1")))
    press(strip, "Open plan")
    assert led[2:] == [ShowPage("plan")]


def test_the_clocks_notice_names_the_days_of_the_diary(
    clock: ReminderClock, noticed: list[Notice], opened_diary: OpenJournal
) -> None:
    clock.look()
    (notice,) = noticed
    last = opened_diary.calendar.marks[-1].when.day
    assert notice.diary_days and all(day >= last for day in notice.diary_days)


class Asked:
    """What the tray was asked to show."""

    def __init__(self) -> None:
        self.messages: list[str] = []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A desktop with a tray that only notes what it is told."""
    found = Asked()
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _self: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _self, _title, text, *_: found.messages.append(text))
    return found


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_the_tray_is_off_until_it_is_switched_on(
    asked: Asked, preferences: Preferences, window: QWidget, qapp: QApplication
) -> None:
    tray = tray_of(qapp, preferences, window, Covers(qapp, window))
    assert current_tray() is tray
    assert not tray.shown
    tray.announce(Notice("Needle Journal", (message("One."),), ("a",)))
    assert asked.messages == []
    preferences.remember(TRAY, True)
    tray.follow()
    assert tray.shown
    tray.announce(
        Notice(
            "Needle Journal",
            (
                message("One."),
                message("Two."),
            ),
            ("a",),
        )
    )
    assert asked.messages == ["One.\nTwo."]
    preferences.remember(TRAY, False)
    tray.follow()
    assert not tray.shown
    tray.setParent(None)


def test_its_menu_shows_the_window_and_hides_its_content(
    asked: Asked, preferences: Preferences, window: QWidget, qapp: QApplication
) -> None:
    preferences.remember(TRAY, True)
    covers = Covers(qapp, window)
    tray = tray_of(qapp, preferences, window, covers)
    names = [action.text() for action in tray.menu().actions() if action.text()]
    assert names == ["Show the window", "Hide or show its content", "Quit"]
    tray.menu().actions()[1].trigger()
    tray.menu().actions()[0].trigger()
    assert covers.down
    covers.lift()
    assert window.isVisible()
    tray.setParent(None)


def test_the_sign_keeps_a_maximised_window_maximised(
    asked: Asked, preferences: Preferences, window: QWidget, qapp: QApplication
) -> None:
    preferences.remember(TRAY, True)
    tray = tray_of(qapp, preferences, window, Covers(qapp, window))
    window.showMaximized()
    window.setWindowState(window.windowState() | Qt.WindowState.WindowMinimized)
    tray.menu().actions()[0].trigger()
    assert window.windowState() & Qt.WindowState.WindowMaximized
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    tray.setParent(None)


def test_the_desktop_is_told_nothing_of_a_covered_diary(
    asked: Asked, preferences: Preferences, window: QWidget, qapp: QApplication
) -> None:
    preferences.remember(TRAY, True)
    covers = Covers(qapp, window)
    tray = tray_of(qapp, preferences, window, covers)
    window.show()
    covers.cover()
    tray.announce(Notice("Needle Journal", (message("How is your skin?"),), ("a",)))
    assert asked.messages == ["There is a reminder in the window."]
    covers.lift()
    tray.setParent(None)


def test_a_desktop_without_a_tray_shows_none(preferences: Preferences, window: QWidget, qapp: QApplication) -> None:
    preferences.remember(TRAY, True)
    tray = tray_of(qapp, preferences, window, Covers(qapp, window))
    assert not tray.shown or Tray.can_be()
    tray.setParent(None)


def test_a_disk_that_refuses_is_said_and_the_notice_still_comes(
    clock: ReminderClock, noticed: list[Notice], opened_diary: OpenJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    opened_diary.failed.connect(told.append)

    def refuse(_state: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(opened_diary.journal.reminders, "save", refuse)
    clock.look()
    assert len(noticed) == 1
    assert len(told) == 1
