"""Between a locked folder and an open journal: unlocking, and the long work on a journal that is open nowhere.

It shows the locked page in the window and hands over what it opened; the window decides what to do with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.store import Cancelled, Damaged, InUseElsewhere, Journal
from needlejournal.ui.jobs import Job, JobControl, WorkAlone
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.panels.cover import Covers
from needlejournal.ui.panels.locking.lock_page import LockPage
from needlejournal.ui.panels.opening_sheets import ask_in_use
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.progress import Progress

if TYPE_CHECKING:
    from needlejournal.store.keys import Keyring


@frozen
class LongWork:
    """Work on the open journal that needs it closed: `run` does it, `words` say so, `passphrase` opens it after."""

    words: str
    run: Callable[[Path, JobControl], object]
    passphrase: str = ""


class DamagedWithin(Exception):
    """The passphrase is right, and what it unlocks is damaged: the keys that a rescue needs."""

    def __init__(self, damage: Damaged, keyring: Keyring) -> None:
        super().__init__(str(damage))
        self.damage, self.keyring = damage, keyring


class Locking(QObject):
    """`opened` carries a Journal, `failed` an exception after which a page is needed, `elsewhere` asks for another,
    `damaged` carries what is wrong, the folder and its keys.

    `settle` goes on only when nothing typed would be lost, `give_up` hands over what shows the open journal.
    """

    opened = Signal(object)
    failed = Signal(object)
    elsewhere = Signal()
    damaged = Signal(object, object, object)

    def __init__(
        self,
        window: QMainWindow,
        covers: Covers,
        work: WorkAlone,
        *,
        settle: Callable[[Callable[[], object]], None],
        give_up: Callable[[], QWidget | None],
    ) -> None:
        super().__init__(window)
        self._window, self._covers, self._work = window, covers, work
        self._settle, self._give_up = settle, give_up
        self._closing: list[OpenJournal] = []  # locked, and waiting for what still runs
        self._waiting: Callable[[], None] | None = None  # to unlock one of them again
        self._open: OpenJournal | None = None
        self._job: Job[Journal] | None = None

    def follow(self, opened: OpenJournal) -> None:
        """Lock this journal when it is wanted, and do the long work it asks for."""
        self._open = opened
        opened.lock_wanted.connect(self.lock)
        opened.long_work_wanted.connect(self._do)
        opened.locked.connect(self._forget)

    def lock(self) -> None:
        """Close an encrypted journal until its passphrase is typed again; a plain one is covered.

        Everything is covered at once; text that the disk refuses is asked about below the cover.
        """
        if self._open is None:
            return
        if not self._open.journal.encrypted:
            self._covers.cover()
            return
        folder = self._open.journal.folder
        if not self._covers.down:
            self._covers.cover()
        self._settle(lambda: self._close_and_show(folder))

    def lock_encrypted(self) -> None:
        """Nobody is there any more: lock what has a passphrase."""
        if self._open is not None and self._open.journal.encrypted:
            self.lock()

    def _close_and_show(self, folder: Path) -> None:
        """The locked page comes at once, whatever runs; the passphrase may be typed, and opens when all is closed."""
        if self._open is None:  # it was closed while typed text was asked about
            return
        self._covers.lift()
        self._put_away(self._open)
        wipe_traces(self._window)
        self.show(folder)

    def _put_away(self, closing: OpenJournal) -> None:
        """Take it out of sight; it is closed when what still runs came to a stop."""
        shown = self._give_up()
        self._window.takeCentralWidget()  # what still comes from workers finds its page, unseen
        closing.failed.disconnect()  # its words are the journal's
        self._closing.append(closing)
        closing.close_soon(partial(self._closed, closing, shown))

    def _closed(self, closed: OpenJournal, shown: QWidget | None) -> None:
        self._closing.remove(closed)
        if shown is not None:
            shown.deleteLater()
        QPixmapCache.clear()
        waiting, self._waiting = self._waiting, None
        if waiting:
            waiting()

    def finish(self) -> None:
        """Wait until what was locked is closed, before the window goes."""
        self._waiting = None
        for closing in tuple(self._closing):
            closing.jobs.finish()

    def _do(self, work: object) -> None:
        if isinstance(work, LongWork) and self._open is not None:
            folder = self._open.journal.folder
            self._settle(lambda: self._begin(folder, work))

    def _begin(self, folder: Path, work: LongWork) -> None:
        self._give_up()
        if self._open is not None:
            self._open.close()
        self.carry_out(folder, work)

    def _forget(self) -> None:
        self._open = None

    def show(self, folder: Path) -> LockPage:
        """Put the locked page in front; everything of a journal must be closed already."""
        page = LockPage()
        page.wanted.connect(lambda typed, recovery: self._unlock(page, folder, typed, by_recovery=recovery))
        page.elsewhere.connect(self.elsewhere)
        page.stopped.connect(self._stop)
        self._window.setCentralWidget(page)
        self._window.setWindowTitle(tr("Needle Journal"))
        return page

    def carry_out(self, folder: Path, work: LongWork) -> None:
        """Do long work on the closed journal, then open it again."""
        page = self.show(folder)
        page.busy(work.words, cancellable=True)

        def run(control: JobControl) -> Journal:
            try:
                work.run(folder, control)
            except Cancelled:  # it goes on when the journal is opened the next time
                return open_as_it_is(folder, work.passphrase)
            return open_again(folder, work.passphrase, control)

        self._start(page, run, self.failed.emit)

    def _unlock(self, page: LockPage, folder: Path, typed: str, *, by_recovery: bool, anyway: bool = False) -> None:
        if self._window.centralWidget() is not page:  # another journal was opened meanwhile
            return
        page.busy(tr("Unlocking…"))
        if any(one.journal.folder == folder for one in self._closing):
            self._waiting = partial(self._unlock, page, folder, typed, by_recovery=by_recovery, anyway=anyway)
            return

        def run(control: JobControl) -> Journal:
            try:
                if by_recovery:
                    return open_by_recovery(folder, typed, anyway=anyway)
                return open_again(folder, typed, control, anyway=anyway)
            except Damaged as error:
                raise DamagedWithin(error, keys_of(folder, typed, by_recovery=by_recovery)) from error

        def refused(error: Exception) -> None:
            if isinstance(error, InUseElsewhere):
                page.fail("")
                again = partial(self._unlock, page, folder, typed, by_recovery=by_recovery, anyway=True)
                ask_in_use(error, self._window, again)
            elif isinstance(error, DamagedWithin):
                page.fail("")
                self.damaged.emit(error.damage, folder, error.keyring)
            else:
                self._refused(page, error)

        self._start(page, run, refused)

    def _start(
        self, page: LockPage, run: Callable[[JobControl], Journal], failed: Callable[[Exception], None]
    ) -> None:  # fmt: skip
        def advance(progress: object) -> None:
            if isinstance(progress, Progress):
                page.show_progress(progress.done, progress.total)

        def begin() -> None:
            self._job = self._work.run(run, self.opened.emit, failed, advance)

        self._work.when_free(begin)

    def _stop(self) -> None:
        if self._job:
            self._job.control.cancel()

    def _refused(self, page: LockPage, error: Exception) -> None:
        from needlejournal.store.keys import WrongPassphrase

        if isinstance(error, WrongPassphrase):
            page.refuse(tr_message(error.message))
        elif isinstance(error, WorldError):
            page.fail(tr_message(error.message))
        else:
            page.fail("")
            self.failed.emit(error)


def open_again(folder: Path, passphrase: str, control: JobControl, *, anyway: bool = False) -> Journal:
    """Open a journal in a worker, whether it is encrypted now or not; `anyway`: even if it is in use elsewhere.

    Raises WorldError.
    """
    from needlejournal.store import open_journal
    from needlejournal.store.keys import is_locked
    from needlejournal.workflows.safekeeping.encrypting import open_unlocked

    if is_locked(folder):
        return open_unlocked(folder, passphrase, control, even_if_in_use=anyway)
    return open_journal(folder, even_if_in_use=anyway)


def open_as_it_is(folder: Path, passphrase: str) -> Journal:
    """Open a journal whose conversion was stopped, and leave it so. Raises WorldError."""
    from needlejournal.store import open_journal
    from needlejournal.store.keyring import unlock
    from needlejournal.store.keys import is_locked

    return open_journal(folder, keyring=unlock(folder, passphrase) if is_locked(folder) else None)


def open_by_recovery(folder: Path, recovery_key: str, *, anyway: bool = False) -> Journal:
    """Open with the recovery key, in a worker. Raises WorldError."""
    from needlejournal.store import open_journal

    return open_journal(folder, keyring=keys_of(folder, recovery_key, by_recovery=True), even_if_in_use=anyway)


def keys_of(folder: Path, typed: str, *, by_recovery: bool) -> Keyring:
    """The keys of a journal, whatever its database is like. Takes a second or two. Raises WorldError."""
    from needlejournal.store.keyring import unlock, unlock_with_recovery

    return unlock_with_recovery(folder, typed) if by_recovery else unlock(folder, typed)


def wipe_traces(window: QMainWindow) -> None:
    """What of a journal is left outside its pages: sheets, pixmaps, and the clipboard where it is ours."""
    for sheet in window.findChildren(QDialog):
        sheet.reject()
        sheet.deleteLater()
    QPixmapCache.clear()
    clipboard = QApplication.clipboard()
    alone = QApplication.platformName() == "offscreen"  # there nobody else has a clipboard, and nobody owns it
    if clipboard.ownsClipboard() or alone:
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(clipboard.Mode.Selection)
