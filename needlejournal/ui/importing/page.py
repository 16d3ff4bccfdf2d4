"""The page of an import: scanning, deciding, saving, and how it went. Everything that is seen is in its parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout

from needlejournal.journal.changes import Changes
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import (
    ComparePhotos,
    Destination,
    EditSession,
    Go,
    ImportPhotos,
    PreviewPhoto,
    ShowDay,
    ShowPage,
)
from needlejournal.ui.importing import choosing
from needlejournal.ui.importing.captions import Caption, caption
from needlejournal.ui.importing.inspector import Decision
from needlejournal.ui.importing.left_out import Keep
from needlejournal.ui.importing.looking import Looking
from needlejournal.ui.importing.saving import Saving
from needlejournal.ui.importing.sheet import ImportSheet, State
from needlejournal.ui.language import tr
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows import import_draft
from needlejournal.workflows.import_plan import ImportItem, ImportPlan, ImportSource
from needlejournal.workflows.importing import Imported
from needlejournal.workflows.previewing import drop_strays
from needlejournal.workflows.progress import Progress


class ImportPage(Page):
    """Brings photos in. `start` begins, or adds to what is there: nothing that was brought is ever lost."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._go = go
        self._plan = ImportPlan()
        self._session_id = 0
        self._saving: Saving | None = None
        self._result: Imported | None = None
        self._looking = Looking(open_journal, self)
        self._sheet = ImportSheet(open_journal, self._caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheet)
        self._connect_sheet()
        self._looking.progressed.connect(self._show_looking)
        self._looking.seen.connect(self._take_plan)
        open_journal.changed.connect(self._refresh)
        open_journal.locked.connect(self._keep_for_later)
        self._show()

    def _connect_sheet(self) -> None:
        sheet = self._sheet
        sheet.header.back.connect(partial(self._go, ShowPage("timeline")))
        sheet.save.clicked.connect(self._save)
        sheet.add.clicked.connect(self._choose_photos)
        sheet.discard.clicked.connect(self._throw_away)
        sheet.empty.acted.connect(self._choose_photos)
        sheet.empty.acted_second.connect(self._choose_folder)
        sheet.strip.cancelled.connect(self._stop)
        sheet.notice.acted.connect(self._go_on)
        sheet.sections.picked.connect(self._inspect)
        sheet.sections.kept.connect(self._keep)
        sheet.sections.done.tiles.activated.connect(self._preview)
        sheet.inspector.decided.connect(self._decide)
        sheet.inspector.left_out.connect(self._leave_out)
        sheet.outcome.to_timeline.connect(self._to_timeline)
        sheet.outcome.to_compare.connect(partial(self._go, ComparePhotos()))
        sheet.outcome.to_session.connect(self._to_session)

    def start(self, sources: Sequence[ImportSource] = (), session_id: int = 0, day: date | None = None) -> None:
        """Look at these files and folders (none: ask for them), proposed for a session or a day."""
        if session_id:
            self._session_id = session_id
            session = self._open.journal.sessions.get(session_id)
            day = session.when.day if session else day
        if day:
            self._sheet.inspector.suggest_day(day)
        if sources and not self._open.journal.read_only:
            self._begin_looking(tuple(sources))
        elif self._state().nothing:
            self._choose_photos()
        self._show()

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, ImportPhotos):
            self.start(destination.sources, destination.session_id, destination.day)

    def commands(self) -> tuple[Command, ...]:
        """The keys of this page."""
        inspector = self._sheet.inspector
        views = (
            Command(f"import_view_{n}", view.name, partial(inspector.choose_view, n - 1), "", (str(n),))
            for n, view in enumerate(self._open.catalogue.views, 1)
        )
        return (
            Command("import_save", tr("Save the photos"), self._save, "check", ("Ctrl+S", "Ctrl+Return")),
            Command("import_add", tr("Choose more photos…"), self._choose_photos, "add"),
            Command("import_leave_out", tr("Leave the selected photos out"), self._leave_out, "", ("Delete",)),
            Command("import_mirrored", tr("Mirrored by the phone, or not"), inspector.toggle_mirrored, "", ("M",)),
            *views,
        )

    def _state(self) -> State:
        busy = self._looking.busy or self._saving is not None
        waiting = 0 if self._plan.items or busy else import_draft.waiting(self._open.journal)
        return State(
            self._plan,
            busy=busy,
            saving=self._saving is not None,
            waiting=waiting,
            told=self._result is not None,
            read_only=self._open.journal.read_only,
        )

    def _show(self) -> None:
        self._sheet.show_state(self._state())
        self._inspect()

    def _caption(self, item: ImportItem) -> Caption:
        return caption(item, self._open.calendar, self._open.catalogue)

    def _inspect(self) -> None:
        keys = self._sheet.sections.keys()
        selected = [item for item in self._plan.items if item.key in keys]
        self._sheet.inspector.inspect(selected, self._open.calendar)

    def _refresh(self, changes: Changes) -> None:
        if self._result and self._gone(changes, self._result):
            self._forget_result()
            self._show()
        elif changes.has("session") and self._plan.items:
            self._show()

    def _gone(self, changes: Changes, result: Imported) -> bool:
        """Whether a photo that is told to be saved is not there any more: the import was undone."""
        told = changes.ids("photo") & {photo.id for _, photo in result.saved}
        return any(self._open.journal.photos.get(photo_id) is None for photo_id in told)

    def _choose_photos(self) -> None:
        if not self._open.journal.read_only:
            choosing.choose_photos(self, self._chosen)

    def _choose_folder(self) -> None:
        choosing.choose_folder(self, self._chosen)

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        if paths:
            self.start(paths)

    def _begin_looking(self, sources: tuple[ImportSource, ...]) -> None:
        """Look now, or once the saving is done."""
        self._looking.add(sources)
        if self._saving is None:
            self._forget_result()
            self._sheet.strip.reset(tr("Looking at your photos…"))
            self._looking.begin()

    def _show_looking(self, progress: Progress) -> None:
        words = tr("Looking at {name}").format(name=progress.name)
        self._sheet.strip.show_progress(progress.done, progress.total, words)

    def _take_plan(self, found: ImportPlan) -> None:
        """What was brought is looked at: add it to the plan."""
        found = import_draft.decided_again(found, self._open.journal)
        first = not self._plan.items
        self._plan = found if first else self._plan.joined(found)
        self._show()
        if first:
            self._sheet.sections.select_first()

    def _stop(self) -> None:
        self._looking.stop()
        if self._saving:
            self._saving.stop()

    def _decide(self, decision: Decision) -> None:
        self._plan = decision.change(self._plan, self._sheet.sections.keys())
        self._show()

    def _keep(self, keep: Keep) -> None:
        self._plan = self._plan.with_kept({keep.key}, keep=keep.keep)
        self._show()

    def _leave_out(self) -> None:
        keys = self._sheet.sections.keys()
        if keys and self._state().deciding:
            self._looking.forget([item for item in self._plan.items if item.key in keys])
            self._plan = self._plan.without(keys)
            self._show()

    def _throw_away(self) -> None:
        """Import nothing of it; the files themselves are not touched."""
        self._looking.forget(self._plan.items)
        import_draft.keep(self._open.journal, ())
        self._begin_anew(ImportPlan())
        self._go(ShowPage("timeline"))

    def _go_on(self) -> None:
        self._begin_looking(import_draft.sources(self._open.journal))
        self._show()

    def _begin_anew(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._sheet.sections.forget()
        self._sheet.sections.show_saved(())
        self._sheet.inspector.suggest_day(None)
        self._show()

    def _save(self) -> None:
        items = self._plan.to_save
        if not items or self._saving or self._looking.busy:
            return
        undecided = [item for item in self._plan.items if item.needs]
        self._saving = Saving(self._open, items, undecided, self)
        self._saving.advanced.connect(self._show_saving)
        self._saving.ended.connect(self._end_saving)
        self._sheet.strip.reset(tr("Saving your photos…"))
        self._show()
        self._saving.start()

    def _show_saving(self) -> None:
        if self._saving:
            words = tr("%n photo(s) saved", len(self._saving.saved))
            self._sheet.strip.show_progress(self._saving.done, self._saving.total, words)
            self._sheet.sections.show_saved(self._saving.saved)

    def _end_saving(self, result: Imported) -> None:
        self._saving, self._result = None, result
        left = {item.key for item in result.left}
        import_draft.keep(self._open.journal, ())
        self._begin_anew(ImportPlan(tuple(item for item in self._plan.items if item.key in left or item.needs)))
        can_compare = self._open.journal.photos.count() > 1
        undecided = sum(1 for item in self._plan.items if item.needs)
        self._sheet.outcome.show_result(
            result, undecided=undecided, can_compare=can_compare, from_session=bool(self._session_id)
        )
        self._sheet.sections.show_done([item for item, _ in result.saved])
        if not self._plan.items:
            drop_strays(self._open.journal)
        self._looking.begin()
        self._show()

    def _preview(self, index: QModelIndex) -> None:
        """Show a photo that was saved large."""
        photos = [photo.id for _, photo in self._result.saved] if self._result else []
        if index.row() < len(photos):
            self._go(PreviewPhoto(photos[index.row()], tuple(photos)))

    def _forget_result(self) -> None:
        self._result = None
        self._sheet.sections.show_done([])
        self._sheet.outcome.hide()

    def _to_timeline(self) -> None:
        saved = self._result.saved if self._result else ()
        days = [photo.when.day for _, photo in saved]
        self._leave_for(ShowDay(max(days)) if days else ShowPage("timeline"))

    def _to_session(self) -> None:
        self._leave_for(EditSession(self._session_id))

    def _leave_for(self, destination: ShowDay | ShowPage | EditSession) -> None:
        self._session_id = 0
        self._forget_result()
        self._show()
        self._go(destination)

    def _keep_for_later(self) -> None:
        """The journal is being closed: what was not decided upon yet is offered again next time."""
        if self._saving is None and self._plan.items and not self._open.journal.read_only:
            import_draft.keep(self._open.journal, [item for item in self._plan.items if item.wanted])
