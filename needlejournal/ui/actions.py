"""Commands as values: text, icon, shortcut and what to do stand in one place; menus and keys are made from them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui.icons import icon
from needlejournal.ui.tips import set_tip

Keys = QKeySequence | QKeySequence.StandardKey | str


@frozen
class Command:
    """Something the person can do. `text` is a menu entry; `keys` are its shortcuts."""

    key: str
    text: str
    run: Callable[[], object]
    icon: str = ""
    keys: tuple[Keys, ...] = ()
    tip: str = ""


def action(command: Command, parent: QWidget) -> QAction:
    """The Qt action of a command."""
    made = QAction(command.text, parent)
    made.setObjectName(command.key)
    made.setShortcuts([QKeySequence(keys) for keys in command.keys])
    set_tip(made, command.tip or command.text)
    made.triggered.connect(lambda _checked=False: command.run())
    if command.icon:
        made.setIcon(icon(command.icon))
    return made
