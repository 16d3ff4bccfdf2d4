"""What a person does at a window and reads in it: found by names and words, done by mouse and keys as Qt gets them.

Nothing here knows a page. What cannot be seen, is greyed out or lies under a sheet cannot be used here either: then
the test fails, with what there is instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from needlejournal.ui.widgets.text import ElidedLabel

W = TypeVar("W", bound=QWidget)


def press(within: QWidget, name: str, which: int | None = None) -> None:
    """Click the button with this name; where several have it, the one at the place `which`."""
    click(find(within, name, QAbstractButton, which))


def write(within: QWidget, name: str, text: str, which: int | None = None) -> None:
    """Write into the field with this name, in the place of what is there, and end with Enter."""
    field = type_in(within, name, text, which)
    if isinstance(field, QLineEdit):
        QTest.keyClick(field, Qt.Key.Key_Return)


def type_in(within: QWidget, name: str, text: str, which: int | None = None) -> QWidget:
    """Write into the field with this name, in the place of what is there, and stay in it."""
    field = _field(within, name, which)
    _come_to_front(field)
    click(field)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    _type(field, text)
    return field


def type_on(within: QWidget, name: str, text: str) -> None:
    """Write on in the field with this name, after what is there."""
    field = _field(within, name, None)
    _come_to_front(field)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    _type(field, text)


def choose(within: QWidget, name: str, words: str, which: int | None = None) -> None:
    """Open the list with this name and take what carries these words."""
    box = find(within, name, QComboBox, which)
    offered = [box.itemText(place) for place in range(box.count())]
    assert words in offered, f"“{name}” offers {offered}, not “{words}”."
    _come_to_front(box)
    _bring_into_view(box)
    QTest.keyClick(box, Qt.Key.Key_F4)
    view = box.view()
    assert view.isVisible(), f"the list “{name}” does not open."
    row = box.model().index(offered.index(words), box.modelColumn())
    view.scrollTo(row)
    QTest.mouseMove(view.viewport(), view.visualRect(row).center())
    view.setCurrentIndex(row)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(row).center())


def choose_key(within: QWidget, name: str, key: str) -> None:
    """Open the list with this name and take what stands for this key of the catalogue."""
    box = find(within, name, QComboBox)
    place = box.findData(key)
    assert place >= 0, f"“{name}” has nothing for “{key}”."
    choose(within, name, box.itemText(place))


def offered(within: QWidget, name: str) -> list[str]:
    """What the list with this name offers."""
    box = find(within, name, QComboBox)
    return [box.itemText(place) for place in range(box.count())]


def chosen(within: QWidget, name: str) -> str:
    """What the list with this name shows."""
    return find(within, name, QComboBox).currentText()


def written(within: QWidget, name: str, which: int | None = None) -> str:
    """What stands in the field with this name."""
    field = _field(within, name, which)
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def pick(widget: QWidget, words: str) -> None:
    """Choose from the menu that is open over `widget`."""
    menus = [menu for menu in widget.window().findChildren(QMenu) if menu.isVisible()]
    assert menus, "no menu is open."
    entries = {entry.text().replace("&", ""): entry for entry in menus[-1].actions() if not entry.isSeparator()}
    assert words in entries, f"the menu offers {list(entries)}, not “{words}”."
    assert entries[words].isEnabled(), f"“{words}” is greyed out in the menu."
    QTest.mouseClick(menus[-1], Qt.MouseButton.LeftButton, pos=menus[-1].actionGeometry(entries[words]).center())


def open_menu(view: QAbstractItemView, where: QPoint) -> None:
    """Ask for the menu at a point of a list, as the right button does."""
    port = view.viewport()
    QApplication.sendEvent(port, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, port.mapToGlobal(where)))


def click_row(view: QAbstractItemView, row: QModelIndex, *, also: bool = False, twice: bool = False) -> None:
    """Click a row or tile of a list; `also` holds Ctrl, `twice` is a double click."""
    view.scrollTo(row)
    _bring_into_view(view, view.visualRect(row).center())
    keys = Qt.KeyboardModifier.ControlModifier if also else Qt.KeyboardModifier.NoModifier
    where = view.visualRect(row).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, where)
    if twice:
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, keys, where)


def reads(within: QWidget) -> str:
    """All the words that can be seen and not pressed or written in, a line each."""
    _settle()
    labels = [part for part in within.findChildren(QWidget) if isinstance(part, QLabel | ElidedLabel)]
    return "\n".join(label.text() for label in labels if label.isVisible() and label.text())


def sees(within: QWidget, name: str, kind: type[QWidget] = QWidget) -> bool:
    """Whether something with this name can be seen, and, where it is something to press or write in, used."""
    _settle()
    return any(widget.isEnabled() for widget in _named(within, name, kind))


def find(within: QWidget, name: str, kind: type[W], which: int | None = None) -> W:
    """The one widget of a kind with this name that can be seen and used now."""
    _settle()
    found = _named(within, name, kind)
    there = sorted({_name(widget) for widget in _seen(within, kind)} - {""})
    assert found, f"there is no “{name}” to be seen; there is {there}."
    usable = [widget for widget in found if widget.isEnabled()]
    assert usable, f"“{name}” is greyed out."
    assert which is not None or len(usable) == 1, f"“{name}” is there {len(usable)} times; say which."
    return usable[which or 0]


def click(widget: QWidget, where: QPoint | None = None) -> None:
    """Click a widget, in its middle unless a point is given, where nothing else lies over it."""
    point = where or _middle(widget)
    _bring_into_view(widget, point)
    blocking = QApplication.activeModalWidget()
    over = blocking is not None and blocking is not widget.window() and blocking.isVisible()
    assert not over, f"“{_name(widget)}” lies under the sheet “{blocking.windowTitle()}”."
    at = _top_at(widget, point)
    for _ in range(5):  # a header that wraps anew needs more than one turn of the event loop
        if at is not widget:
            _settle()
            at = _top_at(widget, point)
    assert at is widget, f"“{_name(widget)}” cannot be reached: {at} lies over it."
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=point)


def double_click(widget: QWidget) -> None:
    """Press twice where a widget is, as fast as a hand does: the second time on whatever lies there then."""
    _bring_into_view(widget)
    where = widget.mapToGlobal(_middle(widget))
    for when, kind in enumerate((QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick), 1):
        under = QApplication.topLevelAt(where)
        assert under is not None, "there is no window under the pointer."
        for type_ in (kind, QEvent.Type.MouseButtonRelease):
            down = Qt.MouseButton.NoButton if type_ == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
            local = QPointF(under.mapFromGlobal(where))
            keys = Qt.KeyboardModifier.NoModifier
            event = QMouseEvent(type_, local, local, QPointF(where), Qt.MouseButton.LeftButton, down, keys)
            event.setTimestamp(when * 100)
            QApplication.sendEvent(under.windowHandle(), event)
            _settle()


def _top_at(widget: QWidget, point: QPoint) -> QWidget | None:
    """What is on top at a point of the widget: the widget itself where a part of it is."""
    top = widget.window().childAt(widget.mapTo(widget.window(), point))
    return widget if top is not None and widget.isAncestorOf(top) else top


def _middle(widget: QWidget) -> QPoint:
    """The middle; of a long check box its front, where the box is."""
    return QPoint(min(widget.width() // 2, 40), widget.height() // 2)


def _field(within: QWidget, name: str, which: int | None) -> QLineEdit | QPlainTextEdit:
    _settle()
    found = [w for w in _named(within, name, QWidget) if isinstance(w, QLineEdit | QPlainTextEdit)]
    there = sorted({_name(w) for w in _seen(within, QWidget) if isinstance(w, QLineEdit | QPlainTextEdit)})
    assert found, f"there is no field “{name}” to be seen; there is {there}."
    assert which is not None or len(found) == 1, f"the field “{name}” is there {len(found)} times; say which."
    assert found[which or 0].isEnabled(), f"the field “{name}” is greyed out."
    return found[which or 0]


def _type(field: QWidget, text: str) -> None:
    """Press the keys of a text; QTest knows none but those of ASCII."""
    for letter in text:
        if letter.isascii():
            QTest.keyClick(field, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def _come_to_front(widget: QWidget) -> None:
    """Bring the widget's window to the front, where it gets the keyboard."""
    window = widget.window()
    if not window.isActiveWindow():
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window), f"the window “{window.windowTitle()}” does not come to the front."


def _settle() -> None:
    """Let the event loop show and hide what was asked for."""
    QApplication.processEvents()


def _seen(within: QWidget, kind: type[W]) -> Iterator[W]:
    """What of this kind can be seen, on the sheet in front where one is open."""
    sheets = [sheet for sheet in within.findChildren(QDialog) if sheet.isVisible()]
    ground: QWidget = sheets[-1] if sheets else within
    yield from (widget for widget in ground.findChildren(kind) if widget.isVisible())


def _named(within: QWidget, name: str, kind: type[W]) -> list[W]:
    return [widget for widget in _seen(within, kind) if name in {_name(widget), _text(widget)}]


def _text(widget: QWidget) -> str:
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or _text(widget)


def _bring_into_view(widget: QWidget, point: QPoint | None = None) -> None:
    """Scroll as a wheel would until the widget, or a point of it, can be seen."""
    _settle()
    inner, point = widget, point or _middle(widget)
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and above.widget() is not None and above.widget().isAncestorOf(inner):
            there = widget.mapTo(above.widget(), point)
            above.ensureVisible(there.x(), there.y())
            _settle()
        above = None if above.isWindow() else above.parentWidget()
