"""The progress page: a card for each concern, the ratings of today, costs, and when to expect what."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from needlejournal.journal.changes import Changes
from needlejournal.journal.planning.progress import healing_spans, progress
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Go
from needlejournal.ui.language import tr
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.progress.chart import chart_of
from needlejournal.ui.progress.concern_card import ConcernCard, result_photos
from needlejournal.ui.progress.facts_cards import CostsCard, ExpectedCard
from needlejournal.ui.progress.rate_card import RateCard
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label


class ProgressPage(Page):
    """Reads everything again when ratings, sessions, photos or plans change; hidden, only when it is shown next."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._go = go
        self._stale = False
        self._header = PageHeader(tr("Progress"))
        rate = self._header.add_action(Button(tr("Rate today"), "filled", "star"))
        rate.clicked.connect(self._begin_rating)
        rate.setEnabled(not open_journal.journal.read_only)
        self._scroll = ScrollArea()
        self._columns = Columns(4, 3)
        self._scroll.column().addWidget(self._columns)
        self._rate = RateCard(open_journal, go)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(self._scroll, 1)
        open_journal.changed.connect(self._refresh)
        self._fill()

    def commands(self) -> tuple[Command, ...]:
        """The page's own keys."""
        return (Command("progress_rate", tr("Rate today"), self._begin_rating, "star", ("Ctrl+R",)),)

    def showEvent(self, event: object) -> None:
        if self._stale:
            self._fill()
        super().showEvent(event)  # type: ignore[arg-type]

    def _refresh(self, changes: Changes) -> None:
        if changes.has("rating", "session", "photo", "course"):
            self._stale = True
            if self.isVisible():
                self._fill()

    def _fill(self) -> None:
        self._stale = False
        sessions = self._open.journal.sessions.all()
        self._rate.refresh_unless_used()
        facts = (ExpectedCard(self._open, sessions), CostsCard(self._open, sessions))
        self._columns.show_cards(self._concern_cards(), (self._rate, *facts))

    def _concern_cards(self) -> list[Card]:
        opened = self._open
        found = progress(opened.journal.ratings.all(), opened.calendar)
        if not found:
            return [_nothing_rated()]
        healing = healing_spans(opened.calendar, opened.catalogue)
        ends = opened.catalogue.scales.rating_ends
        photos = result_photos(opened)
        return [
            ConcernCard(
                opened,
                self._go,
                one,
                chart_of(one, opened.catalogue.concern(one.concern).name, opened.calendar, healing, ends),
                photos,
            )
            for one in found
        ]

    def _begin_rating(self) -> None:
        self._scroll.ensureWidgetVisible(self._rate)
        self._rate.begin()


def _nothing_rated() -> Card:
    card = Card(tr("Nothing rated yet"))
    words = tr(
        "Rate what you have treated before the first session, and then on the dates your plan suggests. "
        "Months later the ratings stand here beside the photos."
    )
    card.body.addWidget(Label(words, "text", "ink_soft"))
    return card
