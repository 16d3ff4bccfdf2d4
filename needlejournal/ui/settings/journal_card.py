"""The journal itself: where it lies, how much is in it, and a check of every file."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QWidget

from needlejournal.store import Verified
from needlejournal.ui.jobs import Job, JobControl
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import Form, buttons_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.text import ElidedLabel, Label

MOST_NAMED = 5


class JournalCard(Card):
    """Facts about the open journal, and "check everything"."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(tr("This journal"), parent)
        self._open = open_journal
        self._job: Job[Verified] | None = None
        self._counts = Label("", "text")
        self._result = Label("", "text", "ink_soft")
        self._result.hide()
        self._check = Button(tr("Check every file"), "plain", "shield")
        show = Button(tr("Show the folder"), "plain", "folder")
        self._progress = ProgressStrip(tr("Checking"))
        self._progress.hide()
        form = Form()
        form.add(tr("Name"), Label(open_journal.journal.name, "strong"))
        form.add(tr("Folder"), ElidedLabel(str(open_journal.journal.folder), "text", "ink_soft"))
        form.add(tr("Holds"), self._counts)
        self.body.addWidget(form)
        self.body.addWidget(buttons_of(self._check, show))
        self.body.addWidget(self._progress)
        self.body.addWidget(self._result)
        self._check.clicked.connect(self._verify)
        show.clicked.connect(self._show_folder)
        self._progress.cancelled.connect(self._cancel)
        open_journal.changed.connect(self._count_when_seen)
        self._show_counts()

    def showEvent(self, event: QShowEvent) -> None:
        self._show_counts()
        super().showEvent(event)

    def _count_when_seen(self) -> None:
        if self.isVisible():
            self._show_counts()

    def _show_counts(self) -> None:
        counts = self._open.journal.counts()
        parts = (
            tr("%n session(s)", counts.sessions),
            tr("%n photo(s)", counts.photos),
            tr("%n day note(s)", counts.day_notes),
            tr("%n side effect(s)", counts.side_effects),
            QLocale().formattedDataSize(counts.bytes),
        )
        self._counts.setText(" · ".join(parts))

    def _verify(self) -> None:
        self._check.setEnabled(False)
        self._progress.show()
        self._result.hide()
        journal = self._open.journal

        def work(control: JobControl) -> Verified:
            return journal.verify(lambda done, total: control.report((done, total)), lambda: control.cancelled)

        self._job = self._open.jobs.run(work, self._show_verified, self._failed, self._advance)

    def _advance(self, progress: object) -> None:
        if isinstance(progress, tuple):
            self._progress.show_progress(*progress)

    def _cancel(self) -> None:
        if self._job:
            self._job.drop()
        self._finish(tr("The check was stopped. Nothing was changed."))

    def _show_verified(self, found: Verified) -> None:
        self._finish(_told(found))

    def _failed(self, error: Exception) -> None:
        self._finish("")
        self._open.failed.emit(error)

    def _finish(self, sentence: str) -> None:
        self._job = None
        self._check.setEnabled(True)
        self._progress.hide()
        self._result.setText(sentence)
        self._result.setVisible(bool(sentence))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._open.journal.folder)))


def _told(found: Verified) -> str:
    """What a check found, in sentences: each thing that is wrong, and no other."""
    if found.sound:
        return tr(
            "(The original is|All %n originals are) as (it was|they were) given, and the database is sound.",
            found.photos,
        )
    sentences = []
    if lost := len(found.bad) + len(found.missing):
        sentences.append(tr("%n original(s) (is|are) damaged or missing. A backup may have (it|them).", lost))
    if found.orphans:
        sentences.append(tr("%n photo file(s) (belongs|belong) to no photo of the journal.", len(found.orphans)))
    if found.unreadable:
        named = ", ".join(found.unreadable[:MOST_NAMED])
        words = tr("%n thing(s) cannot be read and (is|are) left as (it is|they are): {names}.", len(found.unreadable))
        sentences.append(words.format(names=named))
    if found.database != "ok":
        sentences.append(tr("The database has an error: {what}.").format(what=found.database))
    return " ".join((*sentences, tr("Nothing was changed.")))
