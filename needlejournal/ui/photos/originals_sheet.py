"""Saving chosen photos as files outside the journal: exact copies, or copies without what the phone wrote into them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from needlejournal.journal.photos import Photo
from needlejournal.ui.jobs import SOON, Job, JobControl
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.messages import message_for
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.originals_out import SavedOut, save_originals
from needlejournal.workflows.progress import Progress

EXACT, SCRUBBED = "exact", "scrubbed"


class OriginalsSheet(Sheet):
    """Closes when every photo is saved; stays and says which could not be."""

    def __init__(self, open_journal: OpenJournal, photos: Sequence[Photo], parent: QWidget | None = None) -> None:
        super().__init__(tr("Save %n photo(s) as (a file|files)", len(photos)), parent, width=520)
        self._open, self._photos = open_journal, tuple(photos)
        self._job: Job[SavedOut] | None = None
        self._kind = Select(
            tr("What is saved"),
            [
                (EXACT, tr("Exact copies of the originals")),
                (SCRUBBED, tr("Copies without place, camera and date (JPEG)")),
            ],
            EXACT,
        )
        form = Form()
        form.add(tr("As"), self._kind)
        self.body.addWidget(form)
        words = tr(
            "Exact copies hold everything your phone wrote into them, often also where they were taken. Files outside "
            "the journal are not encrypted: whoever has them can look at them."
        )
        self.body.addWidget(Label(words, "small", "ink_soft"))
        self._problem = Label("", "text", "danger")
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._strip = ProgressStrip(tr("Saving…"))
        self._strip.hide()
        self._strip.cancelled.connect(self._stop)
        self.body.addWidget(self._strip)
        cancel = self.add_button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._save = self.add_button(tr("Choose a folder…"), "filled")
        self._save.clicked.connect(self._ask_where)
        self.finished.connect(self._stop)

    def save_to(self, folder: Path) -> None:
        """Save them in the background."""
        scrubbed, photos, journal = self._kind.value() == SCRUBBED, self._photos, self._open.journal
        self._work(under_way=True)

        def work(control: JobControl) -> SavedOut:
            return save_originals(journal, photos, folder, scrubbed=scrubbed, control=control)

        self._job = self._open.jobs.run(work, self._done, self._fail, self._progress, priority=SOON)

    def _ask_where(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where should they be saved?"), str(Path.home()))
        if chosen:
            self.save_to(Path(chosen))

    def _work(self, *, under_way: bool) -> None:
        self._problem.hide()
        self._save.setEnabled(not under_way)
        self._strip.reset(tr("Saving…"))
        self._strip.setVisible(under_way)

    def _progress(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self._strip.show_progress(progress.done, progress.total)

    def _stop(self) -> None:
        if self._job is not None and not self._job.finished:
            self._job.cancel()

    def _done(self, out: SavedOut) -> None:
        self._work(under_way=False)
        saved = tr("%n photo(s) saved.", len(out.saved))
        if out.failed:
            reasons = " ".join(dict.fromkeys(tr_message(reason) for _, reason in out.failed))
            names = ", ".join(name for name, _ in out.failed[:5])
            self._say(tr("{saved} Not saved: {names}. {why}").format(saved=saved, names=names, why=reasons))
        else:
            self._open.say(saved)
            self.accept()

    def _fail(self, error: Exception) -> None:
        self._work(under_way=False)
        self._say(message_for(error).sentence)

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()
