"""Tooltips, always as plain text: Qt takes what looks like HTML for it, and opens the files a name asks for in it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip, QWidget


class Tipped(Protocol):
    """What can have a tooltip: a widget, an action, an icon."""

    def setToolTip(self, text: str, /) -> None: ...


def set_tip(target: Tipped, text: str) -> None:
    """Say this, letter for letter, where the mouse rests on `target`."""
    target.setToolTip(plain(text))


def show_tip(at: QPoint, text: str, widget: QWidget) -> None:
    """Show this now, letter for letter, at a place of the screen; "" hides what is shown."""
    QToolTip.showText(at, plain(text), widget)


def plain(text: str) -> str:
    """The text as Qt shows it letter for letter."""
    if "<" not in text:
        return text
    import html  # not needed for the first paint

    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>"
