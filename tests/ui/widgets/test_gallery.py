"""Every widget can be painted: in both themes, and with text twice as large, without a warning."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.ui import theme
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.pressable import Pressable
from tests.ui.widgets import gallery


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scene", list(gallery.SCENES))
def test_each_scene_is_painted(qtbot: QtBot, look: theme.Theme, scene: str, mode: theme.Mode, scale: float) -> None:
    look.set_text_scale(scale)
    look.set_mode(mode)
    widget = gallery.SCENES[scene]()
    qtbot.addWidget(widget)
    image = widget.grab().toImage()
    seen = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 9)}
    assert len(seen) > 8


@pytest.mark.parametrize("scene", list(gallery.SCENES))
def test_everything_the_keyboard_reaches_has_a_name(qtbot: QtBot, scene: str) -> None:
    widget = gallery.SCENES[scene]()
    qtbot.addWidget(widget)
    reached = [part for part in widget.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for part in (part for part in reached if not part.isHidden()):
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface.text(QAccessible.Text.Name), f"{part} in {scene} has no name"


@pytest.mark.parametrize("scene", ["frame", "controls", "form", "severity", "message", "question", "empty"])
def test_twice_as_large_text_cuts_off_no_button(qtbot: QtBot, look: theme.Theme, scene: str) -> None:
    look.set_text_scale(2.0)
    widget = gallery.SCENES[scene]()
    qtbot.addWidget(widget)
    width = max(1000, widget.minimumSizeHint().width())
    widget.resize(width, max(widget.heightForWidth(width), widget.sizeHint().height(), 900))
    widget.show()
    QApplication.processEvents()
    for button in widget.findChildren(Pressable):
        if button.isVisible() and not isinstance(button, CheckBox):
            assert button.width() >= button.text_size().width()
            assert button.height() >= button.text_size().height()
