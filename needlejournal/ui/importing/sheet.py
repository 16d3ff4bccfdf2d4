"""The parts of the import page and where they stand; what each state shows. It decides nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.actions import Command
from needlejournal.ui.importing.captions import caption
from needlejournal.ui.importing.inspector import WIDTH, Inspector
from needlejournal.ui.importing.outcome import Outcome
from needlejournal.ui.importing.sections import Sections
from needlejournal.ui.importing.suggestions import Suggestions
from needlejournal.ui.importing.wishes import LeaveOut, LookAgain, Press, SeeSaved
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import thumbnails_of
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.ui.widgets.frame.notices import Banner
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.frame.tab_order import tab_through
from needlejournal.workflows.photos_in.import_run import EMPTY, ImportRun
from needlejournal.workflows.progress import Progress

_NARROW = 760


@dataclass(frozen=True, slots=True)
class Around:
    """What matters besides the run: how many files wait from last time, whether nothing may be written, and whether
    there are photos to compare.
    """

    waiting: int = 0
    read_only: bool = False
    can_compare: bool = False


class ImportSheet(QWidget):
    """Header, progress, sections with the card at their side, outcome, and the empty state. `wished` carries a Wish."""

    wished = Signal(object)

    def __init__(self, open_journal: OpenJournal) -> None:
        super().__init__()
        self._open = open_journal
        self._run = EMPTY
        self._narrow = False
        self.header = PageHeader(tr("Add photos"), tr("Photos"))
        self.discard = self.header.add_action(Button(tr("Discard"), "quiet"))
        self.add = self.header.add_action(Button(tr("Add photos…"), icon="add"))
        self.save = self.header.add_action(Button(tr("Save"), "filled"))
        self.strip = ProgressStrip(tr("Looking at your photos…"))
        self.notice = Banner("", action=tr("Continue with them"))
        self.outcome = Outcome()
        self.suggestions = Suggestions(open_journal.catalogue)
        self.sections = Sections(
            lambda item: caption(item, open_journal.calendar, open_journal.catalogue), thumbnails_of(open_journal)
        )
        self.inspector = Inspector(open_journal.catalogue, open_journal.today)
        self.empty = EmptyState(
            "photos",
            tr("Add your photos"),
            tr("Drop them anywhere in this window, or choose them here. They are copied; your files stay as they are."),
            tr("Choose photos…"),
            tr("Choose a folder…"),
        )
        self._lay_out()
        self._connect_buttons()
        self._connect_photos()

    def _connect_buttons(self) -> None:
        presses = (
            (self.header.back, Press.BACK),
            (self.save.clicked, Press.SAVE),
            (self.add.clicked, Press.CHOOSE_PHOTOS),
            (self.empty.acted, Press.CHOOSE_PHOTOS),
            (self.empty.acted_second, Press.CHOOSE_FOLDER),
            (self.discard.clicked, Press.DISCARD),
            (self.strip.cancelled, Press.STOP),
            (self.notice.acted, Press.GO_ON),
            (self.outcome.to_timeline, Press.TO_TIMELINE),
            (self.outcome.to_compare, Press.TO_COMPARE),
            (self.outcome.to_session, Press.TO_SESSION),
        )
        for signal, press in presses:
            signal.connect(partial(self._wish, press))

    def _connect_photos(self) -> None:
        for section in (self.sections.to_decide, self.sections.ready):
            section.tiles.wanted_in_view.connect(self._bring_into_view)
        for told in (self.sections.kept, self.suggestions.accepted, self.inspector.decided):
            told.connect(self.wished)
        self.sections.picked.connect(self._inspect)
        self.sections.broken.again.connect(lambda key: self.wished.emit(LookAgain(key)))
        self.sections.broken.left_out.connect(lambda key: self.wished.emit(LeaveOut({key})))
        self.sections.done.tiles.opened.connect(lambda place: self.wished.emit(SeeSaved(place)))
        self.suggestions.left_out.connect(lambda keys: self.wished.emit(LeaveOut(keys)))
        self.suggestions.looked_at.connect(self.sections.select)
        self.inspector.left_out.connect(self.leave_selected_out)

    def _wish(self, press: Press, *_checked: bool) -> None:
        self.wished.emit(press)

    def _lay_out(self) -> None:
        self._scroll, self._side = ScrollArea(), ScrollArea()
        self._column = self._scroll.column(theme.SPACE_L)
        for part in (self.notice, self.strip, self.outcome, self.suggestions, self.sections):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._side.column().setContentsMargins(0, 0, theme.PAGE_MARGIN, theme.PAGE_MARGIN)
        self._side.column().addWidget(self.inspector)
        self._side.column().addStretch(1)
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._scroll, 1)
        row.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._work, 1)
        column.addWidget(self.empty, 1)
        theme.on_change(self._place_inspector)

    def show_run(self, run: ImportRun, around: Around) -> None:
        """Bring every part to this run."""
        self._run = run
        nothing = is_empty(run, around)
        self.empty.setVisible(nothing and not around.read_only)
        self._work.setVisible(self.empty.isHidden())
        self.notice.set_text(tr("%n photo(s) from last time (is|are) waiting to be looked through.", around.waiting))
        self.notice.setVisible(bool(around.waiting) and not around.read_only)
        self.strip.setVisible(run.busy)
        self._show_actions(run, can_add=not nothing and not around.read_only)
        self.suggestions.show_run(run)
        self.sections.show_run(run)
        self.inspector.setVisible(run.deciding)
        self._place_inspector()
        self._inspect()
        self.outcome.show_run(run, can_compare=around.can_compare)
        self._order_tab()

    def _order_tab(self) -> None:
        """Tab goes as the eye does, through what has just been made too, wherever the inspector stands."""
        photos = (self.inspector, self.sections) if self._narrow else (self.sections, self.inspector)
        tab_through(self.header, self.notice, self.strip, self.outcome, self.suggestions, *photos)

    def begin(self, words: str) -> None:
        """Something begins that can be stopped, with no progress yet."""
        self.strip.reset(words)

    def begin_anew(self) -> None:
        """Another plan begins: nothing of the one before is remembered."""
        self.sections.forget()
        self.sections.show_saved(())
        self.inspector.suggest_day(None)

    def suggest_day(self, day: date) -> None:
        """Propose this day for photos without a date."""
        self.inspector.suggest_day(day)

    def selected(self) -> set[int]:
        """The keys of the photos that are selected."""
        return self.sections.keys()

    def leave_selected_out(self) -> None:
        """Wish that the selected photos are left out."""
        self.wished.emit(LeaveOut(self.selected()))

    def commands(self) -> tuple[Command, ...]:
        """The keys for what is selected."""
        return (
            Command("import_leave_out", tr("Leave the selected photos out"), self.leave_selected_out, "", ("Delete",)),
            Command("import_mirrored", tr("Mirrored by the phone, or not"), self.inspector.toggle_mirrored, "", ("M",)),
            *self.inspector.commands(),
        )

    def show_glimpsed(self, run: ImportRun) -> None:
        """Show the files that are being looked at, as far as they are found."""
        self._run = run
        self.sections.show_glimpsed(run)

    def show_looking(self, progress: Progress) -> None:
        """Tell how far the looking is."""
        self.strip.show_progress(progress.done, progress.total, tr("Looking at {name}").format(name=progress.name))

    def show_saving(self, saved: Collection[int], done: int, total: int) -> None:
        """Tell how far the saving is, and tick the photos with these keys."""
        self.strip.show_progress(done, total, tr("%n photo(s) saved", len(saved)))
        self.sections.show_saved(saved)

    def _inspect(self) -> None:
        keys = self.selected()
        selected = [item for item in self._run.plan.items if item.key in keys]
        self.inspector.inspect(selected, self._open.calendar)

    def _show_actions(self, run: ImportRun, *, can_add: bool) -> None:
        saves = len(run.plan.to_save)
        self.save.set_text(tr("Save %n photo(s)", saves) if saves else tr("Save"))
        self.save.setEnabled(bool(saves) and not run.busy)
        self.save.setVisible(bool(run.plan.items) or run.busy)
        self.discard.setVisible(bool(run.plan.items) and not run.busy)
        self.add.setVisible(can_add)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_inspector()

    def _place_inspector(self) -> None:
        """At the side, or above the photos where there is little room."""
        narrow = self.width() < theme.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._column.insertWidget(4, self.inspector)
            else:
                self._side.column().insertWidget(0, self.inspector)
            self._order_tab()
        self._side.setFixedWidth(theme.px(WIDTH) + theme.PAGE_MARGIN)
        self._side.setVisible(not narrow and self._run.deciding)

    def _bring_into_view(self, rect: QRect) -> None:
        tiles, content = self.sender(), self._scroll.widget()
        if isinstance(tiles, QWidget) and content is not None:
            middle = tiles.mapTo(content, rect.center())
            self._scroll.ensureVisible(middle.x(), middle.y(), 0, rect.height() // 2 + theme.SPACE_L)


def is_empty(run: ImportRun, around: Around) -> bool:
    """Whether there is nothing to show but what to do first."""
    return not (run.plan.items or run.plan.companions or run.busy or around.waiting or run.has_outcome)
