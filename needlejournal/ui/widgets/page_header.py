"""The one line above every page: where one is, the page's title, and its actions at the right."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import ElidedLabel, Label

_Widget = TypeVar("_Widget", bound=QWidget)


class PageHeader(QWidget):
    """Title, an optional way back ("Timeline ›") that emits `back`, a quiet word of state, and actions.

    The title gives way first where the window is narrow or the text large.
    """

    back = Signal()

    def __init__(self, title: str, breadcrumb: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(10)
        self._crumb = Button(f"{breadcrumb} ›", "crumb")
        self._crumb.setAccessibleName(tr("Back to {page}").format(page=breadcrumb))
        self._crumb.clicked.connect(self.back)
        self._crumb.setVisible(bool(breadcrumb))
        self._title = ElidedLabel(title, "page")
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._state = Label("", "small", "ink_soft").one_line()
        self._state.hide()
        self._row.addWidget(self._crumb)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self._state)
        self._space()
        theme.on_change(self._space)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.set_text(title)

    def set_breadcrumb(self, breadcrumb: str) -> None:
        """Name the page one goes back to; none hides the way."""
        self._crumb.set_text(f"{breadcrumb} ›")
        self._crumb.setAccessibleName(tr("Back to {page}").format(page=breadcrumb))
        self._crumb.setVisible(bool(breadcrumb))

    def set_state(self, text: str) -> None:
        """A quiet word before the actions, such as "Saved · 14:52"."""
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def add_action(self, widget: _Widget) -> _Widget:
        """Set a button or field at the right; the filled button comes last."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        return widget

    def _space(self) -> None:
        self._row.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, 0)
        self.setMinimumHeight(theme.px(theme.HEADER_HEIGHT))
