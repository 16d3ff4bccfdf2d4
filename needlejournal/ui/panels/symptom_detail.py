"""Where a symptom was and what is to be remembered of it: one fixed place for whichever symptom was touched last."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.models.wording import with_sources
from needlejournal.ui.typing_steps import BY_JOURNAL
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.pickers.places_sheet import PlacesSheet
from needlejournal.ui.widgets.pickers.severity_picker import SeverityPicker, severity_word
from needlejournal.ui.widgets.text import Divider, Label
from needlejournal.workflows.writing import ANYWHERE, SymptomOfDay


class SymptomDetail(QWidget):
    """`placed` carries the SymptomOfDay with other places or severity; `noted` tells of `note()` being typed."""

    placed = Signal(object)
    noted = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._written: SymptomOfDay | None = None
        self._name = Label("", "strong")
        self._where = Button(tr("Where?"), "link", "face")
        self._words = Label("", "small", "ink_soft")
        self._steps = SeverityPicker(tr("How strong"))
        self._note = TextField(tr("Note on this symptom"), tr("Note"))
        self._note.setProperty(BY_JOURNAL, True)
        self._known = Label("", "small", "ink_soft").selectable()
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._where, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(Divider())
        column.addLayout(head)
        for widget in (self._words, self._steps, self._note, self._known):
            column.addWidget(widget)
        self._where.clicked.connect(self._ask_where)
        self._steps.changed.connect(self._set_severity)
        self._note.textEdited.connect(self.noted)
        self.show_written(None)

    @property
    def symptom(self) -> str | None:
        """The key of the symptom shown, or None."""
        return self._written.symptom if self._written else None

    def note(self) -> str:
        """The note as it stands in the field."""
        return self._note.text()

    def show_written(self, written: SymptomOfDay | None, *, with_steps: bool = False) -> None:
        """Show a symptom, or none; `with_steps` for one that has no row of its own. Nothing is emitted."""
        self._written = written
        symptom = self._catalogue.symptom(written.symptom) if written else None
        felt = bool(written and written.is_felt)
        self._name.setText(symptom.label if symptom else tr("Where, and a note"))
        self._words.setText(self._in_words(written))
        self._where.setEnabled(felt)
        self._steps.setVisible(with_steps)
        self._steps.set_severity(written.severity if written else None)
        self._note.setEnabled(felt)
        if self._note.text() != (written.note if written else ""):
            self._note.setText(written.note if written else "")
        known = symptom.note if symptom and felt else None
        self._known.setText(with_sources(known) if known and known.text else "")
        self._known.setVisible(bool(self._known.text()))

    def _in_words(self, written: SymptomOfDay | None) -> str:
        """ "Mild on the whole", "Left outer cheek: moderate · Forehead: mild", or what to do first."""
        if written is None:
            return tr("Say how strong a symptom was. Then you can add where, and a note.")
        if written.severity is None:
            return tr("Not written down for this day.")
        if not written.zones:
            return severity_word(written.severity)
        places = sorted(written.places.items(), key=lambda place: (-place[1], place[0]))
        return " · ".join(
            tr("{place}: {word}").format(
                place=self._catalogue.zone(zone).name if zone != ANYWHERE else tr("Elsewhere"),
                word=severity_word(severity).lower(),
            )
            for zone, severity in places
        )

    def _set_severity(self) -> None:
        if self._written:
            self.placed.emit(self._written.as_strong_as(self._steps.severity()))

    def _ask_where(self) -> None:
        written = self._written
        if written is None or written.severity is None:
            return
        own = [self._catalogue.zone(zone) for zone in sorted(written.zones) if self._catalogue.zone(zone).own]
        places = {zone: severity for zone, severity in written.places.items() if zone != ANYWHERE}
        title = tr("Where: {symptom}").format(symptom=self._catalogue.symptom(written.symptom).name)
        sheet = PlacesSheet(title, [*self._catalogue.zones, *own], places, written.severity, self)
        sheet.accepted.connect(lambda: self._take_places(sheet))
        sheet.open()

    def _take_places(self, sheet: PlacesSheet) -> None:
        if self._written:
            self.placed.emit(self._written.felt_in(sheet.places()))
