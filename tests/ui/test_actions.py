"""Keys of commands, and single letters among them, which the person can turn off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui import actions
from needlejournal.ui.actions import Command, action
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.settings.keyboard_card import KeyboardCard
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.frame.keys_sheet import KeysSheet


@pytest.fixture(autouse=True)
def letters() -> Iterator[None]:
    """Letters are keys again afterwards."""
    yield
    actions.use_letters(True)


@pytest.mark.parametrize(
    ("keys", "letter"),
    [("X", True), ("Shift+L", True), ("?", True), ("0", True), ("+", True), (",", True), ("Ctrl+X", False),
     ("Alt+1", False), ("F", True), ("F11", False), ("PgDown", False), ("Esc", False), ("Space", False),
     ("Ctrl+Shift+Z", False), ("Delete", False), ("Return", False)],
)  # fmt: skip
def test_a_letter_is_one_printable_sign_alone(keys: str, letter: bool) -> None:
    actions.use_letters(False)
    assert actions.working([keys]) == ([] if letter else [QKeySequence(keys)])
    actions.use_letters(True)
    assert actions.working([keys]) == [QKeySequence(keys)]


def test_turned_off_in_the_settings_a_letter_does_nothing_and_other_keys_do(
    qtbot: QtBot, preferences: Preferences
) -> None:
    done: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    swap = Command("swap", "Swap left and right", lambda: done.append("swap"), keys=("X", "Ctrl+B"))
    window.addAction(action(swap, window))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    card = KeyboardCard(preferences)
    qtbot.addWidget(card)
    box = card.findChild(CheckBox)
    qtbot.keyClick(window, Qt.Key.Key_X)
    assert done == ["swap"]
    box.click()
    qtbot.keyClick(window, Qt.Key.Key_X)
    assert done == ["swap"]
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert done == ["swap", "swap"]
    assert not preferences.flag(actions.LETTERS, default=True)
    assert actions.with_key(swap).endswith("(Ctrl+B)")
    box.click()
    qtbot.keyClick(window, Qt.Key.Key_X)
    assert len(done) == 3


def test_the_keys_sheet_lists_what_works_and_says_where_letters_are_turned_off(qtbot: QtBot) -> None:
    def read() -> str:
        sheet = KeysSheet([], [Command("swap", "Swap left and right", print, keys=("X",))])
        qtbot.addWidget(sheet)
        return "\n".join(label.text() for label in sheet.findChildren(QLabel))

    assert "Swap" in read()
    assert "can be turned off in the settings" in read()
    actions.use_letters(False)
    assert "Swap" not in read()
    assert "are turned off" in read()
