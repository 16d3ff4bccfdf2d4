"""The slider of the mode that is shown: how transparent, how quick. Hidden where a mode has nothing to turn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from needlejournal.ui import theme
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.widgets.text import Label

FULL = 100


class ModeBar(QWidget):
    """Follows the stage's mode."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
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
        self.setVisible(dial is not None)
        if dial is None:
            return
        self._slider.setAccessibleName(dial.name)
        self._slider.blockSignals(True)
        self._slider.setValue(round(dial.value * FULL))
        self._slider.blockSignals(False)
        self._words.setText(dial.words)

    def _turn(self, value: int) -> None:
        self._stage.looking.mode.turn(value / FULL)
        self._stage.keep_time()
        self._stage.update()
        self._stage.dialled.emit()
