"""The window: the welcome or an open journal, its place on the screen, the app's own commands, and its messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue
from needlejournal.store import Damaged, InUseElsewhere, Journal, create_journal, open_journal
from needlejournal.store.age_keys import Identity
from needlejournal.store.keys import Keyring, NeedsPassphrase
from needlejournal.ui.actions import Command, action
from needlejournal.ui.destinations import Destination
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.language import tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.page_list import leading_commands
from needlejournal.ui.panels.cover import KEYS, Covers
from needlejournal.ui.panels.locking.giving import give_passphrase
from needlejournal.ui.panels.locking.locking import Locking
from needlejournal.ui.panels.locking.watching import AwayWatch
from needlejournal.ui.panels.opening_sheets import ask_about_damage, ask_in_use, go_back_to_copy
from needlejournal.ui.panels.reminder_tray import tray_of
from needlejournal.ui.panels.unsaved_sheet import UnsavedSheet
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.text_undo import TextUndo
from needlejournal.ui.widgets.frame.sheets import MessageSheet, QuestionSheet
from needlejournal.ui.workspace import Workspace

Key = QKeySequence.StandardKey
TITLE_BAR = 40  # pixels that the system puts above a window


class MainWindow(QMainWindow):
    """Shows the welcome until a journal is open. `faulted` takes exceptions of any thread to `tell` on this one."""

    faulted = Signal(object)
    entered = Signal(object)  # the workspace of a journal that is open now

    def __init__(self, application: QApplication, catalogue: Catalogue, preferences: Preferences) -> None:
        super().__init__()
        self.faulted.connect(self.tell)
        self._catalogue = catalogue
        self._preferences = preferences
        self._workspace: Workspace | None = None
        self._covers = Covers(application, self)
        self._locking = Locking(self, self._covers, settle=self._settle, leave=self._leave)
        self._locking.opened.connect(self._enter_unlocked)
        self._locking.failed.connect(self._sample_failed)
        self._locking.elsewhere.connect(self.choose)
        AwayWatch(application, preferences, self).away.connect(self._locking.lock_encrypted)
        self._commands = self._own_commands()
        for command in self._commands:
            self.addAction(action(command, self))
        self.setMinimumSize(640, 400)
        if not self.restoreGeometry(preferences.bytes("window/geometry")):
            room = self.screen().availableGeometry().size() - QSize(0, TITLE_BAR)
            self.resize(QSize(1280, 800).boundedTo(room))
        TextUndo(application, self)
        self._tray = tray_of(application, preferences, self, self._covers.toggle)

    @property
    def workspace(self) -> Workspace | None:
        """What shows the open journal, or None on the welcome page."""
        return self._workspace

    def begin(self, journal: Path | None = None) -> None:
        """Open the journal asked for, else the last one, else show the welcome."""
        for folder in [journal] if journal else self._preferences.recent_journals()[:1]:
            self.open(folder)
        if self._workspace is None:
            self._welcome()

    def open(self, folder: Path) -> None:
        """Open a journal in this window; on failure say why and stay where we are."""
        self._settle(partial(self._open, folder))

    def _open(self, folder: Path, *, even_if_in_use: bool = False) -> None:
        try:
            self._enter_unlocked(open_journal(folder, even_if_in_use=even_if_in_use))
        except NeedsPassphrase:
            self._leave()
            self._locking.show(folder)
        except InUseElsewhere as error:
            ask_in_use(error, self, partial(self._settle, partial(self._open, folder, even_if_in_use=True)))
        except Damaged as error:
            self._offer_copy(error, folder)
        except Exception as error:  # noqa: BLE001 (the person is told)
            self.tell(error)

    def _enter_unlocked(self, journal: Journal) -> None:
        try:
            self._enter(OpenJournal(journal, self._catalogue, Jobs(), parent=self))
        except Exception as error:  # noqa: BLE001 (the person is told)
            self.tell(error)

    def make_new(self) -> None:
        """Ask for name and place of a new journal and open it."""
        from needlejournal.ui.welcome.new_journal import NewJournalSheet

        sheet = NewJournalSheet(self)
        sheet.accepted.connect(lambda: self._make(sheet.folder, sheet.name, private=sheet.private))
        sheet.open()

    def _make(self, folder: Path, name: str, *, private: bool) -> None:
        """Make a journal and open it, once nothing typed would be lost; a private one gets its passphrase first."""
        make = partial(self._make_now, folder, name)
        if private:
            give_passphrase(name, self, lambda words, keys: self._settle(partial(make, words, keys)))
        else:
            self._settle(make)

    def _make_now(
        self, folder: Path, name: str, passphrase: str = "", keys: tuple[Keyring, Identity] | None = None
    ) -> None:
        keyring = keys[0] if keys else None
        try:
            made = create_journal(folder, name, keyring=keyring, passphrase=passphrase)
            self._enter(OpenJournal(made, self._catalogue, Jobs(), parent=self))
        except Exception as error:  # noqa: BLE001 (the person is told)
            self.tell(error)

    def choose(self) -> None:
        """Ask for a journal to open."""
        folder = QFileDialog.getExistingDirectory(self, tr("Open a journal"), str(paths.default_journals_dir()))
        if folder:
            self.open(Path(folder))

    def open_sample(self) -> None:
        """Open the sample journal: a writable copy, made beside the other journals when it is not there yet."""
        self._welcome_page.wait(tr("Making the sample journal…"))
        self._jobs = Jobs(parent=self)
        place, name = paths.default_journals_dir(), tr("Sample journal")
        self._jobs.run(lambda _control: _sample(place, name), self.open, self._sample_failed)

    def tell(self, error: object) -> None:
        """Show what went wrong."""
        if isinstance(error, Damaged) and self._workspace:
            self._offer_copy(error, self._workspace.open_journal.journal.folder)
        elif isinstance(error, BaseException):
            message = message_for(error)
            told = any(sheet.isVisible() for sheet in self.findChildren(MessageSheet))
            if not (told and message.details):  # a fault that comes with every paint is told once
                MessageSheet(message.title, message.sentence, message.details, self).open()

    def _welcome(self) -> None:
        from needlejournal.ui.welcome.page import WelcomePage

        page = WelcomePage(self._preferences.known_journals())
        page.new_wanted.connect(self.make_new)
        page.open_wanted.connect(self.choose)
        page.sample_wanted.connect(self.open_sample)
        page.opened.connect(self.open)
        page.lost.connect(self._preferences.forget_journal)
        page.again.connect(self._welcome)
        self._welcome_page = page
        self.setCentralWidget(page)
        self.setWindowTitle(tr("Needle Journal"))

    def _sample_failed(self, error: Exception) -> None:
        self._welcome()
        self.tell(error)

    def _offer_copy(self, error: Damaged, folder: Path) -> None:
        """Say that a journal is damaged, once, and offer to open a copy of what can be read."""
        if any(sheet.isVisible() for sheet in self.findChildren(QuestionSheet)):
            return
        copy = partial(self._settle, partial(self._make_copy, folder))
        back = partial(go_back_to_copy, folder, self._leave, self.open, self._sample_failed)
        ask_about_damage(error, folder, self, copy, partial(self._settle, back))

    def _make_copy(self, folder: Path) -> None:
        from needlejournal.ui.panels.rescued_sheet import RescuedSheet
        from needlejournal.workflows.salvaging import Salvaged, salvage

        def done(copied: Salvaged) -> None:
            self.open(copied.folder)
            RescuedSheet(copied, folder.name, self).open()

        self._leave()
        self._welcome()
        self._welcome_page.wait(tr("Copying what can be read…"))
        self._jobs = Jobs(parent=self)
        self._jobs.run(lambda control: salvage(folder, self._catalogue, control), done, self._sample_failed)

    def _enter(self, opened: OpenJournal) -> None:
        self._leave()
        opened.failed.connect(self.tell)
        self._locking.follow(opened)
        opened.begin_days_at(self._preferences.day_begins())
        try:
            self._workspace = Workspace(opened, self._preferences, self)
        except BaseException:
            opened.close()
            for half_built in self.findChildren(Workspace):
                half_built.deleteLater()
            self._welcome()
            raise
        self._preferences.remember_journal(opened.journal.folder)
        self._workspace.menu_wanted.connect(partial(self._show_journals, opened))
        self._workspace.own_wanted.connect(self.make_new)
        self._workspace.named.connect(self.setWindowTitle)
        self.setCentralWidget(self._workspace)
        self._workspace.show_name()
        self.entered.emit(self._workspace)

    def _show_journals(self, opened: OpenJournal, where: QPoint) -> None:
        """The menu of journals, below the open one's name."""
        from needlejournal.ui.panels.journal_menu import JournalMenu

        ways = [command for command in self._commands if command.key in {"new_journal", "open", "close_journal"}]
        menu = JournalMenu(opened, self._preferences.recent_journals(), ways, self)
        menu.opened.connect(self.open)
        if self._workspace:
            menu.renamed.connect(self._workspace.show_name)
        menu.popup(where)

    def _close_journal(self) -> None:
        self._leave()
        self._welcome()

    def _settle(self, then: Callable[[], object]) -> None:
        """Go on with `then` at once, or only when the person says so where typed text could not be stored."""
        unsaved = self._workspace.leave() if self._workspace else ()
        if unsaved:
            UnsavedSheet(unsaved, tr("Close without it"), lambda: self._settle(then), self).open()
        else:
            then()

    def _leave(self) -> None:
        """Store what is being typed and close the journal; ask first with `_settle`."""
        if self._workspace:
            self._workspace.leave()
            self._workspace.open_journal.close()
            self._workspace = None

    def _own_commands(self) -> tuple[Command, ...]:
        return (
            Command("undo", tr("Undo"), lambda: self._step_back("undo"), "undo", (Key.Undo,)),
            Command("redo", tr("Redo"), lambda: self._step_back("redo"), "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
            Command("paste", tr("Paste photos"), self._paste, "photos", (Key.Paste,)),
            *leading_commands(self._go),
            Command("new_journal", tr("New journal…"), self.make_new, "add"),
            Command("open", tr("Open another journal…"), self.choose, "folder", (Key.Open,)),
            Command("close_journal", tr("Close this journal"), partial(self._settle, self._close_journal), "close"),
            Command("hide", tr("Hide or show everything"), self._covers.toggle, "eye_off", (KEYS,)),
            Command("lock", tr("Lock"), self._locking.lock, "lock", ("Ctrl+L",)),
            Command("keys", tr("Keys"), self._show_keys, "question", ("?",)),
            Command("quit", tr("Quit"), self.close, "", (Key.Quit,)),
        )

    def _go(self, destination: Destination) -> None:
        if self._workspace:
            self._workspace.go(destination)

    def _step_back(self, step: str) -> None:
        """Undo or redo: first what is being typed is kept, so that it is what is undone."""
        if not self._workspace or self._workspace.step_back(step):
            return
        self._workspace.leave()
        opened = self._workspace.open_journal
        opened.undo() if step == "undo" else opened.redo()

    def _paste(self) -> None:
        if self._workspace:
            self._workspace.receive(QGuiApplication.clipboard().mimeData())

    def _show_keys(self) -> None:
        from needlejournal.ui.widgets.frame.keys_sheet import KeysSheet

        page = self._workspace.commands() if self._workspace else ()
        KeysSheet(self._commands, page, self).open()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._workspace and self._workspace.leave():
            event.ignore()
            self._settle(self.close)
            return
        self._leave()
        self._preferences.remember("window/geometry", self.saveGeometry())
        self._preferences.save()
        event.accept()


def _sample(place: Path, name: str) -> Path:
    """The folder of the sample, made in a worker."""
    from needlejournal.workflows.sample import sample_in

    return sample_in(place, name)
