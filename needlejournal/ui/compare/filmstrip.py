"""The series as a strip of small photos: which two are compared, which one is pinned; a click or the arrows page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QToolTip, QWidget

from needlejournal.ui import icons, language, theme
from needlejournal.ui.compare.view.captions import caption, short_caption
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pictures.photo_thumb import Ring, ThumbLook, paint_thumb
from needlejournal.workflows.comparing import SeriesPhoto

THUMB = QSize(62, 76)
GAP = 8
PAGE_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The person chose this photo of the series."""

    photo_id: int


class Filmstrip(QAbstractScrollArea):
    """Draws only what can be seen of a series of any length. `chosen` carries a Chosen; arrow keys page."""

    chosen = Signal(object)

    def __init__(self, comparison: Comparison, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._thumbnails = thumbnails
        self.setAccessibleName(tr("Photos of the same view"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        comparison.changed.connect(self._take)
        thumbnails.arrived.connect(self.viewport().update)
        theme.on_change(self._restyle)
        self._restyle()

    def index_at(self, point: QPoint) -> int | None:
        """Which photo lies under a point of the strip."""
        index = (point.x() + self.horizontalScrollBar().value()) // self._step()
        return int(index) if 0 <= index < len(self._comparison.series) else None

    def place(self, index: int) -> QRectF:
        """Where a photo is drawn."""
        left = index * self._step() - self.horizontalScrollBar().value()
        return QRectF(left, 1, theme.px(THUMB.width()), theme.px(THUMB.height()))

    def _step(self) -> int:
        return theme.px(THUMB.width() + GAP)

    def _restyle(self) -> None:
        self.setFixedHeight(theme.px(THUMB.height()) + theme.px(40))
        self._extend()

    def _extend(self) -> None:
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, len(self._comparison.series) * self._step() - self.viewport().width()))
        bar.setPageStep(self.viewport().width())
        self.viewport().update()

    def _take(self) -> None:
        self._extend()
        shown = self._comparison.ids()
        if not shown:
            return
        moving = shown[self._comparison.moving]
        at = next((index for index, photo in enumerate(self._comparison.series) if photo.id == moving), None)
        if at is not None:
            self._reveal(at)
            self.setAccessibleDescription(str(caption(self._comparison.series[at])))

    def _reveal(self, index: int) -> None:
        where, bar = self.place(index), self.horizontalScrollBar()
        if where.left() < self._step():
            bar.setValue(int(bar.value() + where.left()) - self._step())
        elif where.right() > self.viewport().width() - self._step():
            bar.setValue(int(bar.value() + where.right()) - self.viewport().width() + self._step())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = PAGE_KEYS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self._comparison.page(by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y() or event.angleDelta().x()
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - delta)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position().toPoint())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(Chosen(self._comparison.series[index].id))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.index_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            index = self.index_at(event.pos())
            if index is not None:
                QToolTip.showText(event.globalPos(), str(caption(self._comparison.series[index])), self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painting.smooth(QPainter(self.viewport()))
        shown = self._comparison.ids()
        first = self.horizontalScrollBar().value() // self._step()
        last = first + self.viewport().width() // self._step() + 2
        for index, photo in enumerate(self._comparison.series[first:last], first):
            self._paint_photo(painter, index, photo, shown)
        if self.hasFocus():
            painting.focus_ring(painter, QRectF(self.viewport().rect()), theme.RADIUS_CONTROL)

    def _paint_photo(self, painter: QPainter, index: int, photo: SeriesPhoto, shown: tuple[int, ...]) -> None:
        where = self.place(index)
        is_shown = photo.id in shown
        is_pinned = is_shown and shown.index(photo.id) == self._comparison.pinned
        tile = self._thumbnails.tile(
            photo.photo, where.width() - 8, where.height() - 8, theme.RADIUS_CONTROL, self.devicePixelRatioF()
        )
        ring: Ring = "pinned" if is_pinned else "chosen" if is_shown else "none"
        at = where if is_shown else where.adjusted(4, 4, -4, -4)
        colour = theme.colour("surround") if tile else None
        paint_thumb(painter, at, tile, ThumbLook(ring=ring), colour)
        if photo.healing:
            _paint_sign(painter, where, "warning", "danger", left=True)
        if is_pinned:
            _paint_sign(painter, where, "pin", "accent", left=False)
        _paint_words(painter, where, photo, strong=is_shown)


def _paint_sign(painter: QPainter, where: QRectF, name: str, role: str, *, left: bool) -> None:
    """A disc with a sign in a corner of the photo: pinned, healing."""
    side = theme.px(20)
    spot = QRectF(where.left() + 2 if left else where.right() - side - 2, where.top() + 2, side, side)
    painting.box(painter, spot, side / 2, theme.colour("card"), theme.colour("line"))
    icons.paint(painter, name, spot.adjusted(4, 4, -4, -4), theme.colour(role))


def _paint_words(painter: QPainter, where: QRectF, photo: SeriesPhoto, *, strong: bool) -> None:
    """The date, and below it the day after the session; a healing photo has a sign before it."""
    painter.setFont(theme.font("small_strong" if strong else "small"))
    painter.setPen(theme.colour("ink"))
    height = painter.fontMetrics().height()
    room = QRectF(where.left() - theme.px(3), where.bottom() + theme.px(3), where.width() + theme.px(6), height)
    painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, language.short_day(photo.photo.when.day))
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("danger" if photo.healing else "ink_soft"))
    words = painting.elided(painter, short_caption(photo), room.width())
    painter.drawText(room.translated(0, height), Qt.AlignmentFlag.AlignHCenter, words)
