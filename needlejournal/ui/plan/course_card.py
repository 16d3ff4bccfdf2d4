"""One course as it stands: when the next session fits, the course over time, and when a result would be expected."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from needlejournal.journal.planning.plan import CoursePlan, ExpectedOn
from needlejournal.ui.language import medium_date, money, tr, tr_message
from needlejournal.ui.models.plan_words import course_name, interval_words, standing_words
from needlejournal.ui.plan.course_line import CourseLine, line_of
from needlejournal.ui.plan.parts import Sources, stack_of
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.chips import Chip
from needlejournal.ui.widgets.text import Divider, Label


class CourseCard(Card):
    """`edited` asks for the editor of this course."""

    edited = Signal()

    def __init__(self, open_journal: OpenJournal, of: CoursePlan, parent: QWidget | None = None) -> None:
        super().__init__(course_name(of), parent)
        self._open = open_journal
        self.plan = of
        edit = Button(tr("Make it a plan") if of.implied else tr("Edit"), "plain", "plan" if of.implied else "edit")
        edit.setAccessibleName(tr("Edit {plan}").format(plan=course_name(of)))
        edit.setEnabled(not open_journal.journal.read_only)
        edit.clicked.connect(self.edited)
        self.add_to_header(edit)
        self._show_standing()
        line = line_of(of, open_journal.today)
        if line:
            words = tr("A number or dot marks a session, a diamond an expected result, a stroke a photo day.")
            self.body.addWidget(stack_of(CourseLine(line), Label(words, "small", "ink_soft"), gap=4))
        self._show_facts()
        self._show_results()

    def _show_standing(self) -> None:
        of = self.plan
        self.body.addWidget(Label(standing_words(of, self._open.today), "page"))
        small = interval_words(of)
        if of.declined:
            small = tr("You said that they belong to no plan.")
        elif of.implied:
            words = tr("You have not planned this: it is what is usual for this treatment.")
            small = f"{words} {small}."
        self.body.addWidget(Label(small, "text", "ink_soft"))
        statements = of.treatment.interval.statements
        if of.next and statements and not of.at_home:
            self.body.addWidget(Sources(tr("Where these days come from"), statements))

    def _show_facts(self) -> None:
        of, catalogue = self.plan, self._open.catalogue
        course = of.course
        facts = [of.treatment.name] if course.title else []
        facts += {"clinic": [tr("in a clinic")], "home": [tr("at home")]}.get(course.setting, [])
        facts += [catalogue.concern(concern).name for concern in course.concerns]
        facts += [fact for fact in (course.clinic, course.phone) if fact]
        if course.price:
            facts.append(tr("{price} a session").format(price=money(course.price.minor, course.price.currency)))
        if len(course.zones) == 1:
            facts.append(catalogue.zone(course.zones[0]).name)
        elif course.zones:
            facts.append(tr("%n zone(s)", len(course.zones)))
        if facts:
            holder = QWidget()
            flow = FlowLayout(holder, gap=6)
            for fact in facts:
                flow.addWidget(Chip(fact))
            self.body.addWidget(holder)
        if course.notes:
            self.body.addWidget(Label(course.notes, "text", "ink_soft"))

    def _show_results(self) -> None:
        if not self.plan.results:
            return
        self.body.addWidget(Divider())
        self.body.addWidget(Label(tr("When would a result be expected?"), "subtitle"))
        for result in self.plan.results:
            self._show_result(result, self._open.today)

    def _show_result(self, expected: ExpectedOn, today: date) -> None:
        statement = expected.result.statement
        days = [medium_date(day) if day >= today else tr("{day} (past)").format(day=medium_date(day))
                for day in expected.days]  # fmt: skip
        when = Label(" · ".join(days), "strong")
        sources = Label(tr_message(statement.cited), "small", "ink_soft")
        self.body.addWidget(stack_of(when, Label(statement.text, "text", "ink_soft"), sources))
