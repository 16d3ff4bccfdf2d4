"""One symptom on one day: its severity in words, and a note once there is something to note."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.sessions import Severity
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.fields import TextField
from needlejournal.ui.widgets.form import row_of
from needlejournal.ui.widgets.severity_picker import SeverityPicker
from needlejournal.ui.widgets.text import Label


class SymptomRow(QWidget):
    """Shows a symptom (in a zone, where one was given). `chosen` tells of a severity, `noted` of the note.

    A severity of None means that the day stays unknown for this symptom, which is not the same as "None".
    """

    chosen = Signal()
    noted = Signal()

    def __init__(self, catalogue: Catalogue, symptom: str, zone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.symptom, self.zone = symptom, zone
        name = catalogue.symptom(symptom).name
        if zone:
            name = tr("{symptom}, {zone}").format(symptom=name, zone=catalogue.zone(zone).name)
        label = Label(name, "strong")
        label.setToolTip(catalogue.symptom(symptom).label)
        label.setMinimumWidth(theme.px(150))
        self._picker = SeverityPicker(name)
        self._note = TextField(tr("Note on {symptom}").format(symptom=name), tr("Note"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.SPACE_XS)
        rows.addWidget(label)
        rows.addWidget(row_of(self._picker, stretch=0))
        rows.addWidget(self._note)
        self._picker.changed.connect(self._picked)
        self._note.textEdited.connect(self.noted)

    def severity(self) -> Severity | None:
        """The answer; None while unknown."""
        return self._picker.severity()

    def note(self) -> str:
        """What is written beside it."""
        return self._note.text()

    def show_entry(self, severity: Severity | None, note: str = "") -> None:
        """Show what is stored, without emitting."""
        self._picker.set_severity(severity)
        if self._note.text() != note:
            self._note.setText(note)
        self._note.setVisible(severity is not None and severity > Severity.NONE)

    def _picked(self) -> None:
        severity = self.severity()
        self._note.setVisible(severity is not None and severity > Severity.NONE)
        self.chosen.emit()
