"""What a person does on the plan page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.courses import Course
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.ui.destinations import Destination, ImportPhotos
from needlejournal.ui.plan import PlanPage
from needlejournal.ui.plan.aftercare_card import AftercareCard
from needlejournal.ui.plan.course_card import CourseCard
from needlejournal.ui.plan.course_line import CourseLine
from needlejournal.ui.plan.editor import CourseEditor
from needlejournal.ui.plan.entry_rows import EntryRow
from needlejournal.ui.plan.month_grid import MonthGrid
from needlejournal.ui.plan.parts import Sources
from needlejournal.ui.plan.proposals_card import ProposalsCard
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal, Saying
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.ui.widgets.text import Label
from tests.ui import person
from tests.ui.conftest import ByHand
from tests.workflows.ics_reader import read_calendar


def told(widget: QWidget) -> str:
    """Everything that can be read in a part of the page."""
    QApplication.processEvents()  # cards just made are shown with the next event
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def press(qtbot: QtBot, widget: QWidget, words: str) -> None:
    QApplication.processEvents()
    kinds = (*widget.findChildren(Button), *widget.findChildren(IconButton))
    button = next(one for one in kinds if one.isVisible() and words in (one.text(), one.accessibleName()))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def cards(page: PlanPage) -> list[CourseCard]:
    """The cards of the courses."""
    QApplication.processEvents()
    return [card for card in page.findChildren(CourseCard) if card.isVisible()]


def titles(page: PlanPage) -> list[str]:
    """What the calendar's rows are about."""
    QApplication.processEvents()
    return [str(row.entry.title) for row in page.findChildren(EntryRow) if row.isVisible()]


@pytest.fixture
def page(opened_diary: OpenJournal, led: list[Destination], preferences: Preferences, qtbot: QtBot) -> PlanPage:
    """Two sessions that nobody planned, three days after the second."""
    made = PlanPage(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(1084, 900)
    made.show()
    return made


def editor(page: PlanPage) -> CourseEditor:
    return page.findChild(CourseEditor)


def test_sessions_nobody_planned_are_shown_with_what_the_treatment_proposes(page: PlanPage) -> None:
    card = page.findChild(CourseCard)
    assert "Session 3: 17 to 31 May would be usual" in told(card)
    assert "You have not planned this" in told(card)
    assert card.findChild(CourseLine).isVisible()


def test_where_the_days_come_from_is_one_press_away(page: PlanPage, qtbot: QtBot) -> None:
    sources = page.findChild(CourseCard).findChild(Sources)
    assert "Ablon" not in told(sources)
    press(qtbot, sources, "Where these days come from")
    assert "30 days in a study. ·\u00a0Ablon" in told(sources)


def test_expected_results_name_their_source(page: PlanPage) -> None:
    words = told(page.findChild(CourseCard))
    assert "6 June 2025 · 5 August 2025" in words
    assert "NHS Chelsea" in words


def test_the_plan_follows_a_session_that_is_moved_and_deleted(page: PlanPage, opened_diary: OpenJournal) -> None:
    second = opened_diary.journal.sessions.all()[-1]
    moved = replace(second, when=When(date(2025, 4, 21)))
    opened_diary.write("Move", lambda journal: journal.sessions.save(moved))
    assert "Session 3: 19 May to 2 June would be usual" in told(cards(page)[-1])
    opened_diary.write("Delete", lambda journal: journal.sessions.trash(second.id))
    assert "Session 2 would have been usual by 19 April" in told(cards(page)[-1])
    opened_diary.undo()
    assert "Session 3: " in told(cards(page)[-1])


def test_due_photos_say_views_and_until_when_and_lead_to_the_import(
    page: PlanPage, led: list[Destination], qtbot: QtBot
) -> None:
    card = page.findChild(ProposalsCard)
    assert "Day 3 after session 2" in told(card)
    assert "due until 24 April" in told(card)
    assert "Frontal, both obliques" in told(card)
    press(qtbot, card, "Add photos for Day 3 after session 2")
    assert isinstance(led[0], ImportPhotos)
    assert led[0].day == date(2025, 4, 22)


def test_what_went_by_is_shown_only_when_asked_for_and_never_called_missed(page: PlanPage, qtbot: QtBot) -> None:
    card = page.findChild(ProposalsCard)
    assert "session 1" not in told(card)
    press(qtbot, card, "Show all days")
    assert "Day 1 after session 1" in told(card)
    assert "missed" not in told(card).replace("nothing is ever missed", "")


def test_aftercare_of_today_is_ticked_and_kept(page: PlanPage, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    card = page.findChild(AftercareCard)
    boxes = {box.text(): box for box in card.findChildren(CheckBox)}
    assert "No make-up for 24 to 48 hours" not in boxes
    boxes["Keep out of the sun"].click()
    (tick,) = opened_diary.journal.ticks.all()
    assert (tick.item, tick.day) == ("avoid_sun", date(2025, 4, 22))
    boxes["Keep out of the sun"].click()
    assert opened_diary.journal.ticks.all() == []
    opened_diary.undo()
    assert not card.findChildren(CheckBox)[0].isChecked()


def test_another_day_has_its_own_ticks_and_tomorrow_has_none_yet(
    page: PlanPage, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    card = page.findChild(AftercareCard)
    press(qtbot, card, "The day before")
    box = next(box for box in card.findChildren(CheckBox) if "make-up" in box.text())
    box.click()
    assert opened_diary.journal.ticks.all()[0].day == date(2025, 4, 21)
    press(qtbot, card, "The day after")
    press(qtbot, card, "The day after")
    assert not any(box.isEnabled() for box in card.findChildren(CheckBox) if box.isVisible())


def test_an_unplanned_course_becomes_a_plan(page: PlanPage, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    press(qtbot, page.findChild(CourseCard), "Edit Micro-needling")
    assert editor(page).isVisible()
    press(qtbot, editor(page), "Done")
    (course,) = opened_diary.journal.courses.all()
    assert (course.starts, course.sessions) == (date(2025, 3, 8), 4)
    (card,) = cards(page)
    assert "You have not planned this" not in told(card)


def test_a_new_plan_left_at_once_is_not_stored(page: PlanPage, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    press(qtbot, page, "New plan")
    press(qtbot, editor(page), "Back to Plan")
    assert opened_diary.journal.courses.all() == []


def test_a_second_plan_of_a_treatment_leaves_the_sessions_of_the_first(
    page: PlanPage, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    course = Course(starts=date(2025, 3, 1), sessions=2, title="First")
    opened_diary.write("Plan", lambda journal: journal.courses.save(course))
    press(qtbot, page, "New plan")
    press(qtbot, editor(page), "Done")
    words = [told(card) for card in cards(page)]
    assert any("All 2 planned sessions are done" in card for card in words)
    assert any("Micro-needling: you hope for the first session on 4 May 2025" in card for card in words)


def test_a_second_plan_while_one_is_running_is_asked_about_and_takes_the_clinic(
    page: PlanPage, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    for session in opened_diary.journal.sessions.all():
        named = replace(session, clinic="Harbour Skin")
        opened_diary.write("Clinic", lambda journal, named=named: journal.sessions.save(named))
    course = Course(starts=date(2025, 3, 1), sessions=6, title="First")
    opened_diary.write("Plan", lambda journal: journal.courses.save(course))
    press(qtbot, page, "New plan")
    sheet = page.findChild(QuestionSheet)
    assert "First" in sheet.windowTitle()
    press(qtbot, sheet, "Cancel")
    assert page.findChild(CourseEditor) is None
    press(qtbot, page, "New plan")
    press(qtbot, page.findChildren(QuestionSheet)[-1], "Make another plan")
    press(qtbot, editor(page), "Done")
    assert [one.clinic for one in opened_diary.journal.courses.all()] == ["", "Harbour Skin"]


def test_an_empty_journal_offers_a_plan(
    opened_diary: OpenJournal, led: list[Destination], preferences: Preferences, qtbot: QtBot
) -> None:
    for session in opened_diary.journal.sessions.all():
        opened_diary.write("Delete", lambda journal, row=session.id: journal.sessions.trash(row))
    page = PlanPage(opened_diary, led.append, preferences)
    qtbot.addWidget(page)
    page.show()
    press(qtbot, page.findChild(EmptyState), "Make a plan")
    assert editor(page).isVisible()
    press(qtbot, editor(page), "Done")
    assert page.findChild(CourseCard).isVisible()


def test_the_month_shows_the_window_and_the_day_beside_it(
    page: PlanPage, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    page.show_view("month")
    grid = page.findChild(MonthGrid)
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.day() == date(2025, 5, 22)
    assert titles(page) == ["Good days for session 3 of 4: Micro-needling"]
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert grid.day() == date(2025, 4, 21)
    assert "3" not in grid.accessibleName().split(":")[0].replace("21", "")


def test_no_session_is_begun_more_than_a_year_ahead(page: PlanPage, qtbot: QtBot) -> None:
    page.show_view("month")
    grid = page.findChild(MonthGrid)
    session = next(one for one in page.findChildren(Button) if one.text() == "Session")
    for _ in range(12):
        qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert session.isEnabled()
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert not session.isEnabled()
    assert session.toolTip() == "More than a year ahead"


def test_a_day_is_chosen_with_the_mouse(page: PlanPage, qtbot: QtBot) -> None:
    page.show_view("month")
    grid = page.findChild(MonthGrid)
    where = next(
        point
        for point in (grid.rect().topLeft() + grid.rect().center() / 8 * k for k in range(1, 16))
        if grid.day_at(point.toPointF()) not in (None, grid.day())
    )
    expected = grid.day_at(where.toPointF())
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=where)
    assert grid.day() == expected


def test_the_list_shows_what_comes_and_earlier_entries_on_request(page: PlanPage, qtbot: QtBot) -> None:
    page.show_view("agenda")
    assert "Good days for session 3 of 4: Micro-needling" in titles(page)
    assert "Session 1 of 4: Micro-needling" not in titles(page)
    press(qtbot, page, "Show earlier entries")
    assert "Session 1 of 4: Micro-needling" in titles(page)


def test_the_view_is_remembered(
    page: PlanPage, opened_diary: OpenJournal, led: list[Destination], preferences: Preferences, qtbot: QtBot
) -> None:
    page.show_view("agenda")
    other = PlanPage(opened_diary, led.append, preferences)
    qtbot.addWidget(other)
    other.show()
    assert titles(other)


def test_the_calendar_file_is_saved_and_said(
    page: PlanPage,
    opened_diary: OpenJournal,
    by_hand: ByHand,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    said: list[Saying] = []
    opened_diary.said.connect(said.append)
    press(qtbot, page, "Calendar file…")
    by_hand.run()
    qtbot.waitUntil(lambda: bool(said))
    saved = [event.text("SUMMARY") for event in read_calendar((tmp_path / "mine.ics").read_bytes()).parts]
    assert "Good days for session 3 of 4: Micro-needling" in saved
    assert f"{len(saved)} entries saved in {tmp_path / 'mine.ics'}" in said[0].sentence


def test_a_place_that_cannot_be_written_is_said(
    page: PlanPage,
    opened_diary: OpenJournal,
    by_hand: ByHand,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "mine.ics"), ""))
    failed: list[object] = []
    opened_diary.failed.connect(failed.append)
    press(qtbot, page, "Calendar file…")
    by_hand.run()
    qtbot.waitUntil(lambda: bool(failed))
    assert "was not saved" in str(failed[0])


def test_the_next_day_the_plan_is_calculated_again(page: PlanPage, opened_diary: OpenJournal) -> None:
    page.hide()
    opened_diary.clock = lambda: datetime(2025, 7, 1, 10, tzinfo=UTC)
    page.show()
    assert "Session 3 would have been usual by 31 May; still fine if your clinic agrees" in told(cards(page)[-1])


def test_hidden_the_page_waits_until_it_is_shown(page: PlanPage, opened_diary: OpenJournal) -> None:
    page.hide()
    later = opened_diary.today + timedelta(days=30)
    opened_diary.write("Book", lambda journal: journal.sessions.save(Session(When(later))))
    page.show()
    assert "Session 3 is on Thursday 22 May" in told(cards(page)[-1])


def test_a_mark_of_the_line_tells_its_day(page: PlanPage) -> None:
    line = page.findChild(CourseLine)
    where = line.rect().center().toPointF()
    where.setX(line.x_of(date(2025, 3, 8)))
    where.setY(46)
    assert line.words_at(where) == "Session 1, 8 March 2025"
    where.setX(line.x_of(date(2025, 5, 24)))
    assert line.words_at(where) == "Session 3: 17 to 31 May would be usual"


def test_a_journal_that_may_only_be_read_offers_nothing_to_press(
    opened_diary: OpenJournal, led: list[Destination], preferences: Preferences, qtbot: QtBot
) -> None:
    opened_diary.journal.why_read_only = "The disk is write-protected."
    page = PlanPage(opened_diary, led.append, preferences)
    qtbot.addWidget(page)
    page.show()
    assert "Session 3: " in told(cards(page)[0])
    press(qtbot, page, "New plan")
    assert page.findChild(CourseEditor) is None
    assert not any(box.isEnabled() for box in page.findChildren(CheckBox))


def test_aftercare_goes_on_to_the_new_day_unless_another_was_chosen(page: PlanPage, opened_diary: OpenJournal) -> None:
    card = page.findChild(AftercareCard)
    opened_diary.clock = lambda: datetime(2025, 4, 23, 0, 1, tzinfo=UTC)
    opened_diary.look_at_the_day()
    assert any(words.startswith("Today") for words in person.reads(card).splitlines())
    person.press(card, "Keep out of the sun")
    assert [tick.day for tick in opened_diary.journal.ticks.all()] == [date(2025, 4, 23)]
    person.press(card, "The day before")
    opened_diary.clock = lambda: datetime(2025, 4, 24, 0, 1, tzinfo=UTC)
    opened_diary.look_at_the_day()
    assert any(words.startswith("Tuesday 22 April") for words in person.reads(card).splitlines())
