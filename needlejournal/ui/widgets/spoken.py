"""What assistive technology is told of widgets that paint their own content, and how a sentence is said aloud.

One factory for the whole program. A widget that has `spoken_parts` is a list of them; one with `spoken_role` only has
another role than Qt's; a plain one with a name is a group. Nothing here knows what the parts are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAccessibleWidget, QApplication, QTableView, QWidget
from shiboken6 import isValid

from needlejournal.journal.frozen import frozen

Role = QAccessible.Role
Press = QAccessibleActionInterface.pressAction()
_kept: dict[int, QAccessibleInterface] = {}  # Qt holds them by address only


@frozen
class SpokenPart:
    """One thing in a painted widget: what is said of it, and where it is, in the widget's pixels."""

    words: str
    where: QRect


@runtime_checkable
class Parted(Protocol):
    """A widget that paints parts and lets the arrow keys walk over them."""

    def spoken_parts(self) -> Sequence[SpokenPart]:
        """Everything there is, in reading order."""

    def spoken_now(self) -> int:
        """The part the keyboard is on, by its place among all; −1 for none."""

    def stand_on(self, part: int) -> None:
        """Let the keyboard be on another part."""


@runtime_checkable
class Roled(Protocol):
    """A widget that is something else than Qt takes it for."""

    spoken_role: QAccessible.Role


@cache
def install() -> None:
    """Let assistive technology see what is painted. Once for the program."""
    QAccessible.installFactory(_made_for)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.focusChanged.connect(_say_row_of)


def _say_row_of(_old: QWidget | None, new: QWidget | None) -> None:
    """Qt says a list or table that gets the keyboard after its row: the row is said once more, last."""
    if isinstance(new, QAbstractItemView):
        QTimer.singleShot(0, new, lambda: say_row(new))


def say_part(widget: QWidget) -> None:
    """Say the part of a painted widget that the keyboard is on now."""
    if isinstance(widget, Parted) and widget.spoken_now() >= 0 and widget.hasFocus():
        event = QAccessibleEvent(widget, QAccessible.Event.Focus)
        event.setChild(widget.spoken_now())
        QAccessible.updateAccessibility(event)


def say_row(view: QAbstractItemView) -> None:
    """Say the row or cell of a list or table that the keyboard is on now, after Qt has said the whole."""
    current = view.currentIndex()
    if current.isValid() and view.hasFocus() and QAccessible.isActive():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        heads = 1 if isinstance(view, QTableView) else 0
        columns = current.model().columnCount() if heads else 1
        event.setChild((current.row() + heads) * (columns + heads) + current.column() + heads)
        QAccessible.updateAccessibility(event)


def announce(widget: QWidget, sentence: str) -> None:
    """Say a sentence aloud: by the announcement that newer screen readers hear, and as a notification that appears.

    A widget that is no notification itself has its window's voice say it.
    """
    if widget.isVisible():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
        shown = widget if getattr(widget, "spoken_role", None) == Role.Notification else _voice_of(widget.window())
        if shown is not widget:
            shown.setAccessibleName(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(shown, QAccessible.Event.ObjectShow))


class _Voice(QWidget):
    """Nothing to see: what a window says that stands nowhere as a notice."""

    spoken_role = Role.Notification


def _voice_of(window: QWidget) -> QWidget:
    voice = window.findChild(_Voice, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if voice is None:
        voice = _Voice(window)
        voice.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        voice.setFixedSize(1, 1)
        voice.show()
    return voice


def _made_for(_class_name: str, made_for: QObject) -> QAccessibleInterface | None:
    if not isinstance(made_for, QWidget):
        return None
    if isinstance(made_for, Parted):
        interface: QAccessibleInterface = _Whole(made_for)
    elif isinstance(made_for, Roled):
        interface = _Other(made_for, made_for.spoken_role)
    elif _is_plain(type(made_for)) and made_for.accessibleName():
        interface = _Named(made_for, Role.Grouping)
    else:
        return None
    key = id(made_for)
    _kept[key] = interface
    made_for.destroyed.connect(lambda: _kept.pop(key, None))
    return interface


def _is_plain(kind: type) -> bool:
    """Whether Qt takes widgets of this class for nothing but room: one that has a name is a group."""
    return next(base for base in kind.__mro__ if base.__module__.startswith("PySide6")) is QWidget


class _Other(QAccessibleWidget):
    """A widget with a role of its own; what is inside it stays as it is. A button among them is pressed as one."""

    def _widget(self) -> QWidget:
        found = self.object()
        if not isinstance(found, QWidget):
            raise TypeError(found)
        return found

    def state(self) -> QAccessible.State:
        state, widget = super().state(), self._widget()
        if isinstance(widget, QAbstractButton) and widget.isCheckable():
            state.selectable = True
            state.selected = widget.isChecked()
        return state

    def actionNames(self) -> list[str]:
        press = [Press] if isinstance(self._widget(), QAbstractButton) else []
        return [*press, *super().actionNames()]

    def doAction(self, name: str) -> None:
        widget = self._widget()
        if name == Press and isinstance(widget, QAbstractButton):
            widget.click()
        else:
            super().doAction(name)


class _Named(_Other):
    """A plain widget with a name: a group of what is in it, or words that are painted."""

    def role(self) -> QAccessible.Role:
        return Role.Grouping if self.childCount() else Role.StaticText


class _Whole(_Other):
    """A painted widget with its parts as children."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, Role.List)
        self._made: dict[int, _Part] = {}

    def parts(self) -> Sequence[SpokenPart]:
        """The parts as they are now."""
        widget = self._widget()
        return widget.spoken_parts() if isinstance(widget, Parted) else ()

    def now(self) -> int:
        """Which part the keyboard is on."""
        widget = self._widget()
        return widget.spoken_now() if isinstance(widget, Parted) else -1

    def childCount(self) -> int:
        return len(self.parts())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if not 0 <= index < len(self.parts()):
            return None
        if index not in self._made:
            self._made[index] = _Part(self, index)
            QAccessible.registerAccessibleInterface(self._made[index])
        return self._made[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        point = self._widget().mapFromGlobal(QPoint(x, y))
        return next((self.child(index) for index, part in enumerate(self.parts()) if part.where.contains(point)), None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.index if isinstance(child, _Part) else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return self.child(self.now())

    def place(self) -> QPoint:
        """The widget's corner on the screen."""
        return self._widget().mapToGlobal(QPoint(0, 0))

    def has_keyboard(self) -> bool:
        """Whether the keyboard is in the widget."""
        return self._widget().hasFocus()


class _Part(QAccessibleInterface):
    """One part. It reads the widget anew each time, which may show something else by now."""

    def __init__(self, whole: _Whole, index: int) -> None:
        super().__init__()
        self._whole = whole
        self.index = index

    def _part(self) -> SpokenPart | None:
        parts = self._whole.parts() if isValid(self._whole) and self._whole.isValid() else ()
        return parts[self.index] if self.index < len(parts) else None

    def isValid(self) -> bool:
        return self._part() is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def role(self) -> QAccessible.Role:
        return Role.ListItem

    def text(self, kind: QAccessible.Text) -> str:
        part = self._part()
        return part.words if part and kind == QAccessible.Text.Name else ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """The parts are not written into."""

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        now = self._whole.now() == self.index
        state.focusable = state.selectable = True
        state.selected = now
        state.focused = now and self._whole.has_keyboard()
        return state

    def rect(self) -> QRect:
        part = self._part()
        return part.where.translated(self._whole.place()) if part else QRect()

    def parent(self) -> QAccessibleInterface:
        return self._whole

    def childCount(self) -> int:
        return 0

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1
