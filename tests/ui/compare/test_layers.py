"""One picture is drawn where its turn and alignment say, from the smallest level that is large enough."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from pytestqt.qtbot import QtBot

from needlejournal.ui.compare.view.layers import UPRIGHT, Level, Picture, Turn, aligned, alone, draw, scale_of

SIZE = QSizeF(40, 20)


def plain(width: int, height: int, colour: str = "red") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def quarters() -> QImage:
    image = plain(40, 20)
    for x, y in product(range(40), range(20)):
        image.setPixelColor(x, y, QColor(("red", "green", "blue", "white")[(x >= 20) + 2 * (y >= 10)]))
    return image


def corners_of(image: QImage) -> list[str]:
    width, height = image.width() - 3, image.height() - 3
    names = {QColor(name).rgb(): name for name in ("red", "green", "blue", "white")}
    return [names.get(image.pixel(x, y), "?") for x, y in ((2, 2), (width, 2), (2, height), (width, height))]


@pytest.mark.parametrize(
    ("turn", "seen"),
    [
        (UPRIGHT, ["red", "green", "blue", "white"]),
        (UPRIGHT.turned(1), ["blue", "red", "white", "green"]),
        (UPRIGHT.turned(-1), ["green", "white", "red", "blue"]),
        (UPRIGHT.turned(2), ["white", "blue", "green", "red"]),
        (UPRIGHT.flipped(), ["green", "red", "white", "blue"]),
        (UPRIGHT.turned(1).flipped(), ["red", "blue", "green", "white"]),
        (UPRIGHT.flipped().turned(1), ["white", "green", "blue", "red"]),
    ],
)
def test_a_turn_shows_the_picture_as_the_person_asked(turn: Turn, seen: list[str], qtbot: QtBot) -> None:
    placement = alone(SIZE, turn)
    shown = plain(int(placement.sheet.width()), int(placement.sheet.height()), "black")
    painter = QPainter(shown)
    draw(painter, Picture(SIZE, QColor("black"), (Level(quarters()),)), placement.onto, QRectF(shown.rect()))
    painter.end()
    assert corners_of(shown) == seen


def test_four_quarter_turns_end_where_they_began() -> None:
    for start in (UPRIGHT, UPRIGHT.flipped()):
        turn = start
        for _ in range(4):
            turn = turn.turned(1)
        assert turn == start
    assert UPRIGHT.flipped().flipped() == UPRIGHT


def test_the_smallest_level_that_is_large_enough_is_drawn() -> None:
    levels = tuple(Level(plain(side, side // 2)) for side in (40, 20, 10))
    picture = Picture(SIZE, QColor("red"), levels)
    assert picture.best(1.0) is levels[0]
    assert picture.best(0.6) is levels[0]
    assert picture.best(0.5) is levels[1]
    assert picture.best(0.1) is levels[2]
    assert picture.best(3.0) is levels[0]
    assert picture.sharp_at(1) and picture.sharp_at(7)
    assert not Picture(SIZE, QColor("red"), levels[1:]).sharp_at(1)


def test_without_any_level_the_average_colour_is_shown(qtbot: QtBot) -> None:
    shown = plain(40, 20, "black")
    painter = QPainter(shown)
    draw(painter, Picture(SIZE, QColor("teal")), QTransform.fromScale(0.5, 0.5), QRectF(shown.rect()))
    painter.end()
    assert shown.pixelColor(5, 5) == QColor("teal")
    assert shown.pixelColor(30, 15) == QColor("black")


def test_an_alignment_maps_centres_of_pixels() -> None:
    placement = aligned(((2.0, 0.0, 10.0), (0.0, 2.0, 5.0)), QSizeF(100, 80))
    middle_of_first_pixel = placement.onto.map(QPointF(0.5, 0.5))
    assert middle_of_first_pixel == QPointF(10.5, 5.5)
    assert scale_of(placement.onto) == pytest.approx(2)
    assert placement.sheet == QSizeF(100, 80)


def test_an_alignment_turns_the_way_its_matrix_says() -> None:
    quarter = aligned(((0.0, -1.0, 20.0), (1.0, 0.0, 0.0)), QSizeF(100, 80))
    assert quarter.onto.map(QPointF(3.5, 0.5)) == QPointF(20.5, 3.5)
