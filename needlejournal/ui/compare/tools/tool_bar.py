"""The line below the stage while a tool is in hand: what to do next, and the buttons that end it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import Label


class ToolBar(QWidget):
    """Subclasses say in `follow` what comes next; `done` and `cancelled` tell how it ended. Enter calls `enter`,
    Escape cancels."""

    done = Signal()
    cancelled = Signal()

    def __init__(self, stage: Stage, mode: Mode, use: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.mode = mode
        self.words = Label("", "text")
        self.done_button = self.button(use, self.done.emit)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE_S)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.button(tr("Cancel"), self.cancelled.emit))
        self._row.addWidget(self.done_button)
        self._keys: dict[QKeySequence, Callable[[], object]] = {}
        stage.installEventFilter(self)
        self.key("Return", self.enter)
        self.key("Esc", self.cancelled.emit)
        stage.handled.connect(self.follow)
        self.hide()

    def follow(self) -> None:
        """Say what comes next."""

    def enter(self) -> None:
        """What the keyboard does instead of a click."""

    def add_button(self, text: str, run: Callable[[], object]) -> Button:
        """A button before the others."""
        made = self.button(text, run)
        self._row.insertWidget(1, made)
        return made

    def button(self, text: str, run: Callable[[], object]) -> Button:
        """A button that does not take the focus from the stage when clicked."""
        made = Button(text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _checked=False: run())
        return made

    def key(self, keys: str, run: Callable[[], object]) -> None:
        """Run something by a key while the stage has the focus and the tool is in hand, whatever else it means."""
        self._keys[QKeySequence(keys)] = run

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.stage or self.isHidden() or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        run = self._keys.get(QKeySequence(event.keyCombination()))
        if run is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or the window's own Ctrl+Z would take something back in the journal
        elif event.type() == QEvent.Type.KeyPress:
            run()
        return True
