"""Pictures of any shape are shown in every mode, zoomed, turned and aligned, without a crash or an empty stage."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.modes.blink import Blink
from needlejournal.ui.compare.modes.magnifier import Magnifier
from needlejournal.ui.compare.modes.overlay import Overlay
from needlejournal.ui.compare.modes.points import Points
from needlejournal.ui.compare.modes.side_by_side import SideBySide
from needlejournal.ui.compare.modes.spot_strip import SpotStrip
from needlejournal.ui.compare.modes.strip import Strip
from needlejournal.ui.compare.modes.wipe import Wipe
from needlejournal.ui.compare.view.captions import Caption
from needlejournal.ui.compare.view.layers import Level, Picture, Turn, aligned, alone
from needlejournal.ui.compare.view.scene import Shot
from needlejournal.ui.compare.view.stage import Stage

MODES = [SideBySide, Wipe, Overlay, Blink, Strip, Magnifier, Points, SpotStrip]
SHAPES = [(1, 1), (20_000, 3), (3, 20_000), (100, 100), (17_000, 12_000)]
WORDS = Caption("Day 1 234", "19 April 2025, 10:20", "after session 1", "Healing photo", "19 Apr 2025")


def picture(size: tuple[int, int]) -> Picture:
    """A picture of this full size, of which a small level is there."""
    scale = min(1.0, 600 / max(size))
    image = QImage(max(1, round(size[0] * scale)), max(1, round(size[1] * scale)), QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return Picture(QSizeF(*size), QColor("grey"), (Level(image),))


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.key)
def test_every_mode_shows_pictures_of_any_shape(mode: type[Mode], size: tuple[int, int], qtbot: QtBot) -> None:
    first, second = picture(size), picture((300, 400))
    stage = Stage(mode())
    qtbot.addWidget(stage)
    stage.resize(420, 300)
    stage.show()
    tilted = aligned(((0.9, -0.4, 5.0), (0.4, 0.9, -3.0)), first.size, Turn(1, True))
    shots = (
        Shot(1, first, alone(first.size, Turn(3)), WORDS, pinned=True),
        Shot(2, second, tilted, WORDS, labels=("Aligned",)),
    )
    stage.set_shots(shots)
    for look in (stage.looking.rest, stage.looking.actual_size, lambda: stage.looking.zoom(3.7, QPointF(30, 40))):
        look()
        assert not stage.grab().toImage().isNull()
    stage.looking.pan(QPointF(1e6, -1e6))
    stage.grab()


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.key)
def test_a_stage_without_photos_hears_the_mouse_and_draws_nothing(mode: type[Mode], qtbot: QtBot) -> None:
    stage = Stage(mode())
    qtbot.addWidget(stage)
    stage.resize(200, 100)
    stage.show()
    stage.looking.zoom(2, QPointF(10, 10))
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton)
    stage.looking.rest()
    assert not stage.grab().toImage().isNull()
