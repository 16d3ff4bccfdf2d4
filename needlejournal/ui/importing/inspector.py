"""What is decided about the selected photos, in one card at their side: date, view, session, mirrored.

It shows what they have in common and tells what the person decided; it changes no plan itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import BadInput
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.ui import language, theme
from needlejournal.ui.actions import Command
from needlejournal.ui.importing.captions import offset_words, said, session_words
from needlejournal.ui.importing.suggestions import ViewMeant
from needlejournal.ui.importing.view_choices import ViewChoices
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.models import wording
from needlejournal.ui.panels.clock_sheet import ClockSheet
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import spoken
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.date_fields import DateField, TimeField
from needlejournal.ui.widgets.fields.form import row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportPlan
from needlejournal.workflows.photos_in.import_views import as_seen

T = TypeVar("T")
WIDTH = 316
NEAREST = 30  # sessions offered to choose from
NAMED, HINT_LINES = 4, 5  # photos named above the fields, and the lines kept for them
_OFFSETS = (*range(-12 * 60, 15 * 60, 60), -570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765)
Change = Callable[[ImportPlan, set[int]], ImportPlan]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the person decided, as a change of the plan for the photos selected."""

    change: Change


def ask_for_right_time(
    items: Sequence[ImportItem], today: date, parent: QWidget, decide: Callable[[timedelta], None]
) -> None:
    """Ask when the first of these was really taken; all that have a date, or a proposed one, move with it."""
    sheet = ClockSheet([as_seen(replace(item, when=item.moment)) for item in items if item.moment], today, parent)
    sheet.moved.connect(decide)
    sheet.moved.connect(lambda _difference: sheet.accept())
    sheet.open()


class Inspector(Card):
    """The fields for what is selected. `decided` carries Decision or ViewMeant, `left_out` that they are not wanted."""

    decided = Signal(object)
    left_out = Signal()

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        super().__init__(tr("Nothing selected"))
        self._catalogue = catalogue
        self._calendar = SessionCalendar(())
        self._items: tuple[ImportItem, ...] = ()
        self._suggested: date | None = None
        self._hint = Label("", "small", "ink_soft")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._hint)
        self._fields = QWidget()
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_S)
        self._add_moment(column, today)
        self._add_view(column)
        self._add_place(column)
        self.body.addWidget(self._fields)
        self.inspect((), SessionCalendar(()))

    def suggest_day(self, day: date | None) -> None:
        """Offer this day for photos without a date: the one the import was started from."""
        self._suggested = day
        _keep_room(self._usual, kept=day is not None)

    def inspect(self, items: Sequence[ImportItem], calendar: SessionCalendar) -> None:
        """Show these."""
        self._items, self._calendar = tuple(items), calendar
        self._fields.setVisible(bool(items))
        self.set_title(tr("%n photo(s) selected", len(items)) if items else tr("Nothing selected"))
        self._hint.setText(self._advice())
        set_tip(self._hint, "\n".join(_about(item) for item in self._items))
        self._hint.setFixedHeight(self._hint.fontMetrics().lineSpacing() * HINT_LINES)  # nothing below it ever moves
        if items:
            self._show_moment()
            self._show_view()
            self._show_place()

    def choose_view(self, number: int) -> None:
        """The view with this number (from 0) is chosen, as by its key."""
        keys = list(self._views.buttons)
        if self._items and number < len(keys):
            self._decide_view(keys[number])
            spoken.announce(self, self._catalogue.view(keys[number]).name)

    def commands(self) -> tuple[Command, ...]:
        """The keys that choose a view."""
        return tuple(
            Command(f"import_view_{n}", view.name, partial(self.choose_view, n - 1), "", (str(n),))
            for n, view in enumerate(self._catalogue.views, 1)
        )

    def toggle_mirrored(self) -> None:
        """Say the opposite of what is said of the selected photos."""
        if self._items:
            self._mirrored.click()

    def _advice(self) -> str:
        if not self._items:
            return tr("Select one photo or several to change their date, view or session.")
        lines = [_about(item) for item in self._items[:NAMED]]
        more = len(self._items) - len(lines)
        return "\n".join([*lines, *([tr("and %n more", more)] if more else [])])

    # ---- date, time, offset

    def _add_moment(self, column: QVBoxLayout, today: date) -> None:
        self._day = DateField(tr("Date"), None, today)
        self._time = TimeField(tr("Time of day"))
        offsets = [(str(minutes), language.offset(minutes)) for minutes in sorted(_OFFSETS)]
        self._offset = Select(tr("Offset from UTC"), [("", tr("Offset not known")), *offsets])
        self._proposed, self._usual = Button("", "link"), Button("", "link")
        self._problem = Label("", "small", "danger")
        column.addWidget(Label(tr("Taken"), "small_strong", "ink_soft"))
        column.addWidget(self._day)
        column.addWidget(row_of(self._time, self._offset, stretch=1))
        column.addWidget(_in_one_place(self._proposed, self._problem))
        column.addWidget(self._usual)
        self._clock = Button(tr("The camera’s clock was wrong…"), "link")
        self._clock.clicked.connect(lambda: ask_for_right_time(self._items, today, self, self._decide_clock))
        column.addWidget(self._clock)
        self._proposed.clicked.connect(self._take_proposed)
        self._day.changed.connect(self._decide_day)
        self._time.changed.connect(self._decide_time)
        self._offset.changed.connect(self._decide_offset)
        self._usual.clicked.connect(self._take_suggested)

    def _decide_clock(self, difference: timedelta) -> None:
        calendar = self._calendar
        self.decided.emit(Decision(lambda plan, keys: plan.with_clock(keys, difference, calendar)))

    def _show_moment(self) -> None:
        whens = [item.when for item in self._items]
        self._clock.setEnabled(any(item.moment for item in self._items))
        day, clock = (
            _same([when.day if when else None for when in whens]),
            _same([when.time if when else None for when in whens]),
        )
        self._day.set_day(day)
        self._day.setPlaceholderText(tr("Several dates") if any(whens) and day is None else tr("Choose a date"))
        self._time.set_time(clock)
        offset = _same(
            ["" if when is None or when.offset_minutes is None else str(when.offset_minutes) for when in whens]
        )
        self._offset.set_value(offset)
        for field in (self._time, self._offset):
            field.setEnabled(any(whens))
        self._show_proposed()
        self._show_suggested(whens)
        self._show_problem("")

    def _show_proposed(self) -> None:
        proposals = [item.proposal for item in self._items if item.proposal]
        self._proposed.setVisible(bool(proposals))
        if len(self._items) == 1 and proposals:
            day, source = language.medium_date(proposals[0].when.day), tr_message(proposals[0].source.words)
            self._proposed.set_text(tr("Use {day}, {source}").format(day=day, source=source))
        elif proposals:
            self._proposed.set_text(tr("Use the %n suggested date(s)", len(proposals)))

    def _take_proposed(self) -> None:
        calendar = self._calendar
        self._decide(lambda plan, keys: plan.with_proposed(keys, calendar))

    def _show_suggested(self, whens: Sequence[When | None]) -> None:
        wanted = self._suggested is not None and None in whens
        self._usual.setVisible(wanted)
        if self._suggested and wanted:
            self._usual.set_text(tr("It was on {day}").format(day=language.medium_date(self._suggested)))

    def _decide_day(self) -> None:
        day = self._day.day()
        if day is not None:
            self._give_day(day)

    def _take_suggested(self) -> None:
        if self._suggested:
            self._give_day(self._suggested)

    def _give_day(self, day: date) -> None:
        try:
            When(day)
        except BadInput as error:
            self._show_problem(tr_message(error.message))
            return
        calendar = self._calendar
        self._decide(lambda plan, keys: plan.with_day(keys, day, calendar))

    def _show_problem(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._proposed.setVisible(not problem and any(item.proposal for item in self._items))

    def _decide_time(self) -> None:
        clock, calendar = self._time.time_of_day(), self._calendar
        self._decide(lambda plan, keys: plan.with_time(keys, clock, calendar))

    def _decide_offset(self) -> None:
        value, calendar = self._offset.value(), self._calendar
        minutes = int(value) if value else None
        self._decide(lambda plan, keys: plan.with_offset(keys, minutes, calendar))

    # ---- view and zone

    def _add_view(self, column: QVBoxLayout) -> None:
        column.addSpacing(theme.SPACE_S)
        column.addWidget(Label(tr("View"), "small_strong", "ink_soft"))
        self._views = ViewChoices(self._catalogue)
        self._views.chosen.connect(self._decide_view)
        column.addWidget(self._views)
        zones = [(zone.key, zone.name) for zone in self._catalogue.zones]
        self._zone = Select(tr("Which zone is it?"), zones)
        self._zone.changed.connect(self._decide_zone)
        _keep_room(self._zone, kept=True)
        column.addWidget(self._zone)

    def _show_view(self) -> None:
        view = _same([item.view for item in self._items])
        self._views.show_view(view)
        self._zone.setVisible(view == "close_up")
        self._zone.set_value(_same([item.zone for item in self._items]) or None)

    def _decide_view(self, key: str) -> None:
        zone = self._zone.value() or "" if key == "close_up" and self._zone.isVisible() else ""
        self.decided.emit(ViewMeant(frozenset(item.key for item in self._items), key, zone))

    def _decide_zone(self) -> None:
        keys = frozenset(item.key for item in self._items)
        self.decided.emit(ViewMeant(keys, "close_up", self._zone.value() or ""))

    # ---- session, mirrored, leaving out

    def _add_place(self, column: QVBoxLayout) -> None:
        column.addSpacing(theme.SPACE_S)
        self._belongs = Label(tr("Belongs to"), "small_strong", "ink_soft")
        self._session = Select(tr("Belongs to"))
        self._session.changed.connect(self._decide_session)
        self._mirrored = CheckBox(tr("The phone mirrored it, as selfies often are"))
        self._mirrored.clicked.connect(self._decide_mirrored)
        leave = Button(tr("Leave out"), "link")
        leave.clicked.connect(self.left_out)
        for widget in (self._belongs, self._session, self._mirrored, leave):
            column.addWidget(widget)

    def _show_place(self) -> None:
        chosen = _same([str(item.session_id or "") for item in self._items])
        self._session.set_choices(self._places(), chosen)
        for widget in (self._belongs, self._session):
            widget.setVisible(bool(self._calendar.marks))
        self._mirrored.setChecked(all(item.mirrored for item in self._items))

    def _places(self) -> list[tuple[str, str]]:
        """Its day, then the sessions nearest to it, the latest first."""
        when = _same([item.when for item in self._items])
        day = wording.moment_after(when, self._calendar) if when else ""
        own = tr("Its day · {day}").format(day=day) if day else tr("Its day")
        return [("", own), *((str(mark.id), session_words(n, mark.when.day)) for n, mark in self._nearest())]

    def _nearest(self) -> list[tuple[int, SessionMark]]:
        """The sessions to choose from with their numbers: a few dozen of those nearest, and those chosen already."""
        days = [item.when.day for item in self._items if item.when]
        numbered = list(enumerate(self._calendar.marks, 1))
        if days:
            numbered.sort(key=lambda one: abs((one[1].when.day - days[0]).days))
        else:
            numbered.reverse()
        chosen = {item.session_id for item in self._items}
        near = numbered[:NEAREST] + [one for one in numbered[NEAREST:] if one[1].id in chosen]
        return sorted(near, key=lambda one: -one[0])

    def _decide_session(self) -> None:
        session_id = int(self._session.value() or 0) or None
        self._decide(lambda plan, keys: plan.with_session(keys, session_id))

    def _decide_mirrored(self) -> None:
        mirrored = self._mirrored.isChecked()
        self._decide(lambda plan, keys: plan.with_mirrored(keys, mirrored=mirrored))

    def _decide(self, change: Change) -> None:
        self.decided.emit(Decision(change))


def _about(item: ImportItem) -> str:
    """A photo's name, and what is to be said of it."""
    like = said(item.like.words if item.like else None)
    parts = (item.name, said(item.reason), offset_words(item.proposal), said(item.remark), like)
    return " · ".join(part for part in parts if part)


def _in_one_place(*widgets: QWidget) -> QWidget:
    """A place two lines high for whichever of these is shown, so that nothing below it moves."""
    holder = QWidget()
    holder.setFixedHeight(theme.px(40))
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    return holder


def _keep_room(widget: QWidget, *, kept: bool) -> None:
    """Let a line that comes and goes keep its place, so that nothing moves under the mouse."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    widget.setSizePolicy(policy)


def _same(values: Sequence[T]) -> T | None:
    """What they all have, or None where they differ."""
    return values[0] if values and all(value == values[0] for value in values) else None
