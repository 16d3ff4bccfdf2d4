"""The drawn face as something to point at: hover, press, drag across, arrow keys. It knows keys of zones and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.tips import show_tip
from needlejournal.ui.widgets import spoken
from needlejournal.ui.widgets.pickers.face_map import drawing
from needlejournal.ui.widgets.pickers.face_map.drawing import FaceState, ZoneValue
from needlejournal.ui.widgets.pressable import BY_MOUSE
from needlejournal.workflows import face_map as geometry

_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_GATHER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@frozen
class ZonePress:
    """A zone that was pressed or activated by key; `gather` when it should join what is chosen already."""

    key: str
    gather: bool = False


class FaceCanvas(QWidget):
    """Tells `pressed` (a `ZonePress`) and `pointed` when another zone is pointed at; the owner says what is chosen."""

    pressed = Signal(object)
    pointed = Signal()

    def __init__(self, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = dict(names)
        self._values: Mapping[str, ZoneValue] = {}
        self._selected: frozenset[str] = frozenset()
        self._hovered: str | None = None
        self._cursor = "forehead"
        self._by_key = False
        self._mirrored = False
        self._dragged: set[str] = set()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Face map"))

    def show_state(self, values: Mapping[str, ZoneValue], selected: frozenset[str], *, mirrored: bool) -> None:
        """Draw these values and this choice."""
        self._values, self._selected, self._mirrored = values, selected, mirrored
        self._describe()
        self.update()

    def set_names(self, names: Mapping[str, str]) -> None:
        """Offer these zones of the face."""
        self._names = dict(names)

    def current(self) -> str | None:
        """The zone pointed at, or the one the keyboard is on."""
        return self._hovered or (self._cursor if self._by_key and self.hasFocus() else None)

    def zone_at(self, where: QPointF) -> str | None:
        """The zone below a place of the widget."""
        point = self._transform().inverted()[0].map(where)
        for zone in geometry.face().zones:
            if zone.key in self._names and drawing.zone_path(zone.key).contains(point):
                return zone.key
        return None

    def place_of(self, key: str) -> QPointF:
        """Where in the widget the zone `key` is."""
        return self._transform().map(QPointF(*geometry.face().zone(key).place))

    def sizeHint(self) -> QSize:
        half = self.screen().availableGeometry().height() // 2  # of the screen: what is asked stands beside it
        return QSize(theme.px(270), min(theme.px(400), max(400, half)))

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 200)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(4, 4, -4, -4)

    def _transform(self) -> QTransform:
        return drawing.placed(self._room(), mirrored=self._mirrored)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            focused = self._cursor if self._by_key and self.hasFocus() else None
            state = FaceState(self._values, self._selected, self._hovered, focused, self._mirrored)
            drawing.paint_face(painter, self._room(), state)
            self._paint_sides(painter)

    def _paint_sides(self, painter: QPainter) -> None:
        """Whose left is where, in the corners above."""
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink_soft"))
        left, right = tr("Patient's\nright"), tr("Patient's\nleft")
        if self._mirrored:
            left, right = right, left
        fixed = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute  # as the drawing: never turned round
        painter.drawText(self._room(), fixed | Qt.AlignmentFlag.AlignLeft, left)
        painter.drawText(self._room(), fixed | Qt.AlignmentFlag.AlignRight, right)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.zone_at(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton and found and found not in self._dragged:
            self._dragged.add(found)
            self.pressed.emit(ZonePress(found, gather=True))
        self._point(found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.zone_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or found is None:
            return
        self._by_key = False
        self._cursor, self._dragged = found, {found}
        self.pressed.emit(ZonePress(found, gather=bool(event.modifiers() & _GATHER)))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = set()

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def _point(self, key: str | None) -> None:
        if key != self._hovered:
            self._hovered = key
            self.setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)
            self.update()
            self.pointed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._move(*_STEPS[key])
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pressed.emit(ZonePress(self._cursor, gather=key == Qt.Key.Key_Space))
        else:
            super().keyPressEvent(event)

    def _move(self, dx: int, dy: int) -> None:
        self._by_key = True
        target = geometry.neighbour(self._cursor, -dx if self._mirrored else dx, dy)
        if target in self._names:
            self._cursor = target
        self._describe()
        self.update()
        self.pointed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() not in BY_MOUSE
        super().focusInEvent(event)
        self._describe()
        self.update()
        self.pointed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
        self.pointed.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self.zone_at(QPointF(event.pos()))
            show_tip(event.globalPos(), self.words_for(found) if found else "", self)
            return True
        return super().event(event)

    def words_for(self, key: str) -> str:
        """The zone's name, with its value where it has one."""
        value = self._values.get(key)
        name = self._names.get(key, key)
        return f"{name} · {value.text}" if value and value.text else name

    def _words_chosen(self, key: str) -> str:
        words = self.words_for(key)
        return tr("{zone}, chosen").format(zone=words) if key in self._selected else words

    def _describe(self) -> None:
        """Tell assistive technology where the keyboard is and what is chosen there."""
        words = self._words_chosen(self._cursor)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            spoken.say_part(self)

    def spoken_parts(self) -> Sequence[spoken.SpokenPart]:
        """Each zone with its value."""
        return [spoken.SpokenPart(self._words_chosen(key), self.rect()) for key in self._names]

    def spoken_now(self) -> int:
        """The zone that the arrow keys are on."""
        return list(self._names).index(self._cursor) if self._cursor in self._names else -1

    def stand_on(self, part: int) -> None:
        """Let the arrow keys be on another zone."""
        self._cursor = list(self._names)[part]
        self._describe()
        self.update()
        self.pointed.emit()
