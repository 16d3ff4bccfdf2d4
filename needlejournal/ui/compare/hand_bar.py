"""Aligning by hand: what to click next, how well the points agree, undo, done. Shown while points are set."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from needlejournal.journal.errors import BadInput
from needlejournal.ui import theme
from needlejournal.ui.compare.modes.points import Points
from needlejournal.ui.compare.stage import Stage
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows import aligning


class HandBar(QWidget):
    """Leads through setting points on the stage; `done` and `cancelled` tell how it ended."""

    done = Signal()
    cancelled = Signal()

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.points = Points()
        self._words = Label("", "text")
        self._undo = self._button(tr("Take back"), self._take_back)
        self._done = self._button(tr("Use these points"), self.done.emit)
        cancel = self._button(tr("Cancel"), self.cancelled.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_S)
        row.addWidget(self._words, 1)
        for button in (self._undo, cancel, self._done):
            row.addWidget(button)
        self._keys()
        stage.handled.connect(self.follow)
        self.hide()

    def follow(self) -> None:
        """Say what comes next, and how well the points agree."""
        if self.isHidden():
            return
        pairs = self.points.pairs()
        self.points.residuals, sentence = (), ""
        if len(pairs) >= 2:
            try:
                _, self.points.residuals = aligning.by_hand(pairs)
            except BadInput as bad:
                sentence = str(bad)
        self._words.setText(sentence or self._next_words(len(pairs)))
        self._done.setEnabled(bool(self.points.residuals))
        self._undo.setEnabled(any(self.points.marks))
        self._stage.update()

    def _next_words(self, pairs: int) -> str:
        number = len(self.points.marks[self.points.next_side()]) + 1
        if self.points.next_side() == 1:
            return tr("Now click the same place on the right photo (point {n}).").format(n=number)
        if pairs < 2:
            return tr("Click a place that is easy to find again on the left photo (point {n}).").format(n=number)
        worst = max(self.points.residuals, default=0.0)
        return tr("%n points agree to {off} pixels. Add more, or use them.", pairs).format(off=f"{worst:.1f}")

    def _keys(self) -> None:
        """Enter sets the next point in the middle of what is seen; Backspace takes the last one back."""
        for keys, run in (("Return", self._set_in_middle), ("Backspace", self._take_back)):
            shortcut = QShortcut(QKeySequence(keys), self._stage)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(run)

    def _set_in_middle(self) -> None:
        if not self.isHidden():
            self.points.set_in_middle(self._stage.looking.area, self._stage.looking.scene())
            self.follow()

    def _take_back(self) -> None:
        if not self.isHidden():
            self.points.undo()
            self.follow()

    @staticmethod
    def _button(text: str, run: object) -> Button:
        button = Button(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(run)
        return button
