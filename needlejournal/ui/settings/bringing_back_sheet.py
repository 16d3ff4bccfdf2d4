"""Single things out of a backup: a list of what it holds and the journal lacks, ticked and brought back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.errors import WorldError
from needlejournal.store import Cancelled
from needlejournal.ui import theme
from needlejournal.ui.jobs import JobControl
from needlejournal.ui.language import medium_date, moment, tr, tr_message
from needlejournal.ui.messages import message_for
from needlejournal.ui.panels.working_sheet import WorkingSheet
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.text import Label

if TYPE_CHECKING:
    from needlejournal.store.backup_folder import Version
    from needlejournal.workflows.safekeeping.bringing_back import BackToBe, InBackup, Lacking

T = TypeVar("T")
SHOWN = 200
HIGH = 480  # pixels at usual text size: the list comes when the sheet is open already


class BringingBackSheet(WorkingSheet):
    """Looks into the newest backup at `place` first; the others can be chosen. Closes when things came back."""

    def __init__(self, open_journal: OpenJournal, place: Path, versions: list[Version], parent: QWidget) -> None:
        super().__init__(open_journal, tr("Bring single things back"), parent, width=640)
        self.setMinimumHeight(theme.px(HIGH))
        self._place = place
        self._found: InBackup | None = None
        self._boxes: dict[str, CheckBox] = {}
        choices = [(version.folder.name, moment(version.made.astimezone())) for version in versions]
        self._version = Select(tr("Backup of"), choices, choices[0][0])
        self._version.changed.connect(self._look)
        form = Form()
        form.add(tr("Backup of"), self._version)
        self.body.addWidget(form)
        words = tr(
            "What this backup holds and your journal does not have any more. Tick what should come back; it joins what "
            "is here, and nothing you wrote since is changed."
        )
        self.body.addWidget(Label(words, "small", "ink_soft"))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_XS)
        self.body.addLayout(self._list)
        self._outcome = Label("", "text", "ink_soft")
        self.body.addWidget(self._outcome)
        self.body.addWidget(self.strip)
        self.body.addStretch(1)
        self._all = self.add_side_button(tr("Tick all"))
        self._all.clicked.connect(self._tick_all)
        cancel = self.add_button(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._bring = self.add_button(tr("Bring back"), "filled")
        self._bring.clicked.connect(self._begin)
        self._look()

    def _look(self, words: str = "") -> None:
        """Read the chosen version in the background; `words` are said when it is read."""
        from needlejournal.workflows.safekeeping.bringing_back import find

        journal = self._open.journal
        here, source, place, version = journal.records(), journal.backup_source(), self._place, self._version.value()
        self._show_things(())

        def work(_control: JobControl) -> InBackup:
            return find(here, source, place, version or "")

        self._start(tr("Looking into the backup"), work, lambda found: self._show(found, words))

    def _show(self, found: InBackup, words: str) -> None:
        self._end(words)
        self._found = found
        self._show_things(found.things[:SHOWN])
        more = len(found.things) - SHOWN
        if more > 0:
            self._say(tr("And %n more, from earlier days. Bring these back first to see them.", more))
        elif not (found.things or words):
            self._say(tr("Your journal has everything that is in this backup."))

    def _show_things(self, things: tuple[Lacking, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        self._boxes = {thing.key: self._box(thing) for thing in things}
        for box in self._boxes.values():
            self._list.addWidget(box)
        self._all.setVisible(len(things) > 1)
        self._ticked()

    def _box(self, thing: Lacking) -> CheckBox:
        from needlejournal.workflows.safekeeping.lacking_words import what_it_is

        what = tr_message(what_it_is(thing, self._open.catalogue))
        words = tr("{day} · {what}").format(what=what, day=_day(thing.day)) if thing.day else what
        box = CheckBox(words)
        box.toggled.connect(self._ticked)
        return box

    def _ticked(self) -> None:
        chosen = len(self._chosen())
        self._version.setEnabled(not self.at_work)
        self._bring.setEnabled(chosen > 0 and not self.at_work)
        self._bring.setText(tr("Bring %n thing(s) back", chosen) if chosen else tr("Bring back"))

    def _chosen(self) -> list[str]:
        return [key for key, box in self._boxes.items() if box.isChecked()]

    def _tick_all(self) -> None:
        wanted = len(self._chosen()) < len(self._boxes)
        for box in self._boxes.values():
            box.setChecked(wanted)

    def _begin(self) -> None:
        """Make the photos durable in the background, then write the rows."""
        from needlejournal.workflows.safekeeping.bringing_back import prepare

        journal, found, chosen = self._open.journal, self._found, self._chosen()
        if found is None or not chosen:
            return
        originals, names, here = journal.originals, journal.photos.stored_names(), journal.records()

        def work(control: JobControl) -> BackToBe:
            return prepare(originals, names, here, found, chosen, control)

        self._start(tr("Bringing back"), work, lambda back: self._write(back, len(chosen)))

    def _write(self, back: BackToBe, chosen: int) -> None:
        from needlejournal.workflows.safekeeping.bringing_back import LABEL, admit, discard

        self._end("")
        done = chosen - len(back.left_out)
        say = tr("%n thing(s) (is|are) back in your journal.", done) if done else ""
        written = self._open.write(
            tr_message(LABEL), lambda journal: admit(journal, back), say=say, refused=self._failed
        )
        if written is None:
            discard(self._open.journal.originals, back)
        elif back.left_out:
            words = tr("Damaged in this backup and not brought back: {names}. An older one may hold them whole.")
            self._look(words.format(names=", ".join(back.left_out[:5])))
        else:
            self.accept()

    def _start(self, words: str, work: Callable[[JobControl], T], done: Callable[[T], None]) -> None:
        self._say("")
        self.run(words, work, done, self._failed)
        self._ticked()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._end(tr("It was stopped. Nothing was changed."))
        elif isinstance(error, WorldError):
            self._end(message_for(error).sentence)
        else:
            self._end("")
            self._open.failed.emit(error)

    def _end(self, words: str) -> None:
        self.ended()
        self._say(words)
        self._ticked()

    def _say(self, words: str) -> None:
        self._outcome.setText(words)
        self._outcome.setVisible(bool(words))


def _day(day: str) -> str:
    return medium_date(date.fromisoformat(day))
