"""What and how often: treatment, first session, number of sessions, and the days between them, with sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.courses import Course
from needlejournal.ui.language import tr
from needlejournal.ui.models.wording import with_sources
from needlejournal.ui.plan.parts import Sources, stack_of
from needlejournal.ui.plan.section import CourseSection
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.date_fields import DateField
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.fields.text_fields import NumberField, TextField
from needlejournal.ui.widgets.text import Label

MOST_SESSIONS, MOST_DAYS = 50, 730


class TreatmentSection(CourseSection):
    """The first card of the editor. `treatment_changed` comes before `edited`: other parts follow it."""

    treatment_changed = Signal()

    def __init__(self, catalogue: Catalogue, today: date, parent: QWidget | None = None) -> None:
        super().__init__(tr("Treatment"), parent)
        self._catalogue = catalogue
        treatments = [(treatment.key, treatment.name) for treatment in catalogue.treatments]
        self._treatment = Select(tr("Treatment"), treatments, "microneedling")
        self._summary = Label("", "small", "ink_soft")
        self._warning = Label("", "small", "warning")
        places = [
            ("clinic", tr("In a clinic")),
            ("home", tr("At home")),
            ("", tr("Not stated: same as its first session")),
        ]
        self._setting = Select(tr("Where"), places, "clinic")
        self._name = TextField(tr("Name of this plan"), tr("A name of your own, if you like"))
        self._starts = DateField(tr("Hoped-for day of the first session"), None, today)
        self._sessions = NumberField(tr("Number of sessions"), high=MOST_SESSIONS)
        self._not_before = NumberField(tr("Not before, in days"), tr("days"), low=1, high=MOST_DAYS)
        self._not_after = NumberField(tr("Not after, in days"), tr("days"), low=1, high=MOST_DAYS)
        self._count_sources = Sources(tr("Where this number comes from"))
        self._interval_sources = Sources(tr("Where these days come from"))
        self._show_sources()
        self.body.addWidget(self._form())
        self._treatment.changed.connect(self._change_treatment)
        self._setting.changed.connect(self._change_treatment)
        self._name.textEdited.connect(self.edited)
        for field in (self._starts, self._sessions, self._not_before, self._not_after):
            field.changed.connect(self.edited)

    def _form(self) -> Form:
        for field in (self._sessions, self._not_before, self._not_after):
            field.setMaximumWidth(field.fontMetrics().horizontalAdvance("0000 days") + 40)
        form = Form()
        form.add(tr("Treatment"), stack_of(self._treatment, self._summary, self._warning, gap=6))
        form.add(tr("Where"), row_of(self._setting))
        form.add(tr("Name"), self._name)
        form.add(tr("First session"), row_of(self._starts))
        form.add(
            tr("Sessions"),
            stack_of(
                row_of(self._sessions, Label(tr("none: no fixed number"), "small", "ink_soft").one_line()),
                self._count_sources,
                gap=4,
            ),
        )
        between = row_of(
            self._not_before, Label(tr("to"), "text", "ink_soft").one_line(), self._not_after,
            Label(tr("after the one before"), "small", "ink_soft").one_line(),
        )  # fmt: skip
        form.add(tr("Next session"), stack_of(between, self._interval_sources, gap=4))
        return form

    def show_course(self, course: Course) -> None:
        if self._treatment.findData(course.treatment) < 0:
            self._treatment.addItem(self._catalogue.treatment(course.treatment).name, course.treatment)
        self._treatment.set_value(course.treatment)
        self._setting.set_value(course.setting)
        if self._name.text() != course.title:
            self._name.setText(course.title)
        self._starts.set_day(course.starts)
        self._sessions.set_value(course.sessions or None)
        self._not_before.set_value(course.not_before)
        self._not_after.set_value(course.not_after)
        self._show_sources()

    def apply(self, course: Course) -> Course:
        low, high = _days(self._not_before), _days(self._not_after)
        late = low is not None and high is not None and high < low
        self._not_after.mark_too_early(early=late)
        return replace(
            course,
            treatment=self._treatment.value() or course.treatment,
            setting=self._setting.value() or "",
            title=self._name.text().strip(),
            starts=self._starts.day(),
            sessions=int(self._sessions.value() or 0),
            not_before=low,
            not_after=low if late else high,
        )

    def _change_treatment(self) -> None:
        self._show_sources()
        self.treatment_changed.emit()
        self.edited.emit()

    def _show_sources(self) -> None:
        treatment = self._catalogue.treatment(self._treatment.value() or "")
        self._count_sources.set_statements(treatment.sessions.statements)
        self._interval_sources.set_statements(treatment.interval.statements)
        self._summary.setText(treatment.summary)
        self._summary.setVisible(bool(treatment.summary))
        warnings = "\n".join(with_sources(one) for one in treatment.warnings)
        self._warning.setText(warnings)
        self._warning.setVisible(bool(warnings))


def _days(field: NumberField) -> int | None:
    value = field.value()
    return None if value is None else int(value)
