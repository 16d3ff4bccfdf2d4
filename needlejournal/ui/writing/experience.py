"""How it was: pain, pinpoint bleeding, price, what has changed since last time, notes and tags."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.sessions import Price, Session
from needlejournal.ui.language import currencies, home_currency, tr
from needlejournal.ui.widgets.fields.choices import Select, SuggestField, TokenField
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.fields.text_fields import NumberField, TextArea
from needlejournal.ui.widgets.pickers.scale_picker import ScalePicker
from needlejournal.ui.widgets.pickers.severity_picker import SeverityPicker
from needlejournal.ui.writing.section import EditorSection


class Experience(EditorSection):
    """The last card of the editor's left column."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(tr("How it was"), parent)
        self._catalogue = catalogue
        low, high = catalogue.scales.pain_ends
        self._pain = ScalePicker(tr("Pain"), low, high)
        self._bleeding = SeverityPicker(tr("Pinpoint bleeding"))
        self._price = NumberField(tr("Price"), low=0, high=1_000_000, step=0.01)
        self._currency = Select(tr("Currency"), [(code, code) for code in currencies()], home_currency())
        self._currency.setMinimumContentsLength(4)
        self._changed = SuggestField(
            tr("Changed since last time"), _changes(), tr("New medicine, sunburn, cold sore, pregnancy …")
        )
        self._notes = TextArea(tr("Notes"), tr("Anything you want to remember"), lines=4)
        self._tags = TokenField(tr("Tags"))
        self.body.addWidget(self._form())
        for field in (self._pain, self._bleeding, self._price, self._currency, self._tags):
            field.changed.connect(self.edited)
        self._changed.textEdited.connect(self.edited)
        self._changed.chosen.connect(self.edited)
        self._notes.edited.connect(self.edited)

    def _form(self) -> Form:
        form = self._fields = Form()
        form.add(tr("Pain"), self._pain)
        self._bleeding_row = form.add(tr("Pinpoint bleeding"), self._bleeding)
        form.add(tr("Price"), row_of(self._price, self._currency))
        form.add(tr("Changed since last time"), self._changed)
        form.add(tr("Notes"), self._notes)
        form.add(tr("Tags"), self._tags)
        return form

    def show_session(self, session: Session) -> None:
        self._pain.set_value(session.pain)
        self._bleeding.set_severity(session.bleeding)
        self._price.set_value(session.price.minor / 100 if session.price else None)
        if session.price:
            self._currency.set_value(session.price.currency)
        if self._changed.text() != session.changed_since:
            self._changed.setText(session.changed_since)
        if self._notes.text() != session.notes:
            self._notes.set_text(session.notes)
        self._tags.set_tokens(session.tags)

    def follow(self, session: Session) -> None:
        """Bleeding is asked for where needles may be used; what is written down is always shown."""
        asked = self._catalogue.treatment(session.treatment).needling or self._bleeding.severity() is not None
        self._fields.show_row(self._bleeding_row, shown=asked)

    def apply(self, session: Session) -> Session:
        amount = self._price.value()
        price = None if amount is None else Price(round(amount * 100), self._currency.value() or "")
        return replace(
            session,
            pain=self._pain.value(),
            bleeding=self._bleeding.severity(),
            price=price,
            changed_since=self._changed.text(),
            notes=self._notes.text(),
            tags=self._tags.tokens(),
        )


def _changes() -> list[str]:
    """What is worth telling the clinician, offered while typing."""
    return [
        tr("New medicine"),
        tr("Isotretinoin"),
        tr("Cold sore"),
        tr("Sunburn"),
        tr("Pregnancy or nursing"),
        tr("Nothing has changed"),
    ]
