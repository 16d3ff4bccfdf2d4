"""The trash as a person meets it: what is in it, for how long, back again, and gone for good after a question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from needlejournal.ui.destinations import Destination
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.trash import TrashPage
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.sheets import QuestionSheet


@pytest.fixture
def page(opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> TrashPage:
    """A session is in the trash."""
    row = opened_diary.calendar.marks[0].id
    opened_diary.write("Move to the trash", lambda journal: journal.sessions.trash(row))
    made = TrashPage(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def button(page: TrashPage, words: str) -> Button:
    QApplication.processEvents()  # what was just made is shown by the event loop
    return next(b for b in page.findChildren(Button) if b.text() == words and b.isVisible())


def words(page: TrashPage) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_what_was_deleted_is_taken_back(page: TrashPage, opened_diary: OpenJournal) -> None:
    button(page, "Restore").click()
    assert opened_diary.journal.sessions.count() == 2
    assert "The trash is empty." in words(page)
    assert not [b for b in page.findChildren(Button) if b.text() in {"Restore", "Empty trash…"} and b.isVisible()]


def test_removing_for_good_is_asked_first(page: TrashPage, opened_diary: OpenJournal) -> None:
    button(page, "Empty trash…").click()
    sheet = page.findChild(QuestionSheet)
    assert opened_diary.journal.trash.listing() != []
    next(b for b in sheet.findChildren(Button) if b.text() == "Delete for good").click()
    assert opened_diary.journal.trash.listing() == []
    assert opened_diary.journal.sessions.count() == 1


def test_each_thing_says_how_long_it_stays(page: TrashPage, opened_diary: OpenJournal) -> None:
    now = opened_diary.clock()
    assert "30 days left" in words(page) or "29 days left" in words(page)
    page.hide()
    opened_diary.clock = lambda: now + timedelta(days=28, hours=1)
    page.show()
    assert "1 day left" in words(page)


def test_it_follows_what_is_deleted_while_it_is_in_front(page: TrashPage, opened_diary: OpenJournal) -> None:
    row = opened_diary.calendar.marks[0].id
    opened_diary.write("Move to the trash", lambda journal: journal.sessions.trash(row))
    QApplication.processEvents()
    assert len([b for b in page.findChildren(Button) if b.text() == "Restore" and b.isVisible()]) == 2
