"""The page of an import: bringing, deciding, saving, and how it went. Everything that is seen is in its parts.

What the import is at any moment is one value, an ImportRun; each step gives a new one, which is then shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import cached_property

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import (
    ComparePhotos,
    Destination,
    EditSession,
    Go,
    GoBack,
    ImportPhotos,
    PreviewPhoto,
    ShowDay,
    ShowPage,
)
from needlejournal.ui.importing import choosing
from needlejournal.ui.importing.for_later import ForLater
from needlejournal.ui.importing.inspector import Decision
from needlejournal.ui.importing.left_out import Keep
from needlejournal.ui.importing.looking import Looking
from needlejournal.ui.importing.saving import Saving
from needlejournal.ui.importing.sheet import Around, ImportSheet, is_empty
from needlejournal.ui.importing.suggestions import DatesMeant, ViewMeant
from needlejournal.ui.importing.wishes import LeaveOut, LookAgain, Press, SeeSaved, Wish
from needlejournal.ui.language import tr
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.workflows.photos_in import import_draft
from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportPlan, ImportSource
from needlejournal.workflows.photos_in.import_run import EMPTY, ImportRun
from needlejournal.workflows.photos_in.importing import Imported
from needlejournal.workflows.photos_in.previewing import drop_strays


class ImportPage(Page):
    """Brings photos in. `start` begins, or adds to what is there: nothing that was brought is ever lost."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open, self._go = open_journal, go
        self._run = EMPTY
        self._saving: Saving | None = None
        self._looking = Looking(open_journal, self)
        self._later = ForLater(open_journal, self)
        self._sheet = ImportSheet(open_journal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheet)
        self._sheet.wished.connect(self._answer)
        self._looking.progressed.connect(self._sheet.show_looking)
        self._looking.glimpsed.connect(self._show_glimpsed)
        self._looking.seen.connect(self._take_plan)
        self._looking.likened.connect(lambda copies: self._become(self._run.likened(copies)))
        self._looking.posed.connect(lambda views: self._become(self._run.posed(views)))
        open_journal.changed.connect(self._refresh)
        open_journal.locked.connect(self._keep_for_later)
        self._show()

    def _answer(self, wish: Wish) -> None:
        match wish:
            case Press():
                self._presses[wish]()
            case LeaveOut(keys):
                self._leave_out(keys)
            case LookAgain(key):
                self._look_again(key)
            case SeeSaved(place):
                self._see_saved(place)
            case Keep(key, keep):
                self._decide(self._run.decided(self._run.plan.with_kept({key}, keep=keep)))
            case ViewMeant(keys, view, zone):
                self._decide(self._run.with_view(keys, view, zone))
            case DatesMeant(keys):
                self._decide(self._run.decided(self._run.plan.with_proposed(keys, self._open.calendar)))
            case Decision(change):
                self._decide(self._run.decided(change(self._run.plan, self._sheet.selected())))

    @cached_property
    def _presses(self) -> dict[Press, Callable[[], object]]:
        return {
            Press.BACK: lambda: self._go(ShowPage("photos")),
            Press.SAVE: self._save,
            Press.CHOOSE_PHOTOS: self._choose_photos,
            Press.CHOOSE_FOLDER: lambda: choosing.choose_folder(self, self.start),
            Press.DISCARD: self._ask_to_discard,
            Press.STOP: self._stop,
            Press.GO_ON: lambda: self.start(self._later.earlier),
            Press.TO_TIMELINE: self._to_timeline,
            Press.TO_COMPARE: lambda: self._go(ComparePhotos()),
            Press.TO_SESSION: lambda: self._leave_for(EditSession(self._run.session_id)),
        }

    def start(self, sources: Sequence[ImportSource] = (), session_id: int = 0, day: date | None = None) -> None:
        """Look at these files and folders (none: ask for them), proposed for a session or a day."""
        session = self._open.journal.sessions.get(session_id) if session_id else None
        day = session.when.day if session else day
        self._run = self._run.begun_from(session_id)
        if day:
            self._sheet.suggest_day(day)
        if sources and not self._open.journal.read_only:
            self._later.bring(sources, self._wanted())
            self._begin_looking(tuple(sources))
        elif is_empty(self._run, self._around()):
            self._choose_photos()
        self._show()

    @property
    def run(self) -> ImportRun:
        """What the import is at this moment."""
        return self._run

    def arrive(self, destination: Destination) -> None:
        self._looking.get_ready()
        if isinstance(destination, ImportPhotos):
            sources = self._later.earlier if destination.waiting else destination.sources
            self.start(sources, destination.session_id, destination.day)

    def step_back(self, step: str) -> bool:
        """Take back, or do again, the last decision of this sheet; the journal's own undo begins where these end."""
        run = self._run.undone() if step == "undo" else self._run.redone()
        moved = self._run.deciding and run is not self._run
        if moved:
            self._decide(run)
        return moved

    def commands(self) -> tuple[Command, ...]:
        """The keys of this page."""
        return (
            Command("import_save", tr("Save the photos"), self._save, "check", ("Ctrl+S", "Ctrl+Return")),
            Command("import_add", tr("Choose more photos…"), self._choose_photos, "add"),
            *self._sheet.commands(),
        )

    def _become(self, run: ImportRun) -> None:
        self._run = run
        self._show()

    def _decide(self, run: ImportRun) -> None:
        self._become(run)
        self._later.keep_soon(self._wanted())

    def _wanted(self) -> tuple[ImportItem, ...]:
        return tuple(item for item in self._run.plan.items if item.wanted)

    def _around(self) -> Around:
        journal = self._open.journal
        waiting = 0 if self._run.plan.items or self._run.busy else import_draft.waiting(journal)
        return Around(waiting, journal.read_only, self._run.has_outcome and journal.photos.count() > 1)

    def _show(self) -> None:
        self._sheet.show_run(self._run, self._around())

    def _refresh(self, changes: Changes) -> None:
        if _is_undone(self._open.journal, changes, self._run.saved_photos):
            self._become(self._run.read())
        elif changes.has("session") and self._run.plan.items:
            self._show()

    def _choose_photos(self) -> None:
        if not self._open.journal.read_only:
            choosing.choose_photos(self, self.start)

    def _begin_looking(self, sources: tuple[ImportSource, ...]) -> None:
        """Look now, or once the saving is done."""
        self._looking.add(sources)
        if self._saving is None:
            self._sheet.begin(tr("Looking at your photos…"))
            self._run = self._run.read().looking()
            self._looking.begin()

    def _show_glimpsed(self, items: tuple[ImportItem, ...]) -> None:
        self._run = self._run.glimpsing(items)
        self._sheet.show_glimpsed(self._run)

    def _take_plan(self, found: ImportPlan) -> None:
        """What was brought is looked at: add it to the plan."""
        found = import_draft.decided_again(found, self._open.journal)
        self._run = self._run.found(found)
        if self._looking.waiting:
            self._run = self._run.looking()
        self._later.find(found.items, more=self._looking.waiting)
        self._later.keep(self._wanted())
        self._show()
        self._looking.pose(self._run.plan.items)

    def _stop(self) -> None:
        self._looking.stop()
        if self._saving:
            self._saving.stop()

    def _look_again(self, key: int) -> None:
        """The person copied a damaged file once more."""
        source = self._run.plan.item(key).source
        self._leave_out({key})
        self.start((source,))

    def _leave_out(self, keys: Collection[int]) -> None:
        if keys and not self._run.being_saved:
            self._decide(self._run.decided(self._run.plan.without(keys)))

    def _ask_to_discard(self) -> None:
        wanted = self._wanted()
        if not wanted:
            self._throw_away()
            return
        sheet = _discard_question(len(wanted), self)
        sheet.accepted.connect(self._throw_away)
        sheet.open()

    def _throw_away(self) -> None:
        """Import nothing of it; the files themselves are not touched."""
        if not self._later.keep(()):
            return
        self._looking.forget([item for plan in (*self._run.past, self._run.plan) for item in plan.items])
        self._begin_anew(EMPTY)
        self._go(GoBack())

    def _begin_anew(self, run: ImportRun) -> None:
        self._sheet.begin_anew()
        self._become(run)

    def _save(self) -> None:
        items = self._run.plan.to_save
        if not items or self._run.busy:
            return
        undecided = [item for item in self._run.plan.items if item.needs]
        saving = Saving(self._open, items, undecided, self._later)
        saving.advanced.connect(self._show_saving)
        saving.ended.connect(self._end_saving)
        if saving.start():
            self._saving = saving
            self._sheet.begin(tr("Saving your photos…"))
            self._become(self._run.saving())

    def _show_saving(self) -> None:
        if self._saving:
            self._sheet.show_saving(self._saving.saved, self._saving.done, self._saving.total)

    def _end_saving(self, result: Imported) -> None:
        self._saving = None
        self._begin_anew(self._run.ended(result))
        self._later.keep(self._wanted())
        if not self._run.plan.items:
            drop_strays(self._open.journal)
        if self._looking.waiting:
            self._become(self._run.looking())
            self._looking.begin()

    def _see_saved(self, place: int) -> None:
        photos = tuple(photo.id for photo in self._run.saved_photos)
        if place < len(photos):
            self._go(PreviewPhoto(photos[place], photos))

    def _to_timeline(self) -> None:
        days = [photo.when.day for photo in self._run.saved_photos]
        self._leave_for(ShowDay(max(days)) if days else ShowPage("timeline"))

    def _leave_for(self, destination: Destination) -> None:
        self._become(self._run.read())
        self._go(destination)

    def _keep_for_later(self) -> None:
        """The journal is being closed: what was not decided upon yet is offered again next time."""
        self._later.end()
        if self._saving is None and self._run.plan.items and not self._open.journal.read_only:
            self._later.keep(self._wanted())
            kept = {item.key for item in self._run.plan.items}
            self._looking.forget([item for plan in self._run.past for item in plan.items if item.key not in kept])


def _is_undone(journal: Journal, changes: Changes, saved: Iterable[Photo]) -> bool:
    """Whether a photo that was called saved is not there any more: the import was undone."""
    touched = changes.ids("photo") & {photo.id for photo in saved}
    return any(journal.photos.get(photo_id) is None for photo_id in touched)


def _discard_question(wanted: int, parent: QWidget) -> QuestionSheet:
    words = tr(
        "(It is|They are) not saved yet, and what you decided here will be forgotten. Your own files stay as they are.",
        wanted,
    )
    return QuestionSheet(tr("Discard %n photo(s)?", wanted), words, tr("Discard"), parent, final=True)
