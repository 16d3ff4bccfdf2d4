"""The lines below the stage: what to do next while a tool is in hand, with the buttons that end it; and the slider of
the mode that is shown (how transparent, how quick), hidden where a mode has nothing to turn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSlider, QWidget

from needlejournal.ui import theme
from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.text import Label

FULL = 100
ENTER, ESCAPE = QKeySequence("Return"), QKeySequence("Esc")
WORDS = 220  # the least room for the words beside the buttons


class ToolBar(QWidget):
    """Subclasses say in `follow` what comes next; `done` and `cancelled` tell how it ended. Enter on the stage calls
    `enter`; Escape, Ctrl+Z and Ctrl+Shift+Z belong to the tool wherever on its page the keyboard is."""

    done = Signal()
    cancelled = Signal()

    def __init__(self, stage: Stage, mode: Mode, use: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.mode = mode
        self.words = Label("", "text")
        self.done_button = self.button(use, self.done.emit)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_S)
        row.addWidget(self.words, 1)
        self._ending = (self.button(tr("Cancel"), self.cancelled.emit), self.done_button)
        self._others: list[Button] = []
        buttons = QWidget()
        self._buttons = FlowLayout(buttons, gap=theme.SPACE_S)
        row.addWidget(buttons)
        theme.on_change(self._make_room)
        self._set_buttons()
        self._keys: dict[QKeySequence, Callable[[], object]] = {
            ESCAPE: self.cancelled.emit,
            QKeySequence("Ctrl+Z"): self.take_back,
            QKeySequence("Backspace"): self.take_back,
            QKeySequence("Ctrl+Shift+Z"): self.bring_back,
            QKeySequence("Ctrl+Y"): self.bring_back,
        }
        stage.installEventFilter(self)
        stage.handled.connect(self.follow)
        self.hide()

    def follow(self) -> None:
        """Say what comes next."""

    def enter(self) -> None:
        """What the keyboard does instead of a click."""

    def take_back(self) -> None:
        """What Ctrl+Z does while the tool is in hand; never something in the journal that was there before."""

    def bring_back(self) -> None:
        """What Ctrl+Shift+Z does then: what was taken back in the tool, nothing else."""

    def add_button(self, text: str, run: Callable[[], object], icon: str) -> Button:
        """A button before the others; its icon alone where there is little room."""
        made = self.button(text, run, icon)
        self._others.insert(0, made)
        self._set_buttons()
        return made

    def _set_buttons(self) -> None:
        """In rows, the ones that end it last: beside each other they would widen a narrow window."""
        for button in (*self._others, *self._ending):
            self._buttons.removeWidget(button)
            self._buttons.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The words above the buttons, and what is rarer as its icon, where there is no room beside each other."""
        every = (*self._others, *self._ending)
        narrow = self.width() < sum(one.sizes()[0] + theme.SPACE_S for one in every) + theme.px(WORDS)
        for button in self._others:
            button.spare_words(spared=narrow)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def button(self, text: str, run: Callable[[], object], icon: str | None = None) -> Button:
        """A button that does not take the focus from the stage when clicked."""
        made = Button(text, "plain", icon)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _checked=False: run())
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On the stage, and on what it is asked to listen to: a key of the tool, whatever else it means."""
        if self.isHidden() or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        run = self._run(QKeySequence(event.keyCombination()), on_stage=watched is self.stage)
        if run is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or the window's own Ctrl+Z would take something back in the journal
        elif event.type() == QEvent.Type.KeyPress:
            run()
        return True

    def _run(self, keys: QKeySequence, *, on_stage: bool) -> Callable[[], object] | None:
        """What a key does; on the whole screen, where no word tells of the tool, Escape leaves that first."""
        if on_stage and keys == ENTER:
            return self.enter
        alone = self.stage.window() is not self.window()
        return None if alone and keys == ESCAPE else self._keys.get(keys)


class ModeBar(QWidget):
    """Follows the stage's mode."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._spared = False
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, FULL)
        self._slider.setPageStep(10)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.valueChanged.connect(self._turn)
        self._words = Label("", "small", "ink_soft").one_line()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_M)
        row.addStretch(1)
        row.addWidget(self._slider, 2)
        row.addWidget(self._words, 1)
        stage.dialled.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show the mode's dial as it is now."""
        dial = self._stage.looking.mode.dial()
        self.setVisible(dial is not None and not self._spared)
        if dial is None:
            return
        self._slider.setAccessibleName(dial.name)
        self._slider.blockSignals(True)
        self._slider.setValue(round(dial.value * FULL))
        self._slider.blockSignals(False)
        self._words.setText(dial.words)

    def spare(self, *, spared: bool) -> None:
        """Give its room to the photos, or to what stands in their place: the keys ↑ ↓ turn too."""
        if spared != self._spared:
            self._spared = spared
            self.follow()

    def _turn(self, value: int) -> None:
        self._stage.looking.mode.turn(value / FULL)
        self._stage.keep_time()
        self._stage.update()
        self._stage.dialled.emit()
