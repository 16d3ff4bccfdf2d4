"""Every widget can be painted: in both themes, and with text twice as large, without a warning."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from needlejournal.ui import theme
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
