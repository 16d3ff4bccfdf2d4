"""What the app says beside the work: a banner in the page, a toast above it that goes by itself."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QEnterEvent, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting, spoken
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.pressable import Pressable
from needlejournal.ui.widgets.text import Label

Tone = Literal["info", "good", "warning", "danger"]
_TONES: dict[Tone, tuple[str, str, str]] = {
    "info": ("info", "accent", "accent_ground"),
    "good": ("check", "good", "good_ground"),
    "warning": ("warning", "warning", "warning_ground"),
    "danger": ("warning", "danger", "danger_ground"),
}


class Banner(QWidget):
    """A sentence with a sign, an action and, if it may, a cross: `acted` and `closed`."""

    acted = Signal()
    closed = Signal()

    def __init__(
        self, text: str, tone: Tone = "info", action: str = "", parent: QWidget | None = None, *,
        closable: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._tone: Tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(theme.SPACE_M)
        self._label = Label(text)
        row.addWidget(self._label, 1)
        self._action = Button(action, "link")
        self._action.clicked.connect(self.acted)
        self._action.setVisible(bool(action))
        row.addWidget(self._action)
        if closable:
            cross = IconButton("close", tr("Close this notice"))
            cross.clicked.connect(self._close)
            row.addWidget(cross)
        self.setAccessibleName(text)
        self._space()
        theme.on_change(self._space)

    def set_text(self, text: str, tone: Tone | None = None) -> None:
        """Say something else, in another tone if given."""
        self._tone = tone or self._tone
        self._label.setText(text)
        self.setAccessibleName(text)
        self.update()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _space(self) -> None:
        self._row.setContentsMargins(theme.px(44), theme.SPACE_XS, theme.px(12), theme.SPACE_XS)
        self.setMinimumHeight(theme.px(theme.CONTROL_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            icon, role, ground = _TONES[self._tone]
            painting.box(painter, QRectF(self.rect()), theme.RADIUS_CARD, theme.colour(ground))
            side = theme.px(20)
            where = QRectF(theme.px(14), (self.height() - side) / 2, side, side)
            icons.paint(painter, icon, where, theme.colour(role))


AFTERWARDS_MS = 3_000  # a message stays so long after it was pointed at or focused


class _ToastAction(Pressable):
    """Words in the accent of the toast's own ground. `held`: the keyboard came, or went."""

    held = Signal(bool)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.held.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.held.emit(False)

    def sizeHint(self) -> QSize:
        return self.text_size() + QSize(theme.px(20), theme.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painting.box(painter, QRectF(self.rect()), 6, theme.colour("toast_action", 0.16 * self.glow.value))
            painter.setFont(self.font())
            painter.setPen(theme.colour("toast_action"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
            if self.ringed:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class Toast(QWidget):
    """One sentence at the foot of a window, with an action such as Undo. It waits while pointed at or focused.

    Make one per window and call `show_message`; a new message takes the place of the old. `acted` is the action.
    """

    acted = Signal()
    spoken_role = QAccessible.Role.Notification

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(theme.SPACE_M)
        self._label = Label("", "strong", "on_toast").one_line()
        self._action = _ToastAction("", self)
        self._action.clicked.connect(self._act)
        self._action.held.connect(self._wait)
        row.addWidget(self._label)
        row.addWidget(self._action)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._slide = QPropertyAnimation(self, b"pos", self)
        window.installEventFilter(self)
        theme.on_change(self._fit)
        self.hide()

    def show_message(self, text: str, action: str = "", seconds: float = 7.0) -> None:
        """Say `text` for so long; with an action, nothing that matters is lost when it goes."""
        self._label.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{text} {action}".strip())
        self._fit()
        self._timer.start(int(seconds * 1000))
        self.show()
        self.raise_()
        self._rise()
        spoken.announce(self, text)

    def withdraw_action(self) -> None:
        """Go on saying it without the action, which would not do any more what the words promise."""
        if self._action.text():
            self._action.setText("")
            self._action.hide()
            self.setAccessibleName(self._label.text())
            self._fit()

    def _fit(self) -> None:
        self._row.invalidate()
        self._row.activate()
        self.adjustSize()
        if self.isVisible():
            self.move(self._place())

    def _act(self) -> None:
        self.hide()
        self.acted.emit()

    def _place(self) -> QPoint:
        room = self._window.rect()
        return QPoint((room.width() - self.width()) // 2, room.height() - self.height() - theme.px(24))

    def _rise(self) -> None:
        place, duration = self._place(), theme.motion_ms()
        if duration == 0:
            self.move(place)
            return
        self._slide.setDuration(duration)
        self._slide.setStartValue(place + QPoint(0, 16))
        self._slide.setEndValue(place)
        self._slide.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._wait(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._wait(self._action.hasFocus())
        super().leaveEvent(event)

    def _wait(self, held: bool) -> None:
        if held:
            self._timer.stop()
        else:
            self._timer.start(AFTERWARDS_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.move(self._place())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painting.box(painter, QRectF(self.rect()), 10, theme.colour("toast"))
