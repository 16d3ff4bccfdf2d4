"""What a person sees and does on the side effects page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.journal.catalogue import load_catalogue
from needlejournal.journal.courses import Course
from needlejournal.journal.days import SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Product, Session, Severity
from needlejournal.store import create_journal
from needlejournal.store.days import SideEffectRows
from needlejournal.ui.destinations import Destination, EditDay
from needlejournal.ui.effects import EffectsPage
from needlejournal.ui.effects.grid_view import GridPlace, GridView
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.panels.clinic_card import ClinicCardView
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label
from tests.ui.fitting import faults, settle
from tests.ui.person import choose, chosen, click, offered, press, sees


@pytest.fixture
def page(opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> EffectsPage:
    """The page, shown, with session 2 in front."""
    made = EffectsPage(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show()
    return made


def words(page: EffectsPage) -> str:
    QApplication.processEvents()  # what was just made is shown by the event loop
    return "\n".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def log(opened: OpenJournal, day: date, severity: Severity, symptom: str = "redness") -> None:
    opened.write("Note", lambda j: j.side_effects.save(SideEffect(day, symptom, severity)))


def grid(page: EffectsPage) -> GridView:
    return page.findChild(GridView)


def click_cell(page: EffectsPage, cell: GridPlace, *, twice: bool = False) -> None:
    view = grid(page)
    where = view.cell_rect(cell).center().toPoint()
    click(view, where)
    if twice:
        QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=where)


def cards(page: EffectsPage) -> list[ClinicCardView]:
    QApplication.processEvents()
    return [card for card in page.findChildren(ClinicCardView) if card.isVisible()]


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    theme = qapp.findChild(Theme) or Theme(qapp, "light", 1.0)
    theme.set_text_scale(2.0)
    yield
    theme.set_text_scale(1.0)


@pytest.mark.usefixtures("large_text")
def test_all_symptoms_fit_into_a_narrow_page_with_the_largest_text(
    page: EffectsPage, opened_diary: OpenJournal
) -> None:
    for number, symptom in enumerate(opened_diary.catalogue.symptoms):
        if symptom.key not in {"redness", "swelling"}:
            log(opened_diary, date(2025, 4, 20), Severity(1 + number % 4), symptom.key)
            log(opened_diary, date(2025, 4, 22), Severity.MILD, symptom.key)
    page.resize(654, 800)
    settle()
    assert faults(page) == []
    assert {area.horizontalScrollBar().maximum() for area in page.findChildren(QScrollArea) if area.isVisible()} == {0}
    assert "Strongest: day" in words(page)
    view = grid(page)
    assert view.cell_rect(GridPlace(0, 0)).left() == 0, "names stand above the days, whole"
    click_cell(page, GridPlace(1, 2))
    assert view.accessibleDescription().startswith("Swelling, day 2:")
    page.resize(1280, 900)
    settle()
    assert "Strongest: day" not in words(page)
    assert view.cell_rect(GridPlace(0, 0)).left() > 0


def test_the_last_session_is_shown_beside_the_one_before(page: EffectsPage) -> None:
    row = grid(page).current()
    assert row is not None
    assert row.severities[:4] == (Severity.SEVERE, Severity.MODERATE, Severity.MODERATE, None)
    assert row.earlier[:5] == (Severity.SEVERE, Severity.MODERATE, Severity.MILD, Severity.NONE, None)


def test_a_new_entry_appears_at_once(page: EffectsPage, opened_diary: OpenJournal) -> None:
    log(opened_diary, date(2025, 4, 22), Severity.MILD)
    row = grid(page).current()
    assert row is not None
    assert row.severities[3] is Severity.MILD


def test_arrow_keys_walk_and_enter_opens_the_day(page: EffectsPage, qtbot: QtBot, led: list[Destination]) -> None:
    click_cell(page, GridPlace(0, 1))
    qtbot.keyClick(grid(page), Qt.Key.Key_Right)
    qtbot.keyClick(grid(page), Qt.Key.Key_Return)
    assert led == [EditDay(date(2025, 4, 21))]
    qtbot.keyClick(grid(page), Qt.Key.Key_Down)
    row = grid(page).current()
    assert row is not None
    assert row.symptom == "swelling"
    assert "Swelling, day 2: not written." in grid(page).accessibleDescription()


def test_a_day_that_has_not_come_cannot_be_written(page: EffectsPage, led: list[Destination], qtbot: QtBot) -> None:
    click_cell(page, GridPlace(0, 20), twice=True)
    qtbot.keyClick(grid(page), Qt.Key.Key_Return)
    assert led == []


def test_a_double_click_on_a_cell_opens_its_day(page: EffectsPage, led: list[Destination]) -> None:
    click_cell(page, GridPlace(0, 2), twice=True)
    assert led == [EditDay(date(2025, 4, 21))]


def test_how_long_it_lasted_is_compared_once_both_are_certain(page: EffectsPage, opened_diary: OpenJournal) -> None:
    log(opened_diary, date(2025, 4, 22), Severity.MILD)
    log(opened_diary, date(2025, 4, 23), Severity.NONE)
    assert "Redness lasted one day longer than after session 1" in words(page)


def test_a_red_flag_asks_to_ring_the_clinic_with_its_number(page: EffectsPage, opened_diary: OpenJournal) -> None:
    opened_diary.write("Plan", lambda j: j.courses.save(Course(phone="555 0142")))
    log(opened_diary, date(2025, 4, 21), Severity.MILD, "cold_sore")
    (card,) = cards(page)
    assert any("Call your clinic and tell them." in label.text() for label in card.findChildren(Label))
    assert any(button.text() == "555 0142" for button in card.findChildren(Button))


def test_a_card_is_put_aside_only_with_a_reason_and_comes_back_with_undo(
    page: EffectsPage, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    log(opened_diary, date(2025, 4, 21), Severity.MILD, "cold_sore")
    (card,) = cards(page)
    press(page, "Put aside…")
    assert not sees(page, "Put aside")
    sheet = card.findChild(Sheet)
    qtbot.keyClicks(sheet.findChild(TextField), "Rang them; nothing to worry about.")
    press(page, "Put aside")
    assert cards(page) == []
    (kept,) = opened_diary.journal.dismissals.all()
    assert kept.reason == "Rang them; nothing to worry about."
    opened_diary.undo()
    assert len(cards(page)) == 1


def test_what_touched_the_skin_is_one_look_away(page: EffectsPage, opened_diary: OpenJournal) -> None:
    page.show_session(opened_diary.calendar.marks[0].id)
    assert "Hyaluronic, lot A113" in words(page)
    assert "Session 1 · 8 March 2025 · 0 days before" in words(page)


def test_a_session_after_which_nothing_was_written_counts_neither_for_nor_against_a_product(
    page: EffectsPage, opened_diary: OpenJournal
) -> None:
    for month in (2, 3):
        serum = Session(When(date(2025, month, 1)), products=(Product("serum", "C serum", "", "L1"),))
        opened_diary.write("Write", lambda j, serum=serum: j.sessions.save(serum))
    log(opened_diary, date(2025, 3, 2), Severity.MILD)
    page.show_session(opened_diary.calendar.marks[1].id)
    said = "C serum, lot L1: used at 2 sessions; redness was noted after 1 of them. After 1 of the others no day was"
    assert said in words(page)


def test_everything_that_touched_the_skin_is_one_press_away(page: EffectsPage, opened_diary: OpenJournal) -> None:
    for month in range(5, 10):
        opened_diary.write("Write", lambda j, month=month: j.sessions.save(Session(When(date(2024, month, 1)))))
    page.show_session(0)
    assert "1 June 2024" not in words(page)
    press(page, "Show everything")
    assert "1 June 2024" in words(page)


def test_before_anything_is_written_the_page_says_what_to_do_first(
    preferences: Preferences, led: list[Destination], qtbot: QtBot, home: Path
) -> None:
    opened = OpenJournal(create_journal(home / "Empty.needlejournal"), load_catalogue(paths.resources()), Jobs())
    empty = EffectsPage(opened, led.append, preferences)
    qtbot.addWidget(empty)
    empty.resize(1000, 700)
    empty.show()
    press(empty, "Write today", which=-1)
    assert led == [EditDay()]
    opened.close()


def test_days_without_a_session_are_shown_by_date_with_their_red_flags(
    page: EffectsPage, opened_diary: OpenJournal
) -> None:
    for session in opened_diary.journal.sessions.all():
        opened_diary.write("Trash", lambda j, row=session.id: j.sessions.trash(row))
    assert chosen(page, "Days shown") == "By date: April 2025"
    row = grid(page).current()
    assert row is not None
    assert row.severities[18:22] == (Severity.SEVERE, Severity.MODERATE, Severity.MODERATE, None)
    assert offered(page, "Days shown") == ["By date: April 2025", "By date: March 2025"]


def test_a_month_in_which_nothing_is_written_has_no_empty_curve(page: EffectsPage, opened_diary: OpenJournal) -> None:
    for kind in (opened_diary.journal.sessions, opened_diary.journal.side_effects, opened_diary.journal.day_notes):
        for one in kind.all():
            opened_diary.write("Trash", lambda _journal, kind=kind, row=one.id: kind.trash(row))
    log(opened_diary, date(2025, 3, 8), Severity.MILD)
    assert "Redness, April 2025" not in words(page) and "Redness, 22 April: not written." in words(page)
    log(opened_diary, opened_diary.today, Severity.MILD)
    assert "Redness, April 2025" in words(page)


def test_the_page_follows_today_until_a_session_is_chosen(page: EffectsPage, opened_diary: OpenJournal) -> None:
    opened = opened_diary
    first, second = (mark.id for mark in opened.calendar.marks)
    opened.write("Write", lambda j: j.sessions.save(Session(When(date(2025, 4, 21)))))
    assert chosen(page, "Days shown") == "Session 3 · 21 Apr 2025"
    page.show_session(first)
    opened.write("Write", lambda j: j.sessions.save(Session(When(date(2025, 2, 1)))))
    assert chosen(page, "Days shown") == "Session 2 · 8 Mar 2025"
    page.show_session(second)
    assert chosen(page, "Days shown") == "Session 3 · 19 Apr 2025"
    assert chosen(page, "Compare with") == "beside session 2"


def test_today_says_the_day_of_the_session_that_was_just_written(page: EffectsPage, opened_diary: OpenJournal) -> None:
    assert "Day 3 after session 2" in words(page)
    opened_diary.write("Write", lambda j: j.sessions.save(Session(When(date(2025, 4, 20)))))
    assert "Day 2 after session 3" in words(page)
    assert "Day 3 after session 2" not in words(page)


def test_a_session_in_the_book_is_not_shown_yet(page: EffectsPage, opened_diary: OpenJournal) -> None:
    opened_diary.write("Book", lambda j: j.sessions.save(Session(When(date(2025, 5, 30)))))
    assert len(offered(page, "Days shown")) == 2
    assert chosen(page, "Days shown") == "Session 2 · 19 Apr 2025"


def test_alt_and_the_arrows_step_through_the_sessions_and_end_following_today(
    page: EffectsPage, opened_diary: OpenJournal
) -> None:
    commands = {command.keys: command for command in page.commands()}
    commands[("Alt+Left",)].run()
    assert chosen(page, "Days shown") == "Session 1 · 8 Mar 2025"
    commands[("Alt+Right",)].run()
    assert chosen(page, "Days shown") == "Session 2 · 19 Apr 2025"
    opened_diary.write("Write", lambda j: j.sessions.save(Session(When(date(2025, 4, 21)))))
    assert chosen(page, "Days shown") == "Session 3 · 21 Apr 2025"


def test_another_session_is_chosen_from_the_list(page: EffectsPage) -> None:
    choose(page, "Days shown", "Session 1 · 8 Mar 2025")
    assert "Session 1 · 8 March 2025 · 0 days before" in words(page)


def test_a_page_behind_another_reads_nothing_and_shows_what_was_written_when_it_is_seen(
    page: EffectsPage, opened_diary: OpenJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.hide()
    reads: list[bool] = []

    def counted(rows: SideEffectRows) -> list[date]:
        reads.append(True)
        return known_days(rows)

    known_days = SideEffectRows.known_days
    monkeypatch.setattr(SideEffectRows, "known_days", counted)
    log(opened_diary, opened_diary.today, Severity.SEVERE, "blistering")
    log(opened_diary, opened_diary.today, Severity.MILD, "itching")
    assert not reads
    page.show()
    assert len(reads) == 1
    said = " ".join(part.words for part in grid(page).spoken_parts()).lower()
    assert "blistering" in said and "itching" in said
