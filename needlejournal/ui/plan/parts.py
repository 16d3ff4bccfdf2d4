"""Small parts of the plan's pages: sources one click away, and words closely one above the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Statement
from needlejournal.ui import theme
from needlejournal.ui.models.wording import with_sources
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.text import Label


def stack_of(*widgets: QWidget, gap: int = 2) -> QWidget:
    """Widgets one above the other as one."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    for widget in widgets:
        column.addWidget(widget)
    return holder


class Sources(QWidget):
    """A link that shows and hides the statements behind a proposal, each with its source."""

    def __init__(self, words: str, statements: Sequence[Statement] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._link = Button(words, "link", "info")
        self._statements = Label("", "small", "ink_soft")
        self._statements.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._statements)
        self._link.clicked.connect(self._toggle)
        self.set_statements(statements)

    def set_statements(self, statements: Sequence[Statement]) -> None:
        """Tell of other statements; none hides the link."""
        self._statements.setText("\n".join(with_sources(one) for one in statements))
        self.setVisible(bool(statements))

    def text(self) -> str:
        """What is told when the link is pressed."""
        return self._statements.text()

    def _toggle(self) -> None:
        self._statements.setVisible(self._statements.isHidden())


def keep_one(removers: Sequence[IconButton]) -> None:
    """The last line of a list stays: a list without any would be the proposed one again."""
    for button in removers:
        button.setEnabled(len(removers) > 1)


def emptied(layout: QVBoxLayout) -> QVBoxLayout:
    """A column without what stood in it."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget:
            widget.hide()
            widget.deleteLater()
    return layout
