"""One key hides what every window shows; the same key or the button brings it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui.actions import Command, action
from needlejournal.ui.panels.cover import KEYS, Cover, Covers
from needlejournal.ui.widgets.buttons import Button


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit("private")
        self.other = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.other)
        self.ran: list[str] = []


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    for left in QApplication.topLevelWidgets():
        left.hide()  # the window of another test would bring its key into ours
    made = Window()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    made.activateWindow()
    made.field.setFocus()
    return made


@pytest.fixture
def covers(window: Window, qapp: QApplication) -> Covers:
    """Wired as the main window does."""
    made = Covers(qapp, window)
    window.addAction(action(Command("hide", "Hide", made.toggle, "", (KEYS,)), window))
    window.addAction(action(Command("undo", "Undo", lambda: window.ran.append("undo"), "", ("Ctrl+1",)), window))
    return made


def hide_key(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def test_one_that_belongs_to_a_hidden_window_takes_no_key_of_others(
    window: Window, covers: Covers, qapp: QApplication, qtbot: QtBot
) -> None:
    hidden = QWidget()
    qtbot.addWidget(hidden)
    Covers(qapp, hidden)
    window.other.setFocus()
    qtbot.waitUntil(window.other.hasFocus)
    hide_key(qtbot, window.other)
    assert covers.down


def test_the_key_covers_the_window_and_lifts_again(window: Window, covers: Covers, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.field.hasFocus)
    hide_key(qtbot, window.field)
    cover = window.findChild(Cover)
    assert covers.down
    assert cover.isVisible()
    assert cover.geometry() == window.rect()
    hide_key(qtbot, cover)
    assert not covers.down
    assert not cover.isVisible()
    assert window.field.hasFocus()


def test_nothing_of_the_window_is_seen_even_when_it_grows(window: Window, covers: Covers, qtbot: QtBot) -> None:
    covers.cover()
    window.resize(700, 500)
    assert window.findChild(Cover).size() == QSize(700, 500)
    before = window.grab().toImage()
    window.field.setText("something else")
    assert window.grab().toImage() == before


def test_the_button_brings_it_back(window: Window, covers: Covers, qtbot: QtBot) -> None:
    covers.cover()
    qtbot.mouseClick(window.findChild(Cover).findChild(Button), Qt.MouseButton.LeftButton)
    assert not covers.down


def test_keys_of_the_window_below_do_nothing_meanwhile(window: Window, covers: Covers, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.field.hasFocus)
    qtbot.keyClick(window.field, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    covers.cover()
    cover = window.findChild(Cover)
    qtbot.keyClick(cover, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(cover, Qt.Key.Key_Tab)
    assert window.ran == ["undo"]
    assert not window.field.hasFocus()
    assert not window.other.hasFocus()


def test_a_question_in_front_is_covered_too_and_the_key_works_there(
    window: Window, covers: Covers, qtbot: QtBot
) -> None:
    sheet = QDialog(window)
    sheet.setWindowModality(Qt.WindowModality.WindowModal)
    field = QLineEdit(sheet)
    sheet.open()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    hide_key(qtbot, field)
    assert {cover.parent() for cover in (window.findChild(Cover), sheet.findChild(Cover))} == {window, sheet}
    hide_key(qtbot, sheet.findChild(Cover))
    assert not covers.down
    assert sheet.isVisible()


def test_escape_and_enter_close_nothing_underneath(window: Window, covers: Covers, qtbot: QtBot) -> None:
    sheet = QDialog(window)
    sheet.open()
    covers.cover()
    cover = sheet.findChild(Cover)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        qtbot.keyClick(cover, key)
    assert sheet.isVisible()
    assert covers.down


def test_a_message_that_comes_meanwhile_is_covered_too(window: Window, covers: Covers, qtbot: QtBot) -> None:
    covers.cover()
    sheet = QDialog(window)
    sheet.open()
    assert sheet.findChild(Cover).geometry() == sheet.rect()
    covers.lift()
    assert not sheet.findChild(Cover).isVisible()
    sheet.close()
    later = QDialog(window)
    later.open()
    assert later.findChild(Cover) is None


def test_the_title_names_no_journal_meanwhile(window: Window, covers: Covers) -> None:
    window.setWindowTitle("My scars – Needle Journal")
    covers.cover()
    assert window.windowTitle() == "Needle Journal"
    covers.lift()
    assert window.windowTitle() == "My scars – Needle Journal"
