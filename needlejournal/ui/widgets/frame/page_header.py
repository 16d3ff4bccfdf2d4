"""The one line above every page: where one is, the page's title, and its actions at the right."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import spoken
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.text import ElidedLabel, Label

_Widget = TypeVar("_Widget", bound=QWidget)
GAP, _MARGIN = 10, 12


class _QuietWord(Label):
    """The quiet word. It is said aloud when more than its figures changes: not at each "Saved" of a later minute."""

    spoken_role = QAccessible.Role.Notification

    def __init__(self) -> None:
        super().__init__("", "small", "ink_soft")
        self._said = ""

    def show_words(self, text: str, role: str) -> None:
        """Show words in a role's colour; none hides them."""
        self.set_role(role)
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        without_figures = "".join(sign for sign in text if not sign.isdigit())
        if text and without_figures != self._said:
            spoken.announce(self, text)
        self._said = without_figures


class PageHeader(QWidget):
    """Title, an optional way back ("Timeline ›") that emits `back`, a quiet word of state, and actions.

    Where the window is narrow or the text large, the actions go below the title.
    """

    back = Signal()

    def __init__(self, title: str, breadcrumb: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._crumb = Button("", "crumb")
        self._crumb.clicked.connect(self.back)
        self._title = ElidedLabel(title, "page")
        self._state = _QuietWord()
        self._state.one_line()
        self._state.hide()
        self._actions = QWidget()
        self._flow = FlowLayout(self._actions, gap=GAP)
        self._below = False
        self._row, self._second = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PAGE_MARGIN, _MARGIN, theme.PAGE_MARGIN, _MARGIN)
        column.setSpacing(GAP)
        for row in (self._row, self._second):
            row.setSpacing(GAP)
            column.addLayout(row)
        self._row.addWidget(self._crumb)
        self._row.addWidget(self._title, 1)
        self._row.addWidget(self._state)
        self._row.addWidget(self._actions)
        self.set_breadcrumb(breadcrumb)
        self._space()
        theme.on_change(self._space)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.set_text(title)
        self._arrange()

    def set_breadcrumb(self, breadcrumb: str) -> None:
        """Name the page one goes back to; none hides the way."""
        self._crumb.set_text(f"{breadcrumb} ›")
        self._crumb.setAccessibleName(tr("Back to {page}").format(page=breadcrumb))
        self._crumb.setVisible(bool(breadcrumb))

    def set_state(self, text: str, warning: bool = False) -> None:  # noqa: FBT002 (a slot)
        """A quiet word before the actions, such as "Saved · 14:52", or a warning that stands out."""
        self._state.show_words(text, "warning" if warning else "ink_soft")
        self._arrange()

    def add_action(self, widget: _Widget) -> _Widget:
        """Set a button or field at the right; the filled button comes last."""
        self._flow.addWidget(widget)
        return widget

    def spare(self, beside: int) -> None:
        """Give up actions that are found elsewhere too, where there is no room for all `beside` the title."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def spare_title(self, spared: bool) -> None:
        """Leave the title out, where the rail says where one is and the actions need its row."""
        self._title.setHidden(spared)

    def _arrange(self) -> None:
        beside = [self._title, *(part for part in (self._crumb, self._state) if not part.isHidden())]
        self.spare(sum(part.sizeHint().width() + GAP for part in beside))
        shown = [part for part in (*beside, self._actions) if not part.isHidden()]
        wanted = sum(part.sizeHint().width() + GAP for part in shown) + 2 * theme.PAGE_MARGIN
        below = wanted > self.width() and self._title in shown
        if below != self._below:
            self._below = below
            (self._row if below else self._second).removeWidget(self._actions)
            (self._second if below else self._row).addWidget(self._actions)

    def _space(self) -> None:
        self.setMinimumHeight(theme.px(theme.CONTROL_HEIGHT) + 2 * _MARGIN)
