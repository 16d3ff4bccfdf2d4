"""Which journal is open in the window, and how it comes and goes: the welcome, opening, making, locking, leaving.

Everything that the first frame does not need, so that the window is there before any of this is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue
from needlejournal.store import Damaged, InUseElsewhere, Journal, is_behind, open_journal
from needlejournal.store.keys import KEYRING, Keyring, NeedsPassphrase
from needlejournal.ui.actions import LETTERS, Command, action, use_letters
from needlejournal.ui.destinations import Destination
from needlejournal.ui.jobs import JobControl, Jobs, WorkAlone
from needlejournal.ui.language import tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.new_journals import NewJournals
from needlejournal.ui.page_list import leading_commands
from needlejournal.ui.panels.cover import KEYS, Covers
from needlejournal.ui.panels.locking.lock_page import LockPage
from needlejournal.ui.panels.locking.locking import Locking
from needlejournal.ui.panels.locking.watching import AwayWatch
from needlejournal.ui.panels.opening_sheets import (
    ask_about_damage,
    ask_in_use,
    go_back_to_copy,
    open_rescued,
    show_rescued,
)
from needlejournal.ui.panels.reminder_tray import tray_of
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.text_keys import TextKeys
from needlejournal.ui.widgets.as_list import list_command
from needlejournal.ui.widgets.frame.sheets import MessageSheet, QuestionSheet
from needlejournal.ui.workspace import TIMELINE, Workspace

if TYPE_CHECKING:
    from needlejournal.ui.welcome.page import WelcomePage
    from needlejournal.workflows.safekeeping.salvaging import Salvaged

Key = QKeySequence.StandardKey
T = TypeVar("T")
Failed = Callable[[Exception], object]


class Journals(QObject):
    """Shows the welcome in `window` until a journal is open."""

    entered = Signal(object)  # the workspace of a journal that is open

    def __init__(
        self, application: QApplication, window: QMainWindow, catalogue: Catalogue, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._window = window
        self._catalogue = catalogue
        use_letters(preferences.flag(LETTERS, default=True))
        self._preferences = preferences
        self.workspace: Workspace | None = None
        self._first: dict[Path, Destination] = {}  # where a journal opens, if not at its timeline
        self.work = WorkAlone(self)
        self.covers = Covers(application, window)
        self.new = NewJournals(window, self)
        self.locking = Locking(window, self.covers, self.work, settle=self.settle, give_up=self.give_up)
        self.locking.opened.connect(self.enter_unlocked)
        self.locking.failed.connect(self._welcome_and_report)
        self.locking.elsewhere.connect(self.choose)
        self.locking.damaged.connect(self._offer_copy)
        AwayWatch(application, preferences, self).away.connect(self.locking.lock_encrypted)
        self._commands = _commands_of(self, window)
        window.addActions([action(command, window) for command in self._commands])
        TextKeys(application, self)
        tray_of(application, preferences, window, self.covers)

    def begin(self, journal: Path | None = None, first: Destination | None = None) -> None:
        """Open the journal asked for, else the last one, else show the welcome."""
        for folder in [journal] if journal else self._preferences.recent_journals()[:1]:
            self.open(folder, first)
        if self._window.centralWidget() is None:
            self._welcome()

    def open(self, folder: Path, first: Destination | None = None, *, keyring: Keyring | None = None) -> None:
        """Open a journal in this window, at its timeline or what comes `first`. On failure say why, and stay where one
        is; one that has to be brought up to date first leaves the welcome there meanwhile, and another waits for it."""
        self._first[folder] = first or TIMELINE
        opening = partial(self.settle, partial(self._open, folder, keyring=keyring))
        self.work.when_free(opening, unless=lambda: _shows(self.workspace, folder))

    def _open(self, folder: Path, *, keyring: Keyring | None = None, even_if_in_use: bool = False) -> None:
        opening = partial(open_journal, folder, keyring=keyring, even_if_in_use=even_if_in_use)
        refused = partial(self._refused, folder, keyring)
        if is_behind(folder):
            words = tr("Bringing the journal up to date; a copy of it is kept…")
            self.do_instead(words, lambda _control: opening(), self.enter_unlocked, refused)
            return
        try:
            self.enter_unlocked(opening())
        except Exception as error:  # noqa: BLE001 (the person is told)
            refused(error)

    def _refused(self, folder: Path, keyring: Keyring | None, error: Exception) -> None:
        """A journal did not just open: ask what to do, or say why."""
        if isinstance(error, InUseElsewhere):
            anyway = partial(self._open, folder, keyring=keyring, even_if_in_use=True)
            ask_in_use(error, self._window, partial(self.settle, anyway))
        elif isinstance(error, NeedsPassphrase | Damaged):
            self._ask_or_offer(error, folder)
        else:
            self.report(error)

    def do_instead(
        self, words: str, work: Callable[[JobControl], T], done: Callable[[T], None], refused: Failed
    ) -> None:
        """Say what a worker does, instead of showing any journal; where it fails, the welcome offers its ways again."""

        def begin() -> None:
            self.close_journal()
            self._welcome_page.busy(words)
            self.work.run(work, done, fail)

        def fail(error: Exception) -> None:
            self._welcome()
            refused(error)

        self.work.when_free(begin)

    def enter_unlocked(self, journal: Journal) -> None:
        try:
            self._enter(OpenJournal(journal, self._catalogue, Jobs(), parent=self))
        except Damaged as error:
            self._offer_copy(error, journal.folder, journal.keyring)
        except Exception as error:  # noqa: BLE001 (the person is told)
            self.report(error)

    def choose(self) -> None:
        """Ask for a journal to open."""
        folder = QFileDialog.getExistingDirectory(self._window, tr("Open a journal"), str(paths.default_journals_dir()))
        if folder:
            self.open(Path(folder))

    def report(self, error: object) -> None:
        """Show what went wrong."""
        if isinstance(error, Damaged) and self.workspace:
            journal = self.workspace.open_journal.journal
            self._offer_copy(error, journal.folder, journal.keyring)
        elif isinstance(error, BaseException):
            _show_message(error, self._window)

    def _welcome(self) -> None:
        self._welcome_page = _welcome_to(self, self._preferences)
        self._welcome_page.again.connect(self._welcome)
        self._window.setCentralWidget(self._welcome_page)
        self._window.setWindowTitle(tr("Needle Journal"))

    def _welcome_and_report(self, error: Exception) -> None:
        self._welcome()
        self.report(error)

    def _ask_or_offer(self, error: NeedsPassphrase | Damaged, folder: Path) -> None:
        """Ask for the passphrase, without which nothing can be copied either; or offer the copy of a plain journal."""
        folder = folder.parent if folder.is_file() else folder
        if isinstance(error, Damaged) and not (folder / KEYRING).is_file():
            self._offer_copy(error, folder)
        else:
            self.leave()
            self.locking.show(folder)

    def _offer_copy(self, error: Damaged, folder: Path, keyring: Keyring | None = None) -> None:
        """Say that a journal is damaged, once, and offer to open a copy of what can be read."""
        if any(sheet.isVisible() for sheet in self._window.findChildren(QuestionSheet)):
            return
        copy = partial(self.settle, partial(self._make_copy, folder, keyring))
        back = partial(go_back_to_copy, folder, self.leave, self.open, self._welcome_and_report)
        ask_about_damage(error, folder, self._window, copy, partial(self.settle, back))

    def _make_copy(self, folder: Path, keyring: Keyring | None) -> None:
        def done(made: tuple[Salvaged, Journal]) -> None:
            self.enter_unlocked(made[1])
            show_rescued(made[0], folder.name, self._window)

        copy = partial(open_rescued, folder, keyring, self._catalogue)
        self.do_instead(tr("Copying what can be read…"), copy, done, self.report)

    def _enter(self, opened: OpenJournal) -> None:
        self.leave()
        opened.failed.connect(self.report)
        self.locking.follow(opened)
        opened.begin_days_at(self._preferences.day_begins())
        try:
            first = self._first.pop(opened.journal.folder, TIMELINE)
            self.workspace = Workspace(opened, self._preferences, self._window, first=first)
            opened.setParent(self.workspace)  # and goes with it: what listens to it would keep all pages
        except BaseException:
            opened.close()
            for half_built in self._window.findChildren(Workspace):
                half_built.deleteLater()
            self._welcome()
            raise
        self._preferences.remember_journal(opened.journal.folder)
        self.workspace.menu_wanted.connect(self._show_journals)
        self.workspace.own_wanted.connect(self.new.ask)
        self.workspace.version_wanted.connect(partial(_open_version, self, opened.journal))
        self.workspace.named.connect(self._window.setWindowTitle)
        self._window.setCentralWidget(self.workspace)
        self.workspace.show_name()
        self.entered.emit(self.workspace)

    def _show_journals(self, where: QPoint) -> None:
        """The menu of journals, below the open one's name."""
        from needlejournal.ui.panels.journal_menu import JournalMenu

        if shown := self.workspace:
            recent = self._preferences.recent_journals()
            menu = JournalMenu(shown.open_journal, recent, self._commands, shown.show_name, self._window)
            menu.opened.connect(self.open)
            menu.popup(where)

    def close_journal(self) -> None:
        """Close what is open, and welcome the person."""
        self.leave()
        self._welcome()

    def settle(self, then: Callable[[], object]) -> None:
        """Go on with `then` at once, or only when the person says so where typed text could not be stored."""
        unsaved = self.workspace.leave() if self.workspace else ()
        if unsaved:
            from needlejournal.ui.panels.unsaved_sheet import UnsavedSheet  # hardly ever wanted

            UnsavedSheet(unsaved, tr("Close without it"), lambda: self.settle(then), self._window).open()
        else:
            then()

    def leave(self) -> None:
        """Store what is being typed and close the journal; ask first with `settle`."""
        if left := self.give_up():
            left.open_journal.close()

    def give_up(self) -> Workspace | None:
        """Store what is being typed, and leave the closing to whoever takes it."""
        if self.workspace:
            self.workspace.leave()
        left, self.workspace = self.workspace, None
        return left

    def show_keys(self) -> None:
        """Show all keys that work now."""
        from needlejournal.ui.widgets.frame.keys_sheet import KeysSheet

        KeysSheet(self._commands, self.workspace.commands() if self.workspace else (), self._window).open()

    def step_back(self, step: str) -> None:
        """Undo or redo: first what is being typed is kept, so that it is what is undone."""
        if not self.workspace or self.workspace.step_back(step):
            return
        self.workspace.leave()
        opened = self.workspace.open_journal
        opened.undo() if step == "undo" else opened.redo()

    def may_close(self) -> bool:
        """Leave the open journal, or ask about what could not be stored; then the window is closed again later."""
        if self.work.under_way:
            self._say_that_it_closes()
            self.work.end(_put_away, self._window.close)
            return False
        if self.workspace and self.workspace.leave():
            self.settle(self._window.close)
            return False
        self.finish()
        return True

    def finish(self) -> None:
        """Close all that is open or on its way, now."""
        self.leave()
        self.locking.finish()
        self.work.finish(_put_away)

    def _say_that_it_closes(self) -> None:
        from needlejournal.ui.welcome.page import WelcomePage

        page = self._window.centralWidget()
        if isinstance(page, WelcomePage | LockPage):
            page.busy(tr("What is being done with your journal is brought to an end first. Then the window closes."))


def _commands_of(journals: Journals, window: QMainWindow) -> tuple[Command, ...]:
    return (
        Command("undo", tr("Undo"), lambda: journals.step_back("undo"), "undo", (Key.Undo,)),
        Command("redo", tr("Redo"), lambda: journals.step_back("redo"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
        Command("paste", tr("Paste photos"), lambda: _paste(journals.workspace), "photos", (Key.Paste,)),
        *leading_commands(lambda where: _go(journals.workspace, where)),
        Command("new_journal", tr("New journal…"), journals.new.ask, "add"),
        Command("open", tr("Open another journal…"), journals.choose, "folder", (Key.Open,)),
        Command("close_journal", tr("Close this journal"), partial(journals.settle, journals.close_journal), "close"),
        Command("hide", tr("Hide or show everything"), journals.covers.toggle, "eye_off", (KEYS,)),
        Command("lock", tr("Lock"), journals.locking.lock, "lock", ("Ctrl+L",)),
        list_command(window),
        Command("keys", tr("Keys"), journals.show_keys, "question", ("?", "Ctrl+F1")),
        Command("quit", tr("Quit"), window.close, "", (Key.Quit,)),
    )


def _welcome_to(journals: Journals, preferences: Preferences) -> WelcomePage:
    from needlejournal.ui.welcome.page import WelcomePage

    page = WelcomePage(preferences.known_journals())
    page.new_wanted.connect(journals.new.ask)
    page.open_wanted.connect(journals.choose)
    page.sample_wanted.connect(journals.new.open_sample)
    page.opened.connect(journals.open)
    page.lost.connect(preferences.forget_journal)
    return page


def _open_version(journals: Journals, shown: Journal, path: Path) -> None:
    """Open another version of the journal that is shown with its keys; that of another journal has its own."""
    within = shown.folder in {path, path.parent}
    journals.open(path, keyring=shown.keyring if within else None)


def _paste(workspace: Workspace | None) -> None:
    if workspace:
        workspace.receive(QGuiApplication.clipboard().mimeData())


def _go(workspace: Workspace | None, destination: Destination) -> None:
    if workspace:
        workspace.go(destination)


def _put_away(made: object) -> None:
    """What a worker made comes too late to be shown: a journal among it is closed."""
    for one in made if isinstance(made, tuple) else (made,):
        if isinstance(one, Journal):
            one.close()


def _shows(workspace: Workspace | None, folder: Path) -> bool:
    return workspace is not None and workspace.open_journal.journal.folder == folder


def _show_message(error: BaseException, window: QWidget) -> None:
    message = message_for(error)
    shown = any(sheet.isVisible() for sheet in window.findChildren(MessageSheet))
    if not (shown and message.details):  # a fault that comes with every paint is told once
        MessageSheet(message.title, message.sentence, message.details, window).open()
