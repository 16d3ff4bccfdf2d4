"""The one widget that paints photos: it hears mouse, wheel, gestures and held keys, and asks the mode to draw."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import theme
from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.view.gaze import Gaze
from needlejournal.ui.compare.view.gestures import Panned, Zoomed, read_gesture, read_wheel
from needlejournal.ui.compare.view.scene import Shot
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting, spoken

REST_MS = 160
CLICK_REACH = 5
NUDGE = 0.02  # of a photo's side: how far Alt and an arrow key move what a mode draws
PAGE_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
STEP_KEYS = {Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1}
KEYBOARD_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
HELD_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_L)
PAN_KEYS = {
    Qt.Key.Key_Left: QPointF(1, 0),
    Qt.Key.Key_Right: QPointF(-1, 0),
    Qt.Key.Key_Up: QPointF(0, 1),
    Qt.Key.Key_Down: QPointF(0, -1),
}


@frozen
class Paging:
    """The person wants the photo `by` places further in the series."""

    by: int


class Stage(QWidget):
    """Shows the shots of `looking`; `paged` carries a Paging, `dialled` tells of ↑ ↓, `rested` of the end
    of a movement, `handled` that the mouse was released. `bleed` leaves no room around the photos."""

    paged = Signal(object)
    dialled = Signal()
    rested = Signal()
    handled = Signal()

    def __init__(self, mode: Mode, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Photos being compared"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.looking = Gaze(mode, self)
        self.looking.moved.connect(self._move)
        self.bleed = False
        self._moving = False
        self._by_keyboard = False  # how the focus came here: a ring helps whoever uses keys, and only them
        self._dragging = ""
        self._last = self._pressed = QPointF()
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._come_to_rest)
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._tick)
        theme.on_change(self.update)

    def set_mode(self, mode: Mode) -> None:
        """Arrange the photos in another way."""
        self.looking.set_mode(mode)
        self.keep_time()

    def keep_time(self) -> None:
        """Tick as often as the mode wants now, while anybody sees it."""
        interval = self.looking.mode.interval_ms() if self.isVisible() else 0
        if interval and (not self._ticks.isActive() or self._ticks.interval() != interval):
            self._ticks.start(interval)
        elif not interval:
            self._ticks.stop()

    def _tick(self) -> None:
        self.looking.mode.tick()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keep_time()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep_time()

    def set_shots(self, shots: tuple[Shot, ...]) -> None:
        """Show these photos."""
        self.setAccessibleDescription(". ".join(filter(None, (str(shot.caption) for shot in shots))))
        before = self.spoken_now(), [shot.photo_id for shot in self.looking.scene().shots]
        self.looking.set_shots(shots)
        if before != (self.spoken_now(), [shot.photo_id for shot in shots]):
            spoken.say_part(self)

    def spoken_parts(self) -> Sequence[spoken.SpokenPart]:
        """Each photo in words, and which of them stays."""
        looking, scene = self.looking, self.looking.scene()
        words = [looking.mode.caption(shot) for shot in scene.shots]
        return [
            spoken.SpokenPart(
                tr("{photo}. This photo stays.").format(photo=words[at]) if shot.pinned else str(words[at]),
                looking.mode.cell_of(at, looking.area, scene).toRect(),
            )
            for at, shot in enumerate(scene.shots)
        ]

    def spoken_now(self) -> int:
        """The photo that the arrow keys change; −1 without photos."""
        shots = self.looking.scene().shots
        return next((at for at, shot in enumerate(shots) if not shot.pinned), len(shots) - 1)

    def stand_on(self, part: int) -> None:
        """The arrow keys change one photo only; which one stays is said by the pin."""

    def area(self) -> QRectF:
        """Where photos may be drawn."""
        return QRectF(self.rect())

    def _move(self) -> None:
        self._moving = True
        self._rest.start()
        self.update()

    def _come_to_rest(self) -> None:
        self._moving = False
        self.update()
        self.rested.emit()

    # Mouse, wheel and gestures

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._obey(read_wheel(event))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.NativeGesture, QEvent.Type.Gesture}:
            asked = read_gesture(event, self)
            if asked:
                self._obey(asked)
                return True
        return super().event(event)

    def _obey(self, asked: Zoomed | Panned) -> None:
        if isinstance(asked, Zoomed):
            self.looking.zoom(asked.factor, asked.at)
        else:
            self.looking.pan(asked.by, asked.at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        looking = self.looking
        if event.button() != Qt.MouseButton.LeftButton or not looking.scene().shots:
            super().mousePressEvent(event)
            return
        taken = looking.mode.press(event.position(), looking.area, looking.scene())
        self._dragging = "mode" if taken else "view"
        self._last = self._pressed = event.position()
        if not taken:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        looking = self.looking
        if self._dragging == "mode":
            looking.mode.drag(event.position(), looking.area, looking.scene())
            self._move()
        elif self._dragging == "view":
            looking.pan(event.position() - self._last, self._last)
        else:
            self._show_cursor(event.position())
        self._last = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging == "mode":
            self.looking.mode.release(self.looking.area, self.looking.scene())
        elif self._dragging and (event.position() - self._pressed).manhattanLength() < CLICK_REACH:
            self.looking.mode.click(event.position(), self.looking.area, self.looking.scene())
        if self._dragging:
            self.handled.emit()
        self._dragging = ""
        self._show_cursor(event.position())
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.looking.at_rest:
            self.looking.actual_size(event.position())
        else:
            self.looking.rest()

    def _show_cursor(self, point: QPointF) -> None:
        scene = self.looking.scene()
        shape = self.looking.mode.cursor(point, self.looking.area, scene) if scene.shots else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.OpenHandCursor if shape is None else shape)

    # Keys that are held, that page or that move; all others are commands of the page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key in HELD_KEYS and not shift:
            if not event.isAutoRepeat():
                self._hold(key, held=True)
        elif shift and key in PAN_KEYS:
            self.looking.pan(PAN_KEYS[key] * (min(self.width(), self.height()) / 8))
        elif key in PAGE_KEYS and not alt:
            self.paged.emit(Paging(PAGE_KEYS[key]))
        elif key in STEP_KEYS and not alt and self.looking.mode.step(STEP_KEYS[key]):
            self.keep_time()
            self.dialled.emit()
            self._move()
            spoken.announce(self, self.looking.mode.words_now())
        elif alt and key in PAN_KEYS and self.looking.mode.nudge(PAN_KEYS[key] * -NUDGE):
            self._move()
            self.handled.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in HELD_KEYS and not event.isAutoRepeat():
            self._hold(Qt.Key(event.key()), held=False)
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._by_keyboard = event.reason() in KEYBOARD_REASONS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        for key in HELD_KEYS:
            self._hold(key, held=False)
        super().focusOutEvent(event)
        self.update()

    def _hold(self, key: Qt.Key, *, held: bool) -> None:
        if key == Qt.Key.Key_Space:
            self.looking.hold_flip(held=held)
        else:
            self.looking.hold_unlink(held=held)

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.looking.set_area(self.area(), self.devicePixelRatioF())
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), theme.px(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect())
            painter.fillRect(where, theme.colour("surround" if self.bleed else "ground"))
            scene = self.looking.scene(moving=self._moving, ground="surround" if self.bleed else "ground")
            if scene.shots:
                self.looking.mode.paint(painter, self.looking.area, scene)
            if self.hasFocus() and self._by_keyboard and not self.bleed:
                painting.focus_ring(painter, where, theme.RADIUS_CARD)
