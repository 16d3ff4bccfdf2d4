"""Where and for how much: clinic with its phone number, the price of a session, and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from needlejournal.journal.courses import Course
from needlejournal.journal.sessions import Price
from needlejournal.ui.language import currencies, home_currency, tr
from needlejournal.ui.plan.section import CourseSection
from needlejournal.ui.widgets.fields.choices import Select, SuggestField
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.fields.text_fields import NumberField, TextArea, TextField


class ClinicSection(CourseSection):
    """The phone number is what "call your clinic" cards offer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Clinic"), parent)
        self._clinic = SuggestField(tr("Clinic"))
        self._phone = TextField(tr("Phone"), tr("Offered where the app says to call your clinic"))
        self._price = NumberField(tr("Price of a session"), low=0, high=1_000_000, step=0.01)
        self._currency = Select(tr("Currency"), [(code, code) for code in currencies()], home_currency())
        self._currency.setMinimumContentsLength(4)
        self._notes = TextArea(tr("Notes"), tr("What you hope for, what was agreed"), lines=3)
        form = Form()
        form.add(tr("Clinic"), self._clinic)
        form.add(tr("Phone"), self._phone)
        form.add(tr("Price of a session"), row_of(self._price, self._currency, stretch=0))
        form.add(tr("Notes"), self._notes)
        self.body.addWidget(form)
        self._clinic.textEdited.connect(self.edited)
        self._clinic.chosen.connect(self.edited)
        self._phone.textEdited.connect(self.edited)
        self._price.changed.connect(self.edited)
        self._currency.changed.connect(self.edited)
        self._notes.edited.connect(self.edited)

    def suggest(self, clinics: Sequence[str]) -> None:
        """Offer the clinics of earlier sessions."""
        self._clinic.set_suggestions(clinics)

    def show_course(self, course: Course) -> None:
        for field, kept in ((self._clinic, course.clinic), (self._phone, course.phone)):
            if field.text() != kept:
                field.setText(kept)
        self._price.set_value(None if course.price is None else course.price.minor / 100)
        code = course.price.currency if course.price else home_currency()
        if self._currency.findData(code) < 0:
            self._currency.addItem(code, code)
        self._currency.set_value(code)
        if self._notes.text() != course.notes:
            self._notes.set_text(course.notes)

    def apply(self, course: Course) -> Course:
        amount = self._price.value()
        code = self._currency.value() or home_currency()
        return replace(
            course,
            clinic=self._clinic.text(),
            phone=self._phone.text(),
            price=None if amount is None else Price(round(amount * 100), code),
            notes=self._notes.text(),
        )
