"""Tab goes the way the eye goes, also through what was added later (which Qt puts at the very end)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget


def tab_before(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab reach `widgets`, in their order, right before `anchor`. All of them must take the focus."""
    before = anchor.previousInFocusChain() or anchor
    while before is not anchor and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain() or anchor
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget


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
