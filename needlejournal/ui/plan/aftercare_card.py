"""Aftercare of the days after a session: what applies on a day, each with a box to tick. Nothing counts the ticks."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.courses import AftercareTick
from needlejournal.journal.planning.plan import AftercareLine, Plan, aftercare_on
from needlejournal.store import Journal
from needlejournal.ui import theme
from needlejournal.ui.language import tr, tr_message, weekday_and_day
from needlejournal.ui.models.wording import day_after
from needlejournal.ui.plan.parts import emptied
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets.buttons import IconButton
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label

_Key = tuple[int, str]


class AftercareCard(Card):
    """One day at a time, today to begin with; days that have not come can be read but not ticked."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(tr("Aftercare"), parent)
        self._open = open_journal
        self._day = self._today = open_journal.today
        self._plan = Plan(self._day, ())
        self._boxes: dict[_Key, CheckBox] = {}
        self._before = IconButton("chevron_left", tr("The day before"))
        self._after = IconButton("chevron_right", tr("The day after"))
        self.add_to_header(self._before)
        self.add_to_header(self._after)
        self._when = Label("", "text", "ink_soft")
        self.body.addWidget(self._when)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_XS)
        self.body.addLayout(self._list)
        self._before.clicked.connect(lambda: self.show_day(self._day - timedelta(days=1)))
        self._after.clicked.connect(lambda: self.show_day(self._day + timedelta(days=1)))

    @property
    def applies(self) -> bool:
        """Whether any session is recent enough that there is aftercare to show."""
        return self._last_day() is not None

    def show_plan(self, plan: Plan) -> None:
        """Show the same day of a plan that was calculated again, today if it was today then.

        A day without aftercare gives way to the last.
        """
        self._plan = plan
        if self._day == self._today:
            self._day = plan.today
        self._today = plan.today
        last = self._last_day()
        if last is not None:
            self._day = min(self._day, last)
        self.show_day(self._day)

    def refresh(self) -> None:
        """Show the ticks as they are stored."""
        self.show_day(self._day)

    def show_day(self, day: date) -> None:
        """Show the aftercare of another day."""
        first, last = self._first_day(), self._last_day()
        self._day = day
        today = self._open.today
        names = {today: tr("Today"), today - timedelta(days=1): tr("Yesterday")}
        number = day_after(self._open.calendar.day_number(day))
        self._when.setText(" · ".join(part for part in (names.get(day, weekday_and_day(day)), number) if part))
        self._before.setEnabled(first is not None and day > first)
        self._after.setEnabled(last is not None and day < last)
        self._show_lines(aftercare_on(self._plan, self._ticks(day), day))

    def _show_lines(self, lines: tuple[AftercareLine, ...]) -> None:
        wanted = [(line.session.id, line.item.key) for line in lines]
        if list(self._boxes) != wanted:
            self._build(lines)
        may = self._day <= self._open.today and not self._open.journal.read_only
        for line in lines:
            box = self._boxes[line.session.id, line.item.key]
            box.setChecked(line.ticked)
            box.setEnabled(may)

    def _build(self, lines: tuple[AftercareLine, ...]) -> None:
        column = emptied(self._list)
        self._boxes = {}
        for line in lines:
            key = (line.session.id, line.item.key)
            box = CheckBox(line.item.text, checked=line.ticked)
            source = self._open.catalogue.source(line.item.source) if line.item.source else None
            if source:
                set_tip(box, tr("Source: {source}").format(source=tr_message(source.cited)))
            box.clicked.connect(lambda checked, key=key: self._tick(key, checked))
            self._boxes[key] = box
            column.addWidget(box)
        if not lines:
            column.addWidget(Label(tr("Nothing in your list applies to this day."), "text", "ink_soft"))

    def _tick(self, key: _Key, checked: bool) -> None:
        day = self._day

        def write(journal: Journal) -> None:
            there = journal.ticks.of_item(*key, day)
            if there:
                journal.ticks.trash(there.id)
            if checked:
                journal.ticks.save(AftercareTick(*key, day))

        if not self._open.write(tr("Tick aftercare"), write):
            self.refresh()

    def _ticks(self, day: date) -> list[AftercareTick]:
        return self._open.journal.ticks.of_day(day)

    def _first_day(self) -> date | None:
        return min((session.when.day for of in self._plan.courses for session in of.sessions), default=None)

    def _last_day(self) -> date | None:
        """The last day with aftercare; None when there is no session or it is long over."""
        today = self._open.today
        days = [
            session.when.day + timedelta(days=item.to_day)
            for of in self._plan.courses
            for session in of.sessions[-1:]
            for item in of.course.aftercare or of.treatment.aftercare
        ]
        return max(days) if days and max(days) >= today - timedelta(days=28) else None
