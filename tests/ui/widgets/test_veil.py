"""Small photos stay blurred until somebody points at them, where that is wished."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from needlejournal.ui.widgets.pictures import veil
from needlejournal.ui.widgets.pictures.photo_thumb import PhotoThumb

SIZE = 96


@pytest.fixture(autouse=True)
def drawn() -> Iterator[None]:
    veil.draw(True)
    yield
    veil.draw(False)


def stripes() -> QPixmap:
    """One pixel black, one white: what a blur leaves nothing of."""
    picture = QPixmap(SIZE, SIZE)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    for x in range(0, SIZE, 2):
        painter.fillRect(x, 0, 1, SIZE, QColor("black"))
    painter.end()
    return picture


def contrast(image: QImage) -> int:
    """How far the darkest and lightest of a row in the middle lie apart."""
    row = [image.pixelColor(x, SIZE // 2).lightness() for x in range(SIZE // 4, 3 * SIZE // 4)]
    return max(row) - min(row)


def painted(*, uncovered: bool) -> QImage:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    painter = QPainter(image)
    veil.paint_tile(painter, QRectF(0, 0, SIZE, SIZE), stripes(), uncovered=uncovered)
    painter.end()
    return image


def test_a_tile_is_blurred_until_pointed_at(qtbot: QtBot) -> None:
    assert contrast(painted(uncovered=False)) < 20
    assert contrast(painted(uncovered=True)) > 200


def test_without_the_wish_nothing_is_blurred(qtbot: QtBot) -> None:
    veil.draw(False)
    assert contrast(painted(uncovered=False)) > 200


def test_a_thumbnail_shows_itself_under_the_mouse(qtbot: QtBot) -> None:
    thumb = PhotoThumb("Frontal", stripes().size())
    qtbot.addWidget(thumb)
    thumb.set_picture(stripes())
    thumb.resize(SIZE, SIZE)
    thumb.show()
    assert contrast(thumb.grab().toImage()) < 20
    QTest.mouseMove(thumb, QPointF(SIZE / 2, SIZE / 2).toPoint())
    thumb.setFocus()
    qtbot.waitUntil(thumb.hasFocus)
    assert contrast(thumb.grab().toImage()) > 150
