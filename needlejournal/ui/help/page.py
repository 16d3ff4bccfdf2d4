"""The help page: every topic as a card that unfolds, a search over all of them, the first steps and the keys."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Go
from needlejournal.ui.help.topic_card import TopicCard
from needlejournal.ui.help.topics import topics
from needlejournal.ui.help.tour import FirstSteps
from needlejournal.ui.language import tr
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.text_fields import SearchField
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label


class HelpPage(Page):
    """Short texts about what the app does. All folded at first; a search unfolds what it finds."""

    def __init__(self, _open_journal: OpenJournal, _go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._search = SearchField(tr("Search the help"))
        self._search.textChanged.connect(self._find)
        header = PageHeader(tr("Help"))
        header.add_action(self._search)
        steps = header.add_action(Button(tr("First steps"), "plain", "home"))
        steps.clicked.connect(self._show_first_steps)
        scroll = ScrollArea()
        self._cards = [TopicCard(topic) for topic in topics()]
        for card in self._cards:
            scroll.column().addWidget(card)
        self._nothing = Label(tr("No topic has these words. Try a shorter or another one."), "text", "ink_soft")
        self._nothing.hide()
        scroll.column().addWidget(self._nothing)
        scroll.column().addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(header)
        page.addWidget(scroll, 1)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here, with its keys."""
        return (Command("help_search", tr("Search the help"), self._search.setFocus, "search", ("Ctrl+F",)),)

    def _find(self, words: str) -> None:
        for card in self._cards:
            found = card.topic.mentions(words)
            card.setVisible(found)
            card.unfold(found and bool(words.strip()))
        self._nothing.setVisible(not any(card.topic.mentions(words) for card in self._cards))

    def _show_first_steps(self) -> None:
        FirstSteps(self._preferences, self).open()
