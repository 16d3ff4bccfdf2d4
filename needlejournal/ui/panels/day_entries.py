"""The side effects of one day, to be written with one tap each. Used for tonight and for any day before.

While a day is shown nothing in it changes place: rows keep their order, new ones come last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.catalogue.words import symptom_meaning
from needlejournal.journal.changes import Changes
from needlejournal.journal.sessions import Severity
from needlejournal.ui import theme
from needlejournal.ui.keeping import Keeping, Unsaved
from needlejournal.ui.language import short_day, tr, weekday_and_day
from needlejournal.ui.panels.red_flags import RedFlags
from needlejournal.ui.panels.symptom_detail import SymptomDetail
from needlejournal.ui.panels.symptom_field import SymptomField
from needlejournal.ui.panels.symptom_list import SymptomList
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.writing import (
    DayBefore,
    SymptomOfDay,
    last_written_before,
    symptoms_of,
    write_nothing,
    write_same,
    write_symptom,
)

LOOK_BACK = timedelta(days=14)
_TWO_COLUMNS = 820


class DayEntries(QWidget):
    """A table of symptoms, red flags, one's own too, "same as last time" and "no side effects".

    `most` rows are shown at once, all of them by default. `keeping` keeps the note where the entries are part of an
    editor; else they have their own.
    """

    def __init__(
        self,
        open_journal: OpenJournal,
        keeping: Keeping | None = None,
        parent: QWidget | None = None,
        *,
        most: int = 0,
    ) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._day = open_journal.today
        self._written: dict[str, SymptomOfDay] = {}
        self._stale = False  # something was written that is not shown yet
        self._before: DayBefore | None = None
        self._keeping = keeping or Keeping(open_journal, self, lambda: weekday_and_day(self._day))
        self._unsaved = Label("", "small", "warning")
        self._unsaved.hide()
        if keeping is None:
            self._keeping.said.connect(self._show_state)
        self._make_fields(most)
        self._keeping.add(self._keep_note, self._show)
        self._lay_out()
        self.setEnabled(not open_journal.journal.read_only)
        open_journal.changed.connect(self._refresh)
        open_journal.day_changed.connect(self._name_before)
        self.show_day(self._day)

    def show_day(self, day: date) -> bool:
        """Show the entries of a day; what was being typed for another one is stored first. Gives whether it was."""
        if not self._keeping.settle():
            return False
        self._day = day
        self._read()
        self._list.show_rows(self._wanted())
        self._detail.show_written(None)
        self._show()
        return True

    def leave(self) -> tuple[Unsaved, ...]:
        """Store the note being typed, now. Gives what could not be stored."""
        return self._keeping.leave()

    def _keep_note(self) -> None:
        """A note never changes how strong something was."""
        if (entry := self._written.get(self._detail.symptom or "")) and entry.is_felt:
            self._save(replace(entry, note=self._detail.note()), merge=True)

    def _make_fields(self, most: int) -> None:
        self._list = SymptomList(self._open.catalogue, most)
        self._list.chosen.connect(self._choose)
        self._list.picked.connect(self._pick)
        self._flags = RedFlags(self._open.catalogue)
        self._flags.pressed.connect(self._press_flag)
        self._detail = SymptomDetail(self._open.catalogue)
        self._detail.placed.connect(self._choose)
        self._detail.noted.connect(self._keeping.begin)
        self._add = SymptomField(tr("Add a symptom"), tr("Add a symptom, in your own words"))
        self._add.taken.connect(self._add_symptom)
        self._nothing = CheckBox(tr("No side effects"))
        self._nothing.clicked.connect(self._press_nothing)
        self._same = Button("", "link", "restore")
        self._same.clicked.connect(self._take_over)

    def _lay_out(self) -> None:
        answers = QWidget()
        flow = FlowLayout(answers, gap=theme.SPACE_L, row_gap=theme.SPACE_XS)
        flow.addWidget(self._nothing)
        flow.addWidget(self._same)
        table, self._beside = QVBoxLayout(), QVBoxLayout()
        for column in (table, self._beside):
            column.setSpacing(theme.SPACE_S)
        table.addWidget(self._list)
        table.addWidget(answers)
        table.addStretch(1)
        for widget in (self._flags, self._add, self._detail, self._unsaved):
            self._beside.addWidget(widget)
        self._beside.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(theme.SPACE_M)
        self._columns.addLayout(table, 3)
        self._columns.addLayout(self._beside, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_TWO_COLUMNS)
        way = QBoxLayout.Direction
        self._columns.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self._columns.setSpacing(theme.px(theme.SPACE_XL) if wide else theme.SPACE_M)

    def _read(self) -> None:
        journal = self._open.journal
        self._written = symptoms_of(journal.side_effects.of_day(self._day))
        self._before = last_written_before(journal, self._day, self._day - LOOK_BACK)

    def _wanted(self) -> list[str]:
        """What was written, what was written last and what is usual, always in the catalogue's order."""
        before = self._before.symptoms if self._before else {}
        wanted = dict.fromkeys([*self._written, *before, *self._usual()]) or {"redness": None}
        known = [symptom.key for symptom in self._open.catalogue.symptoms if symptom.key in wanted]
        own = [symptom for symptom in wanted if symptom not in set(known)]
        return [symptom for symptom in known + own if symptom not in self._flags]

    def _show(self) -> None:
        """Show what is stored, every row in its place."""
        self._stale = False
        self._list.add_rows(symptom for symptom in self._written if symptom not in self._flags)
        self._list.tab_before(self._nothing)
        self._list.show_written(self._written)
        self._name_before()
        self._flags.show_written(self._written)
        self._same.setEnabled(self._before is not None and not self._written and not self._is_nothing())
        self._nothing.setChecked(self._is_nothing())
        self._show_detail(self._detail.symptom)
        self._offer()

    def _name_before(self) -> None:
        """Say when it was written last, as of now."""
        self._list.show_before(self._before.symptoms if self._before else {}, self._when())
        self._same.set_text(tr("Same as {when}").format(when=self._when()))

    def _show_detail(self, symptom: str | None) -> None:
        entry = self._written.get(symptom, SymptomOfDay(symptom)) if symptom else None
        self._detail.show_written(entry, with_steps=symptom in self._flags)
        self._list.show_picked(symptom)

    def _when(self) -> str:
        if self._before is None or self._before.day == self._day - timedelta(days=1):
            return tr("the day before") if self._day != self._open.today else tr("yesterday")
        return short_day(self._before.day)

    def _is_nothing(self) -> bool:
        note = self._open.journal.day_notes.of_day(self._day)
        return bool(note and note.nothing_to_note)

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
        known = [(s.key, s.label, symptom_meaning(s).words) for s in catalogue.symptoms]
        flags = frozenset(s.key for s in catalogue.symptoms if s.red_flag)
        self._add.set_known([*known, *((symptom, symptom, (symptom,)) for symptom in own)], flags)

    def _add_symptom(self, symptom: str) -> None:
        """Give a symptom a row, or turn to the one it has; nothing is written before its strength is said."""
        if symptom not in self._flags:
            self._list.add_rows([symptom])
            self._list.show_written(self._written)
            self._list.bring_into_view(symptom)
        self._pick(symptom)
        if row := self._list.rows.get(symptom):
            row.steps.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self, symptom: str) -> bool:
        """Turn to a symptom; a note being typed for another one is stored first. Gives whether it turned."""
        if symptom != self._detail.symptom:
            if not self._keeping.settle():
                self._list.show_picked(self._detail.symptom)
                return False
            self._show_detail(symptom)
        return True

    def _choose(self, entry: SymptomOfDay) -> None:
        if self._pick(entry.symptom):
            self._save(replace(entry, note=self._detail.note()))
        else:
            self._list.show_written(self._written)

    def _press_flag(self, symptom: str) -> None:
        """One tap writes it at the lowest strength; another takes it back."""
        if self._pick(symptom):
            there = self._written.get(symptom, SymptomOfDay(symptom))
            self._save(there.as_strong_as(None if there.is_felt else Severity.MILD))
        else:
            self._flags.show_written(self._written)

    def _take_over(self) -> None:
        """Everything as the last time it was written, to be corrected from there."""
        before, day = self._before, self._day
        if before:
            self._keeping.write(tr("Same as the day before"), lambda journal: write_same(journal, day, before))

    def _save(self, entry: SymptomOfDay, *, merge: bool = False) -> None:
        day = self._day
        there = self._written.get(entry.symptom, SymptomOfDay(entry.symptom))
        if entry != there:
            what = f"effect:{day}:{entry.symptom}"
            key = self._keeping.steps.key(what, {"note": there.note}, {"note": entry.note}) if merge else None
            written = self._keeping.write(tr("Note side effect"), lambda j: write_symptom(j, day, entry), merge=key)
            if not written and not merge:
                self._list.show_written(self._written)
                self._flags.show_written(self._written)

    def _press_nothing(self) -> None:
        """Ask first where something was written: both cannot be true of one day."""
        nothing = self._nothing.isChecked()
        felt = [entry for entry in self._written.values() if entry.is_felt]
        if not nothing or not felt:
            self._write_nothing(nothing=nothing)
            return
        self._nothing.setChecked(False)
        names = ", ".join(self._open.catalogue.symptom(entry.symptom).name for entry in felt)
        sentence = tr("You wrote down for this day: {symptoms}. Take them back? Undo brings them back.")
        sheet = QuestionSheet(
            tr("No side effects?"), sentence.format(symptoms=names), tr("Take them back"), self.window()
        )
        sheet.accepted.connect(lambda: self._write_nothing(nothing=True))
        sheet.open()

    def _write_nothing(self, *, nothing: bool) -> None:
        day = self._day
        label = tr("No side effects")
        if not self._keeping.write(label, lambda journal: write_nothing(journal, day, nothing=nothing)):
            self._nothing.setChecked(self._is_nothing())

    def _show_state(self, words: str, warning: bool) -> None:
        self._unsaved.setText(words)
        self._unsaved.setVisible(warning)

    def _refresh(self, changes: Changes) -> None:
        if changes.has("day_note", "side_effect", "session"):
            self._read()
            self._stale = True
            if self.isVisible():
                self._catch_up()

    def showEvent(self, event: QShowEvent) -> None:
        self._catch_up()
        super().showEvent(event)

    def _catch_up(self) -> None:
        """Show what is stored, once somebody looks; never under what is being typed."""
        if self._stale and not self._keeping.typing:
            self._show()
