"""F7: everything that is painted on a page, read as a list, and the way back to it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.actions import action
from needlejournal.ui.destinations import Destination
from needlejournal.ui.effects import EffectsPage
from needlejournal.ui.effects.curve_view import CurveView
from needlejournal.ui.effects.grid_view import GridView
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.as_list import list_command
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.frame.list_sheet import ListSheet
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas
from tests.ui.person import choose_key


@pytest.fixture
def page(opened_diary: OpenJournal, led: list[Destination], preferences: Preferences, qtbot: QtBot) -> EffectsPage:
    made = EffectsPage(opened_diary, led.append, preferences)
    made.addAction(action(list_command(made), made))
    qtbot.addWidget(made)
    made.resize(1100, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def opened(page: QWidget, qtbot: QtBot) -> tuple[ListSheet, QListView]:
    qtbot.keyClick(page, Qt.Key.Key_F7)
    (sheet,) = page.findChildren(ListSheet)
    return sheet, next(view for view in sheet.findChildren(QListView) if view.isVisible())


def rows(view: QListView) -> list[str]:
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


def test_the_day_grid_and_the_curve_are_read_as_lists(page: EffectsPage, qtbot: QtBot) -> None:
    sheet, view = opened(page, qtbot)
    grid, curve = page.findChild(GridView), page.findChild(CurveView)
    assert rows(view) == [part.words for part in grid.spoken_parts()]
    which = sheet.findChild(Select)
    assert [which.itemText(at) for at in range(which.count())] == [grid.accessibleName(), curve.accessibleName()]
    choose_key(sheet, which.accessibleName(), "1")
    assert rows(view) == [part.words for part in curve.spoken_parts()]
    assert view.accessibleName() == curve.accessibleName()


def test_arrows_show_the_whole_sentence_and_enter_goes_to_its_place_on_the_page(
    page: EffectsPage, qtbot: QtBot
) -> None:
    sheet, view = opened(page, qtbot)
    grid = page.findChild(GridView)
    begun = view.currentIndex().row()
    assert begun == grid.spoken_now()
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Up)
    chosen = rows(view)[begun - 3]
    assert chosen in [label.text() for label in sheet.findChildren(QLabel)]
    next(button for button in sheet.findChildren(Button) if button.text() == "Go there").click()
    assert grid.words_now() == chosen
    assert page.focusWidget() is grid


def test_a_face_map_in_a_sheet_is_read_as_a_list_too(qtbot: QtBot) -> None:
    sheet = Sheet("Where?")
    canvas = FaceCanvas({"forehead": "Forehead", "chin": "Chin"})
    sheet.body.addWidget(canvas)
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
        sheet.activateWindow()
    _, view = opened(sheet, qtbot)
    assert rows(view) == ["Forehead", "Chin"]


def test_where_nothing_is_drawn_a_sentence_says_so(qtbot: QtBot) -> None:
    sheet = ListSheet([])
    qtbot.addWidget(sheet)
    sheet.show()
    assert any("Nothing is drawn here" in label.text() for label in sheet.findChildren(QLabel) if label.isVisible())
    assert not [view for view in sheet.findChildren(QListView) if view.isVisible()]
