"""Saving chosen photos as files outside the journal: exact copies, or copies without what the phone wrote into them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from needlejournal.journal.photos import Photo
from needlejournal.ui.jobs import JobControl
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.messages import message_for
from needlejournal.ui.panels.working_sheet import WorkingSheet
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.archives.originals_out import SavedOut, save_originals

EXACT, SCRUBBED = "exact", "scrubbed"


class OriginalsSheet(WorkingSheet):
    """Closes when every photo is saved; stays and says which could not be."""

    def __init__(self, open_journal: OpenJournal, photos: Sequence[Photo], parent: QWidget | None = None) -> None:
        super().__init__(open_journal, tr("Save %n photo(s) as (a file|files)", len(photos)), parent, width=520)
        self._photos = tuple(photos)
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
        self.body.addWidget(self.strip)
        cancel = self.add_button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._save = self.add_button(tr("Choose a folder…"), "filled")
        self._save.clicked.connect(self._ask_where)

    def save_to(self, folder: Path) -> None:
        """Save them in the background."""
        scrubbed, photos, journal = self._kind.value() == SCRUBBED, self._photos, self._open.journal
        self._begin()

        def work(control: JobControl) -> SavedOut:
            return save_originals(journal, photos, folder, scrubbed=scrubbed, control=control)

        self.run(tr("Saving…"), work, self._done, self._fail)

    def _ask_where(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where should they be saved?"), str(Path.home()))
        if chosen:
            self.save_to(Path(chosen))

    def _begin(self) -> None:
        self._problem.hide()
        self._save.setEnabled(False)

    def ended(self) -> None:
        super().ended()
        self._save.setEnabled(True)

    def _done(self, out: SavedOut) -> None:
        self.ended()
        saved = tr("%n photo(s) saved.", len(out.saved))
        if out.failed:
            reasons = " ".join(dict.fromkeys(tr_message(reason) for _, reason in out.failed))
            names = ", ".join(name for name, _ in out.failed[:5])
            self._say(tr("{saved} Not saved: {names}. {why}").format(saved=saved, names=names, why=reasons))
        else:
            self._open.say(saved)
            self.accept()

    def _fail(self, error: Exception) -> None:
        self.ended()
        self._say(message_for(error).sentence)

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()
