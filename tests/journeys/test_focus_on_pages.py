"""Where the keyboard stands on a page that comes to the front: a ring for who came by keys, none by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from needlejournal.ui.destinations import ShowPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.widgets.frame.rail import Rail
from needlejournal.ui.widgets.pressable import Pressable
from tests.journeys.conftest import key, workspace
from tests.journeys.test_first_evening import make_journal
from tests.ui.person import find, press

pytestmark = pytest.mark.window


def test_a_page_left_and_shown_again_by_key_has_a_ring_and_by_mouse_none(window: MainWindow, qtbot: QtBot) -> None:
    make_journal(qtbot, window)
    page = workspace(window)
    page.go(ShowPage("plan"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    button = find(page, "Make a plan", Pressable)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.ringed
    (rail,) = page.findChildren(Rail)
    for name in ("Timeline", "Plan"):
        press(rail, name)
    assert button.hasFocus()
    assert not button.ringed
    key(qtbot, window, Qt.Key.Key_1)
    assert page.current() == "timeline"
    key(qtbot, window, Qt.Key.Key_6)
    assert page.current() == "plan"
    assert button.hasFocus()
    assert button.ringed


def test_comparing_nothing_yet_still_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    make_journal(qtbot, window)
    page = workspace(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    key(qtbot, window, Qt.Key.Key_3)
    assert page.current() == "compare"
    assert page.page("compare").isAncestorOf(window.focusWidget())
    key(qtbot, window, Qt.Key.Key_4)
    assert page.current() == "effects"
