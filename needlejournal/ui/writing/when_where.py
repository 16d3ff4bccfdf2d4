"""When, what and where: date and time with offset, treatment, setting, clinic, device."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.moments import When
from needlejournal.journal.session_kinds import DEVICE_KINDS
from needlejournal.journal.sessions import Session
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.models.wording import with_sources
from needlejournal.ui.widgets.fields.choices import Select, SuggestField
from needlejournal.ui.widgets.fields.date_fields import DateField, OffsetField, TimeField
from needlejournal.ui.widgets.fields.form import Form, buttons_of, row_of
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.writing.section import EditorSection

_TEXTS = ("clinic", "practitioner", "device", "cartridge")


class WhenWhere(EditorSection):
    """The first card of the editor. `treatment_shown` carries the treatment that stands there now."""

    treatment_shown = Signal(str)

    def __init__(self, catalogue: Catalogue, today: date, parent: QWidget | None = None) -> None:
        super().__init__(tr("When and where"), parent)
        self._catalogue = catalogue
        self._day = DateField(tr("Date"), today, today, needed=True)
        self._time = TimeField(tr("Time"))
        self._offset = OffsetField(tr("Offset from UTC"))
        treatments = [(treatment.key, treatment.name) for treatment in catalogue.treatments]
        self._treatment = Select(tr("Treatment"), treatments, "microneedling")
        self._warning = Label("", "small", "warning")
        self._setting = SegmentedControl(
            tr("Setting"), (("home", tr("At home")), ("clinic", tr("Clinic"))), clearable=True
        )
        kinds = [(key, tr_message(name)) for key, name in DEVICE_KINDS.items()]
        self._device_kind = SegmentedControl(tr("Kind of device"), kinds, clearable=True)
        self._texts = {
            "clinic": SuggestField(tr("Clinic")),
            "practitioner": SuggestField(tr("Practitioner"), placeholder=tr("Practitioner")),
            "device": SuggestField(tr("Device"), placeholder=tr("Name, number of needles")),
            "cartridge": SuggestField(tr("Cartridge"), placeholder=tr("Needles, lot, new or used")),
        }
        self.body.addWidget(self._form())
        self._connect()

    def _form(self) -> Form:
        form = self._fields = Form()
        for field in (self._offset, self._treatment):  # their rows end where the others do
            policy = field.sizePolicy()
            policy.setHorizontalStretch(1)
            field.setSizePolicy(policy)
        form.add(tr("Date and time"), buttons_of(self._day, self._time, self._offset))
        chosen = QWidget()
        column = QVBoxLayout(chosen)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(buttons_of(self._treatment, self._setting))
        column.addWidget(self._warning)
        form.add(tr("Treatment"), chosen)
        self._clinic_row = form.add(tr("Clinic"), self._texts["clinic"])
        form.add(tr("Practitioner"), self._texts["practitioner"])
        form.add(tr("Device"), row_of(self._device_kind, self._texts["device"], stretch=1))
        self._cartridge_row = form.add(tr("Cartridge"), self._texts["cartridge"])
        return form

    def _connect(self) -> None:
        for field in (self._day, self._time, self._offset, self._treatment, self._setting, self._device_kind):
            field.changed.connect(self.edited)
        for text in self._texts.values():
            text.textEdited.connect(self.edited)
            text.chosen.connect(self.edited)
        self._treatment.changed.connect(self._show_warnings)
        self._time.changed.connect(self._show_offset)

    def suggest(self, name: str, words: list[str]) -> None:
        """Offer what was written in a field of an earlier session."""
        self._texts[name].set_suggestions(words)

    def show_session(self, session: Session) -> None:
        self._day.set_day(session.when.day)
        self._time.set_time(session.when.time)
        self._offset.set_minutes(session.when.offset_minutes or 0)
        self._show_offset()
        if self._treatment.findData(session.treatment) < 0:
            self._treatment.addItem(self._catalogue.treatment(session.treatment).name, session.treatment)
        self._treatment.set_value(session.treatment)
        self._setting.set_value(session.setting or None)
        self._device_kind.set_value(session.device_kind or None)
        for name in _TEXTS:
            kept = getattr(session, name)
            if self._texts[name].text() != kept:
                self._texts[name].setText(kept)
        self._show_warnings()

    def follow(self, session: Session) -> None:
        """Only what the treatment and the setting have; what is written down is always shown."""
        treatment = self._catalogue.treatment(session.treatment)
        self._device_kind.setVisible(bool(treatment.devices) or bool(session.device_kind))
        self._fields.show_row(self._cartridge_row, shown=treatment.needling or bool(session.cartridge))
        self._fields.show_row(self._clinic_row, shown=session.setting != "home" or bool(session.clinic))

    def apply(self, session: Session) -> Session:
        clock = self._time.time_of_day()
        return replace(
            session,
            when=When(self._day.day() or session.when.day, clock, self._offset.minutes() if clock else None),
            treatment=self._treatment.value() or session.treatment,
            setting=self._setting.value() or "",
            device_kind=self._device_kind.value() or "",
            clinic=self._texts["clinic"].text(),
            practitioner=self._texts["practitioner"].text(),
            device=self._texts["device"].text(),
            cartridge=self._texts["cartridge"].text(),
        )

    def _show_offset(self) -> None:
        """Without a time an offset says nothing, and is not kept."""
        self._offset.setEnabled(self._time.time_of_day() is not None)

    def _show_warnings(self) -> None:
        treatment = self._catalogue.treatment(self._treatment.value() or "")
        warnings = "\n".join(with_sources(one) for one in treatment.warnings)
        self._warning.setText(warnings)
        self._warning.setVisible(bool(warnings))
        self.treatment_shown.emit(treatment.key)
