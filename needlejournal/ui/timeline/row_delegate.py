"""Draws one row of the timeline for the list: a month, or a card with its dot on the line at the left."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from needlejournal.ui import language, theme
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.models.timeline_model import Month, TimelineModel
from needlejournal.ui.timeline.card_layout import CardLayout, metrics, tile_size
from needlejournal.ui.timeline.card_painter import (
    CARD_LEFT,
    CardState,
    colour,
    paint_card,
    paint_month,
    paint_photos,
    paint_rail,
)

_PICTURE_BYTES = 10_000_000  # somewhat more than a screen of rows
Index = QModelIndex | QPersistentModelIndex


class Cards(Protocol):
    """What the delegate asks of the list it draws for."""

    def layout_of(self, row: int) -> CardLayout | None:
        """The layout of a card at the width of now; None for a month."""

    def card_state(self, row: int) -> CardState:
        """How the card of a row is shown."""


class RowDelegate(QStyledItemDelegate):
    """Asks the list for layouts and states, and draws them."""

    SCROLLBAR = 12

    def __init__(self, cards: Cards, model: TimelineModel, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._list = cards
        self._model = model
        self._thumbnails = thumbnails
        self._pictures: OrderedDict[int, tuple[CardState, QPixmap]] = OrderedDict()
        self._drawn: set[int] = set()
        self._held = 0

    @classmethod
    def card_width(cls, viewport_width: int) -> float:
        """How wide cards are in a viewport."""
        return float(viewport_width - theme.PAGE_MARGIN - CARD_LEFT - theme.PAGE_MARGIN + cls.SCROLLBAR)

    @staticmethod
    def card_origin(row: QRect) -> QPointF:
        """Where the card of a row has its corner."""
        return QPointF(theme.PAGE_MARGIN + CARD_LEFT, row.top())

    @staticmethod
    def height(layout: CardLayout | None) -> int:
        """The height of a row: a card with the gap below it, or a month (None)."""
        return RowDelegate.usual_heights()["month"] if layout is None else round(layout.height) + theme.CARD_GAP

    @staticmethod
    def usual_heights() -> dict[str, int]:
        """What rows of each kind usually take, until they are measured; months are exact."""
        text = theme.px(64)
        month = round(metrics("small_strong").height()) + theme.px(24)
        return {"month": month, "session": text + tile_size()[1] + theme.px(60), "day": text + theme.px(40)}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), self.height(self._list.layout_of(index.row())))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_row(painter, option.rect, index.row())

    def forget(self) -> None:
        """Every row looks different now."""
        self._pictures.clear()
        self._drawn.clear()
        self._held = 0

    def forget_rows(self, rows: range) -> None:
        """These rows look different now."""
        for row in rows:
            kept = self._pictures.pop(row, None)
            self._held -= _bytes(kept[1]) if kept else 0
            self._drawn.discard(row)

    def paint_row(self, painter: QPainter, rect: QRect, row: int) -> None:
        """Draw the row `row` into `rect`: what stays the same from its kept picture, and the photos.

        A picture is kept from the second time on: a row that is only jumped past is drawn straight away.
        """
        layout, state = self._list.layout_of(row), self._list.card_state(row)
        if row in self._drawn:
            painter.drawPixmap(rect.topLeft(), self._picture(row, rect, state, painter.device().devicePixelRatio()))
        else:
            self._paint_plain(painter, rect, row, replace(state, hot_photo=-1, chosen_photo=-1))
            self._drawn.add(row)
        if layout is not None and layout.photos:
            corner = self.card_origin(rect)
            painter.translate(corner)
            paint_photos(painter, layout, state, self._thumbnails)
            painter.translate(-corner)

    def _picture(self, row: int, rect: QRect, state: CardState, ratio: float) -> QPixmap:
        plain = replace(state, hot_photo=-1, chosen_photo=-1)
        size = round(rect.width() * ratio), round(rect.height() * ratio)
        kept = self._pictures.get(row)
        if kept is not None and kept[0] == plain and (kept[1].width(), kept[1].height()) == size:
            self._pictures.move_to_end(row)
            return kept[1]
        picture = QPixmap(*size)
        picture.setDevicePixelRatio(ratio)
        picture.fill(colour("ground"))
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_plain(painter, QRect(0, 0, rect.width(), rect.height()), row, plain)
        self._keep(row, plain, picture)
        return picture

    def _keep(self, row: int, state: CardState, picture: QPixmap) -> None:
        old = self._pictures.pop(row, None)
        self._held += _bytes(picture) - (_bytes(old[1]) if old else 0)
        self._pictures[row] = state, picture
        while self._held > _PICTURE_BYTES and len(self._pictures) > 1:
            self._held -= _bytes(self._pictures.popitem(last=False)[1][1])

    def _paint_plain(self, painter: QPainter, rect: QRect, row: int, state: CardState) -> None:
        """The row without its photos."""
        key = self._model.row(row)
        room = QRectF(rect).adjusted(theme.PAGE_MARGIN, 0, -theme.PAGE_MARGIN + self.SCROLLBAR, 0)
        if isinstance(key, Month):
            paint_month(painter, room, language.month_title(key.first))
            return
        layout = self._list.layout_of(row)
        if layout is None:
            return
        first = isinstance(self._model.row(row - 1), Month) if row else True
        paint_rail(painter, room, layout.dot_y, session=bool(key.session_id), first=first)
        paint_card(painter, QRectF(self.card_origin(rect).x(), rect.top(), layout.width, layout.height), layout, state)


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
