"""Exclusive answers: buttons of which one may be chosen, and none while the answer is unknown.

What they look like is the business of who subclasses `Option`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from needlejournal.ui.widgets.frame.tab_order import keep_one_stop
from needlejournal.ui.widgets.pressable import Pressable


class Option(Pressable):
    """One answer, known by `key`."""

    clearing = Signal()

    def __init__(self, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.key = key
        self.can_be_cleared = False
        self.setCheckable(True)
        self.setAutoExclusive(True)  # a radio button to assistive technology; the group below keeps the choice

    def nextCheckState(self) -> None:
        group = self.group()
        if self.isChecked() and group.exclusive() and group.checkedButton() is not self:
            self.setChecked(False)  # Qt asks this of the one that was chosen before
        else:
            self.setChecked(True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a hasty second click must not take back what the first one said

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.can_be_cleared and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clearing.emit()
            return
        super().keyPressEvent(event)


class OptionGroup(QObject):
    """The choice among `options`; `changed` tells that the person, not the program, chose or cleared.

    With `clearable`, pressing the chosen option again, or Delete, makes the answer unknown.
    """

    changed = Signal()

    def __init__(self, options: Iterable[Option], parent: QWidget, *, clearable: bool) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        keep_one_stop(self._group)
        self._options: dict[str, Option] = {}
        self._clearable = clearable
        self._emitted: str | None = None
        for option in options:
            self._options[option.key] = option
            self._group.addButton(option)
            option.can_be_cleared = clearable
            option.clearing.connect(self._clear)
        self._group.buttonClicked.connect(self._take_press)

    def value(self) -> str | None:
        """The key of the answer; None while unknown."""
        chosen = self._group.checkedButton()
        return chosen.key if isinstance(chosen, Option) else None

    def set_value(self, key: str | None) -> None:
        """Show the answer `key`, or none. KeyError for an unknown key. Nothing is emitted."""
        if key is None:
            self._uncheck()
        else:
            self._options[key].setChecked(True)
        self._emitted = key

    def options(self) -> Sequence[Option]:
        """The buttons, in order."""
        return tuple(self._options.values())

    def option(self, key: str) -> Option:
        """The button of `key`."""
        return self._options[key]

    def _uncheck(self) -> None:
        self._group.setExclusive(False)
        for option in self._options.values():
            option.setChecked(False)
        self._group.setExclusive(True)

    def _clear(self) -> None:
        self._uncheck()
        self._emit_changed()

    def _take_press(self) -> None:
        """Qt asks no button of an exclusive group that is chosen for another state, so this sees the second press."""
        if self._clearable and self._emitted is not None and self.value() == self._emitted:
            self._clear()
        else:
            self._emit_changed()

    def _emit_changed(self) -> None:
        if self.value() != self._emitted:
            self._emitted = self.value()
            self.changed.emit()
