"""What the desktop gives the program: a journal by double click, photos by "open with", now or at a second start."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from needlejournal.store.conflicts import is_copy
from needlejournal.ui.destinations import ComparePhotos, ImportPhotos
from needlejournal.ui.language import tr
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.widgets.frame.forward import bring_forward
from needlejournal.ui.widgets.frame.sheets import MessageSheet
from needlejournal.ui.workspace import Workspace

DATABASE = "journal.db"


def journal_of(path: Path) -> Path | None:
    """What opens the journal that a path means: its folder, the database in it, or another copy of that; None for
    anything else."""
    if path.name == DATABASE and path.is_file():
        return path.parent
    if path.suffix == ".needlejournal" or (path / DATABASE).is_file():
        return path
    return path if is_copy(path) else None


class Arrivals(QObject):
    """Opens journals and brings photos to the import sheet; photos wait until a journal is open."""

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: tuple[Path, ...] = ()
        window.entered.connect(self._bring)
        window.freed.connect(self._say_that_photos_wait)
        if sys.platform == "darwin":
            application.installEventFilter(self)

    def begin(self, given: Sequence[Path], pair: tuple[int, int] | None = None) -> None:
        """Open the window on what the program was started with."""
        self._waiting = tuple(path for path in given if not journal_of(path))
        self._window.begin(next(filter(None, map(journal_of, given)), None), ComparePhotos(*pair) if pair else None)
        self._say_that_photos_wait()

    def take(self, given: Sequence[Path], pair: tuple[int, int] | None = None) -> None:
        """Come forward with what a later start was given."""
        bring_forward(self._window)
        self._waiting += tuple(path for path in given if not journal_of(path))
        journal = next(filter(None, map(journal_of, given)), None)
        workspace = self._window.workspace
        if journal and not (workspace and workspace.open_journal.journal.folder == journal):
            self._window.open(journal, ComparePhotos(*pair) if pair else None)
        elif workspace:
            if pair:
                workspace.go(ComparePhotos(*pair))
            self._bring(workspace)
        self._say_that_photos_wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On macOS the system tells by an event what to open."""
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.take([Path(event.file())])
            return True
        return super().eventFilter(watched, event)

    def _bring(self, workspace: Workspace) -> None:
        photos, self._waiting = self._waiting, ()
        if photos:
            workspace.go(ImportPhotos(photos))

    def _say_that_photos_wait(self) -> None:
        if self._waiting and self._window.workspace is None and not self._window.at_work:
            sentence = tr(
                "Open your journal, and %n photo(s) will be shown there before anything is saved.", len(self._waiting)
            )
            MessageSheet(tr("Your photos are waiting"), sentence, parent=self._window).open()
