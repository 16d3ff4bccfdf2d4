"""The timeline page: header with search and filter, room for what is next, and the list of cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from needlejournal.store import TimelineFilter
from needlejournal.ui import theme
from needlejournal.ui.actions import Command, action
from needlejournal.ui.destinations import (
    Destination,
    EditDay,
    EditSession,
    Go,
    ImportPhotos,
    PreviewPhoto,
    SearchTimeline,
    ShowDay,
)
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import thumbnails_of
from needlejournal.ui.models.timeline_model import TimelineModel
from needlejournal.ui.page import Page
from needlejournal.ui.panels.arriving_strip import ArrivingStrip
from needlejournal.ui.panels.evening import Evening
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.timeline.card_commands import card_commands, trash_card
from needlejournal.ui.timeline.card_list import CardList
from needlejournal.ui.timeline.filters import FilterBar, FilterPopover
from needlejournal.ui.timeline.popover import Popover
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.month_calendar import MonthCalendar
from needlejournal.ui.widgets.fields.text_fields import SearchField
from needlejournal.ui.widgets.for_writing import for_writing
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.ui.widgets.frame.page_header import PageHeader


class TimelinePage(Page):
    """Sessions and days, newest first. `set_today` puts something above them while nothing is searched for."""

    def __init__(self, open_journal: OpenJournal, go: Go, _preferences: Preferences) -> None:
        super().__init__()
        self._open, self._go = open_journal, go
        self._model = TimelineModel(open_journal, self)
        self._list = CardList(self._model, thumbnails_of(open_journal))
        self._list.setAccessibleName(tr("Timeline"))
        self._bar = FilterBar(open_journal.catalogue)
        self._bar.changed.connect(lambda: self.show_filter(self._bar.filter))
        self._states = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_state()
        self._evening = Evening(open_journal, go, self, self)
        self._arriving = ArrivingStrip(open_journal, go, self)

    # What others call

    def leave(self) -> tuple[Unsaved, ...]:
        return self._evening.leave()

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, ShowDay):
            self.show_day(destination.day)
        elif isinstance(destination, SearchTimeline):
            self._search.selectAll()
            self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here, with its keys."""
        return (
            Command("timeline_filter", tr("Filter the timeline"), self._open_filter, "filter", ("Ctrl+Shift+F",)),
            Command("timeline_date", tr("Go to a date"), self._open_calendar, "calendar", ("Ctrl+G",)),
        )

    def set_today(self, widget: QWidget) -> None:
        """Show what there is to say of today above the cards; again, when it wants another height."""
        self._list.set_above(widget)
        self._list.show_above(shown=not self._model.filter)

    def show_day(self, day: date) -> None:
        """Go to the card of a day, or of the last day before it that has one."""
        self._model.wake()
        if self._model.filter:
            self.show_filter(TimelineFilter())
        row = self._model.place_near(day)
        if row is not None:
            self._list.go_to(row)
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_filter(self, wanted: TimelineFilter) -> None:
        """Show only the cards that pass."""
        if self._search.text() != wanted.text:
            self._search.setText(wanted.text)
        self._model.show_all(wanted)

    def showEvent(self, event: QShowEvent) -> None:
        self._model.wake()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.sleep()

    # How it is made

    def _lay_out(self) -> None:
        self._header = PageHeader(tr("Timeline"))
        self._finder = self._make_finder()
        self._note_button = Button(tr("Day note"))
        self._photos_button = Button(tr("Photos"))
        self._session_button = Button(tr("New session"), "filled")
        for_writing(self._open.journal, self._note_button, self._photos_button, self._session_button)
        for widget in (self._finder, self._note_button, self._photos_button, self._session_button):
            self._header.add_action(widget)
        for state in (self._list, self._make_empty(), self._make_nothing_found()):
            self._states.addWidget(state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._bar)
        column.addWidget(self._states, 1)

    def _make_finder(self) -> QWidget:
        finder = QWidget()
        row = QHBoxLayout(finder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_S)
        self._search = SearchField(tr("Search"), tr("Notes, products, clinics…"))
        self._filter_button = IconButton("filter", tr("Filter"), outlined=True)
        self._filter_button.setCheckable(True)
        self._date_button = IconButton("calendar", tr("Go to a date"), outlined=True)
        row.addWidget(self._search, 1)
        row.addWidget(self._filter_button)
        row.addWidget(self._date_button)
        return finder

    def _make_empty(self) -> QWidget:
        state = EmptyState(
            "timeline",
            tr("Your timeline begins here"),
            tr(
                "Drop photos anywhere in this window, or write down a session. Everything stays in your journal on "
                "this computer."
            ),
            tr("Write a session"),
            tr("Add photos"),
        )
        state.acted.connect(lambda: self._go(EditSession()))
        state.acted_second.connect(lambda: self._go(ImportPhotos()))
        return state

    def _make_nothing_found(self) -> QWidget:
        sentence = tr("No note, product, clinic or tag matches. Try fewer letters, or take a filter away.")
        state = EmptyState("search", tr("Nothing found"), sentence, "", tr("Show everything"))
        state.acted_second.connect(lambda: self.show_filter(TimelineFilter()))
        return state

    def _connect(self) -> None:
        self._search.textChanged.connect(self._typed)
        self._filter_button.clicked.connect(self._open_filter)
        self._date_button.clicked.connect(self._open_calendar)
        self._note_button.clicked.connect(lambda: self._go(EditDay()))
        self._photos_button.clicked.connect(lambda: self._go(ImportPhotos()))
        self._session_button.clicked.connect(lambda: self._go(EditSession()))
        self._list.opened.connect(self._open_card)
        self._list.previewed.connect(self._preview)
        self._list.trashed.connect(self._trash)
        self._list.customContextMenuRequested.connect(self._open_menu)
        self._search.installEventFilter(self)
        for signal in (self._model.modelReset, self._model.rowsInserted, self._model.rowsRemoved):
            signal.connect(self._show_state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter in the search field lead to the first card."""
        if watched is self._search and event.type() == QEvent.Type.KeyPress:
            key = getattr(event, "key", int)()
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._model.rowCount() > 1:
                self._list.choose(1)
                self._list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    # What the person does

    def _typed(self, text: str) -> None:
        if text != self._model.filter.text:
            self._model.show_all(replace(self._model.filter, text=text))

    def _show_state(self) -> None:
        wanted, found = self._model.filter, self._model.cards
        count = tr("%n card(s)", found) if found else tr("nothing found")
        if found and self._model.left_out:
            count = tr("the newest %n card(s); write more letters to find older ones", found)
        self._bar.show_filter(wanted, count)
        self._filter_button.setChecked(bool(replace(wanted, text="")))
        self._list.show_above(shown=not wanted)
        self._states.setCurrentIndex(0 if found else 2 if wanted else 1)
        self._session_button.set_kind("filled" if found or wanted else "plain")

    def _open_filter(self) -> None:
        popover = FilterPopover(self._model.filter, self._open.catalogue, self)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popover.changed.connect(lambda: self.show_filter(popover.filter))
        self._show_state()
        popover.open_below(self._filter_button)

    def _open_calendar(self) -> None:
        content = self._list.current()
        today = self._open.today
        popover = Popover(tr("Go to a date"), self)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = MonthCalendar(content.key.day if content else today, today)
        popover.body.addWidget(calendar)

        def chosen() -> None:
            popover.close()
            self.show_day(calendar.day())

        calendar.chosen.connect(chosen)
        popover.open_below(self._date_button)
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _open_card(self) -> None:
        content = self._list.current()
        if content:
            key = content.key
            self._go(EditSession(key.session_id) if key.session_id else EditDay(key.day))

    def _preview(self) -> None:
        content = self._list.current()
        if content and content.photos:
            photo = content.photos[max(0, self._list.chosen_photo)]
            self._go(PreviewPhoto(photo.id, tuple(other.id for other in content.photos)))

    def _trash(self) -> None:
        content = self._list.current()
        if content:
            trash_card(self._open, content, self._list.chosen_photo)

    def _open_menu(self, where: QPoint) -> None:
        content = self._list.current()
        if content is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in card_commands(self._open, self._go, content, self._list.chosen_photo):
            for command in group:
                menu.addAction(action(command, menu))
            menu.addSeparator()
        menu.popup(self._list.viewport().mapToGlobal(where))
