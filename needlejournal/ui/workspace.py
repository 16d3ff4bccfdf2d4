"""One open journal on the screen: the rail, the page shown, and where each destination leads.

Pages are made when they are first shown, so that the timeline is there at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.store import Journal
from needlejournal.store.remembered import SAMPLE
from needlejournal.ui.actions import Command, page_action
from needlejournal.ui.destinations import Destination, GoBack, ImportPhotos, OnPage, PreviewPhoto, ShowPage
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.models.preview_items import preview_items
from needlejournal.ui.page import Page
from needlejournal.ui.page_list import BY_KEY, PAGES, PageEntry
from needlejournal.ui.panels.backup_clock import BackupClock
from needlejournal.ui.panels.check_clock import CheckClock
from needlejournal.ui.panels.dropped_version import offer_version
from needlejournal.ui.panels.reminder_strip import ReminderStrip
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal, Saying
from needlejournal.ui.warming import Warming
from needlejournal.ui.widgets.frame.drop_zone import DropVeil, dropped_paths
from needlejournal.ui.widgets.frame.notices import Banner, Toast
from needlejournal.ui.widgets.frame.rail import Rail, RailItem
from needlejournal.ui.widgets.frame.short_room import ShortRoom
from needlejournal.ui.widgets.pictures import veil
from needlejournal.ui.widgets.pictures.pasting import pasted_picture, why_no_photo
from needlejournal.ui.widgets.pictures.photo_preview import PhotoPreview
from needlejournal.ui.widgets.pressable import Pressable
from needlejournal.workflows.photos_in import import_draft

TIMELINE = ShowPage("timeline")
AT_LATEST_MS = 2000  # a window that opens minimised is never painted


def _fold_key(page: PageEntry) -> str:
    """Under which the person's choice is remembered."""
    return "look/rail_folded_for_photos" if page.roomy else "look/rail_folded"


def _by_key(focused: QWidget | None) -> bool:
    """Whether a page is asked for by the keyboard just now: by a shortcut that is held, or on a button with a ring."""
    held = QGuiApplication.keyboardModifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(held) or (isinstance(focused, Pressable) and focused.ringed)


def _offer(words: str, action: str, then: Callable[[], object]) -> Banner:
    """A line with one thing to do, which takes it away."""
    banner = Banner(words, action=action, closable=True)
    banner.acted.connect(banner.hide)
    banner.acted.connect(then)
    return banner


def _rail_items(place: str) -> list[RailItem]:
    return [RailItem(page.key, tr_message(page.title), page.icon) for page in PAGES if page.place == place]


class FirstPaint(QObject):
    """Lets no job begin until `widget` is painted: what a person waits for comes first."""

    def __init__(self, widget: QWidget, jobs: Jobs) -> None:
        super().__init__(widget)
        self._jobs = jobs
        jobs.hold()
        widget.installEventFilter(self)
        QTimer.singleShot(AT_LATEST_MS, self, jobs.release)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._jobs.release)
        return False


class Workspace(QWidget):
    """Shows one journal. `page_changed` tells that another page is in front; `menu_wanted` asks for the journals."""

    page_changed = Signal()
    menu_wanted = Signal(object)  # the QPoint on the screen where it opens
    own_wanted = Signal()
    version_wanted = Signal(object)  # the Path of another version of this journal
    named = Signal(str)  # the window's title for this journal

    def __init__(
        self,
        open_journal: OpenJournal,
        preferences: Preferences,
        parent: QWidget | None = None,
        *,
        first: Destination = TIMELINE,
    ) -> None:
        super().__init__(parent)
        self.open_journal = open_journal
        self._preferences = preferences
        veil.draw(preferences.flag(veil.KEY))
        self._made: dict[str, Page] = {}
        self._came_from: dict[str, str] = {}
        self._warming = Warming(open_journal, self, [page.module for page in PAGES])
        self._stack = QStackedWidget()
        self._rail = Rail(
            open_journal.journal.name,
            _rail_items("rail"),
            [*_rail_items("bottom"), RailItem("fold", tr("Fold menu"), "fold", page=False)],
        )
        self._rail.acted.connect(self._toggle_rail)
        self._rail.pressed.connect(lambda: self.menu_wanted.emit(self._rail.below_heading()))
        self._rail.chosen.connect(self._show_chosen)
        self._lay_out()
        self._reminder = ReminderStrip(self.open_journal, self.go, self._preferences, self)
        self._toast = Toast(self)
        self._toast.acted.connect(open_journal.undo)
        open_journal.steps_changed.connect(self._toast.withdraw_action)  # undo would take back the step after it
        if not open_journal.journal.read_only:
            DropVeil(self, tr("Drop photos to add them to your journal")).dropped.connect(self.receive)
        open_journal.said.connect(self._say)
        open_journal.changed.connect(self._read_ahead)
        open_journal.reading.connect(self._say_reading)
        open_journal.closing.connect(self._rest)
        if first is not TIMELINE:
            FirstPaint(self, open_journal.jobs)
        self.go(first)
        if not self._made:  # it has to be waited for, or is asked about: over the timeline
            self.go(TIMELINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rail.fit(self.size())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(ShortRoom(self._rail))
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        if why := self.open_journal.journal.why_read_only:
            column.addWidget(Banner(why))
        elif import_draft.waiting(self.open_journal.journal):
            self._offer_interrupted_import(column)
        self._notices = column
        for banner in _notices(self.open_journal.journal, self.version_wanted):
            column.addWidget(banner)
        self._offer_orphans(column)
        CheckClock.of(self.open_journal).found.connect(self._show_damage)
        self._offer_backup(column)
        if self.open_journal.journal.remembered.get(SAMPLE):
            sample = Banner(tr("This is the sample: change what you like."), action=tr("Start my own…"))
            sample.acted.connect(self.own_wanted)
            column.addWidget(sample)
        column.addWidget(ShortRoom(self._stack), 1)

    def _offer_orphans(self, column: QVBoxLayout) -> None:
        if (orphans := self.open_journal.journal.orphans) and not self.open_journal.journal.read_only:
            words = tr("%n photo(s) in this journal's folder (is|are) in no entry.", len(orphans))
            column.addWidget(_offer(words, tr("Look at (it|them)", len(orphans)), self._look_at_orphans))

    def _look_at_orphans(self) -> None:
        from needlejournal.workflows.safekeeping.salvaging import orphan_sources

        self.go(ImportPhotos(orphan_sources(self.open_journal.journal)))

    def _offer_interrupted_import(self, column: QVBoxLayout) -> None:
        waiting = import_draft.waiting(self.open_journal.journal)
        words = tr("%n photo(s) from last time (is|are) waiting to be looked through.", waiting)
        go_on = partial(self.go, ImportPhotos(waiting=True))
        column.addWidget(_offer(words, tr("Go on with (it|them)", waiting), go_on))

    def _offer_backup(self, column: QVBoxLayout) -> None:
        """Backups run from now on; a quiet line where there was none for long."""
        words = BackupClock.of(self.open_journal).reminder()
        if words:
            column.addWidget(_offer(words, tr("Back up…"), lambda: self.go(ShowPage("settings"))))

    def show_name(self) -> None:
        """The journal may be called something else now."""
        self._show_photo_count()
        self.named.emit(tr("{journal} – Needle Journal").format(journal=self.open_journal.journal.name))

    def _show_photo_count(self) -> None:
        journal = self.open_journal.journal
        self._rail.set_title(journal.name, tr("%n photo(s)", journal.photos.count()))

    def _show_damage(self, sentence: str) -> None:
        """What the check in the background found, above everything until it is put away."""
        self._notices.insertWidget(0, Banner(sentence, closable=True))

    def page(self, key: str) -> Page:
        """The page with this key, made when it is first asked for."""
        if key not in self._made:
            page = BY_KEY[key].make(self.open_journal, self.go, self._preferences)
            page.setAccessibleName(tr_message(BY_KEY[key].title))
            self._made[key] = page
            self._stack.addWidget(page)
            for command in page.commands():
                page.addAction(page_action(command, page))
        return self._made[key]

    def current(self) -> str:
        """The key of the page in front."""
        return next((key for key, page in self._made.items() if page is self._stack.currentWidget()), "")

    def commands(self) -> tuple[Command, ...]:
        """The commands of the page in front."""
        return self._made[self.current()].commands()

    def step_back(self, step: str) -> bool:
        """Let the page in front take back, or do again, what is not in the journal yet. Gives whether it did."""
        return bool(self._made) and self._made[self.current()].step_back(step)

    def leave(self) -> tuple[Unsaved, ...]:
        """Store what is being typed on any page. Gives what could not be stored."""
        return tuple(unsaved for page in self._made.values() for unsaved in page.leave())

    def receive(self, mime: QMimeData) -> bool:
        """Take files or a picture, pasted or dropped, to the import sheet. Gives whether there were any."""
        if offer_version(dropped_paths(mime).paths, self.version_wanted.emit, self):
            return True
        sources = dropped_paths(mime).paths or pasted_picture(mime)
        wanted = self._made[self.current()].photos_for(sources) if sources else None
        if wanted:
            self.go(wanted)
        elif not sources:
            self.open_journal.say(why_no_photo(mime))
        return bool(sources)

    def go(self, destination: Destination) -> None:
        """Lead the person there."""
        if isinstance(destination, PreviewPhoto):
            preview = PhotoPreview(self.open_journal.jobs, self)
            self.page_changed.connect(preview.dismiss)
            preview.open_items(*preview_items(self.open_journal, destination.photo_id, destination.among))
        elif isinstance(destination, GoBack):
            self.go(ShowPage(self._came_from.get(self.current(), "timeline")))
        elif isinstance(destination, ImportPhotos) and self.open_journal.journal.read_only:
            self.open_journal.say(tr("This journal is open for viewing only, so no photos can be added."))
        elif BY_KEY[destination.key].pixels and destination.key not in self._made:
            self._warming.when_warm(partial(self._go_on_to, destination))
        else:
            self._go_on_to(destination)

    def _go_on_to(self, destination: OnPage) -> None:
        if destination.key == "compare":
            self._compare(destination)
        else:
            self._lead(destination)

    def _compare(self, destination: OnPage) -> None:
        """Show comparisons, unless the person wanted none until a later day: then ask, calmly."""
        from needlejournal.ui.panels.calm import CalmSheet, compare_from

        until = compare_from(self._preferences)
        if until is None or self.open_journal.today >= until:
            self._lead(destination)
            return
        sheet = CalmSheet(until, self)
        sheet.accepted.connect(lambda: self._lead(destination))
        sheet.rejected.connect(self._select_in_rail)
        sheet.open()

    def _lead(self, destination: OnPage) -> None:
        """Show the page. Where it still holds text that could not be stored, ask before it shows something else."""
        page = self.page(destination.key)
        front = self._made.get(self.current())
        if front is not None and front is not page:
            front.leave()
            self._came_from[destination.key] = self.current()
        unsaved = () if isinstance(destination, ShowPage) else page.leave()
        self._put_in_front(page)
        if unsaved:
            from needlejournal.ui.panels.unsaved_sheet import UnsavedSheet  # hardly ever wanted

            again = partial(self._lead, destination)
            UnsavedSheet(unsaved, tr("Continue without it"), again, self).open()
        else:
            page.arrive(destination)

    def _put_in_front(self, page: Page) -> None:
        focused: QWidget | None = self.window().focusWidget()
        reason = Qt.FocusReason.ShortcutFocusReason if _by_key(focused) else Qt.FocusReason.MouseFocusReason
        if focused is not None and self._stack.isAncestorOf(focused) and not page.isAncestorOf(focused):
            self._stack.setFocus(reason)  # or Qt lets it wander to the first button; the page left keeps its place
        entry = BY_KEY[next(key for key, made in self._made.items() if made is page)]
        self._rail.fold(folded=self._folded(entry))  # first, or the window would grow for both
        self._stack.setCurrentWidget(page)
        self._select_in_rail()
        self.page_changed.emit()
        if not page.isAncestorOf(self.window().focusWidget()):
            before: QWidget | None = page.focusWidget()
            (before or page.first()).setFocus(reason)  # its keys work at once, Tab goes on in it

    def _select_in_rail(self) -> None:
        self._rail.select(BY_KEY[self.current()].part_of or self.current())

    def _toggle_rail(self) -> None:
        """Keep the rail folded to icons, or show its words again: for pages that need the room, and for all others."""
        page = BY_KEY[self.current()]
        self._preferences.remember(_fold_key(page), not self._folded(page))
        self._rail.fold(folded=self._folded(page))

    def _folded(self, page: PageEntry) -> bool:
        return self._preferences.flag(_fold_key(page), default=page.roomy)

    def _show_chosen(self) -> None:
        self.go(ShowPage(self._rail.current()))

    def _read_ahead(self, changes: Changes) -> None:
        """Photos came in: what a comparison will ask about them is read while nobody waits."""
        if changes.has("photo"):
            self._show_photo_count()
            from needlejournal.ui.models.reading_ahead import ReadingAhead  # not needed for the first paint

            ReadingAhead.of(self.open_journal)

    def _say_reading(self, count: int) -> None:
        self._rail.note(tr("Reading %n photo(s)…", count) if count else "", str(count) if count < 1000 else "…")

    def _say(self, saying: Saying) -> None:
        self._toast.show_message(saying.sentence, tr("Undo") if saying.undoable else "")

    def _rest(self) -> None:
        """What it shows is being closed: nothing of it may read that by itself any more."""
        for timer in self.findChildren(QTimer):
            timer.stop()


def _notices(journal: Journal, wanted: SignalInstance) -> Iterator[Banner]:
    """What opening the journal had to say, and the other versions of it that are beside this one."""
    for notice in journal.notices:
        yield Banner(tr_message(notice), "warning", closable=True)
    for version in journal.other_versions:
        action = tr("Open the journal itself") if version.itself else tr("Look at the other")
        banner = Banner(tr_message(version.words), "info" if version.itself else "warning", action, closable=True)
        banner.acted.connect(partial(wanted.emit, version.path))
        yield banner
