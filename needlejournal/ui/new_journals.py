"""New journals: asked for and made, and the sample to look around in. Whoever shows journals opens them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from needlejournal import paths
from needlejournal.store import Journal, create_journal
from needlejournal.store.age_keys import Identity
from needlejournal.store.keys import Keyring
from needlejournal.ui.jobs import JobControl, WorkAlone
from needlejournal.ui.language import tr
from needlejournal.ui.panels.locking.giving import give_passphrase

T = TypeVar("T")


class ShowsJournals(Protocol):
    """What shows one journal at a time."""

    work: WorkAlone

    def settle(self, then: Callable[[], object]) -> None: ...
    def open(self, folder: Path) -> None: ...
    def enter_unlocked(self, journal: Journal) -> None: ...
    def report(self, error: object) -> None: ...
    def do_instead(
        self,
        words: str,
        work: Callable[[JobControl], T],
        done: Callable[[T], None],
        refused: Callable[[Exception], object],
    ) -> None: ...


class NewJournals(QObject):
    """Makes journals that `home` shows then: after its work under way, and once nothing typed would be lost."""

    def __init__(self, window: QMainWindow, home: ShowsJournals) -> None:
        super().__init__(window)
        self._window = window
        self._home = home

    def ask(self) -> None:
        """Ask for name and place of a new journal and open it."""
        from needlejournal.ui.welcome.new_journal import NewJournalSheet

        sheet = NewJournalSheet(self._window)
        sheet.accepted.connect(lambda: self.make(sheet.folder, sheet.name, private=sheet.private))
        sheet.open()

    def make(self, folder: Path, name: str, *, private: bool) -> None:
        """Make a journal and open it; a private one gets its passphrase first."""
        make = partial(self._make_now, folder, name)
        if private:
            give_passphrase(name, self._window, lambda words, keys: self._when_free(partial(make, words, keys)))
        else:
            self._when_free(make)

    def open_sample(self) -> None:
        """Open the sample journal: a writable copy, made beside the other journals when it is not there yet."""
        make = partial(_sample, paths.default_journals_dir(), tr("Sample journal"))
        self._home.do_instead(tr("Making the sample journal…"), make, self._home.open, self._home.report)

    def _when_free(self, make: Callable[[], object]) -> None:
        self._home.work.when_free(partial(self._home.settle, make))

    def _make_now(
        self, folder: Path, name: str, passphrase: str = "", keys: tuple[Keyring, Identity] | None = None
    ) -> None:
        if keys is None:
            try:
                self._home.enter_unlocked(create_journal(folder, name))
            except Exception as error:  # noqa: BLE001 (the person is told)
                self._home.report(error)
            return
        make = partial(create_journal, folder, name, keyring=keys[0], passphrase=passphrase)
        words = tr("Making your journal…")  # deriving a key takes a second or two
        self._home.do_instead(words, lambda _control: make(), self._home.enter_unlocked, self._home.report)


def _sample(place: Path, name: str, _control: JobControl) -> Path:
    """The folder of the sample, made in a worker."""
    from needlejournal.workflows.sample import sample_in

    return sample_in(place, name)
