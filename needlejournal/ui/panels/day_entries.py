"""The side effects of one day, to be written with one tap each. Used for tonight and for any day before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.days import DayNote
from needlejournal.store import Journal
from needlejournal.ui import theme
from needlejournal.ui.language import short_day, tr
from needlejournal.ui.panels.symptom_row import SymptomRow
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import SuggestField
from needlejournal.ui.widgets.fields.writing_timer import WritingTimer
from needlejournal.workflows.diary import SymptomOfDay, symptoms_of, write_symptom

SAVE_AFTER_MS = 400
LOOK_BACK = timedelta(days=14)
_TWO_COLUMNS = 820


class DayEntries(QWidget):
    """Rows of symptoms, one's own too, "same as last time" and "nothing to note". `saved` tells of each write."""

    saved = Signal()

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._day = open_journal.today
        self._added: list[str] = []
        self._rows: dict[str, SymptomRow] = {}
        self._columns = 1
        self._saving = WritingTimer(self)
        self._saving.setInterval(SAVE_AFTER_MS)
        self._saving.timeout.connect(self.leave)
        self._make_fields()
        self.setEnabled(not open_journal.journal.read_only)
        open_journal.changed.connect(self._refresh)
        self.show_day(self._day)

    def show_day(self, day: date) -> None:
        """Show the entries of a day; what was being typed for another one is stored first."""
        self.leave()
        if day != self._day:
            self._added = []
        self._day = day
        self._show()

    def leave(self) -> None:
        """Store the notes being typed, now."""
        self._saving.stop()
        for row in self._rows.values():
            self._save(row, merge=True)

    def _make_fields(self) -> None:
        self._same = Button("", "plain", "restore")
        self._same.clicked.connect(self._take_over)
        self._add = SuggestField(tr("Add a symptom"), placeholder=tr("Add a symptom, or one of your own"))
        self._add.chosen.connect(self._add_symptom, Qt.ConnectionType.QueuedConnection)
        self._add.returnPressed.connect(self._add_symptom, Qt.ConnectionType.QueuedConnection)
        self._nothing = CheckBox(tr("I looked, and there is nothing to note"))
        self._nothing.toggled.connect(self._write_nothing)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SPACE_M)
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(theme.SPACE_XL)
        self._list.setVerticalSpacing(theme.SPACE_L)
        rows.addWidget(self._same, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addLayout(self._list)
        rows.addWidget(self._add)
        rows.addWidget(self._nothing)

    def _show(self) -> None:
        told = symptoms_of(self._open.journal.side_effects.of_day(self._day))
        before_day, before = self._last_written()
        wanted = list(dict.fromkeys([*told, *before, *self._usual(), *self._added])) or ["redness"]
        if list(self._rows) != wanted:
            self._build(wanted)
        when = tr("yesterday") if before_day == self._day - timedelta(days=1) else short_day(before_day or self._day)
        for symptom, row in self._rows.items():
            row.show_told(told.get(symptom, SymptomOfDay(symptom)))
            last = before.get(symptom)
            row.show_before(last.severity if last else None, when)
        self._same.set_text(tr("Same as {when}").format(when=when))
        self._same.setVisible(bool(before) and not told)
        self._nothing.blockSignals(True)
        self._nothing.setChecked(self._note().nothing_to_note)
        self._nothing.blockSignals(False)
        self._offer()

    def _build(self, wanted: list[str]) -> None:
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {}
        for symptom in wanted:
            row = SymptomRow(self._open.catalogue, SymptomOfDay(symptom))
            row.chosen.connect(lambda row=row: self._save(row))
            row.noted.connect(self._saving.begin)
            self._rows[symptom] = row
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beside() != self._columns:
            self._place()

    def _beside(self) -> int:
        """How many symptoms stand beside each other: two where there is room."""
        return 2 if self.width() >= theme.px(_TWO_COLUMNS) else 1

    def _place(self) -> None:
        self._columns = self._beside()
        while self._list.count():
            self._list.takeAt(0)
        for place, row in enumerate(self._rows.values()):
            self._list.addWidget(row, *divmod(place, self._columns), Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._list.setColumnStretch(column, int(column < self._columns))

    def _last_written(self) -> tuple[date | None, dict[str, SymptomOfDay]]:
        """The latest day before this one, within two weeks, on which something was written, and what."""
        entries = self._open.journal.side_effects.between(self._day - LOOK_BACK, self._day - timedelta(days=1))
        if not entries:
            return None, {}
        last = entries[-1].day
        return last, symptoms_of(entry for entry in entries if entry.day == last)

    def _usual(self) -> list[str]:
        """Symptoms that are usual on this day after the session."""
        number = self._open.calendar.day_number(self._day)
        if number is None or number.days < 0:
            return []
        mark = self._open.calendar.marks[number.number - 1]
        course = self._open.catalogue.treatment(mark.treatment).course
        usual = [c for c in course if c.expected and (c.from_day or 0) <= number.days <= (c.latest or 0)]
        return [c.symptom for c in usual]

    def _offer(self) -> None:
        catalogue = self._open.catalogue
        own = self._open.journal.side_effects.own_symptoms(frozenset(s.key for s in catalogue.symptoms))
        known = [symptom.label for symptom in catalogue.symptoms if symptom.key not in self._rows]
        self._add.set_suggestions(known + [symptom for symptom in own if symptom not in self._rows])

    def _add_symptom(self) -> None:
        words = self._add.text().strip()
        self._add.clear()
        if not words:
            return
        names = {name.casefold(): s.key for s in self._open.catalogue.symptoms for name in (s.label, s.name)}
        self._added.append(names.get(words.casefold(), words))
        self._show()

    def _take_over(self) -> None:
        """Everything as the last time it was written, to be corrected from there."""
        _, before = self._last_written()
        day = self._day

        def write(journal: Journal) -> None:
            for told in before.values():
                write_symptom(journal, day, told)

        self._write(tr("Same as the day before"), write)

    def _save(self, row: SymptomRow, *, merge: bool = False) -> None:
        there = symptoms_of(self._open.journal.side_effects.of_day(self._day)).get(
            row.symptom, SymptomOfDay(row.symptom)
        )
        told, day = row.told(), self._day
        if told != there:
            key = f"effect:{day}:{row.symptom}" if merge else None
            self._write(tr("Note side effect"), lambda journal: write_symptom(journal, day, told), key)

    def _note(self) -> DayNote:
        return self._open.journal.day_notes.of_day(self._day) or DayNote(self._day)

    def _write_nothing(self, checked: bool) -> None:
        note = self._note()
        changed = DayNote(note.day, note.text, checked, note.tags, note.id, note.uid)
        self._write(tr("Nothing to note"), lambda journal: journal.day_notes.save(changed))

    def _write(self, label: str, write: Callable[[Journal], object], merge: str | None = None) -> None:
        self._open.write(label, write, merge=merge)
        self.saved.emit()

    def _refresh(self, changes: Changes) -> None:
        if changes.has("day_note", "side_effect", "session") and not self._saving.isActive():
            self._show()
