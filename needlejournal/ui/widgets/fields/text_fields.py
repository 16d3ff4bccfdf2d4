"""Fields one writes into: a line, a number with its unit, a text that grows, a search."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import IconButton
from needlejournal.ui.widgets.fields.problem_note import ProblemNote
from needlejournal.ui.widgets.frame.drop_zone import are_photos

_ROUNDING = 1e-9  # what is less comes from the machine, not from the person


class TextField(QLineEdit):
    """One line of text. `textEdited` tells each change a person makes, `editingFinished` the end."""

    def __init__(self, name: str, placeholder: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setCursorPosition(0)
        self._problem: ProblemNote | None = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos fall through to the window, which brings them in; as text they would be an address."""
        if are_photos(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def show_problem(self, sentence: str) -> None:
        """Mark what is written as not understood, with a sentence why; an empty one takes the mark away."""
        self.setAccessibleDescription(sentence)
        self.setProperty("problem", bool(sentence))
        if sentence and self._problem is None:
            self._problem = ProblemNote(self)
        if self._problem is not None:
            self._problem.say(sentence)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.property("problem"):
            with QPainter(self) as painter:
                painting.smooth(painter)
                painter.setPen(theme.colour("danger"))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class NumberField(TextField):
    """A number with a unit, or nothing: `value()` is None while empty. Arrow keys go by `step`; what is typed is kept
    as typed, to as many decimals as `step` has. "1,5" and "1.5" both count.

    `changed` tells that the person gave another number. What is no number is marked, with a sentence, and not kept.
    """

    changed = Signal()

    def __init__(
        self, name: str, unit: str = "", *, low: float = 0.0, high: float = 100.0, step: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name, unit, "", parent)
        self._unit, self._low, self._high, self._step = unit, low, high, step
        self._decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        self._value: float | None = None
        self.editingFinished.connect(self._take)

    def value(self) -> float | None:
        """The number, within the limits and on a step; None while empty."""
        return self._value

    def set_value(self, value: float | None) -> None:
        """Show a number, or nothing, without emitting."""
        self._value = value
        self.setText("" if value is None else f"{self._written(value)} {self._unit}".strip())
        self.show_problem("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 5, Qt.Key.Key_PageDown: -5}
        if event.key() in steps:
            start = self._value if self._value is not None else self._low - self._step
            stepped = start + steps[Qt.Key(event.key())] * self._step
            self._offer(round(stepped / self._step) * self._step)
            return
        super().keyPressEvent(event)

    def _written(self, value: float) -> str:
        return f"{value:.{self._decimals}f}"

    def _offer(self, value: float) -> None:
        limited = min(self._high, max(self._low, round(value, self._decimals)))
        moved = limited != self._value
        self.set_value(limited)
        if moved:
            self.changed.emit()

    def mark_too_early(self, *, early: bool) -> None:
        """Say that this last day lies before the first one, as long as it does. Another problem stays as it is."""
        sentence = tr("Not kept yet. This is earlier than the first day.")
        if early or self.accessibleDescription() == sentence:
            self.show_problem(sentence if early else "")

    def _take(self) -> None:
        written = self.text().strip()
        if not written:
            emptied = self._value is not None
            self.set_value(None)
            if emptied:
                self.changed.emit()
            return
        number = self._read(written)
        if _grouped(written) and not number * 1000 > self._high:  # what cannot be read at all is grouped too
            self.show_problem(tr("Not kept yet. Please write it without a mark between the thousands."))
        elif not self._low <= number <= self._high:
            self.show_problem(self._range_sentence())
        elif abs(number - round(number, self._decimals)) > _ROUNDING:
            self.show_problem(self._decimals_sentence())
        else:
            self._offer(number)

    def _read(self, written: str) -> float:
        found = re.fullmatch(rf"([-−]?\d+(?:[.,]\d+)?)\s*(?:{re.escape(self._unit)})?", written)
        return float(found[1].replace(",", ".").replace("−", "-")) if found else math.nan

    def _decimals_sentence(self) -> str:
        if not self._decimals:
            return tr("Not kept yet. Please write a whole number.")
        return tr("Not kept yet. Please write at most %n decimal place(s).", self._decimals)

    def _range_sentence(self) -> str:
        sentence = tr("Not kept yet. Please write a number from {low} to {high}.")
        return sentence.format(low=f"{self._low:.10g}", high=f"{self._high:.10g} {self._unit}".strip())


def _grouped(written: str) -> bool:
    """Whether something may stand between the thousands: "1,200" is twelve hundred for one, 1.2 for another."""
    return bool(re.match(r"[1-9]\d{0,2}[.,'’\s]\d{3}(?!\d)", written))


class SearchField(TextField):
    """A line to search with: a glass at the left, a cross once something is written, Escape empties it."""

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder or name, "", parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._cross = IconButton("close", tr("Clear the search"), self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self._clear)
        self._cross.hide()
        self.textChanged.connect(self._show_cross)
        self._space()
        theme.on_change(self._space)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self._clear()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_cross"):
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        side = self._cross.sizeHint().width()
        self._cross.move(self.width() - side - 3, (self.height() - side) // 2)

    def _show_cross(self, text: str) -> None:
        self._cross.setVisible(bool(text))

    def _clear(self) -> None:
        self.clear()
        self.textEdited.emit("")

    def _space(self) -> None:
        self.setTextMargins(theme.px(22), 0, theme.px(22), 0)
        self._cross.resize(self._cross.sizeHint())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(16)
        where = QRectF(theme.px(11), (self.height() - side) / 2, side, side)
        with QPainter(self) as painter:
            icons.paint(painter, "search", where, theme.colour("ink_soft"))


class TextArea(QPlainTextEdit):
    """A text of any length that grows with what is written, from `lines` lines on. Tab leaves it."""

    edited = Signal()

    def __init__(self, name: str, placeholder: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._loading = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.textChanged.connect(self._emit_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        theme.on_change(self._grow)
        self._grow()

    def set_text(self, text: str) -> None:
        """Show a text without emitting; the cursor stays about where it was."""
        self._loading = True
        place = self.textCursor().position()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._loading = False

    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Photos fall through to the window, which brings them in; as text they would be an address."""
        return not are_photos(source) and super().canInsertFromMimeData(source)

    def _emit_changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    def _grow(self) -> None:
        line = self.fontMetrics().lineSpacing()
        wanted = max(self._lines, min(24, int(self.document().size().height()) if self.isVisible() else 0))
        self.setMinimumHeight(wanted * line + theme.px(20))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), self.minimumHeight())
