"""The session editor. What is typed is saved within a moment: neither a crash nor a forgotten button loses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.errors import BadInput
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Go, ImportPhotos, ShowDay, ShowPage
from needlejournal.ui.language import clock_time, tr
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.writing_timer import WritingTimer
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.frame.drop_zone import Dropped
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.writing.experience import Experience
from needlejournal.ui.writing.needles import Needles
from needlejournal.ui.writing.photos_of_session import PhotosOfSession
from needlejournal.ui.writing.products import Products
from needlejournal.ui.writing.when_where import WhenWhere

SAVE_AFTER_MS = 400
# What "same as last time" takes over: how it is done, not how it was.
REPEATED = (
    "treatment",
    "setting",
    "clinic",
    "practitioner",
    "device_kind",
    "device",
    "cartridge",
    "needles",
    "products",
)


class SessionPage(QWidget):
    """Edits one session. A new one is stored with the first thing written (or with Done)."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._go = go
        self._session = self._shown = self._fresh(open_journal.today)
        self._when_where = WhenWhere(open_journal.catalogue, open_journal.today)
        self._products = Products()
        self._needles = Needles(open_journal.catalogue)
        self._sections = (self._when_where, self._products, Experience(open_journal.catalogue), self._needles)
        self._photos = PhotosOfSession(open_journal, go)
        self._saving = WritingTimer(self)
        self._saving.setInterval(SAVE_AFTER_MS)
        self._saving.timeout.connect(self.leave)
        self._photos.wanted.connect(self._bring_photos)
        self._lay_out()
        for section in self._sections:
            section.edited.connect(self._saving.begin)
            section.setEnabled(not open_journal.journal.read_only)
        open_journal.changed.connect(self._refresh)
        self._show()

    def edit(self, session_id: int, day: date | None = None) -> None:
        """Show a session; 0 starts a new one on `day`."""
        self.leave()
        found = self._open.journal.sessions.get(session_id) if session_id else None
        self._session = found or self._fresh(day or self._open.today)
        self._offer()
        self._show()

    def leave(self) -> None:
        """Save what is being typed, now."""
        self._saving.stop()
        try:
            written = self._written()
        except BadInput as error:
            self._header.set_state(str(error))
            return
        if written != self._shown:
            self._save(written)

    def commands(self) -> tuple[Command, ...]:
        """The editor's own keys."""
        return (
            Command("session_done", tr("Done"), self._done, "check", ("Ctrl+Return",)),
            Command("session_same", tr("Same as last time"), self._same_as_last_time, "restore", ("Ctrl+L",)),
        )

    def _lay_out(self) -> None:
        self._header = PageHeader(tr("Session"), tr("Timeline"))
        self._header.back.connect(lambda: self._go(ShowPage("timeline")))
        self._trash = self._header.add_action(IconButton("trash", tr("Move this session to the trash")))
        self._trash.clicked.connect(self._move_to_trash)
        self._same = self._header.add_action(Button(tr("Same as last time")))
        self._same.clicked.connect(self._same_as_last_time)
        self._header.add_action(Button(tr("Done"), "filled")).clicked.connect(self._done)
        columns = Columns(8, 5)
        columns.show_cards(self._sections[:3], (self._needles, self._photos))
        scroll = ScrollArea()
        scroll.column().addWidget(columns)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(scroll, 1)

    def _fresh(self, day: date) -> Session:
        now = self._open.clock()
        when = When.from_datetime(now)
        return Session(When(day, when.time if day == now.date() else None, when.offset_minutes))

    def _offer(self) -> None:
        sessions = self._open.journal.sessions
        for name in ("clinic", "practitioner", "device", "cartridge"):
            self._when_where.suggest(name, sessions.suggestions(name))
        self._products.offer(sessions.known_products())
        self._needles.offer_areas(sessions.zones_used())

    def _written(self) -> Session:
        session = self._session
        for section in self._sections:
            session = section.apply(session)
        return session

    def _save(self, session: Session) -> None:
        new = not session.id
        label = tr("Write session") if new else tr("Edit session")
        before, self._session = self._session, session
        stored = self._open.write(label, lambda j: j.sessions.save(session), merge=f"session:{session.id}")
        self._session = stored or before
        if stored is None:
            return
        self._shown = self._written()
        self._header.set_state(tr("Saved · {time}").format(time=clock_time(self._open.clock().time())))
        self._show_title()

    def _refresh(self, changes: Changes) -> None:
        """Undo, redo and other pages may have changed what is shown here."""
        if changes.has("photo"):
            self._photos.show_session(self._session)
        if self._session.id not in changes.ids("session") or not self._session.id:
            return
        stored = self._open.journal.sessions.get(self._session.id)
        if stored is None:
            self._session = self._fresh(self._session.when.day)
            self._show()
            if self.isVisible():
                self._go(ShowPage("timeline"))
        elif stored != self._session:
            self._session = stored
            self._show()

    def _show(self) -> None:
        for section in self._sections:
            section.show_session(self._session)
        self._shown = self._written()
        self._header.set_state("")
        self._show_title()

    def _show_title(self) -> None:
        stored = bool(self._session.id)
        number = self._open.calendar.number(self._session.id) if stored else len(self._open.calendar.marks) + 1
        self._header.set_title(tr("Session {number}").format(number=number) if stored else tr("New session"))
        self._trash.setVisible(stored)
        self._same.setVisible(not self._open.journal.read_only and bool(self._last()))
        self._photos.show_session(self._session)

    def _last(self) -> Session | None:
        when = self._session.when
        return self._open.journal.sessions.before(when.day, when.time, excluding=self._session.id)

    def _same_as_last_time(self) -> None:
        self.leave()
        last = self._last()
        if last:
            repeated = {name: getattr(last, name) for name in REPEATED}
            self._save(replace(self._session, **repeated))
            self._show()

    def _bring_photos(self, dropped: Dropped) -> None:
        """Photos need a stored session to belong to."""
        self.leave()
        if not self._session.id:
            self._save(self._session)
        self._go(ImportPhotos(dropped.paths, self._session.id, self._session.when.day))

    def _done(self) -> None:
        self.leave()
        if not self._session.id and not self._open.journal.read_only:
            self._save(self._session)
        self._go(ShowDay(self._session.when.day))

    def _move_to_trash(self) -> None:
        self.leave()
        row = self._session.id
        self._session = self._fresh(self._open.today)
        self._show()
        self._open.write(tr("Move session to the trash"), lambda j: j.sessions.trash(row))
        self._open.say(tr("The session is in the trash for 30 days. Its photos stay on their day."), undoable=True)
        self._go(ShowPage("timeline"))
