"""The key that reads what a window paints as a list; the list itself is loaded when it is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from needlejournal.ui.actions import Command
from needlejournal.ui.language import tr

KEY = "F7"


def list_command(window: QWidget) -> Command:
    """Read what is painted in `window` as a list."""

    def read() -> None:
        from needlejournal.ui.widgets.frame.list_sheet import ListSheet, painted_on

        ListSheet(painted_on(window), window).open()

    return Command("as_list", tr("Read what is drawn as a list"), read, keys=(KEY,))
