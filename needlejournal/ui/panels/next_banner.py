"""What comes next, in one calm line above the timeline: when the next session fits, and photos that are due."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.ui import theme
from needlejournal.ui.destinations import Go, ShowPage
from needlejournal.ui.language import tr
from needlejournal.ui.models.plan_words import banner_words
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.planning import plan_of


class NextBanner(Card):
    """Hidden while there is nothing to say."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__("", parent, tone="accent")
        self._open = open_journal
        self.setBackgroundRole(QPalette.ColorRole.Window)  # the list it lies on has another
        self._headline = Label("", "subtitle")
        self._small = Label("", "small", "ink_soft")
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE_XS)
        words.addWidget(self._headline)
        words.addWidget(self._small)
        plan = Button(tr("Open plan"))
        plan.clicked.connect(lambda: go(ShowPage("plan")))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_L)
        row.addLayout(words, 1)
        row.addWidget(plan)
        self.body.addLayout(row)
        self.set_padding(theme.SPACE_L)
        open_journal.changed.connect(self._refresh)
        open_journal.day_changed.connect(self.show_plan)
        self.show_plan()

    def show_plan(self) -> None:
        """Say what comes next as of now."""
        plan = plan_of(self._open.journal, self._open.today, self._open.catalogue)
        headline, small = banner_words(plan, self._open.catalogue)
        self._headline.setText(f"{headline}." if headline else "")
        self._small.setText(f"{small}." if small else "")
        self._small.setVisible(bool(small))
        self.setAccessibleName(" ".join((self._headline.text(), self._small.text())).strip())
        self.setVisible(True)

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible and bool(self._headline.text()))

    def _refresh(self, changes: Changes) -> None:
        if changes.has("course", "session", "photo"):
            self.show_plan()
