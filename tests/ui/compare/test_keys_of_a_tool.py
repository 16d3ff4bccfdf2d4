"""Keys of the tool in hand: they are its own wherever on the page the keyboard is, and undo nothing of the journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.modes.points import Points
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.session import OpenJournal
from tests.asked import undoable
from tests.ui import person

CONTROL, NOTHING = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
Place = Callable[[ComparePage], QWidget]


def points(page: ComparePage) -> list[int]:
    """How many points are shown on each photo."""
    mode = page.stage.looking.mode
    assert isinstance(mode, Points)
    return [len(side) for side in mode.marks]


def set_points(page: ComparePage) -> None:
    """Two points on each photo."""
    page.tools.align_by_hand()
    for x, y in ((0.3, 0.4), (0.6, 0.7)):
        for cell in page.stage.looking.mode.cells(page.stage.looking.area, page.stage.looking.scene()):
            at = cell.topLeft() + QPointF(cell.width() * x, cell.height() * y)
            QTest.mouseClick(page.stage, Qt.MouseButton.LeftButton, pos=at.toPoint())


def named(name: str) -> Place:
    return lambda page: person.find(page, name, QAbstractButton)


EVERYWHERE = pytest.mark.parametrize(
    "place",
    [lambda page: page.stage, lambda page: page.filmstrip, named("Cancel"), named("Swap left and right (X)")],
    ids=["photos", "strip", "button of the tool", "header"],
)


@EVERYWHERE
def test_what_was_taken_back_in_a_tool_is_brought_back_by_the_usual_keys(
    page: ComparePage, opened: OpenJournal, photos: dict[str, Photo], place: Place
) -> None:
    page.comparison.want_healing(wanted=True)
    opened.write("Delete photo", lambda journal: journal.photos.trash(photos["19 Apr"].id))
    opened.undo()
    set_points(page)
    before = undoable(opened.journal)
    for key, keys, left in (
        (Qt.Key.Key_Z, CONTROL, [2, 1]),
        (Qt.Key.Key_Backspace, NOTHING, [1, 1]),
        (Qt.Key.Key_Z, SHIFT, [2, 1]),
        (Qt.Key.Key_Y, CONTROL, [2, 2]),
        (Qt.Key.Key_Y, CONTROL, [2, 2]),
    ):
        QTest.keyClick(place(page), key, keys)
        assert points(page) == left
    assert undoable(opened.journal) == before and opened.journal.photos.count() == len(photos)


def test_another_point_ends_what_can_be_brought_back(page: ComparePage) -> None:
    set_points(page)
    QTest.keyClick(page.stage, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(page.stage, Qt.Key.Key_Return)
    QTest.keyClick(page.stage, Qt.Key.Key_Z, SHIFT)
    assert points(page) == [2, 2]


@EVERYWHERE
def test_escape_puts_a_tool_down_wherever_the_keyboard_is(page: ComparePage, place: Place) -> None:
    set_points(page)
    QTest.keyClick(place(page), Qt.Key.Key_Escape)
    assert page.tools.hand.isHidden() and page.stage.looking.mode.key == "side_by_side"


@pytest.mark.parametrize("name", ["Cancel", "Use points"])
def test_the_keyboard_goes_back_to_the_photos_when_a_button_ends_the_tool(
    page: ComparePage, qtbot: QtBot, name: str
) -> None:
    page.activateWindow()
    set_points(page)
    button = person.find(page, name, QAbstractButton)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert page.tools.hand.isHidden() and page.stage.hasFocus()


def test_enter_on_a_button_of_the_page_sets_no_point(page: ComparePage) -> None:
    set_points(page)
    QTest.keyClick(person.find(page, "Details", QAbstractButton), Qt.Key.Key_Return)
    assert points(page) == [2, 2]


def test_escape_on_the_whole_screen_leaves_that_and_the_points_stay(page: ComparePage) -> None:
    set_points(page)
    page.toggle_full_screen()
    QTest.keyClick(page.stage, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(page.stage, Qt.Key.Key_Escape)
    assert points(page) == [2, 1], "it is the whole screen's key"
    page.toggle_full_screen()
    assert points(page) == [2, 1]
    QTest.keyClick(page.stage, Qt.Key.Key_Escape)
    assert page.tools.hand.isHidden()


def test_a_correction_of_a_spot_that_was_taken_back_is_brought_back_and_nothing_before_it(
    page: ComparePage, opened: OpenJournal
) -> None:
    page.tools.follow_spot()
    person.press(page, "Follow this spot")
    cell = page.stage.looking.mode.cells(page.stage.looking.area, page.stage.looking.scene())[1].center().toPoint()
    QTest.mousePress(page.stage, Qt.MouseButton.LeftButton, pos=cell)
    QTest.mouseMove(page.stage, cell * 1.05)
    QTest.mouseRelease(page.stage, Qt.MouseButton.LeftButton, pos=cell * 1.05)
    for key, left in ((Qt.Key.Key_Z, 0), (Qt.Key.Key_Y, 1), (Qt.Key.Key_Y, 1), (Qt.Key.Key_Z, 0)):
        QTest.keyClick(page.filmstrip, key, CONTROL)
        assert opened.journal.spot_places.count() == left
    assert opened.journal.spots.count() == 1
