"""What is shown while there is nothing, in a window with little room."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from tests.ui.fitting import settle
from tests.ui.person import press

WORDS = "Side effects are shown day by day. Write how your skin is today, or your first session. " * 3


def test_it_takes_no_room_from_the_buttons_above_it_though_it_is_hidden(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    header, stack = PageHeader("Side effects"), QStackedLayout()
    for name in ("Session 4 of the twelfth of July", "beside session 3 of May", "Write today"):
        header.add_action(Button(name))
    stack.addWidget(ScrollArea())
    stack.addWidget(EmptyState("effects", "Nothing written yet", WORDS, "Write today"))
    column = QVBoxLayout(page)
    column.addWidget(header)
    column.addLayout(stack, 1)
    page.resize(320, 300)
    page.show()
    settle()
    assert header.height() >= header.heightForWidth(header.width())


def test_its_button_is_reached_where_there_is_little_room(qtbot: QtBot) -> None:
    empty = EmptyState("effects", "Nothing written yet", WORDS, "Write today")
    qtbot.addWidget(empty)
    empty.resize(300, 120)
    empty.show()
    settle()
    with qtbot.waitSignal(empty.acted):
        press(empty, "Write today")
