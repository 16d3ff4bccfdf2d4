"""Pills: small facts with a dot of colour, filters one can switch, and things one can take away again."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr
from needlejournal.ui.theme import TextStyle, mix
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pressable import Pressable

WIDEST, LEAST = 300, 180  # of a pill, in units of 100 % text: what is longer ends in "…" and stands whole in its tip


def _at_least(hint: QSize) -> QSize:
    """Long words widen no narrow page."""
    return QSize(min(hint.width(), theme.px(LEAST)), hint.height())


class Chip(QWidget):
    """A fact in a pill: words, and a dot in the colour of `dot`, a role such as "severity_2"."""

    def __init__(
        self, text: str, dot: str | None = None, *, role: str = "ink_soft", ground: str = "pill",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._text, self._dot, self._role, self._ground = text, dot, role, ground
        self.setAccessibleName(text)
        self._tip_what_is_cut()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.on_change(self.updateGeometry)

    def text(self) -> str:
        """The words."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show other words."""
        self._text = text
        self.setAccessibleName(text)
        self._tip_what_is_cut()
        self.updateGeometry()
        self.update()

    def _tip_what_is_cut(self) -> None:
        if len(self._text) > WIDEST // 10:
            set_tip(self, self._text)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("small"))
        dot = theme.px(15) if self._dot else 0
        width = metrics.horizontalAdvance(self._text) + theme.px(20) + dot
        return QSize(min(width, theme.px(WIDEST)), metrics.height() + theme.px(6))

    def minimumSizeHint(self) -> QSize:
        return _at_least(self.sizeHint())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_chip(painter, QRectF(self.rect()), self._text, self._dot, self._role, self._ground)


def paint_chip(
    painter: QPainter, where: QRectF, text: str, dot: str | None = None, role: str = "ink_soft", ground: str = "pill"
) -> None:
    """Draw a pill into `where`: for delegates, which have no widgets."""
    painting.smooth(painter)
    painting.box(painter, where, where.height() / 2, theme.colour(ground))
    left = where.left() + theme.px(10)
    if dot:
        side = theme.px(9)
        painter.setBrush(theme.colour(dot))
        painter.setPen(theme.colour("field_line") if dot.endswith("_0") else Qt.PenStyle.NoPen)
        painter.drawEllipse(QRectF(left, where.center().y() - side / 2, side, side))
        left += theme.px(15)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour(role))
    room = QRectF(left, where.top(), where.right() - left - theme.px(8), where.height())
    shown = painting.elided(painter, text, room.width() + 2)
    painter.drawText(room.adjusted(0, 0, 4, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class ToggleChip(Pressable):
    """A pill one switches on and off: a filter, a symptom, a body area."""

    text_style: TextStyle = "text"

    def __init__(self, text: str, parent: QWidget | None = None, *, dot: str | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._dot = dot
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        extra = theme.px(16) if self._dot or self.isChecked() else 0
        width = self.text_size().width() + theme.px(26) + extra
        return QSize(min(width, theme.px(WIDEST)), self.text_size().height() + theme.px(12))

    def minimumSizeHint(self) -> QSize:
        return _at_least(self.sizeHint())

    def nextCheckState(self) -> None:
        super().nextCheckState()
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where, checked = QRectF(self.rect()), self.isChecked()
            ground = theme.colour("accent_ground") if checked else theme.colour("button")
            ground = mix(ground, theme.colour("hover"), 0.0 if checked else self.glow.value)
            radius = where.height() / 2
            painting.box(painter, where, radius, ground, theme.colour("accent" if checked else "field_line"))
            ink = theme.colour("accent" if checked else "ink") if self.isEnabled() else theme.colour("ink_faint")
            left = float(theme.px(12))
            if self._dot or checked:
                self._paint_mark(painter, left)
                left += theme.px(18)
            painter.setFont(self.font())
            painter.setPen(ink)
            room = QRectF(left, 0, self.width() - left, self.height())
            shown = painting.elided(painter, self.text(), room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            if self.ringed:
                painting.focus_ring(painter, where, radius)

    def _paint_mark(self, painter: QPainter, left: float) -> None:
        side = theme.px(14)
        where = QRectF(left - 1, (self.height() - side) / 2, side, side)
        if self.isChecked():
            icons.paint(painter, "check", where, theme.colour("accent"))
        elif self._dot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self._dot))
            painter.drawEllipse(where.adjusted(3, 3, -3, -3))


class RemovableChip(Pressable):
    """A pill with a cross: pressing it, or Delete and Backspace, asks to take it away through `removed`."""

    removed = Signal()
    text_style: TextStyle = "small"

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Remove {thing}").format(thing=text))
        set_tip(self, self.accessibleName())
        self.clicked.connect(self.removed)

    def sizeHint(self) -> QSize:
        width = min(self.text_size().width() + theme.px(34), theme.px(WIDEST))
        return QSize(width, self.text_size().height() + theme.px(8))

    def minimumSizeHint(self) -> QSize:
        return _at_least(self.sizeHint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where, side = QRectF(self.rect()), theme.px(11)
            radius = where.height() / 2
            painting.box(painter, where, radius, mix(theme.colour("pill"), theme.colour("pressed"), self.glow.value))
            painter.setFont(self.font())
            painter.setPen(theme.colour("ink"))
            room = where.adjusted(theme.px(10), 0, -theme.px(22), 0)
            shown = painting.elided(painter, self.text(), room.width() + 2)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            cross = QRectF(where.right() - theme.px(10) - side, where.center().y() - side / 2, side, side)
            icons.paint(painter, "close", cross, theme.colour("ink_soft"))
            if self.ringed:
                painting.focus_ring(painter, where, radius)
