"""What can be chosen for a report: its kind and span, the parts that go in, paper and faces, and the questions."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from needlejournal.ui.keeping import Keeping
from needlejournal.ui.language import medium_date, tr, tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.typing_steps import BY_JOURNAL
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.date_fields import DateField
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.reporting.spans import courses_of
from needlejournal.workflows.reporting.wishes import (
    FACES,
    PARTS,
    REACTION_PARTS,
    Faces,
    FromTo,
    OneCourse,
    OneSession,
    Paper,
    ReportWish,
    SinceLastVisit,
    SpanWish,
)


class SpanCard(Card):
    """Visit pack or reaction, and the days it is about."""

    changed = Signal()

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._open = open_journal
        self._symptom = ""
        self._kind = SegmentedControl(
            tr("What to make"), (("visit", tr("Visit pack")), ("reaction", tr("Reaction"))), "visit"
        )
        self._span = Select(tr("Which days"))
        today = open_journal.today
        self._first, self._last = DateField(tr("From"), None, today), DateField(tr("To"), None, today)
        form = Form()
        form.add(tr("Which days"), self._span)
        self._form = form
        self._rows = [form.add(tr("From"), self._first), form.add(tr("To"), self._last)]
        self._words = Label("", "small", "ink_soft")
        self.body.addWidget(self._kind)
        self.body.addWidget(self._words)
        self.body.addWidget(form)
        for chosen in (self._kind.changed, self._span.changed, self._first.changed, self._last.changed):
            chosen.connect(self._emit_changed)
        self.fill()

    def kind(self) -> str:
        """Visit pack or reaction."""
        return self._kind.value() or "visit"

    def show_reaction(self, number: int, symptom: str) -> None:
        """Choose the report of a reaction after this session (0: the last)."""
        self._symptom = symptom
        self._kind.set_value("reaction")
        self.fill(f"session:{number}" if number else "")

    def fill(self, wanted: str = "") -> None:
        """Offer the spans there are, keeping what is chosen."""
        chosen = wanted or self._span.value()
        choices = self._sessions()
        if self.kind() == "visit":
            since, days = ("visit", tr("Since the last visit")), ("days", tr("From a day to a day"))
            choices = [since, *self._courses(), *choices, days]
        keys = [key for key, _ in choices]
        self._span.set_choices(choices, chosen if chosen in keys else (keys[0] if keys else None))
        self._show_words()

    def span(self) -> SpanWish:
        """The span that is chosen."""
        kind, _, number = (self._span.value() or "").partition(":")
        if kind == "session":
            return OneSession(int(number))
        if kind == "course":
            return OneCourse(int(number))
        return FromTo(self._first.day(), self._last.day()) if kind == "days" else SinceLastVisit()

    def apply(self, wish: ReportWish) -> ReportWish:
        """The wish with what is chosen here."""
        if self.kind() == "reaction":
            return replace(wish, kind="reaction", span=self.span(), symptom=self._symptom)
        return replace(wish, kind="visit", span=self.span(), symptom="")

    def _emit_changed(self) -> None:
        if self.sender() is self._kind:
            self._symptom = ""
        self.fill()
        self.changed.emit()

    def _show_words(self) -> None:
        for row in self._rows:
            self._form.show_row(row, shown=self._span.value() == "days")
        if self.kind() == "visit":
            words = tr("One page to be read in a minute, details after it.")
        else:
            words = tr("From the session to today, with the original photos in a folder beside the file.")
        self._words.setText(words)

    def _sessions(self) -> list[tuple[str, str]]:
        names = self._open.catalogue
        return [
            (
                f"session:{number}",
                tr("Session {n} · {treatment} · {day}").format(
                    n=number, treatment=names.treatment(mark.treatment).name, day=medium_date(mark.when.day)
                ),
            )
            for number, mark in reversed(list(enumerate(self._open.calendar.marks, start=1)))
            if mark.when.day <= self._open.today
        ]

    def _courses(self) -> list[tuple[str, str]]:
        found = courses_of(self._open.journal, self._open.catalogue)
        return [
            (
                f"course:{place}",
                tr("Course: {name}").format(
                    name=one.course.title or self._open.catalogue.treatment(one.course.treatment).name
                ),
            )
            for place, one in enumerate(found)
        ]


class PartsCard(Card):
    """What goes in: a box to tick for each part."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("What goes in"), parent)
        self.body.setSpacing(2)
        self._boxes = {key: CheckBox(tr_message(words), checked=True) for key, words in PARTS.items()}
        for box in self._boxes.values():
            self.body.addWidget(box)
            box.clicked.connect(self.changed)

    def show_kind(self, kind: str) -> None:
        """Offer what can be left out of this kind of report."""
        for key, box in self._boxes.items():
            box.setVisible(kind == "visit" or key in REACTION_PARTS)

    def parts(self) -> frozenset[str]:
        """The parts that are ticked."""
        return frozenset(key for key, box in self._boxes.items() if box.isChecked())


class PaperCard(Card):
    """Paper, and what is shown of faces."""

    changed = Signal()

    def __init__(self, paper: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("Paper and faces"), parent)
        self._paper = SegmentedControl(tr("Paper"), (("a4", tr("A4")), ("letter", tr("Letter"))), paper)
        self._faces = Select(tr("Faces"), [(key, tr_message(words)) for key, words in FACES.items()], "whole")
        form = Form()
        form.add(tr("Paper"), self._paper)
        form.add(tr("Photos of the face"), self._faces)
        self.body.addWidget(form)
        words = tr("Look at each page before you hand it over: an eye in a close-up may go unnoticed.")
        self.body.addWidget(Label(words, "small", "ink_soft"))
        self._paper.changed.connect(self.changed)
        self._faces.changed.connect(self.changed)

    def apply(self, wish: ReportWish) -> ReportWish:
        """The wish with what is chosen here."""
        paper: Paper = "letter" if self._paper.value() == "letter" else "a4"
        faces: Faces = next((key for key in FACES if key == self._faces.value()), "whole")
        return replace(wish, paper=paper, faces=faces)


class QuestionsCard(Card):
    """Questions for my clinic: a line for each, kept with the journal as they are typed."""

    def __init__(self, open_journal: OpenJournal, keeping: Keeping, parent: QWidget | None = None) -> None:
        super().__init__(tr("Questions for my clinic"), parent)
        self._open = open_journal
        self._keeping = keeping
        self._field = TextArea(tr("Questions for my clinic"), tr("One question a line, whenever it comes to mind"))
        self._field.setProperty(BY_JOURNAL, True)
        self._field.setReadOnly(open_journal.journal.read_only)
        self._field.edited.connect(keeping.begin)
        keeping.add(self._keep, self.refresh)
        self.body.addWidget(self._field)
        self.refresh()

    def refresh(self) -> None:
        """Show what is stored, unless something is being typed."""
        text = "\n".join(self._open.journal.questions.texts())
        if not self._keeping.typing and self._lines() != text.splitlines():
            self._field.set_text(text)

    def _keep(self) -> None:
        lines = self._lines()
        if tuple(lines) != self._open.journal.questions.texts():
            label = tr("Edit the questions for my clinic")
            before = {"questions": "\n".join(self._open.journal.questions.texts())}
            key = self._keeping.steps.key("report", before, {"questions": "\n".join(lines)})
            self._keeping.write(label, lambda journal: journal.questions.write(lines), merge=key)

    def _lines(self) -> list[str]:
        return [line.strip() for line in self._field.text().splitlines() if line.strip()]
