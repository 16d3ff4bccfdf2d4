"""Backups: where to, how often, when the last one went well; and making a journal of one again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from needlejournal.journal.errors import WorldError
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.panels.backup_clock import BackupClock
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import Form, buttons_of, row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.ui.widgets.text import ElidedLabel, Label
from needlejournal.workflows.safekeeping import backing_up


class BackupCard(Card):
    """Follows the clock of backups, which also runs them by itself."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(tr("Backup"), parent)
        self._open = open_journal
        self._clock = BackupClock.of(open_journal)
        journal = open_journal.journal
        self._place = ElidedLabel("", "text", "ink_soft")
        self._last = Label("", "text")
        self._every = SegmentedControl(
            tr("How often"),
            [("0", tr("By hand")), ("1", tr("Daily")), ("7", tr("Weekly")), ("30", tr("Monthly"))],
            str(backing_up.every_days_of(journal)),
        )
        self._choose = Button(tr("Choose…"), "plain", "folder")
        self._now = Button(tr("Back up now"), "plain", "shield")
        self._restore = Button(tr("Restore a backup…"), "plain", "restore")
        self._single = Button(tr("Bring single things back…"), "plain", "restore")
        self._progress = ProgressStrip(tr("Backing up"))
        self._result = Label("", "text", "ink_soft")
        self._lay_out()
        for widget in (self._choose, self._every, self._single):
            widget.setEnabled(not journal.read_only)
        self._choose.clicked.connect(self._choose_place)
        self._every.changed.connect(self._schedule)
        self._now.clicked.connect(self._begin)
        self._restore.clicked.connect(self._choose_backup)
        self._single.clicked.connect(self._choose_things)
        self._progress.cancelled.connect(self._clock.stop)
        self._clock.advanced.connect(self._progress.show_progress)
        self._clock.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        self.body.addWidget(
            Label(
                tr(
                    "A backup goes to a folder of your choice, best on another disk. Only what is new is copied, and "
                    "every copy is read back. Some older ones are kept, from the last days, weeks and months."
                ),
                "text",
                "ink_soft",
            )
        )
        form = Form()
        form.add(tr("Goes to"), row_of(self._place, self._choose, stretch=0))
        form.add(tr("How often"), self._every, tr("When the disk is there, and while the app runs."))
        form.add(tr("Last one"), self._last)
        self.body.addWidget(form)
        self.body.addWidget(buttons_of(self._now, self._restore, self._single))
        self.body.addWidget(self._progress)
        self.body.addWidget(self._result)

    def _show(self) -> None:
        journal = self._open.journal
        place, last = backing_up.place_of(journal), backing_up.last_backup(journal)
        self._place.set_text(str(place) if place else tr("No place chosen yet"))
        self._every.set_value(str(backing_up.every_days_of(journal)))
        self._last.setText(medium_date(last.astimezone().date()) if last else tr("There is none yet"))
        self._progress.setVisible(self._clock.running)
        self._now.setEnabled(not self._clock.running)
        self._result.setText(self._clock.outcome)
        self._result.setVisible(bool(self._clock.outcome))

    def _choose_place(self) -> bool:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where should backups go?"), str(Path.home()))
        if chosen:
            self._clock.set_place(Path(chosen))
        return bool(chosen)

    def _schedule(self) -> None:
        self._clock.set_every(int(self._every.value() or 0))

    def _begin(self) -> None:
        if backing_up.place_of(self._open.journal) or self._choose_place():
            self._progress.reset(tr("Backing up"))
            self._clock.begin()

    def _choose_things(self) -> None:
        """Where backups go, if there is one; else the person says where."""
        place = backing_up.place_of(self._open.journal)
        if place is None or not place.is_dir():
            chosen = QFileDialog.getExistingDirectory(self, tr("Which backup?"), str(Path.home()))
            if not chosen:
                return
            place = Path(chosen)
        self._show_things(place)

    def _show_things(self, place: Path) -> None:
        from needlejournal.ui.settings.bringing_back_sheet import BringingBackSheet
        from needlejournal.workflows.safekeeping.bringing_back import versions_at

        try:
            versions = versions_at(place, self._open.journal.backup_source())
        except WorldError as error:
            self._show_sentence(message_for(error).sentence)
            return
        if versions:
            BringingBackSheet(self._open, place, versions, self).open()
        else:
            self._show_sentence(tr("There is no whole backup of this journal in “{name}”.").format(name=place.name))

    def _show_sentence(self, words: str) -> None:
        self._result.setText(words)
        self._result.show()

    def _choose_backup(self) -> None:
        place = QFileDialog.getExistingDirectory(self, tr("Which backup?"), str(Path.home()))
        if not place:
            return
        beside = self._open.journal.folder.parent
        name, _ = QFileDialog.getSaveFileName(
            self, tr("A new folder for the restored journal"), str(beside / tr("Restored.needlejournal"))
        )
        if name:
            self._progress.reset(tr("Restoring"))
            self._progress.show()
            self._clock.restore(Path(place), Path(name))
