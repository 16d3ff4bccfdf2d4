"""How far something in the background is, in words and as a bar, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import Label


class ProgressBar(QWidget):
    """A thin bar: `set_fraction(0.4)`; None while nobody knows how long, when a part of it moves to and fro."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fraction: float | None = 0.0
        self._phase = 0
        self._timer = QTimer(self)
        self._timer.setInterval(40)
        self._timer.timeout.connect(self._advance)

    def fraction(self) -> float | None:
        """How much is done, 0 to 1."""
        return self._fraction

    def set_fraction(self, fraction: float | None) -> None:
        """Show how much is done, 0 to 1, or None when that is unknown."""
        self._fraction = None if fraction is None else min(1.0, max(0.0, fraction))
        moving = fraction is None and theme.motion_ms() > 0
        if moving != self._timer.isActive():
            (self._timer.start if moving else self._timer.stop)()
        percent = "" if self._fraction is None else f"{round(self._fraction * 100)} %"
        self.setAccessibleDescription(percent)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), 6)

    def _advance(self) -> None:
        self._phase = (self._phase + 1) % 60
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect())
            painting.box(painter, where, 3, theme.colour("pill"))
            if self._fraction is None:
                there = abs(self._phase - 30) / 30
                part = QRectF(there * where.width() * 0.7, 0, where.width() * 0.3, where.height())
            else:
                part = QRectF(0, 0, where.width() * self._fraction, where.height())
            if part.width() >= 1:
                painting.box(painter, part, 3, theme.colour("accent"))


class ProgressStrip(QWidget):
    """Words, a bar and "Cancel"; `cancelled` is emitted once, and the words say that it is stopping."""

    cancelled = Signal()

    def __init__(self, text: str, parent: QWidget | None = None, *, cancellable: bool = True) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._label = Label(text)
        self._count = Label("", "small", "ink_soft").one_line()
        self._bar = ProgressBar(text)
        self._cancel = Button(tr("Cancel"))
        self._cancel.clicked.connect(self._stop)
        self._cancel.setVisible(cancellable)
        words = QHBoxLayout()
        words.addWidget(self._label, 1)
        words.addWidget(self._count)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(words)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_L)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)

    def show_progress(self, done: int, total: int | None, text: str = "") -> None:
        """`done` of `total`, None when nobody knows how many; `text` says what is being done now."""
        self._bar.set_fraction(done / total if total else None)
        self._count.setText(tr("{done} of {total}").format(done=done, total=total) if total else "")
        if text:
            self._label.setText(text)

    def reset(self, text: str) -> None:
        """Begin anew with something else."""
        self._label.setText(text)
        self._count.setText("")
        self._cancel.setEnabled(True)
        self._bar.set_fraction(0.0)

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._label.setText(tr("Stopping…"))
        self.cancelled.emit()
