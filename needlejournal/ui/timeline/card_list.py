"""The cards of the timeline under keys and mouse: choosing a card or a photo, and telling what is wanted of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.models.card_content import CardContent
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.models.timeline_model import Month, TimelineModel
from needlejournal.ui.timeline.card_painter import CardState
from needlejournal.ui.timeline.row_delegate import RowDelegate
from needlejournal.ui.timeline.row_list import RowList
from needlejournal.ui.widgets import spoken

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = (-1, -1)


class CardList(RowList):
    """Cards under months. `opened`, `previewed`, `trashed` tell what the person wants done with the current card."""

    opened = Signal()
    previewed = Signal()
    trashed = Signal()

    def __init__(self, model: TimelineModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        self._hot = _NOWHERE  # row and photo under the mouse
        self._photo = -1  # the photo chosen on the current card
        super().__init__(model, thumbnails, parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        model.modelReset.connect(self._point_nowhere)
        model.rowsRemoved.connect(self._point_nowhere)
        self.verticalScrollBar().valueChanged.connect(self._point_nowhere)

    def current(self) -> CardContent | None:
        """The card that is chosen."""
        index = self.currentIndex()
        return self._cards.content(index.row()) if index.isValid() else None

    @property
    def chosen_photo(self) -> int:
        """The place of the photo chosen on the current card, −1 for none."""
        return self._photo

    def go_to(self, row: int) -> None:
        """Choose a card and bring it to the top, below its month."""
        top = self._geometry.heights.top(row)
        month = row > 0 and isinstance(self._cards.row(row - 1), Month)
        self.verticalScrollBar().setValue(top - (self._geometry.heights[row - 1] if month else 0) + self._inset())
        self.choose(row)

    def choose(self, row: int, photo: int = -1) -> None:
        """Choose a card, and a photo on it."""
        self.setCurrentIndex(self._cards.index(row))
        self._photo = photo
        self.viewport().update()

    def card_state(self, row: int) -> CardState:
        hot = self._hot[1] if self._hot[0] == row else None
        chosen = self.currentIndex().row() == row
        return CardState(
            hovered=hot is not None,
            chosen=chosen,
            focused=chosen and self.hasFocus(),
            hot_photo=-1 if hot is None else hot,
            chosen_photo=self._photo if chosen else -1,
        )

    def moveCursor(self, action: QListView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row, last = self.currentIndex().row(), self._cards.rowCount() - 1
        move = QListView.CursorAction
        page = max(1, self.viewport().height() - theme.px(60))
        steps = {move.MoveUp: (row - 1, -1), move.MovePrevious: (row - 1, -1), move.MoveHome: (0, 1)}
        steps |= {move.MoveDown: (row + 1, 1), move.MoveNext: (row + 1, 1), move.MoveEnd: (last, -1)}
        if action in {move.MovePageUp, move.MovePageDown} and row >= 0:
            way = 1 if action == move.MovePageDown else -1
            aim = self._geometry.heights.at(self._geometry.heights.top(row) + way * page)
            steps[action] = (aim, way)
        target, way = steps.get(action, (row, 1))
        while 0 <= target <= last and isinstance(self._cards.row(target), Month):
            target += way
        return self._cards.index(target) if 0 <= target <= last else self.currentIndex()

    def currentChanged(self, current: Index, previous: Index) -> None:
        if current.row() != previous.row():
            self._photo = -1
        QAbstractItemView.currentChanged(
            self, current, previous
        )  # QListView's says the list: the rows are laid out here
        spoken.say_row(self)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hasFocus():
            event.ignore()  # it was pressed on what lies above the cards, which has no use for it
        elif not self._handle_key(event):
            super().keyPressEvent(event)
            self.scrollTo(self.currentIndex())

    def _handle_key(self, event: QKeyEvent) -> bool:
        content = self.current()
        if content is None:
            return False
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        elif key == Qt.Key.Key_Space:
            self.previewed.emit()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.trashed.emit()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and content.photos:
            self._step_photo(content, 1 if key == Qt.Key.Key_Right else -1)
        else:
            return False
        return True

    def _step_photo(self, content: CardContent, step: int) -> None:
        layout = self.layout_of(self.currentIndex().row())
        shown = len(layout.photos) if layout else len(content.photos)
        self._photo = min(max(-1, self._photo + step), shown - 1)
        of = {"number": self._photo + 1, "count": shown}
        words = tr("Photo {number} of {count}") if self._photo >= 0 else tr("The whole card")
        spoken.announce(self, words.format(**of))
        self.viewport().update()

    def _hit(self, point: QPointF) -> tuple[int, int]:
        """The row and photo at a point of the viewport; (−1, −1) beside the cards."""
        row = self._geometry.row_at(int(point.y()) + self.verticalScrollBar().value())
        layout = self.layout_of(row) if row >= 0 else None
        if layout is None:
            return _NOWHERE
        inside = point - QPointF(RowDelegate.card_origin(self._row_rect(row)))
        if not (0 <= inside.x() <= layout.width and 0 <= inside.y() <= layout.height):
            return _NOWHERE
        return row, layout.photo_at(inside)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._hit(event.position()))

    def leaveEvent(self, event: object) -> None:
        self._point_at(_NOWHERE)

    def _point_at(self, hit: tuple[int, int]) -> None:
        if hit != self._hot:
            self._hot = hit
            pointing = Qt.CursorShape.PointingHandCursor if hit[1] >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(pointing)
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row, photo = self._hit(event.position())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if row >= 0:
            self.choose(row, photo)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, photo = self._hit(event.position())
        if row >= 0:
            self.choose(row, photo)
            (self.previewed if photo >= 0 else self.opened).emit()

    def _point_nowhere(self) -> None:
        self._point_at(_NOWHERE)
