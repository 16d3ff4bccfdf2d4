"""Tab goes the way the eye goes, also through what was added later (which Qt puts at the very end)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLayout, QWidget


def tab_before(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab reach `widgets`, in their order, right before `anchor`. All of them must take the focus."""
    before = anchor.previousInFocusChain() or anchor
    while before is not anchor and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain() or anchor
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget


def tab_through(*parts: QWidget) -> None:
    """Let Tab go through these parts one after the other, and in each as it is laid out."""
    stops = [stop for part in parts for stop in _stops(part)]
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    inside = _laid_out(layout) if layout else (one for one in widget.children() if isinstance(one, QWidget))
    for one in inside:
        if not one.isWindow():  # as the list of a drop-down is
            yield from _stops(one)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for item in filter(None, map(layout.itemAt, range(layout.count()))):
        if widget := item.widget():
            yield widget
        elif inner := item.layout():
            yield from _laid_out(inner)


def keep_one_stop(group: QButtonGroup) -> None:
    """Let Tab reach the chosen one of exclusive buttons, and the arrow keys the others, also when the program chooses:
    Qt itself looks at it only when one of them gets the focus."""
    group.buttonToggled.connect(_stop_at)


def _stop_at(button: QAbstractButton, checked: bool) -> None:
    if not checked:
        return
    for one in button.group().buttons():
        policy = one.focusPolicy()
        tabbed = Qt.FocusPolicy.TabFocus
        one.setFocusPolicy(policy | tabbed if one is button else policy & ~tabbed)
