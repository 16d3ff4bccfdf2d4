"""The stage alone on the whole screen, and back again into the page it was taken from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from needlejournal.ui.actions import Command, action
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.language import tr


class FullScreen(QWidget):
    """Takes the stage out of `home` until it is closed; the page's commands work in it too."""

    def __init__(self, stage: Stage, home: QBoxLayout, commands: Iterable[Command]) -> None:
        super().__init__(stage.window(), Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Compare"))
        self._stage = stage
        self._home = home
        self._place = home.indexOf(stage)
        self._stretch = home.stretch(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(stage)
        stage.bleed = True
        for command in commands:
            self.addAction(action(command, self))
        back = Command("leave_full_screen", tr("Leave full screen"), self.close, keys=("Esc",))
        self.addAction(action(back, self))
        self.showFullScreen()
        stage.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stage.bleed = False
        self._home.insertWidget(self._place, self._stage, self._stretch)
        self._stage.show()
        self._stage.setFocus()
        super().closeEvent(event)
