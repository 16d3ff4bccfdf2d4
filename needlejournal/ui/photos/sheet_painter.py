"""Draws the cells and heads of the contact sheet. Reads only from its model."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QHoverEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.photos import Photo
from needlejournal.ui import icons, language, theme
from needlejournal.ui.language import tr
from needlejournal.ui.models.sheet_model import SheetModel
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.models.wording import healing_mark, place_words, short_day
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pictures import veil

Index = QModelIndex | QPersistentModelIndex
TILE_WIDTH, TILE_HEIGHT = 116, 146
SMALLEST, LARGEST = 0.6, 2.0  # times the usual size
_AROUND = 6


class CellSize(QObject):
    """How large the cells of one sheet are: the same for its heads and for the dates that stay."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._factor = 1.0

    def set_factor(self, factor: float) -> None:
        """Draw cells `factor` times as large as usual, from `SMALLEST` to `LARGEST`."""
        self._factor = min(LARGEST, max(SMALLEST, factor))
        self.changed.emit()

    def size(self) -> QSize:
        """A cell's size in device-independent pixels; it grows a little with the text."""
        scale = self._factor * min(1.35, max(1.0, theme.text_scale()))
        return QSize(round(TILE_WIDTH * scale) + 2 * _AROUND, round(TILE_HEIGHT * scale) + 2 * _AROUND)


class CellDelegate(QStyledItemDelegate):
    """A photo cropped around its middle, with what is to be known of it at a glance."""

    def __init__(self, model: SheetModel, thumbnails: Thumbnails, cells: CellSize, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = cells
        self._model = model
        self._thumbnails = thumbnails

    @staticmethod
    def tile_rect(cell: QRect) -> QRectF:
        """Where the photo lies in its cell."""
        return QRectF(cell).adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)

    @staticmethod
    def stack_rect(cell: QRect) -> QRectF:
        """Where a cell of several photos says which one is on top; a press there shows the next."""
        tile, width = CellDelegate.tile_rect(cell), theme.px(38)
        return QRectF(tile.right() - width - 5, tile.top() + 5, width, theme.px(20))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return self._cells.size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        photo = self._model.photo(index)
        if photo is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)  # tiles come in their size: smoothing would cost much
        stack, where = self._model.stack(index), self.tile_rect(option.rect)
        if len(stack) > 1:
            self._paint_stack_edges(painter, where)
        pointed = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus))
        self._paint_picture(painter, where, photo, uncovered=pointed)
        if len(stack) > 1:
            words = tr("{n} of {all}").format(n=stack.index(photo.id) + 1, all=len(stack))
            _paint_badge(painter, self.stack_rect(option.rect), words)
        self._paint_facts(painter, where, photo)
        self._paint_state(painter, where, option)

    def _paint_picture(self, painter: QPainter, where: QRectF, photo: Photo, *, uncovered: bool) -> None:
        radius, ratio = theme.RADIUS_CONTROL, painter.device().devicePixelRatio()
        picture = self._thumbnails.tile(photo, where.width(), where.height(), radius, ratio)
        if picture is not None:
            veil.paint_tile(painter, where, picture, uncovered=uncovered)
        elif self._thumbnails.can_show(photo):
            painting.box(painter, where, radius, QColor(0xFF000000 | photo.colour))
        else:
            painting.box(painter, where, radius, theme.colour("surround"), theme.colour("surround_line"))
            middle = QRectF(where.center() - QPointF(14, 14), where.center() + QPointF(14, 14))
            icons.paint(painter, "warning", middle, theme.colour("on_surround"))

    @staticmethod
    def _paint_stack_edges(painter: QPainter, where: QRectF) -> None:
        for step in (2, 1):
            edge = where.adjusted(3 * step, -2.5 * step, -3 * step, -2.5 * step)
            painting.box(painter, edge, theme.RADIUS_CONTROL, theme.colour("pill"), theme.colour("line_strong"))

    def _paint_facts(self, painter: QPainter, where: QRectF, photo: Photo) -> None:
        healing = self._model.healing(photo)
        facts = (
            [healing_mark(healing, lambda words: _badge_width(words) < where.width() - 10)] if healing.healing else []
        )
        facts += [tr("mirrored")] if photo.mirrored else []
        facts += [tr("damaged")] if photo.damage else []
        height, bottom = theme.px(20), where.bottom() - 5
        for fact in facts:
            _paint_badge(painter, QRectF(where.left() + 5, bottom - height, _badge_width(fact), height), fact)
            bottom -= height + 3

    @staticmethod
    def _paint_state(painter: QPainter, where: QRectF, option: QStyleOptionViewItem) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        outer, radius = where.adjusted(-3, -3, 3, 3), theme.RADIUS_CONTROL + 3
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            painter.setPen(QPen(theme.colour("accent"), 3))
            painter.drawRoundedRect(outer, radius, radius)
            side = theme.px(22)
            mark = QRectF(where.left() + 6, where.top() + 6, side, side)
            painting.box(painter, mark, side / 2, theme.colour("accent"))
            inner = mark.adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2)
            icons.paint(painter, "check", inner, theme.colour("on_accent"))
        elif hovered:
            painter.setPen(QPen(theme.colour("line_strong"), 2))
            painter.drawRoundedRect(outer, radius, radius)
        if focused and not chosen:
            painter.setPen(QPen(theme.colour("focus"), 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(outer, radius, radius)


def _badge_width(fact: str) -> float:
    return _advance(fact, theme.text_scale()) + theme.px(14)


@cache
def _advance(fact: str, _scale: float) -> float:
    return QFontMetricsF(theme.font("small")).horizontalAdvance(fact)


def _paint_badge(painter: QPainter, where: QRectF, words: str) -> None:
    painting.box(painter, where, where.height() / 2, theme.colour("card", 0.93))
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("ink"))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)


class _Head(QHeaderView):
    """A head that stays while the sheet scrolls."""

    def __init__(
        self,
        orientation: Qt.Orientation,
        model: SheetModel,
        catalogue: Catalogue,
        cells: CellSize,
        parent: QWidget,
    ) -> None:
        super().__init__(orientation, parent)
        self._sheet = model
        self._cells = cells
        self._catalogue = catalogue
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.resize_sections()

    def resize_sections(self, room: int = 0) -> None:
        """Take the cell size of now; columns are as wide as lets whole ones fill the `room`, so that none is cut."""
        size = self._cells.size()
        columns = max(1, room // size.width())
        width = max(size.width(), room // columns)
        self.setMinimumSectionSize(10)
        self.setDefaultSectionSize(width if self.orientation() == Qt.Orientation.Horizontal else size.height())

    def event(self, event: QEvent) -> bool:
        return True if isinstance(event, QHoverEvent) else super().event(event)


class DateHead(_Head):
    """The dates above the columns, each with its day after a session."""

    def __init__(self, model: SheetModel, catalogue: Catalogue, cells: CellSize, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, model, catalogue, cells, parent)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(52))

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        painting.smooth(painter)
        painter.fillRect(rect, theme.colour("ground"))
        number = self._sheet.day_number(column)
        room = QRectF(rect).adjusted(_AROUND + 1, theme.px(6), -2, -theme.px(6))
        is_session = number is not None and number.days == 0
        painter.setPen(theme.colour("accent" if is_session else "ink"))
        painter.setFont(theme.font("small_strong"))
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        date_words = painting.elided(painter, language.short_date(self._sheet.day(column)), room.width())
        painter.drawText(room, top | Qt.AlignmentFlag.AlignLeft, date_words)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("accent" if is_session else "ink_soft"))
        measured = painter.fontMetrics().horizontalAdvance
        words = painting.elided(
            painter, short_day(number, lambda all_of_it: measured(all_of_it) <= room.width()), room.width()
        )
        painter.drawText(room, bottom | Qt.AlignmentFlag.AlignLeft, words)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))


class SeriesHead(_Head):
    """The names of the series at the left of the rows."""

    def __init__(self, model: SheetModel, catalogue: Catalogue, cells: CellSize, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, model, catalogue, cells, parent)

    def sizeHint(self) -> QSize:
        return QSize(theme.PAGE_MARGIN + theme.px(116), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        painter.fillRect(rect, theme.colour("ground"))
        series = self._sheet.series(row)
        name, small = place_words(series.view, series.zone, self._catalogue)
        room = QRectF(rect).adjusted(theme.PAGE_MARGIN, theme.px(10), -theme.px(8), -4)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("ink"))
        taken = painter.boundingRect(room, wrap, name)
        painter.drawText(room, wrap, name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(room.adjusted(0, taken.height() + 3, 0, 0), wrap, small)
