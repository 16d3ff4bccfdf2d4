"""The day note: side effects of one day with their severity in words, and what the patient wants to remember."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.numbering import DayNumber
from needlejournal.ui import theme
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Go, ImportPhotos, ShowDay, ShowPage
from needlejournal.ui.language import clock_time, long_date, tr
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.card import Card
from needlejournal.ui.widgets.check_box import CheckBox
from needlejournal.ui.widgets.choices import SuggestField, TokenField
from needlejournal.ui.widgets.date_fields import DateField
from needlejournal.ui.widgets.fields import TextArea
from needlejournal.ui.widgets.page_header import PageHeader
from needlejournal.ui.widgets.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.writing.symptom_row import SymptomRow

SAVE_AFTER_MS = 400
LOOK_BACK = timedelta(days=7)


class DayPage(QWidget):
    """Edits one day. Severities are stored at once, text within a moment."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._go = go
        self._day = open_journal.today
        self._rows: dict[tuple[str, str], SymptomRow] = {}
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_AFTER_MS)
        self._saving.timeout.connect(self.leave)
        self._make_fields()
        self._lay_out()
        open_journal.changed.connect(self._refresh)

    def edit(self, day: date) -> None:
        """Show a day."""
        self.leave()
        self._day = day
        self._show()

    def leave(self) -> None:
        """Save the text being typed, now."""
        self._saving.stop()
        stored = self._stored_note()
        written = replace(
            stored,
            text=self._text.text(),
            tags=self._tags.tokens(),
            nothing_to_note=self._nothing.isChecked(),
        )
        if written != stored:
            self._write(tr("Edit day note"), lambda j: j.day_notes.save(written), f"day:{self._day}")
        for row in self._rows.values():
            self._save_entry(row, merge=True)

    def commands(self) -> tuple[Command, ...]:
        """The page's own keys."""
        return (
            Command("day_done", tr("Done"), self._done, "check", ("Ctrl+Return",)),
            Command("day_before", tr("The day before"), lambda: self._move(-1), "chevron_left", ("Alt+Left",)),
            Command("day_after", tr("The day after"), lambda: self._move(1), "chevron_right", ("Alt+Right",)),
        )

    def _make_fields(self) -> None:
        today = self._open.today
        self._date = DateField(tr("Day"), today, today)
        self._date.changed.connect(lambda: self.edit(self._date.day() or self._day))
        self._add = SuggestField(tr("Add a symptom"), placeholder=tr("Add a symptom, or one of your own"))
        self._add.chosen.connect(self._add_symptom, Qt.ConnectionType.QueuedConnection)
        self._add.returnPressed.connect(self._add_symptom, Qt.ConnectionType.QueuedConnection)
        self._nothing = CheckBox(tr("I looked, and there is nothing to note"))
        self._nothing.toggled.connect(self._saving.start)
        self._text = TextArea(tr("Note"), tr("How was the skin today? What did you use?"), lines=6)
        self._text.edited.connect(self._saving.start)
        self._tags = TokenField(tr("Tags"))
        self._tags.changed.connect(self._saving.start)

    def _lay_out(self) -> None:
        self._header = PageHeader("", tr("Timeline"))
        self._header.back.connect(lambda: self._go(ShowPage("timeline")))
        before, after = (
            IconButton("chevron_left", tr("The day before")),
            IconButton("chevron_right", tr("The day after")),
        )
        before.clicked.connect(lambda: self._move(-1))
        after.clicked.connect(lambda: self._move(1))
        for widget in (before, self._date, after):
            self._header.add_action(widget)
        self._header.add_action(Button(tr("Done"), "filled")).clicked.connect(self._done)
        columns = QHBoxLayout()
        columns.setSpacing(theme.CARD_GAP)
        columns.addLayout(_column(self._symptom_card()), 3)
        columns.addLayout(_column(self._note_card()), 2)
        scroll = ScrollArea()
        scroll.column().addLayout(columns)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(scroll, 1)

    def _symptom_card(self) -> Card:
        card = Card(tr("Side effects"))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_L)
        card.body.addWidget(
            Label(tr("How strong was it today? What you leave open stays unknown."), "small", "ink_soft")
        )
        card.body.addLayout(self._list)
        card.body.addWidget(self._add)
        card.body.addWidget(self._nothing)
        return card

    def _note_card(self) -> Card:
        card = Card(tr("Note"))
        card.body.addWidget(self._text)
        card.body.addWidget(self._tags)
        photos = Button(tr("Add photos of this day"), "plain", "photos")
        photos.clicked.connect(lambda: self._go(ImportPhotos(day=self._day)))
        card.body.addWidget(photos, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _show(self) -> None:
        note = self._stored_note()
        if self._text.text() != note.text:
            self._text.set_text(note.text)
        self._tags.set_tokens(note.tags)
        self._nothing.blockSignals(True)
        self._nothing.setChecked(note.nothing_to_note)
        self._nothing.blockSignals(False)
        self._date.set_day(self._day)
        self._header.set_title(day_title(self._day, self._open.calendar.day_number(self._day)))
        self._header.set_state("")
        self._show_rows()

    def _show_rows(self) -> None:
        """A row for each entry, and an open one for what is usual now or was written in the last days."""
        entries = {(e.symptom, e.zone): e for e in self._open.journal.side_effects.of_day(self._day)}
        wanted = list(dict.fromkeys([*entries, *((symptom, "") for symptom in self._expected())]))
        if list(self._rows) != wanted:
            self._build_rows(wanted)
        for key, row in self._rows.items():
            entry = entries.get(key)
            row.show_entry(entry.severity if entry else None, entry.note if entry else "")
        self._offer_symptoms()

    def _build_rows(self, wanted: list[tuple[str, str]]) -> None:
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {}
        for symptom, zone in wanted:
            row = SymptomRow(self._open.catalogue, symptom, zone)
            row.setEnabled(not self._open.journal.read_only)
            row.chosen.connect(lambda row=row: self._save_entry(row))
            row.noted.connect(self._saving.start)
            self._rows[symptom, zone] = row
            self._list.addWidget(row)

    def _expected(self) -> list[str]:
        """Symptoms that are usual on this day of healing, and those written in the week before."""
        number = self._open.calendar.day_number(self._day)
        usual: list[str] = []
        if number and number.days >= 0:
            mark = self._open.calendar.marks[number.number - 1]
            course = self._open.catalogue.treatment(mark.treatment).course
            usual = [c.symptom for c in course if c.expected and (c.from_day or 0) <= number.days <= (c.latest or 0)]
        week = self._open.journal.side_effects.between(self._day - LOOK_BACK, self._day)
        return list(dict.fromkeys([*usual, *(entry.symptom for entry in week if not entry.zone)])) or ["redness"]

    def _offer_symptoms(self) -> None:
        shown = {symptom for symptom, _ in self._rows}
        catalogue = self._open.catalogue
        own = self._open.journal.side_effects.own_symptoms(frozenset(s.key for s in catalogue.symptoms))
        self._add.set_suggestions([s.label for s in catalogue.symptoms if s.key not in shown] + own)

    def _add_symptom(self) -> None:
        words = self._add.text().strip()
        self._add.clear()
        if not words:
            return
        known = {s.label.casefold(): s.key for s in self._open.catalogue.symptoms}
        known |= {s.name.casefold(): s.key for s in self._open.catalogue.symptoms}
        symptom = known.get(words.casefold(), words)
        if (symptom, "") not in self._rows:
            entries = {key: (row.severity(), row.note()) for key, row in self._rows.items()}
            self._build_rows([*self._rows, (symptom, "")])
            for key, (severity, note) in entries.items():
                self._rows[key].show_entry(severity, note)
            self._rows[symptom, ""].show_entry(None)
            self._offer_symptoms()
        self._rows[symptom, ""].setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_entry(self, row: SymptomRow, *, merge: bool = False) -> None:
        """Store a row as it stands; one set back to unknown goes."""
        entries = self._open.journal.side_effects.of_day(self._day)
        there = next((e for e in entries if (e.symptom, e.zone) == (row.symptom, row.zone)), None)
        severity = row.severity()
        if severity is None:
            if there:
                self._write(tr("Clear side effect"), lambda j: j.side_effects.trash(there.id), None)
            return
        entry = replace(
            there or SideEffect(self._day, row.symptom, severity, row.zone), severity=severity, note=row.note()
        )
        if entry != there:
            key = f"effect:{self._day}:{row.symptom}:{row.zone}" if merge else None
            self._write(tr("Note side effect"), lambda j: j.side_effects.save(entry), key)

    def _write(self, label: str, write: object, merge: str | None) -> None:
        self._open.write(label, write, merge=merge)  # type: ignore[arg-type]
        self._header.set_state(tr("Saved · {time}").format(time=clock_time(self._open.clock().time())))

    def _stored_note(self) -> DayNote:
        return self._open.journal.day_notes.of_day(self._day) or DayNote(self._day)

    def _refresh(self, changes: Changes) -> None:
        if changes.has("day_note", "side_effect", "session") and not self._saving.isActive():
            self._show()

    def _move(self, days: int) -> None:
        self.edit(self._day + timedelta(days=days))

    def _done(self) -> None:
        self.leave()
        self._go(ShowDay(self._day))


def day_title(day: date, number: DayNumber | None) -> str:
    """ "Day 3 after session 2 · Saturday 15 March 2025", or the date alone where there is no session."""
    if number is None:
        return long_date(day)
    if number.days < 0:
        before = tr("%n day(s) before session 1", -number.days)
        return f"{before} · {long_date(day)}"
    after = tr("Day {day} after session {number}").format(day=number.days, number=number.number)
    return f"{after} · {long_date(day)}"


def _column(card: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(card)
    column.addStretch(1)
    return column
