"""What comes next, in a soft line under today's: when the next session would suit, and photos that are due."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.ui import theme
from needlejournal.ui.destinations import Go, ShowPage
from needlejournal.ui.language import tr
from needlejournal.ui.models.plan_words import banner_words
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.planning import plan_of


class NextBanner(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._words = Label("", "small", "ink_soft")
        plan = Button(tr("Open plan"), "link")
        plan.clicked.connect(lambda: go(ShowPage("plan")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_M)
        row.addWidget(self._words, 1)
        row.addWidget(plan)
        open_journal.changed.connect(self._refresh)
        open_journal.day_changed.connect(self.show_plan)
        self.show_plan()

    def show_plan(self) -> None:
        """Say what comes next as of now."""
        plan = plan_of(self._open.journal, self._open.today, self._open.catalogue)
        headline, small = banner_words(plan, self._open.catalogue)
        words = tr("{headline}. {small_print}.") if small else tr("{headline}.") if headline else ""
        self._words.setText(words.format(headline=headline, small_print=small))
        self.setAccessibleName(self._words.text())
        self.setVisible(True)

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible and bool(self._words.text()))

    def _refresh(self, changes: Changes) -> None:
        if changes.has("course", "session", "photo"):
            self.show_plan()
