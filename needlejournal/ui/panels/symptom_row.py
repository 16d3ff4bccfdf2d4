"""One symptom on one day: its severity in words; where, and a note, once there is something to note."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.sessions import Severity
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.pickers.severity_picker import SeverityPicker, severity_word
from needlejournal.ui.widgets.pickers.zones_sheet import ZonesSheet
from needlejournal.ui.widgets.text import ElidedLabel
from needlejournal.workflows.diary import SymptomOfDay


class SymptomRow(QWidget):
    """Shows a symptom. `chosen` tells of a severity or zones, `noted` of the note being typed.

    A severity of None means that the day stays unknown for this symptom, which is not the same as "None".
    """

    chosen = Signal()
    noted = Signal()

    def __init__(self, catalogue: Catalogue, told: SymptomOfDay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._told = told
        symptom = catalogue.symptom(told.symptom)
        name = ElidedLabel(symptom.name, "strong")
        name.setToolTip(symptom.label)
        self._before = ElidedLabel("", "small", "ink_soft")
        self._picker = SeverityPicker(symptom.name)
        self._where = Button(tr("Where?"), "link", "face")
        self._noting = Button(tr("Note"), "link", "note")
        self._note = TextField(tr("Note on {symptom}").format(symptom=symptom.name), tr("Note"))
        head = QHBoxLayout()
        head.addWidget(name, 3)
        head.addWidget(self._before, 2)
        head.addWidget(self._where, 0, Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._noting, 0, Qt.AlignmentFlag.AlignRight)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SPACE_XS)
        rows.addLayout(head)
        rows.addWidget(self._picker)
        rows.addWidget(self._note)
        self._picker.changed.connect(self._pick)
        self._note.textEdited.connect(self.noted)
        self._where.clicked.connect(self._ask_where)
        self._noting.clicked.connect(self._begin_note)
        self.show_told(told)

    @property
    def symptom(self) -> str:
        """The key of the symptom."""
        return self._told.symptom

    def told(self) -> SymptomOfDay:
        """What the fields say."""
        return replace(self._told, severity=self._picker.severity(), note=self._note.text())

    def show_told(self, told: SymptomOfDay) -> None:
        """Show what is stored, without emitting."""
        self._told = told
        if self._picker.severity() != told.severity:
            self._picker.set_severity(told.severity)
        if self._note.text() != told.note:
            self._note.setText(told.note)
        names = [self._catalogue.zone(zone).name for zone in sorted(told.zones)]
        self._where.set_text(
            ", ".join(names) if 0 < len(names) <= 2 else tr("%n zone(s)", len(names)) if names else tr("Where?")
        )
        if not self._note.hasFocus():
            self._show_more(told.severity)

    def show_before(self, severity: Severity | None, when: str) -> None:
        """What was written the last time, as a starting point: "yesterday: mild"."""
        words = "" if severity is None else f"{when}: {severity_word(severity).lower()}"
        self._before.set_text(words)

    def _show_more(self, severity: Severity | None) -> None:
        felt = severity is not None and severity > Severity.NONE
        self._where.setVisible(felt)
        self._noting.setVisible(felt and not self._note.text())
        self._note.setVisible(felt and bool(self._note.text()))

    def _pick(self) -> None:
        self._show_more(self._picker.severity())
        self.chosen.emit()

    def _begin_note(self) -> None:
        self._noting.hide()
        self._note.show()
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_where(self) -> None:
        name = self._catalogue.symptom(self.symptom).name
        sheet = ZonesSheet(tr("Where: {symptom}").format(symptom=name), self._catalogue.zones, self._told.zones, self)
        sheet.accepted.connect(lambda: self._take_zones(sheet.zones()))
        sheet.open()

    def _take_zones(self, zones: frozenset[str]) -> None:
        self._told = replace(self._told, zones=zones)
        self.chosen.emit()
