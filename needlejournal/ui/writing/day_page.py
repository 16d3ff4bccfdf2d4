"""The day note: side effects of one day with their severity in words, and what the patient wants to remember."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from needlejournal.journal.changes import Changes
from needlejournal.journal.days import DayNote
from needlejournal.journal.moments import farthest_day
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Destination, EditDay, Go, ImportPhotos, ShowDay, ShowPage
from needlejournal.ui.keeping import Keeping, Unsaved
from needlejournal.ui.language import tr, weekday_and_day
from needlejournal.ui.models.wording import day_after
from needlejournal.ui.page import Page
from needlejournal.ui.panels.day_entries import DayEntries
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.typing_steps import BY_JOURNAL
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.choices import TokenField
from needlejournal.ui.widgets.fields.date_fields import DateField
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label

if TYPE_CHECKING:
    from needlejournal.workflows.photos_in.import_plan import ImportSource


class DayPage(Page):
    """Edits one day. Severities are stored at once, text within a moment."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._go = go
        self._day = open_journal.today
        self._keeping = Keeping(open_journal, self, lambda: weekday_and_day(self._day))
        self._entries = DayEntries(open_journal, self._keeping)
        self._keeping.add(self._keep_note, self._show)
        self._make_fields()
        self._lay_out()
        self._show()  # before anything is kept: fields that show nothing yet would be kept as emptied
        open_journal.changed.connect(self._refresh)

    def edit(self, day: date) -> None:
        """Show a day."""
        if self._keeping.settle():
            self._entries.show_day(day)
            self._day = day
            self._show()
        else:
            self._date.set_day(self._day)

    def leave(self) -> tuple[Unsaved, ...]:
        """Save what is being typed, now. Gives what could not be stored."""
        return self._keeping.leave()

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, EditDay):
            self.edit(destination.day or self._open.today)

    def photos_for(self, sources: tuple[ImportSource, ...]) -> ImportPhotos | None:
        return ImportPhotos(sources, day=self._day)

    def commands(self) -> tuple[Command, ...]:
        """The page's own keys."""
        return (
            Command("day_done", tr("Done"), self._done, "check", ("Ctrl+Return",)),
            Command("day_leave", tr("Back to the timeline"), self._back, "chevron_left", ("Escape",)),
            Command("day_before", tr("The day before"), lambda: self._move(-1), "chevron_left", ("Alt+Left",)),
            Command("day_after", tr("The day after"), lambda: self._move(1), "chevron_right", ("Alt+Right",)),
        )

    def _make_fields(self) -> None:
        writable = not self._open.journal.read_only
        self._date = DateField(tr("Day"), self._day, self._day, needed=True)
        self._date.changed.connect(lambda: self.edit(self._date.day() or self._day))
        self._text = TextArea(tr("Note"), tr("How was the skin today? What did you use?"), lines=6)
        self._text.edited.connect(self._keeping.begin)
        self._tags = TokenField(tr("Tags"))
        self._tags.changed.connect(self._keeping.begin)
        self._text.setReadOnly(not writable)
        self._tags.setEnabled(writable)
        self._text.setProperty(BY_JOURNAL, True)

    def _lay_out(self) -> None:
        self._header = PageHeader("", tr("Timeline"))
        self._keeping.said.connect(self._header.set_state)
        self._header.back.connect(self._back)
        before = IconButton("chevron_left", tr("The day before"))
        after = IconButton("chevron_right", tr("The day after"))
        before.clicked.connect(lambda: self._move(-1))
        after.clicked.connect(lambda: self._move(1))
        for widget in (before, self._date, after):
            self._header.add_action(widget)
        self._header.add_action(Button(tr("Done"), "filled")).clicked.connect(self._done)
        columns = Columns(3, 2)
        columns.show_cards((self._symptom_card(),), (self._note_card(),))
        scroll = ScrollArea()
        scroll.column().addWidget(columns)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(scroll, 1)

    def _symptom_card(self) -> Card:
        card = Card(tr("Side effects"))
        hint = tr("How strong was it that day? What you leave open stays unknown.")
        card.body.addWidget(Label(hint, "small", "ink_soft"))
        card.body.addWidget(self._entries)
        return card

    def _note_card(self) -> Card:
        card = Card(tr("Note"))
        card.body.addWidget(self._text)
        card.body.addWidget(self._tags)
        photos = Button(tr("Add photos of this day"), "plain", "photos")
        photos.setEnabled(not self._open.journal.read_only)
        photos.clicked.connect(lambda: self._go(ImportPhotos(day=self._day)))
        card.body.addWidget(photos, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _show(self) -> None:
        note = self._stored()
        if self._text.text() != note.text:
            self._text.set_text(note.text)
        self._tags.set_tokens(note.tags)
        self._date.set_day(self._day)
        number = day_after(self._open.calendar.day_number(self._day))
        self._header.set_title(" · ".join(part for part in (number, weekday_and_day(self._day)) if part))
        self._header.set_state("")

    def _keep_note(self) -> None:
        stored = self._stored()
        written = replace(stored, text=self._text.text(), tags=self._tags.tokens())
        if written != stored:
            key = self._keeping.steps.key(f"day:{self._day}", asdict(stored), asdict(written))
            self._keeping.write(tr("Edit day note"), lambda j: j.day_notes.save(written), merge=key)

    def _stored(self) -> DayNote:
        return self._open.journal.day_notes.of_day(self._day) or DayNote(self._day)

    def _refresh(self, changes: Changes) -> None:
        if changes.has("day_note", "session") and not self._keeping.typing:
            self._show()

    def _move(self, days: int) -> None:
        self.edit(min(self._day + timedelta(days=days), farthest_day(self._open.today)))

    def _back(self) -> None:
        self._go(ShowPage("timeline"))

    def _done(self) -> None:
        if self._keeping.settle():
            self._go(ShowDay(self._day))
