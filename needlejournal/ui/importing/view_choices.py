"""The views of a photo as buttons, each with a small head that is turned that way, its name and its key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.theme import TextStyle, mix
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pressable import Pressable

_HEAD = 30  # pixels of a head's height at 100 % text
_FULL_TURN = 90.0
_COLUMNS = 2


class ViewButton(Pressable):
    """One view. `turn` is how far the head is turned, degrees, negative where the patient's left side is shown."""

    text_style: TextStyle = "small"

    def __init__(self, name: str, number: int, turn: float | None) -> None:
        super().__init__(name)
        self._number, self._turn = number, turn
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(136), theme.px(_HEAD + 16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where, checked = QRectF(self.rect()), self.isChecked()
            ground = theme.colour("accent_ground" if checked else "button")
            ground = mix(ground, theme.colour("hover"), 0.0 if checked else self.glow.value)
            painting.box(painter, where, theme.RADIUS_CONTROL, ground, theme.colour("accent" if checked else "line"))
            ink = theme.colour("accent" if checked else "ink") if self.isEnabled() else theme.colour("ink_faint")
            side = theme.px(_HEAD)
            paint_view(painter, QRectF(theme.px(7), (self.height() - side) / 2, side, side), self._turn, ink)
            painter.setFont(self.font())
            painter.setPen(ink)
            room = where.adjusted(theme.px(_HEAD + 13), 2, -theme.px(22), -2)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self.text())
            painter.setPen(theme.colour("ink_soft"))
            corner = where.adjusted(0, 0, -theme.px(8), 0)
            painter.drawText(corner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._number))
            if self.ringed:
                painting.focus_ring(painter, where, theme.RADIUS_CONTROL)


def paint_view(painter: QPainter, where: QRectF, turn: float | None, ink: QColor) -> None:
    """Draw a head as seen in a view; no turn at all: a close-up, drawn as a frame on a cheek."""
    painter.setPen(QPen(ink, max(1.2, where.width() / 22), c=Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = where.height() / 2
    painter.save()
    painter.translate(where.center())
    painter.scale(half, half)  # from here on the head is one unit from its middle to its crown
    pen = painter.pen()
    pen.setCosmetic(True)
    painter.setPen(pen)
    if turn is None:
        _paint_frame(painter)
    else:
        _paint_head(painter, turn / _FULL_TURN)
    painter.restore()


def _paint_frame(painter: QPainter) -> None:
    """The corners of a viewfinder around a spot."""
    for across in (-1, 1):
        for down in (-1, 1):
            corner = QPainterPath(QPointF(across * 0.72, down * 0.34))
            corner.lineTo(across * 0.72, down * 0.72)
            corner.lineTo(across * 0.34, down * 0.72)
            painter.drawPath(corner)
    painter.drawEllipse(QPointF(0, 0), 0.18, 0.18)


def _paint_head(painter: QPainter, part: float) -> None:
    """A head turned by `part` of a quarter turn, its nose to the viewer's right where that is positive."""
    painter.drawEllipse(QPointF(-part * 0.12, 0), 0.68, 0.92)
    nose = QPainterPath(QPointF(part * 0.5, -0.2))
    nose.lineTo(part * 0.86 if part else 0.1, 0.16)
    nose.lineTo(part * 0.6 if part else -0.04, 0.2)
    painter.drawPath(nose)
    for eye in (-0.3, 0.3):
        at = eye * (1 - abs(part) * 0.5) + part * 0.42
        if abs(part) < 1 or eye * part > 0:
            painter.drawLine(QPointF(at - 0.09, -0.26), QPointF(at + 0.09, -0.26))
    mouth = part * 0.42
    painter.drawLine(QPointF(mouth - 0.14, 0.5), QPointF(mouth + 0.14, 0.5))


class ViewChoices(QWidget):
    """All views to choose one from; none is shown as chosen where the photos differ. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.setAccessibleName(tr("View"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE_XS)
        self.buttons: dict[str, ViewButton] = {}
        for place, view in enumerate(catalogue.views):
            button = ViewButton(view.name, place + 1, turn_of(view.angle, view.side))
            set_tip(button, tr("{view} (key {n})").format(view=view.clinical or view.name, n=place + 1))
            button.clicked.connect(lambda _checked=False, key=view.key: self.chosen.emit(key))
            self.buttons[view.key] = button
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)

    def show_view(self, key: str | None) -> None:
        """Mark this view as the chosen one."""
        for each, button in self.buttons.items():
            button.setChecked(each == key)


def turn_of(angle: int | None, side: str) -> float | None:
    """Degrees by which a head's nose points to the viewer's right in a view; None for a close-up.

    Facing the camera, the patient's left is at the viewer's right: who shows the left side looks to the viewer's left.
    """
    if angle is None:
        return None
    return float(-angle if side == "left" else angle)
