"""A sheet holds what it says, also what it says later."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.frame.sheets import MessageSheet, Sheet
from needlejournal.ui.widgets.text import Label
from tests.ui.person import press, sees


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def scrolls(sheet: Sheet) -> bool:
    area = sheet.findChild(ScrollArea)
    assert area is not None
    return area.verticalScrollBar().maximum() > 0


def test_details_shown_later_need_no_scrolling(window: QWidget, qtbot: QtBot) -> None:
    sheet = MessageSheet("Something went wrong", "Nothing is lost.", "line\n" * 20, window)
    sheet.open()
    press(window, "Show details")
    assert sees(window, "Details", QPlainTextEdit)
    qtbot.waitUntil(lambda: not scrolls(sheet))


def test_a_sentence_said_later_needs_no_scrolling(window: QWidget, qtbot: QtBot) -> None:
    sheet = Sheet("This is not saved yet", window)
    said = Label("", "small")
    said.hide()
    sheet.body.addWidget(Label("What you typed is still here. " * 20))
    sheet.body.addWidget(said)
    sheet.open()
    width = sheet.width()
    said.setText("The text is kept in a file. " * 10)
    said.show()
    qtbot.waitUntil(lambda: not scrolls(sheet))
    assert sheet.width() == width
