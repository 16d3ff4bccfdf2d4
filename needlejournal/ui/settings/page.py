"""The settings page: one card for each matter."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Go
from needlejournal.ui.language import tr
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.settings.about_card import AboutCard
from needlejournal.ui.settings.archive_card import ArchiveCard
from needlejournal.ui.settings.arriving_card import ArrivingCard
from needlejournal.ui.settings.backup_card import BackupCard
from needlejournal.ui.settings.calm_card import CalmCard
from needlejournal.ui.settings.day_card import DayCard
from needlejournal.ui.settings.journal_card import JournalCard
from needlejournal.ui.settings.keyboard_card import KeyboardCard
from needlejournal.ui.settings.look_card import LookCard
from needlejournal.ui.settings.privacy_card import PrivacyCard
from needlejournal.ui.settings.reminders_card import RemindersCard
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea


class SettingsPage(Page):
    """Everything that is set once."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        scroll = ScrollArea()
        column = scroll.column()
        reminders = RemindersCard(preferences, open_journal.failed.emit)
        calm = CalmCard(preferences, open_journal.today)
        for card in (
            LookCard(preferences),
            KeyboardCard(preferences),
            DayCard(preferences, open_journal.begin_days_at),
            reminders,
            calm,
            PrivacyCard(open_journal, preferences),
            ArrivingCard(open_journal),
            BackupCard(open_journal),
            ArchiveCard(open_journal),
            JournalCard(open_journal),
            AboutCard(),
        ):
            column.addWidget(card)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(PageHeader(tr("Settings")))
        page.addWidget(scroll, 1)

    def commands(self) -> tuple[Command, ...]:
        """No keys of its own."""
        return ()
