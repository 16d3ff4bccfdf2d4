"""Commands: one place for words, icon and keys of each thing that can be done by menu, button and keyboard.

Single letters, digits and signs as keys can be turned off for the whole program (WCAG 2.1.4, Character Key Shortcuts).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui.icons import icon
from needlejournal.ui.tips import set_tip

Keys = QKeySequence | QKeySequence.StandardKey | str
LETTERS = "keys/letters"  # under which the wish is remembered
_ALL_KEYS = "all_keys"
_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class _Letters:
    """Whether single letters are keys in this run."""

    used = True


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
    made.setProperty(_ALL_KEYS, [QKeySequence(keys).toString() for keys in command.keys])
    made.setShortcuts(working(command.keys))
    set_tip(made, command.tip or command.text)
    made.triggered.connect(lambda _checked=False: command.run())
    if command.icon:
        made.setIcon(icon(command.icon))
    return made


def page_action(command: Command, page: QWidget) -> QAction:
    """The Qt action of a page's command. Its keys work within the page; while something is open over the page, such as
    a calendar or a list, a key closes that and does no more."""
    made = action(replace(command, run=partial(_run_on_top, command.run)), page)
    made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return made


def _run_on_top(run: Callable[[], object]) -> None:
    over = QApplication.activePopupWidget()
    if over is None:
        run()
    else:
        over.close()


def letters_used() -> bool:
    """Whether single letters, digits and signs are keys."""
    return _Letters.used


def use_letters(used: bool) -> None:
    """Let single letters, digits and signs be keys, or not, in all windows at once."""
    _Letters.used = used
    for widget in QApplication.allWidgets():
        for made in widget.actions():
            every = made.property(_ALL_KEYS)
            if every:
                made.setShortcuts(working(every))


def working(every: Iterable[Keys]) -> list[QKeySequence]:
    """Those of some keys that do something now."""
    return [keys for keys in [QKeySequence(given) for given in every] if _Letters.used or not _is_letter(keys)]


def with_key(command: Command) -> str:
    """What a command does, and its first key in brackets: the tip of a button that only shows an icon."""
    keys = working(command.keys)
    return f"{command.text} ({native(keys[0])})" if keys else command.text


def native(keys: QKeySequence) -> str:
    """A key as the person's system writes it."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def _is_letter(keys: QKeySequence) -> bool:
    """Whether it is one printable sign without Ctrl, Alt or Meta."""
    if keys.count() != 1:
        return False
    struck = keys[0]  # type: ignore[index]
    return struck.keyboardModifiers() in _BARE and Qt.Key.Key_Space < struck.key() < Qt.Key.Key_Escape
