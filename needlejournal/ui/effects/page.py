"""The side effects page: which days, what was written on them, and what to do about it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout

from needlejournal.journal.changes import Changes
from needlejournal.journal.diary.clinic_cards import ClinicCard
from needlejournal.journal.diary.days_after import Diary, day_grid, session_window
from needlejournal.journal.diary.episodes import SessionEpisodes, compare_sessions, session_episodes
from needlejournal.journal.diary.touched import touched_before
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.ui import theme
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Destination, EditDay, Go, ShowSideEffects
from needlejournal.ui.effects.course import CourseGrid, course_by_date, course_of
from needlejournal.ui.effects.curve_view import CurveView
from needlejournal.ui.effects.episodes_card import EpisodesCard
from needlejournal.ui.effects.grid_view import GridPlace, GridView
from needlejournal.ui.effects.legend import Legend
from needlejournal.ui.effects.span import DaySpan, span_of_today, spans
from needlejournal.ui.effects.touched_card import TouchedCard
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import month_title, short_date, tr
from needlejournal.ui.page import Page
from needlejournal.ui.panels.clinic_card import ClinicCardView
from needlejournal.ui.panels.today_card import TodayCard
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.for_writing import for_writing
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.diary import (
    SessionDays,
    cards_between,
    diary_of_sessions,
    products_before_symptom,
    read_diary,
    session_days,
)

NONE = "0"


class EffectsPage(Page):
    """Shows one session's days with an earlier session beside them, or days no session reaches by their dates.

    It follows today, unless the person chose something else.
    """

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._go = go
        self._stale = False
        self._written: list[date] = []
        self._course: CourseGrid | None = None
        self._spans: list[DaySpan] = []
        self._pinned: str | None = None
        self._findings: list[ClinicCard] = []
        self._cards: list[ClinicCardView] = []
        self._make_parts()
        self._lay_out()
        open_journal.changed.connect(self._refresh)
        open_journal.day_changed.connect(self._read_when_seen)
        self._read()

    def show_session(self, session_id: int) -> None:
        """Show a session; 0 goes on with what stands there."""
        self._catch_up()
        if session_id:
            self._pin(next((span for span in self._spans if span.session == session_id), None))

    def leave(self) -> tuple[Unsaved, ...]:
        """Store what is being typed, now. Gives what could not be stored."""
        return self._today.leave()

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, ShowSideEffects):
            self.show_session(destination.session_id)

    def showEvent(self, event: QShowEvent) -> None:
        self._catch_up()
        super().showEvent(event)

    def commands(self) -> tuple[Command, ...]:
        """The page's own keys."""
        return (
            Command("effects_write", tr("Write today"), lambda: self._go(EditDay()), "note", ("Ctrl+Return",)),
            Command("effects_before", tr("The session before"), lambda: self._step(1), "chevron_left", ("Alt+Left",)),
            Command("effects_after", tr("The session after"), lambda: self._step(-1), "chevron_right", ("Alt+Right",)),
        )

    def _make_parts(self) -> None:
        self._sessions = Select(tr("Days shown"))
        self._earlier = Select(tr("Compare with"))
        self._sessions.setMinimumContentsLength(20)
        self._earlier.setMinimumContentsLength(18)
        self._sessions.changed.connect(lambda: self._pin(self._chosen()))
        self._earlier.changed.connect(self._show)
        self._grid = GridView(self._open.catalogue)
        self._grid.chosen.connect(self._show_symptom)
        self._grid.activated.connect(self._write_at)
        self._cell = Label("", "small", "ink_soft")
        self._cell.setMinimumHeight(theme.px(34))  # two lines, so that what is below keeps its place
        self._grid.moved.connect(lambda: self._cell.setText(self._grid.words_now()))
        self._legend = Legend()
        self._curve = CurveView()
        self._point = Label("", "small", "ink_soft").one_line()
        self._point.setMinimumHeight(theme.px(17))
        self._curve.moved.connect(lambda: self._point.setText(self._curve.words_now()))
        self._episodes = EpisodesCard(self._open.catalogue)
        self._today = TodayCard(self._open, self._go)
        self._touched = TouchedCard(self._open.catalogue)

    def _lay_out(self) -> None:
        self._header = PageHeader(tr("Side effects"))
        self._header.add_action(self._sessions)
        self._header.add_action(self._earlier)
        today = self._header.add_action(Button(tr("Write today"), "filled"))
        today.clicked.connect(lambda: self._go(EditDay()))
        for_writing(self._open.journal, today)
        scroll = ScrollArea()
        self._columns = self._make_columns()
        scroll.column().addWidget(self._columns)
        empty = EmptyState(
            "effects",
            tr("Nothing written yet"),
            tr("Side effects are shown day by day. Write how your skin is today, or your first session."),
            tr("Write today"),
        )
        empty.acted.connect(lambda: self._go(EditDay()))
        self._stack = QStackedLayout()
        self._stack.addWidget(scroll)
        self._stack.addWidget(empty)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addLayout(self._stack, 1)

    def _make_columns(self) -> Columns:
        grid = Card(tr("Day by day"))
        grid.body.addWidget(self._grid)
        grid.body.addWidget(self._cell)
        grid.body.addWidget(self._legend)
        self._curve_card = Card()
        self._curve_card.body.addWidget(self._curve, 1)
        self._curve_card.body.addWidget(self._point)
        self._source = Label("", "small", "ink_soft").selectable()
        self._curve_card.body.addWidget(self._source)
        self._grid_card = grid
        return Columns(4, 3)

    def _refresh(self, changes: Changes) -> None:
        if changes.has("session", "side_effect", "day_note", "dismissal", "course"):
            self._read_when_seen()

    def _read_when_seen(self) -> None:
        """Now where the page is in front, else when it is shown or led to next."""
        self._stale = True
        self._catch_up(seen=self.isVisible())

    def _catch_up(self, *, seen: bool = True) -> None:
        if seen and self._stale:
            self._read()

    def _read(self) -> None:
        """Which days there are and what is shown of them, keeping what the person chose."""
        self._stale = False
        calendar, today = self._open.calendar, self._open.today
        self._written = self._open.journal.side_effects.known_days()
        self._spans = spans(calendar, self._written, today)
        empty = not calendar.marks and not self._written
        self._stack.setCurrentIndex(1 if empty else 0)
        for select in (self._sessions, self._earlier):
            select.setVisible(not empty)
        self._sessions.set_choices([(span.key, _words(span, calendar)) for span in self._spans])
        self._choose()

    def _chosen(self) -> DaySpan | None:
        return next((span for span in self._spans if span.key == self._sessions.value()), None)

    def _pin(self, span: DaySpan | None) -> None:
        """Stay with what the person chose; with what today belongs to, go on following today."""
        if span:
            of_today = span_of_today(self._spans, self._open.today)
            self._pinned = None if span == of_today else span.key
            self._choose()

    def _choose(self) -> None:
        """Offer the sessions before the chosen one; the last of the same treatment is shown to begin with."""
        of_today = span_of_today(self._spans, self._open.today)
        span = next((span for span in self._spans if span.key == self._pinned), of_today)
        if span.key != self._sessions.value() or not self._earlier.count():
            self._sessions.set_value(span.key)
            self._offer_earlier(span)
        self._show()

    def _offer_earlier(self, span: DaySpan) -> None:
        calendar = self._open.calendar
        number = calendar.number(span.session) if span.session else 0
        before = list(range(1, number))
        same = [n for n in before if calendar.marks[n - 1].treatment == calendar.marks[number - 1].treatment]
        choices = [(str(calendar.marks[n - 1].id), tr("beside session {number}").format(number=n)) for n in before]
        beside = str(calendar.marks[same[-1] - 1].id) if same else NONE
        self._earlier.set_choices([(NONE, tr("No comparison")), *reversed(choices)], beside)
        self._earlier.setEnabled(bool(before))

    def _show(self) -> None:
        opened, span = self._open, self._chosen()
        if span is None:
            return
        if span.session:
            course = self._show_session(span)
        else:
            diary = read_diary(opened.journal, span.first, span.last)
            course = course_by_date(diary, span, opened.catalogue, opened.today)
        self._course = course
        self._grid.show_course(course)
        self._legend.show_course(course)
        self._show_cards(span)
        self._show_symptom()

    def _show_session(self, span: DaySpan) -> CourseGrid:
        """The days of a session and those of the earlier one; an earlier one that is gone is left."""
        opened, calendar = self._open, self._open.calendar
        earlier = next((mark for mark in calendar.marks if str(mark.id) == self._earlier.value()), None)
        ids = [span.session, *([earlier.id] if earlier else [])]
        diary = diary_of_sessions(opened.journal, [session_window(calendar, one) for one in ids])
        shown = session_days(opened.catalogue, calendar, diary, calendar.number(span.session))
        beside = day_grid(diary, calendar, earlier.id) if earlier else None
        self._show_episodes(diary, shown, earlier)
        return course_of(shown.grid, beside, opened.catalogue, (opened.today - span.first).days)

    def _show_cards(self, span: DaySpan) -> None:
        """Findings of these days below what is being written, so that nothing moves there; those of before go."""
        opened = self._open
        between = cards_between(opened.journal, opened.catalogue, opened.calendar, span.first, span.last)
        findings = list(between.open)
        if findings != self._findings:
            self._findings = findings
            self._cards = [ClinicCardView(opened, finding, self._go) for finding in findings]
        self._episodes.setVisible(bool(span.session))
        left = (self._grid_card, self._curve_card, self._episodes)
        self._columns.show_cards(left, (self._today, *self._cards, self._touched))

    def _show_episodes(self, diary: Diary, shown: SessionDays, earlier: SessionMark | None) -> None:
        this = self._session_episodes(diary, shown.mark)
        before = self._session_episodes(diary, earlier) if earlier else None
        comparisons = compare_sessions(this, [before] if before else [], self._open.catalogue) if this else ()
        self._episodes.show_episodes(shown.episodes, comparisons)

    def _session_episodes(self, diary: Diary, mark: SessionMark) -> SessionEpisodes | None:
        session = self._open.journal.sessions.get(mark.id)
        if session is None:
            return None
        window = session_window(self._open.calendar, mark.id)
        return SessionEpisodes(session, window.number, session_episodes(diary, window))

    def _show_symptom(self) -> None:
        """The curve of the symptom chosen, and what touched the skin before it."""
        row, course = self._grid.current(), self._course
        self._curve_card.setVisible(row is not None and row.can_be_drawn)
        if row is None or course is None:
            return
        self._curve.show_row(course, row)
        title = tr("{symptom}, session {n}") if course.number else tr("{symptom}, {month}")
        month = month_title(course.first)
        self._curve_card.set_title(title.format(symptom=row.name, n=course.number, month=month))
        self._source.setText(tr("Usual course: {source}").format(source=row.source) if row.source else "")
        self._source.setVisible(bool(row.source))
        sessions = self._open.journal.sessions.all()
        onset = next((day for day, severity in enumerate(row.severities) if severity), 0)
        uses = products_before_symptom(self._open.journal, sessions, self._written, row.symptom)
        self._touched.show_touched(row.name, touched_before(sessions, course.first + timedelta(days=onset)), uses)

    def _write_at(self, cell: GridPlace) -> None:
        if self._course:
            day = self._course.first + timedelta(days=cell.day)
            if day <= self._open.today:
                self._go(EditDay(day))

    def _step(self, by: int) -> None:
        keys = [span.key for span in self._spans]
        shown = self._sessions.value()
        place = keys.index(shown) + by if shown in keys else -1
        if 0 <= place < len(keys):
            self._pin(self._spans[place])


def _words(span: DaySpan, calendar: SessionCalendar) -> str:
    if not span.session:
        return tr("By date: {month}").format(month=month_title(span.first))
    return tr("Session {number} · {date}").format(number=calendar.number(span.session), date=short_date(span.first))
