"""Lists to choose from: a closed choice, a line with suggestions from earlier, and a row of tags."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from heapq import nlargest

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QSizePolicy, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.chips import RemovableChip

LONGEST_NAME = 40  # letters of a field's name that stand in it while nothing is chosen
AROUND_WORDS, LEAST_WORDS, MOST_WORDS = 54, 88, 200  # room beside the words of a choice, and for them
MEASURED = 20  # of the longest choices: one of them is the widest, or near it


class Select(QComboBox):
    """One of many: `choices` are (key, words). `changed` tells that the person chose another `value()`."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        choices: Iterable[tuple[str, str]] = (),
        value: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)  # on Linux the name of a choice is what is chosen
        self.setPlaceholderText(textwrap.shorten(name, LONGEST_NAME, placeholder="…"))  # it widens the field
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setView(QListView(self))
        self.view().setAccessibleName(name)
        self.set_choices(choices, value)
        self.activated.connect(self.changed)

    def set_choices(self, choices: Iterable[tuple[str, str]], value: str | None = None) -> None:
        """Offer other choices, with `value` shown, without emitting."""
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.set_value(value)

    def value(self) -> str | None:
        """The key chosen; None when nothing is."""
        key = self.currentData()
        return None if key is None else str(key)

    def set_value(self, key: str | None) -> None:
        """Show the choice `key`, or none, without emitting."""
        self.setCurrentIndex(-1 if key is None else self.findData(key))

    def sizeHint(self) -> QSize:
        longest = nlargest(MEASURED, map(self.itemText, range(self.count())), key=len)
        words = map(self.fontMetrics().horizontalAdvance, longest)
        room = theme.px(AROUND_WORDS) + min(theme.px(MOST_WORDS), max(words, default=0))
        return super().sizeHint().expandedTo(QSize(room, 0))

    def minimumSizeHint(self) -> QSize:
        """Long words end in dots where a page is narrow; they never widen it."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), theme.px(AROUND_WORDS + LEAST_WORDS)), hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a page scrolled past must not change what is written

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(15)
        where = QRectF(self.width() - side - theme.px(10), (self.height() - side) / 2, side, side)
        with QPainter(self) as painter:
            icons.paint(painting.smooth(painter), "chevron_down", where, theme.colour("ink_soft"))


def _completer(owner: QLineEdit, suggestions: Sequence[str]) -> QCompleter:
    completer = QCompleter(owner)
    completer.setModel(QStringListModel(list(suggestions), completer))
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(8)
    popup = QListView()
    popup.setObjectName("completions")
    completer.setPopup(popup)
    return completer


class SuggestField(TextField):
    """A line that offers what was written before; anything else can be written too. Down opens all suggestions.

    `chosen` tells that the person took a suggestion, `textEdited` each change by hand.
    """

    chosen = Signal()

    def __init__(
        self, name: str, suggestions: Sequence[str] = (), placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, placeholder, "", parent)
        self.set_suggestions(suggestions)

    def set_suggestions(self, suggestions: Sequence[str]) -> None:
        """Offer other suggestions, best first."""
        completer = _completer(self, suggestions)
        completer.activated.connect(self.chosen)
        self.setCompleter(completer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        completer = self.completer()
        popup = completer.popup()
        if event.key() == Qt.Key.Key_Down and popup is not None and not popup.isVisible():
            completer.setCompletionPrefix(self.text())
            completer.complete()
            return
        super().keyPressEvent(event)


class TokenField(QWidget):
    """Tags: written words become pills with Enter or a comma, and go again with their cross or Backspace.

    `changed` tells that the person added or removed one.
    """

    changed = Signal()

    def __init__(
        self, name: str, tokens: Sequence[str] = (), suggestions: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._tokens: list[str] = []
        self._chips: list[RemovableChip] = []
        self._flow = FlowLayout(self, gap=6, row_gap=4)
        self._flow.setContentsMargins(8, 6, 8, 6)
        self._line = TextField(name, tr("Add a tag"))
        self._line.setProperty("bare", True)
        self._line.setMinimumWidth(theme.px(110))
        self._line.installEventFilter(self)
        self._line.textEdited.connect(self._split)
        self._line.editingFinished.connect(self._take)
        self._flow.addWidget(self._line)
        self.setFocusProxy(self._line)
        self.set_tokens(tokens)
        self.set_suggestions(suggestions)

    def tokens(self) -> tuple[str, ...]:
        """The tags, in the order they were added."""
        return tuple(self._tokens)

    def set_tokens(self, tokens: Sequence[str]) -> None:
        """Show other tags without emitting."""
        self._tokens = list(dict.fromkeys(tokens))
        self._show()

    def set_suggestions(self, suggestions: Sequence[str]) -> None:
        """Offer tags used before."""
        completer = _completer(self._line, suggestions)
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._line.setCompleter(completer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._line.text().strip():
                self._take()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self._line.text() and self._tokens:
                self._remove(self._tokens[-1])
                return True
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._line.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect())
            painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour("field"), theme.colour("field_line"))
            if self._line.hasFocus():
                painting.focus_ring(painter, where, theme.RADIUS_CONTROL - 1)

    def _split(self, text: str) -> None:
        if "," in text:
            self._line.setText(text.replace(",", ""))
            self._take()

    def _take(self) -> None:
        written = self._line.text().strip()
        self._line.clear()
        if written and written not in self._tokens:
            self._tokens.append(written)
            self._show()
            self.changed.emit()

    def _remove(self, token: str) -> None:
        self._tokens.remove(token)
        self._show()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self._line)
        self._chips = [self._chip(token) for token in self._tokens]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self._line)
        self.updateGeometry()

    def _chip(self, token: str) -> RemovableChip:
        chip = RemovableChip(token, self)
        chip.removed.connect(lambda: self._remove(token))
        return chip
