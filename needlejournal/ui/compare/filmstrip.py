"""The series as a strip of small photos: which two are compared, which one is pinned; a click or the arrows page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import icons, language, theme
from needlejournal.ui.compare.view.captions import caption, short_caption
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.tips import show_tip
from needlejournal.ui.widgets import painting, spoken
from needlejournal.ui.widgets.frame.scroll_area import own_viewport
from needlejournal.ui.widgets.pictures import veil
from needlejournal.ui.widgets.pictures.photo_thumb import ThumbLook, paint_thumb
from needlejournal.workflows.comparison.comparing import SeriesPhoto

THUMB, SLIM_THUMB = QSize(40, 50), QSize(26, 26)
WORDS, SLIM_WORDS = 66, 112  # room for the date and the day beside a photo: below each other, or in one line
YEAR = 26  # and for the year, where the series goes over more than one
WORDED = 2  # as many photos with words have to fit, or none has any
PADDING = 5
GAP = 6
HEALING = 0.45  # how strongly photos of healing skin are drawn: there, but no result
PAGE_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


@frozen
class Chosen:
    """The person chose this photo of the series."""

    photo_id: int


class Filmstrip(QAbstractScrollArea):
    """Draws what can be seen of the series as it is offered. `chosen` carries a Chosen; arrow keys page."""

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
        own_viewport(self)
        self.viewport().setMouseTracking(True)
        comparison.changed.connect(self._take)
        thumbnails.arrived.connect(self.viewport().update)
        theme.on_change(self._restyle)
        self._restyle()

    def index_at(self, point: QPoint) -> int | None:
        """Which photo lies under a point of the strip."""
        index = (point.x() + self.horizontalScrollBar().value()) // self._step()
        return int(index) if 0 <= index < len(self._comparison.offered) else None

    def place(self, index: int) -> QRectF:
        """Where a photo and its words are drawn."""
        left = index * self._step() - self.horizontalScrollBar().value()
        return QRectF(left + 1, 1, self._step() - theme.px(GAP), self.viewport().height() - 2)

    def show_slim(self, *, slim: bool) -> None:
        """Be no higher than one line, where the photos above need the room."""
        if slim != self._slim:
            self._slim = slim
            self._restyle()
            self._take()

    _slim = False

    def _thumb(self) -> QSize:
        return SLIM_THUMB if self._slim else THUMB

    def _step(self) -> int:
        photo = theme.px(self._thumb().width() + 2 * PADDING + GAP)
        words = theme.px((SLIM_WORDS if self._slim else WORDS) + (YEAR if self._with_years() else 0))
        return photo + (words if self.viewport().width() >= WORDED * (photo + words) else 0)

    def _worded(self) -> bool:
        """Whether there is room for the date beside a photo: where two would not fit, the photos stand alone."""
        return self._step() > theme.px(self._thumb().width() + 2 * PADDING + GAP)

    def _with_years(self) -> bool:
        series = self._comparison.series
        return bool(series) and series[0].photo.when.day.year != series[-1].photo.when.day.year

    def _restyle(self) -> None:
        self.setFixedHeight(theme.px(self._thumb().height() + 2 * PADDING) + (0 if self._slim else 2))
        self._extend()

    def _extend(self) -> None:
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, len(self._comparison.offered) * self._step() - self.viewport().width()))
        bar.setPageStep(self.viewport().width())
        self.viewport().update()

    def _take(self) -> None:
        self._extend()
        shown = self._comparison.ids()
        if not shown:
            return
        moving = shown[self._comparison.moving]
        at = next((index for index, photo in enumerate(self._comparison.offered) if photo.id == moving), None)
        if at is not None:
            self._reveal(at)
            self.setAccessibleDescription(str(caption(self._comparison.offered[at])))
            spoken.say_part(self)

    def _reveal(self, index: int) -> None:
        where, bar = self.place(index), self.horizontalScrollBar()
        if where.left() < self._step():
            bar.setValue(int(bar.value() + where.left()) - self._step())
        elif where.right() > self.viewport().width() - self._step():
            bar.setValue(int(bar.value() + where.right()) - self.viewport().width() + self._step())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take()

    def spoken_parts(self) -> Sequence[spoken.SpokenPart]:
        """Each photo of the series in words."""
        return [
            spoken.SpokenPart(str(caption(photo)), self.place(index).toRect())
            for index, photo in enumerate(self._comparison.offered)
        ]

    def spoken_now(self) -> int:
        """The photo that the arrow keys change."""
        shown = self._comparison.ids()
        places = [photo.id for photo in self._comparison.offered]
        moving = shown[self._comparison.moving] if shown else None
        return places.index(moving) if moving in places else -1

    def stand_on(self, part: int) -> None:
        """Compare with another photo of the series."""
        self.chosen.emit(Chosen(self._comparison.offered[part].id))

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
            self.chosen.emit(Chosen(self._comparison.offered[index].id))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.index_at(event.position().toPoint()))
        over = self._pointed is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def _point(self, index: int | None) -> None:
        """The photo under the pointer shows itself where small photos are blurred."""
        if index != self._pointed:
            self._pointed = index
            self.viewport().update()

    _pointed: int | None = None

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            index = self.index_at(event.pos())
            if index is not None:
                show_tip(event.globalPos(), str(caption(self._comparison.offered[index])), self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painting.smooth(painter)
            shown = self._comparison.ids()
            first = self.horizontalScrollBar().value() // self._step()
            last = first + self.viewport().width() // self._step() + 2
            for index, photo in enumerate(self._comparison.offered[first:last], first):
                self._paint_photo(painter, index, photo, shown)
            if self.hasFocus():
                painting.focus_ring(painter, QRectF(self.viewport().rect()), theme.RADIUS_CONTROL)

    def _paint_photo(self, painter: QPainter, index: int, photo: SeriesPhoto, shown: tuple[int, ...]) -> None:
        where = self.place(index)
        is_shown = photo.id in shown
        is_pinned = is_shown and shown.index(photo.id) == self._comparison.pinned
        if is_shown:
            painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour("card"), theme.colour("accent"))
        pad = theme.px(PADDING)
        thumb = QRectF(where.left() + pad, where.top() + pad, theme.px(self._thumb().width()), where.height() - 2 * pad)
        ratio = self.devicePixelRatioF()
        tile = self._thumbnails.tile(photo.photo, thumb.width(), thumb.height(), theme.RADIUS_SMALL, ratio)
        colour = theme.colour("surround") if tile else None
        painter.setOpacity(1.0 if is_shown or not photo.healing else HEALING)
        look = ThumbLook(veiled=veil.is_drawn() and index != self._pointed, radius=theme.RADIUS_SMALL)
        paint_thumb(painter, thumb, tile, look, colour)
        painter.setOpacity(1.0)
        if is_pinned:
            _paint_pin(painter, thumb)
        if not self._worded():
            return
        room = where.adjusted(thumb.width() + 2 * pad, 0, -2, 0)
        day = photo.photo.when.day
        words = (language.short_date(day) if self._with_years() else language.short_day(day)), _day_words(photo)
        (_paint_line if self._slim or not words[1] else _paint_words)(painter, room, words, strong=is_shown)


def _paint_pin(painter: QPainter, thumb: QRectF) -> None:
    """A disc with a pin on the photo that stays."""
    side = theme.px(18)
    spot = QRectF(thumb.left() - 3, thumb.top() - 3, side, side)
    painting.box(painter, spot, side / 2, theme.colour("card"), theme.colour("field_line"))
    icons.paint(painter, "pin", spot.adjusted(3, 3, -3, -3), theme.colour("accent"))


def _paint_words(painter: QPainter, where: QRectF, words: tuple[str, str], *, strong: bool) -> None:
    """The date, and below it the day after the session, or that the skin was still healing."""
    painter.setFont(theme.font("small_strong" if strong else "small"))
    painter.setPen(theme.colour("ink"))
    height = painter.fontMetrics().height()
    room = QRectF(where.left(), where.center().y() - height, where.width(), height)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft, words[0])
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("ink_soft"))
    below = room.translated(0, height)
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft, painting.elided(painter, words[1], room.width()))


def _paint_line(painter: QPainter, where: QRectF, words: tuple[str, str], *, strong: bool) -> None:
    """The same in one line."""
    painter.setFont(theme.font("small_strong" if strong else "small"))
    painter.setPen(theme.colour("ink"))
    line = painting.elided(painter, " · ".join(filter(None, words)), where.width())
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, line)


def _day_words(photo: SeriesPhoto) -> str:
    """The day after the session, or that the skin was still healing."""
    return tr("healing") if photo.healing else short_caption(photo)
