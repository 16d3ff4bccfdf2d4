"""Taking everything elsewhere, and in from elsewhere: the open archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

from needlejournal.journal.errors import WorldError
from needlejournal.store import Cancelled
from needlejournal.ui.jobs import Job, JobControl
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import buttons_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.widgets.where_to_save import ask_where_to_save
from needlejournal.workflows.progress import Progress

if TYPE_CHECKING:
    from needlejournal.workflows.archives.archiving import Prepared, TakenIn
    from needlejournal.workflows.archives.foreign_diaries import DiaryTakenIn, PreparedDiary

T = TypeVar("T")


class ArchiveCard(Card):
    """Saves the journal as one open file, and takes such a file in."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(tr("Take it elsewhere"), parent)
        self._open = open_journal
        self._job: Job[Any] | None = None
        self._export = Button(tr("Save everything as one file…"), "plain", "export")
        self._import = Button(tr("Import such a file…"), "plain", "import")
        self._folder = Button(tr("Import a folder…"), "plain", "folder")
        for button in (self._import, self._folder):
            button.setEnabled(not open_journal.journal.read_only)
        self._progress = ProgressStrip("")
        self._progress.hide()
        self._result = Label("", "text", "ink_soft")
        self._result.hide()
        words = tr(
            "One ZIP file with everything you wrote, as tables any program can read, a calendar, and your photos as "
            "they were given. It is not encrypted: whoever has the file can read it. Such a file can be imported "
            "again, as can a ZIP file with a diary of RedNotebook or Day One, or the folder where "
            "RedNotebook keeps its diary."
        )
        self.body.addWidget(Label(words, "text", "ink_soft"))
        self.body.addWidget(buttons_of(self._export, self._import, self._folder))
        self.body.addWidget(self._progress)
        self.body.addWidget(self._result)
        self._export.clicked.connect(self._choose_target)
        self._import.clicked.connect(self._choose_archive)
        self._folder.clicked.connect(self._choose_folder)
        self._progress.cancelled.connect(self._stop)

    def _choose_target(self) -> None:
        proposed = f"{self._open.journal.folder.stem}.zip"
        if path := ask_where_to_save(self, tr("Save everything"), proposed, "zip", "ZIP (*.zip)"):
            self._save(path)

    def _save(self, path: Path) -> None:
        from needlejournal.workflows.archives.archiving import ExportedArchive, gather, write_archive

        read = self._open.journal.photo_bytes
        gathered = gather(self._open.journal, self._open.catalogue)

        def done(result: ExportedArchive) -> None:
            left = len(result.left_out)
            words = tr("Everything is in “{name}”.").format(name=path.name)
            if left:
                words += " " + tr("%n photo(s) (is|are) missing or damaged and could not be included.", left)
            if result.unreadable:
                words += " " + tr("%n (entry|entries) cannot be read and (is|are) not in it.", len(result.unreadable))
            self._end(words)

        self._start(tr("Saving"), lambda control: write_archive(gathered, read, path, control), done)

    def _choose_archive(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Import a file"), str(Path.home()), "ZIP (*.zip)")
        if name:
            self._take_in(Path(name))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Import the folder of a diary"), str(Path.home()))
        if name:
            self._take_in(Path(name))

    def _take_in(self, path: Path) -> None:
        """Import an archive of ours or a diary of another program: read and made durable in a job, then its rows."""
        from needlejournal.workflows.archives.archiving import LABEL
        from needlejournal.workflows.archives.foreign_diaries import target_in
        from needlejournal.workflows.archives.taking_in import admit, discard, prepare

        names = self._open.journal.photos.stored_names()
        target = target_in(self._open.journal, self._open.catalogue)

        def work(control: JobControl) -> Prepared | PreparedDiary:
            return prepare(path, target, names, control)

        def done(prepared: Prepared | PreparedDiary) -> None:
            written = self._open.write(
                tr_message(LABEL), lambda journal: admit(journal, prepared), refused=self._failed
            )
            if written is None:
                discard(target.originals, prepared)
                return
            self._end(_taken_words(written.value))

        self._start(tr("Importing"), work, done)

    def _start(self, words: str, work: Callable[[JobControl], T], done: Callable[[T], None]) -> None:
        self._progress.reset(words)
        self._progress.show()
        self._result.hide()
        for button in (self._export, self._import, self._folder):
            button.setEnabled(False)
        self._job = self._open.jobs.run(work, done, self._failed, self._advance)

    def _advance(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self._progress.show_progress(progress.done, progress.total)

    def _stop(self) -> None:
        if self._job:
            self._job.cancel()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._end(tr("It was stopped. Nothing was changed."))
        elif isinstance(error, WorldError):
            self._end(tr_message(error.message))
        else:
            self._end("")
            self._open.failed.emit(error)

    def _end(self, words: str) -> None:
        self._job = None
        self._progress.hide()
        self._export.setEnabled(True)
        for button in (self._import, self._folder):
            button.setEnabled(not self._open.journal.read_only)
        self._result.setText(words)
        self._result.setVisible(bool(words))


def _taken_words(came: TakenIn | DiaryTakenIn) -> str:
    from needlejournal.workflows.archives.archiving import TakenIn

    return _came_in(came) if isinstance(came, TakenIn) else _diary_came_in(came)


def _diary_came_in(came: DiaryTakenIn) -> str:
    sentences = [tr("%n day note(s) imported.", came.notes), tr("%n photo(s) imported.", came.photos)]
    if came.unreadable:
        sentences.append(tr("%n picture(s) cannot be read and (was|were) left out.", len(came.unreadable)))
    return " ".join(sentences)


def _came_in(came: TakenIn) -> str:
    new = sum(came.added.values())
    sentences = [tr("%n record(s) imported; the rest was here already.", new)]
    if came.mended:
        sentences.append(tr("%n photo(s) here (was|were) missing or damaged and (was|were) put back.", came.mended))
    if came.broken:
        words = tr(
            "%n photo(s) here (is|are) missing or damaged and could not be put back. Keep the file.", came.broken
        )
        sentences.append(words)
    return " ".join(sentences)
