"""The side effects page: which session, what was written after it, and what to do about it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.diary.days_after import Diary, day_grid, session_window
from needlejournal.journal.diary.episodes import SessionEpisodes, compare_sessions, session_episodes
from needlejournal.journal.diary.touched import products_before, touched_before
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import EditDay, EditSession, Go
from needlejournal.ui.effects.course import Course, course_of
from needlejournal.ui.effects.curve_view import CurveView
from needlejournal.ui.effects.episodes_card import EpisodesCard
from needlejournal.ui.effects.grid_view import Cell, GridView
from needlejournal.ui.effects.legend import Legend
from needlejournal.ui.effects.touched_card import TouchedCard
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.panels.clinic_card import ClinicCard
from needlejournal.ui.panels.today_card import TodayCard
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.diary import SessionDiary, read_diary, session_diary

NONE = "0"


class EffectsPage(QWidget):
    """Shows one session's days, with an earlier session beside them."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._go = go
        self._diary = Diary(())
        self._course: Course | None = None
        self._shown: SessionDiary | None = None
        self._make_parts()
        self._lay_out()
        open_journal.changed.connect(self._refresh)
        self._read()

    def show_session(self, session_id: int) -> None:
        """Show a session; 0 is the last one."""
        marks = self._open.calendar.marks
        number = self._open.calendar.number(session_id) if session_id else len(marks)
        self._sessions.set_value(str(number) if marks else None)
        self._choose_session()

    def leave(self) -> None:
        """Store what is being typed, now."""
        self._today.leave()

    def commands(self) -> tuple[Command, ...]:
        """The page's own keys."""
        return (
            Command("effects_write", tr("Write today"), lambda: self._go(EditDay()), "note", ("Ctrl+Return",)),
            Command("effects_before", tr("The session before"), lambda: self._step(-1), "chevron_left", ("Alt+Left",)),
            Command("effects_after", tr("The session after"), lambda: self._step(1), "chevron_right", ("Alt+Right",)),
        )

    def _make_parts(self) -> None:
        self._sessions = Select(tr("Session"))
        self._earlier = Select(tr("Compare with"))
        self._sessions.setMinimumContentsLength(18)
        self._earlier.setMinimumContentsLength(18)
        self._sessions.changed.connect(self._choose_session)
        self._earlier.changed.connect(self._show)
        self._grid = GridView(self._open.catalogue)
        self._grid.chosen.connect(self._show_symptom)
        self._grid.activated.connect(self._write_at)
        self._legend = Legend()
        self._curve = CurveView()
        self._episodes = EpisodesCard(self._open.catalogue)
        self._today = TodayCard(self._open, self._go)
        self._touched = TouchedCard(self._open.catalogue)

    def _lay_out(self) -> None:
        self._header = PageHeader(tr("Side effects"))
        self._header.add_action(self._sessions)
        self._header.add_action(self._earlier)
        self._header.add_action(Button(tr("Write today"), "filled")).clicked.connect(lambda: self._go(EditDay()))
        scroll = ScrollArea()
        self._columns = self._make_columns()
        scroll.column().addWidget(self._columns)
        empty = EmptyState(
            "effects",
            tr("No session yet"),
            tr("Side effects are shown as days after a session. Write your first session to begin."),
            tr("Write a session"),
        )
        empty.acted.connect(lambda: self._go(EditSession()))
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
        self._healing = Label("", "small", "ink_soft")
        parts: tuple[QWidget, ...] = (self._grid, self._legend, self._healing)
        for part in parts:
            grid.body.addWidget(part)
        self._curve_card = Card()
        self._curve_card.body.addWidget(self._curve, 1)
        self._source = Label("", "small", "ink_soft").selectable()
        self._curve_card.body.addWidget(self._source)
        self._grid_card = grid
        return Columns(3, 2)

    def _refresh(self, changes: Changes) -> None:
        if changes.has("session", "side_effect", "day_note", "dismissal", "course"):
            self._read()

    def _read(self) -> None:
        """Everything again, keeping the session that is shown."""
        self._diary = read_diary(self._open.journal)
        marks = self._open.calendar.marks
        self._stack.setCurrentIndex(0 if marks else 1)
        for select in (self._sessions, self._earlier):
            select.setVisible(bool(marks))
        shown = self._sessions.value()
        words = [(str(n), _session_words(n, mark.when.day)) for n, mark in enumerate(marks, 1)]
        keep = shown if shown is not None and int(shown) <= len(marks) else None
        self._sessions.set_choices(reversed(words), keep or (str(len(marks)) if marks else None))
        if marks:
            self._choose_session()

    def _choose_session(self) -> None:
        """Offer the sessions before the chosen one; the last of the same treatment is shown to begin with."""
        number = int(self._sessions.value() or 0)
        marks = self._open.calendar.marks
        if not number:
            return
        before = list(range(1, number))
        same = [n for n in before if marks[n - 1].treatment == marks[number - 1].treatment]
        choices = [(str(n), tr("with session {number}").format(number=n)) for n in reversed(before)]
        self._earlier.set_choices([(NONE, tr("No comparison")), *choices], str(same[-1]) if same else NONE)
        self._show()

    def _show(self) -> None:
        number = int(self._sessions.value() or 0)
        if not number:
            return
        opened = self._open
        found = session_diary(opened.journal, opened.catalogue, opened.calendar, self._diary, number)
        earlier = opened.calendar.find(int(self._earlier.value() or 0))
        beside = day_grid(self._diary, opened.calendar, earlier.id) if earlier else None
        today = (opened.today - found.mark.when.day).days
        self._shown = found
        self._course = course_of(found.grid, beside, opened.catalogue, today)
        self._grid.show_course(self._course)
        self._legend.show_earlier(earlier is not None)
        self._show_clinic_cards()
        self._show_episodes()
        self._show_symptom()
        self._tell_next_session()

    def _tell_next_session(self) -> None:
        day = self._course.next_session if self._course else None
        words = "" if day is None else tr("From day {day} on (dashed line) the days count to the next session.")
        self._healing.setText(words.format(day=day))
        self._healing.setVisible(bool(words))

    def _show_clinic_cards(self) -> None:
        """Findings below what is being written, so that nothing moves there; those of before go."""
        findings = self._shown.open if self._shown else ()
        cards = [ClinicCard(self._open, finding) for finding in findings]
        left = (self._grid_card, self._curve_card, self._episodes)
        self._columns.show_cards(left, (self._today, *cards, self._touched))

    def _show_episodes(self) -> None:
        if not self._shown:
            return
        this = self._session_episodes(self._shown.number)
        others = [self._session_episodes(int(self._earlier.value() or 0))] if self._earlier.value() != NONE else []
        known = [other for other in others if other]
        comparisons = compare_sessions(this, known, self._open.catalogue) if this else ()
        self._episodes.show_episodes(self._shown.episodes, comparisons)

    def _session_episodes(self, number: int) -> SessionEpisodes | None:
        mark = self._open.calendar.find(number)
        session = self._open.journal.sessions.get(mark.id) if mark else None
        if mark is None or session is None:
            return None
        window = session_window(self._open.calendar, mark.id)
        return SessionEpisodes(session, number, session_episodes(self._diary, window))

    def _show_symptom(self) -> None:
        row = self._grid.current()
        if not self._course or not self._shown:
            return
        self._curve.show_row(self._course, row)
        self._curve_card.setVisible(row is not None)
        if row is None:
            return
        self._curve_card.set_title(tr("{symptom}, session {n}").format(symptom=row.name, n=self._course.number))
        self._source.setText(tr("Usual course: {source}").format(source=row.source) if row.source else "")
        sessions = self._open.journal.sessions.all()
        onset = next((e.onset for e in self._shown.episodes if e.symptom == row.symptom), 0)
        day = self._shown.mark.when.day + timedelta(days=onset)
        uses = products_before(sessions, self._diary, row.symptom)
        self._touched.show_touched(row.name, touched_before(sessions, day), uses)

    def _write_at(self, cell: Cell) -> None:
        if self._shown:
            day = self._shown.mark.when.day + timedelta(days=cell.day)
            if day <= self._open.today:
                self._go(EditDay(day))

    def _step(self, by: int) -> None:
        number = int(self._sessions.value() or 0) + by
        if self._open.calendar.find(number):
            self._sessions.set_value(str(number))
            self._choose_session()


def _session_words(number: int, day: date) -> str:
    return tr("Session {number} · {date}").format(number=number, date=medium_date(day))
