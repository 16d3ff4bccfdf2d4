"""The page of an import: bringing, deciding, saving, and how it went. Everything that is seen is in its parts.

What the import is at any moment is one value, an ImportRun; each step gives a new one, which is then shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
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
from needlejournal.ui.importing.inspector import Decision
from needlejournal.ui.importing.left_out import Keep
from needlejournal.ui.importing.looking import Looking
from needlejournal.ui.importing.saving import Saving
from needlejournal.ui.importing.sheet import Around, ImportSheet, is_empty
from needlejournal.ui.importing.suggestions import DatesMeant, ViewMeant
from needlejournal.ui.language import tr
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.workflows import import_draft
from needlejournal.workflows.import_plan import ImportItem, ImportPlan, ImportSource
from needlejournal.workflows.import_run import EMPTY, Doing, ImportRun
from needlejournal.workflows.importing import Imported
from needlejournal.workflows.previewing import drop_strays


class ImportPage(Page):
    """Brings photos in. `start` begins, or adds to what is there: nothing that was brought is ever lost."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open, self._go = open_journal, go
        self._run = EMPTY
        self._saving: Saving | None = None
        self._looking = Looking(open_journal, self)
        self._sheet = ImportSheet(open_journal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheet)
        self._connect_sheet()
        self._looking.progressed.connect(self._sheet.show_looking)
        self._looking.glimpsed.connect(self._show_glimpsed)
        self._looking.seen.connect(self._take_plan)
        self._looking.likened.connect(lambda copies: self._become(self._run.likened(copies)))
        self._looking.posed.connect(lambda views: self._become(self._run.posed(views)))
        open_journal.changed.connect(self._refresh)
        open_journal.locked.connect(self._keep_for_later)
        self._show()

    def _connect_sheet(self) -> None:
        sheet = self._sheet
        sheet.header.back.connect(partial(self._go, ShowPage("photos")))
        sheet.save.clicked.connect(self._save)
        sheet.add.clicked.connect(self._choose_photos)
        sheet.discard.clicked.connect(self._ask_to_discard)
        sheet.empty.acted.connect(self._choose_photos)
        sheet.empty.acted_second.connect(lambda: choosing.choose_folder(self, self.start))
        sheet.strip.cancelled.connect(self._stop)
        sheet.notice.acted.connect(self._go_on)
        sheet.sections.picked.connect(self._inspect)
        sheet.sections.kept.connect(self._keep)
        sheet.sections.broken.again.connect(self._look_again)
        sheet.sections.broken.left_out.connect(lambda key: self._leave_out({key}))
        sheet.sections.done.tiles.activated.connect(self._preview)
        sheet.suggestions.accepted.connect(self._decide)
        sheet.suggestions.left_out.connect(self._leave_out)
        sheet.suggestions.looked_at.connect(sheet.sections.select)
        sheet.inspector.decided.connect(self._decide)
        sheet.inspector.left_out.connect(self._leave_out)
        sheet.outcome.to_timeline.connect(self._to_timeline)
        sheet.outcome.to_compare.connect(partial(self._go, ComparePhotos()))
        sheet.outcome.to_session.connect(lambda: self._leave_for(EditSession(self._run.session_id)))

    def start(self, sources: Sequence[ImportSource] = (), session_id: int = 0, day: date | None = None) -> None:
        """Look at these files and folders (none: ask for them), proposed for a session or a day."""
        session = self._open.journal.sessions.get(session_id) if session_id else None
        day = session.when.day if session else day
        self._run = self._run.begun_from(session_id, day)
        if day:
            self._sheet.inspector.suggest_day(day)
        if sources and not self._open.journal.read_only:
            self._begin_looking(tuple(sources))
        elif is_empty(self._run, self._around()):
            self._choose_photos()
        self._show()

    @property
    def run(self) -> ImportRun:
        """What the import is at this moment."""
        return self._run

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, ImportPhotos):
            self.start(destination.sources, destination.session_id, destination.day)

    def step_back(self, step: str) -> bool:
        """Take back, or do again, the last decision of this sheet; the journal's own undo begins where these end."""
        run = self._run.undone() if step == "undo" else self._run.redone()
        moved = self._run.deciding and run is not self._run
        if moved:
            self._become(run)
        return moved

    def commands(self) -> tuple[Command, ...]:
        """The keys of this page."""
        inspector = self._sheet.inspector
        return (
            Command("import_save", tr("Save the photos"), self._save, "check", ("Ctrl+S", "Ctrl+Return")),
            Command("import_add", tr("Choose more photos…"), self._choose_photos, "add"),
            Command("import_leave_out", tr("Leave the selected photos out"), self._leave_out, "", ("Delete",)),
            Command("import_mirrored", tr("Mirrored by the phone, or not"), inspector.toggle_mirrored, "", ("M",)),
            *inspector.commands(),
        )

    def _become(self, run: ImportRun) -> None:
        self._run = run
        self._show()

    def _around(self) -> Around:
        waiting = 0 if self._run.plan.items or self._run.busy else import_draft.waiting(self._open.journal)
        return Around(waiting, self._open.journal.read_only)

    def _show(self) -> None:
        self._sheet.show_run(self._run, self._around())
        self._inspect()

    def _inspect(self) -> None:
        keys = self._sheet.sections.keys()
        selected = [item for item in self._run.plan.items if item.key in keys]
        self._sheet.inspector.inspect(selected, self._open.calendar)

    def _refresh(self, changes: Changes) -> None:
        result = self._run.result
        if result and _is_undone(self._open.journal, changes, result):
            self._forget_result()
            self._show()
        elif changes.has("session") and self._run.plan.items:
            self._show()

    def _choose_photos(self) -> None:
        if not self._open.journal.read_only:
            choosing.choose_photos(self, self.start)

    def _begin_looking(self, sources: tuple[ImportSource, ...]) -> None:
        """Look now, or once the saving is done."""
        self._looking.add(sources)
        if self._saving is None:
            self._forget_result()
            self._sheet.strip.reset(tr("Looking at your photos…"))
            self._run = self._run.looking()
            self._looking.begin()

    def _show_glimpsed(self, items: tuple[ImportItem, ...]) -> None:
        self._run = self._run.glimpsing(items)
        self._sheet.sections.show_glimpsed(self._run)

    def _take_plan(self, found: ImportPlan) -> None:
        """What was brought is looked at: add it to the plan."""
        self._run = self._run.found(import_draft.decided_again(found, self._open.journal))
        if self._looking.waiting:
            self._run = self._run.looking()
        self._show()
        self._looking.pose(self._run.plan.items)

    def _stop(self) -> None:
        self._looking.stop()
        if self._saving:
            self._saving.stop()

    def _decide(self, decision: Decision | ViewMeant | DatesMeant) -> None:
        plan = self._run.plan
        match decision:
            case ViewMeant(keys, view, zone):
                self._become(self._run.with_view(keys, view, zone))
            case DatesMeant(keys):
                self._become(self._run.decided(plan.with_proposed(keys, self._open.calendar)))
            case Decision(change):
                self._become(self._run.decided(change(plan, self._sheet.sections.keys())))

    def _keep(self, keep: Keep) -> None:
        self._become(self._run.decided(self._run.plan.with_kept({keep.key}, keep=keep.keep)))

    def _look_again(self, key: int) -> None:
        """The person copied a damaged file once more."""
        source = self._run.plan.item(key).source
        self._leave_out({key})
        self.start((source,))

    def _leave_out(self, keys: set[int] | None = None) -> None:
        keys = keys or self._sheet.sections.keys()
        if keys and self._run.doing is not Doing.SAVING:
            self._become(self._run.decided(self._run.plan.without(keys)))

    def _ask_to_discard(self) -> None:
        wanted = sum(1 for item in self._run.plan.items if item.wanted)
        if not wanted:
            self._throw_away()
            return
        sheet = _discard_question(wanted, self)
        sheet.accepted.connect(self._throw_away)
        sheet.open()

    def _throw_away(self) -> None:
        """Import nothing of it; the files themselves are not touched."""
        self._looking.forget([item for plan in (*self._run.past, self._run.plan) for item in plan.items])
        import_draft.keep(self._open.journal, ())
        self._begin_anew(EMPTY)
        self._go(GoBack())

    def _go_on(self) -> None:
        self.start(import_draft.sources(self._open.journal))

    def _begin_anew(self, run: ImportRun) -> None:
        self._sheet.sections.forget()
        self._sheet.sections.show_saved(())
        self._sheet.inspector.suggest_day(None)
        self._become(run)

    def _save(self) -> None:
        items = self._run.plan.to_save
        if not items or self._run.busy:
            return
        undecided = [item for item in self._run.plan.items if item.needs]
        self._saving = Saving(self._open, items, undecided, self)
        self._saving.advanced.connect(self._show_saving)
        self._saving.ended.connect(self._end_saving)
        self._sheet.strip.reset(tr("Saving your photos…"))
        self._become(self._run.saving())
        self._saving.start()

    def _show_saving(self) -> None:
        if self._saving:
            self._sheet.show_saving(self._saving.saved, self._saving.done, self._saving.total)

    def _end_saving(self, result: Imported) -> None:
        self._saving = None
        import_draft.keep(self._open.journal, ())
        self._begin_anew(self._run.ended(result))
        self._sheet.outcome.show_run(self._run, can_compare=self._open.journal.photos.count() > 1)
        self._sheet.sections.show_done([item for item, _ in result.saved])
        if not self._run.plan.items:
            drop_strays(self._open.journal)
        if self._looking.waiting:
            self._run = self._run.looking()
            self._looking.begin()
        self._show()

    def _preview(self, index: QModelIndex) -> None:
        """Show a photo that was saved large."""
        photos = tuple(photo.id for _, photo in self._run.result.saved) if self._run.result else ()
        if index.row() < len(photos):
            self._go(PreviewPhoto(photos[index.row()], photos))

    def _forget_result(self) -> None:
        if self._run.result:
            self._run = self._run.read()
        self._sheet.sections.show_done([])
        self._sheet.outcome.hide()

    def _to_timeline(self) -> None:
        days = [photo.when.day for _, photo in self._run.result.saved] if self._run.result else []
        self._leave_for(ShowDay(max(days)) if days else ShowPage("timeline"))

    def _leave_for(self, destination: ShowDay | ShowPage | EditSession) -> None:
        self._forget_result()
        self._become(self._run.read())
        self._go(destination)

    def _keep_for_later(self) -> None:
        """The journal is being closed: what was not decided upon yet is offered again next time."""
        if self._saving is None and self._run.plan.items and not self._open.journal.read_only:
            import_draft.keep(self._open.journal, [item for item in self._run.plan.items if item.wanted])
            kept = {item.key for item in self._run.plan.items}
            self._looking.forget([item for plan in self._run.past for item in plan.items if item.key not in kept])


def _is_undone(journal: Journal, changes: Changes, result: Imported) -> bool:
    """Whether a photo that was called saved is not there any more: the import was undone."""
    saved = changes.ids("photo") & {photo.id for _, photo in result.saved}
    return any(journal.photos.get(photo_id) is None for photo_id in saved)


def _discard_question(wanted: int, parent: QWidget) -> QuestionSheet:
    words = tr("Nothing of (it|them) was saved yet, and what you decided here is forgotten. Your files stay.", wanted)
    return QuestionSheet(tr("Discard %n photo(s)?", wanted), words, tr("Discard"), parent, final=True)
