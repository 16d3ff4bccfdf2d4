"""Whether everything in a window fits: no widget squashed, cut off by its parent, or lying over its neighbour."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

# What Qt arranges within one of its own widgets is Qt's business.
_WHOLE = (QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit)
_SLACK = 1  # pixels, for rounding


def settle() -> None:
    """Let layouts come to rest: a change asks for another pass at each level above it."""
    for _ in range(8):
        QApplication.processEvents()
        QApplication.sendPostedEvents()


def faults(root: QWidget) -> list[str]:
    """Everything within `root` that does not fit, in words."""
    below = list(_shown(root))
    found = [fault for widget in below for fault in (*_squashed(widget), *_outside(widget))]
    return found + [fault for widget in (root, *below) for fault in _overlaps(widget)]


def _shown(widget: QWidget) -> Iterator[QWidget]:
    """The visible widgets below one, without what belongs to Qt's own."""
    for child in _children(widget):
        yield child
        if not isinstance(child, _WHOLE):
            yield from _shown(child)


def _children(widget: QWidget) -> list[QWidget]:
    children = [child for child in widget.children() if isinstance(child, QWidget)]
    return [child for child in children if child.isVisible() and not child.isWindow()]


def _squashed(widget: QWidget) -> Iterator[str]:
    need = _least(widget).boundedTo(widget.maximumSize())
    if widget.width() + _SLACK < need.width() or widget.height() + _SLACK < need.height():
        yield f"{_named(widget)} has {_size(widget.size())}, needs {_size(need)}"


def _least(widget: QWidget) -> QSize:
    """The smallest size in which a widget can show everything; of text that wraps, at the width it has."""
    layout = widget.layout()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return QSize(0, widget.heightForWidth(widget.width()) if widget.text() else 0)
    least = widget.minimumSizeHint()
    if layout is not None and layout.hasHeightForWidth() and not _scrolls(widget):
        least.setHeight(layout.minimumHeightForWidth(widget.width()))
    elif isinstance(widget, QAbstractButton) and widget.hasHeightForWidth():
        least.setHeight(widget.heightForWidth(widget.width()))
    return least


def _scrolls(widget: QWidget) -> bool:
    """Whether something within scrolls, and so needs less than its content."""
    scrolling = any(isinstance(w, QAbstractScrollArea) and not isinstance(w, _WHOLE) for w in _shown(widget))
    return scrolling or isinstance(widget, QStackedWidget)  # of which the pages behind count too


def _outside(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    area = parent.parentWidget() if parent else None
    if parent is None or (isinstance(area, QAbstractScrollArea) and area.viewport() is parent):
        return  # scrolled
    if not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(widget.geometry()):
        yield f"{_named(widget)} at {_place(widget.geometry())} is outside {_named(parent)} ({_size(parent.size())})"


def _overlaps(widget: QWidget) -> Iterator[str]:
    """Of the children that a layout arranges; what is laid over others on purpose is in none."""
    if widget.layout() is None:
        return
    arranged = set(_arranged(widget.layout()))
    for one, other in combinations([child for child in _children(widget) if child in arranged], 2):
        shared = one.geometry().intersected(other.geometry())
        if shared.width() > _SLACK and shared.height() > _SLACK:
            yield f"{_named(one)} lies over {_named(other)} by {_size(shared.size())}"


def _arranged(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _arranged(inner)


def _named(widget: QWidget) -> str:
    words = widget.accessibleName() or getattr(widget, "text", str)()
    where = widget.mapTo(widget.window(), QPoint())
    return f"{type(widget).__name__} “{str(words)[:40]}” ({where.x()}, {where.y()})"


def _size(size: QSize) -> str:
    return f"{size.width()}×{size.height()}"


def _place(rect: QRect) -> str:
    return f"{rect.x()}, {rect.y()}, {_size(rect.size())}"
