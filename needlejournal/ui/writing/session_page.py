"""The session editor. What is typed is saved within a moment: neither a crash nor a forgotten button loses it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from needlejournal.journal.changes import Changes
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Destination, EditSession, Go, ImportPhotos, ShowDay, ShowPage
from needlejournal.ui.keeping import Keeping, Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.typing_steps import BY_JOURNAL
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.for_writing import for_writing
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.frame.drop_zone import Dropped
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.writing.belongs import Belongs
from needlejournal.ui.writing.experience import Experience
from needlejournal.ui.writing.needles import NeedlesCard
from needlejournal.ui.writing.photos_of_session import PhotosOfSession
from needlejournal.ui.writing.products import Products
from needlejournal.ui.writing.when_where import WhenWhere

if TYPE_CHECKING:
    from needlejournal.workflows.photos_in.import_plan import ImportSource

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


class SessionPage(Page):
    """Edits one session. A new one is stored with the first thing written (or with Done)."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._go = go
        self._session = self._shown = self._fresh(open_journal.today)
        self._when_where = WhenWhere(open_journal.catalogue, open_journal.today)
        self._products = Products()
        self._needles = NeedlesCard(open_journal.catalogue)
        self._when_where.treatment_shown.connect(self._show_treatment)
        self._belongs = Belongs(open_journal)
        self._sections = (
            self._when_where, self._products, Experience(open_journal.catalogue), self._needles, self._belongs
        )  # fmt: skip
        self._photos = PhotosOfSession(open_journal, go)
        self._keeping = Keeping(open_journal, self, self._name)
        self._keeping.add(self._keep, self._show)
        self._photos.wanted.connect(self._bring_photos)
        self._lay_out()
        for section in self._sections:
            section.edited.connect(self._keeping.begin)
            section.edited.connect(self._follow)
            section.setEnabled(not open_journal.journal.read_only)
        self.setProperty(BY_JOURNAL, True)
        open_journal.changed.connect(self._refresh)
        self._show()

    def edit(self, session_id: int, day: date | None = None) -> None:
        """Show a session; 0 starts a new one on `day`."""
        if not self._keeping.settle():
            return
        found = self._open.journal.sessions.get(session_id) if session_id else None
        self._session = found or self._fresh(day or self._open.today)
        self._offer()
        self._show()

    def leave(self) -> tuple[Unsaved, ...]:
        """Save what is being typed, now. Gives what could not be stored."""
        return self._keeping.leave()

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, EditSession):
            self.edit(destination.session_id, destination.day)

    def commands(self) -> tuple[Command, ...]:
        """The editor's own keys."""
        return (
            Command("session_done", tr("Done"), self._done, "check", ("Ctrl+Return",)),
            Command("session_leave", tr("Back to the timeline"), self._back, "chevron_left", ("Escape",)),
            Command("session_same", tr("Same as last time"), self._same_as_last_time, "restore", ("Ctrl+Shift+L",)),
        )

    def _lay_out(self) -> None:
        self._header = PageHeader(tr("Session"), tr("Timeline"))
        self._keeping.said.connect(self._header.set_state)
        self._header.back.connect(self._back)
        self._trash = self._header.add_action(IconButton("trash", tr("Move this session to the trash")))
        self._trash.clicked.connect(self._move_to_trash)
        for_writing(self._open.journal, self._trash)
        self._same = self._header.add_action(Button(tr("Same as last time")))
        self._same.clicked.connect(self._same_as_last_time)
        self._header.add_action(Button(tr("Done"), "filled")).clicked.connect(self._done)
        columns = Columns(8, 5)
        columns.show_cards(self._sections[:3], (self._needles, self._photos, self._belongs))
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

    def _follow(self) -> None:
        """Every card shows what goes with the treatment and setting chosen now."""
        written = self._written()
        for section in self._sections:
            section.follow(written)

    def _written(self) -> Session:
        session = self._session
        for section in self._sections:
            session = section.apply(session)
        return session

    def _keep(self) -> None:
        written = self._written()
        if written != self._shown:
            self._save(written)

    def _save(self, session: Session) -> bool:
        """Store a session. Gives whether it is."""
        new = not session.id
        label = tr("Write session") if new else tr("Edit session")
        before, self._session = self._session, session
        shown, steps = asdict(self._shown), self._keeping.steps
        key = None if new else steps.key(f"session:{session.id}", shown, asdict(session))
        written = self._keeping.write(label, lambda j: j.sessions.save(session), merge=key)
        self._session = written.value if written else before
        if written:
            self._shown = self._written()
            self._show_title()
        return written is not None

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
        elif stored != self._session and not self._keeping.typing:
            self._session = stored
            self._show()

    def _show(self) -> None:
        for section in self._sections:
            section.show_session(self._session)
        self._shown = self._written()
        self._follow()
        self._header.set_state("")
        self._show_title()

    def _show_title(self) -> None:
        self._header.set_title(self._name())
        self._trash.setVisible(bool(self._session.id))
        self._same.setVisible(not self._open.journal.read_only and bool(self._last()))
        self._photos.show_session(self._session)

    def _show_treatment(self, treatment: str) -> None:
        self._products.show_notes(self._open.catalogue.treatment(treatment).notes)

    def _name(self) -> str:
        if not self._session.id:
            return tr("New session")
        return tr("Session {number}").format(number=self._open.calendar.number(self._session.id))

    def _last(self) -> Session | None:
        return self._open.journal.sessions.last_alike(self._session)

    def _same_as_last_time(self) -> None:
        last = self._last() if self._keeping.settle() else None
        if last:
            repeated = {name: getattr(last, name) for name in REPEATED}
            if self._save(replace(self._session, **repeated)):
                self._show()

    def _back(self) -> None:
        self._go(ShowPage("timeline"))

    def photos_for(self, sources: tuple[ImportSource, ...]) -> ImportPhotos | None:
        """They belong to this session, which has to be stored for that."""
        if self._keeping.settle() and (self._session.id or self._save(self._session)):
            return ImportPhotos(sources, self._session.id, self._session.when.day)
        return None

    def _bring_photos(self, dropped: Dropped) -> None:
        wanted = self.photos_for(dropped.paths)
        if wanted:
            self._go(wanted)

    def _done(self) -> None:
        if self._keeping.settle() and (self._session.id or self._open.journal.read_only or self._save(self._session)):
            self._go(ShowDay(self._session.when.day))

    def _move_to_trash(self) -> None:
        if not self._keeping.settle():
            return
        row, label = self._session.id, tr("Move session to the trash")
        gone = tr("The session is in the trash for 30 days. Its photos stay on their day.")
        if self._open.write(label, lambda j: j.sessions.trash(row), say=gone):
            self._session = self._fresh(self._open.today)
            self._show()
            self._go(ShowPage("timeline"))
