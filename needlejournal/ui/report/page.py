"""The page from which a report is handed over: what goes in at the left, its pages at the right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.ui import theme
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Destination, Go, MakeReport
from needlejournal.ui.keeping import Keeping, Unsaved
from needlejournal.ui.language import home_paper, tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.report.extras_card import ExtrasCard
from needlejournal.ui.report.maker import Maker
from needlejournal.ui.report.pages_view import PagesView
from needlejournal.ui.report.wish_cards import PaperCard, PartsCard, QuestionsCard, SpanCard
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.widgets.where_to_save import ask_where_to_save
from needlejournal.workflows.progress import Progress
from needlejournal.workflows.reporting.wishes import ReportWish

PAUSE_MS = 250
_NARROW, _CHOICES = 860, 380


class ReportPage(Page):
    """The preview is made anew a moment after something was chosen or written, and only while the page is seen."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._go = go
        self._maker = Maker(open_journal, self)
        self._keeping = Keeping(open_journal, self, lambda: tr("Questions for my clinic"))
        self._span = SpanCard(open_journal)
        self._questions = QuestionsCard(open_journal, self._keeping)
        self._parts = PartsCard()
        self._paper = PaperCard(home_paper())
        self._view = PagesView()
        self._strip = ProgressStrip(tr("Making the report…"))
        self._header = PageHeader(tr("For the clinic"))
        self._save = self._header.add_action(Button(tr("Save as PDF…"), "filled", "export"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._lay_out()
        self._connect()
        self._choose()

    def arrive(self, destination: Destination) -> None:
        """Show the report of a reaction where one is asked for."""
        if isinstance(destination, MakeReport) and (destination.session_id or destination.symptom):
            number = self._open.calendar.number(destination.session_id) if destination.session_id else 0
            self._span.show_reaction(number, destination.symptom)
            self._choose()

    def leave(self) -> tuple[Unsaved, ...]:
        """Keep the questions."""
        return self._keeping.leave()

    def commands(self) -> tuple[Command, ...]:
        """The page's own keys."""
        return (Command("report_save", tr("Save as PDF…"), self._ask_where, "export", ("Ctrl+S",)),)

    def wish(self) -> ReportWish:
        """What is chosen now."""
        return self._paper.apply(self._span.apply(replace(ReportWish(), parts=self._parts.parts())))

    def save_to(self, path: Path) -> None:
        """Write the report there, in the background."""
        self._keeping.settle()
        self._work(under_way=True)
        self._maker.save(self.wish(), path, self._saved, self._failed, self._progress)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pause.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()
        self._maker.drop_preview()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        for place, stretch in enumerate((3, 2) if narrow else (2, 3)):  # above each other the choices need more room
            self._row.setStretch(place, stretch)
        self._scroll.setMaximumWidth(16_777_215 if narrow else theme.px(_CHOICES))
        self._scroll.setMinimumWidth(0 if narrow else min(theme.px(_CHOICES), self.width() // 2))

    def _lay_out(self) -> None:
        self._strip.hide()
        self._scroll = ScrollArea()
        column = self._scroll.column()
        for card in (self._span, self._questions, self._parts, self._paper, _privacy_card(), ExtrasCard(self._open)):
            column.addWidget(card)
        column.addStretch(1)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(theme.SPACE_M, 0, theme.PAGE_MARGIN, theme.SPACE_L)
        beside.addWidget(self._strip)
        beside.addWidget(self._view, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(0)
        self._row.addWidget(self._scroll)
        self._row.addWidget(right)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addLayout(self._row, 1)

    def _connect(self) -> None:
        for card in (self._span, self._parts, self._paper):
            card.changed.connect(self._choose)
        self._keeping.said.connect(self._header.set_state)
        self._save.clicked.connect(self._ask_where)
        self._strip.cancelled.connect(self._maker.stop)
        self._pause.timeout.connect(self._preview)
        self._open.changed.connect(self._refresh)
        self._open.locked.connect(self._view.forget)

    def _choose(self) -> None:
        self._parts.show_kind(self._span.kind())
        if self.isVisible():
            self._pause.start()

    def _refresh(self, changes: Changes) -> None:
        if changes.has("question"):
            self._questions.refresh()
        if changes.has("session", "course"):
            self._span.fill()
        if changes and self.isVisible():
            self._pause.start()

    def _preview(self) -> None:
        self._view.show_making()
        self._maker.preview(self.wish(), self._view.show_pages, self._no_pages)

    def _no_pages(self, error: Exception) -> None:
        self._view.show_problem(message_for(error).sentence)

    def _ask_where(self) -> None:
        name = tr("Visit pack") if self._span.kind() == "visit" else tr("Reaction report")
        proposed = f"{name} {self._open.today.isoformat()}.pdf"
        if path := ask_where_to_save(self, tr("Save as PDF"), proposed, "pdf", tr("PDF (*.pdf)")):
            self.save_to(path)

    def _work(self, *, under_way: bool) -> None:
        self._save.setEnabled(not under_way)
        self._strip.reset(tr("Making the report…"))
        self._strip.setVisible(under_way)

    def _progress(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self._strip.show_progress(progress.done, progress.total)

    def _saved(self, path: Path | None) -> None:
        self._work(under_way=False)
        if path is not None:
            self._open.say(tr("Saved as {name}. It is not encrypted.").format(name=path.name))

    def _failed(self, error: Exception) -> None:
        self._work(under_way=False)
        self._open.failed.emit(error)


def _privacy_card() -> Card:
    card = Card(tr("Before you hand it over"))
    words = tr(
        "The file holds what you ticked and is not encrypted: whoever has it can read it. Photos carry no place, "
        "camera or date beyond the one printed. Only the originals beside a reaction report are as your camera "
        "wrote them."
    )
    card.body.addWidget(Label(words, "small", "ink_soft"))
    return card
