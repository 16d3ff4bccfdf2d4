"""Tab goes the way the eye goes, also through what was added later (which Qt puts at the very end)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_before(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab reach `widgets`, in their order, right before `anchor`. All of them must take the focus."""
    before = anchor.previousInFocusChain() or anchor
    while before is not anchor and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain() or anchor
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget
