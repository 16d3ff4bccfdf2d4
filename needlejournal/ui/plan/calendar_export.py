"""Saving the plan as a calendar file: asks where, writes it in the background, and says where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from needlejournal.ui.jobs import JobControl
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.calendar import calendar_bytes, exported
from needlejournal.workflows.planning import agenda_of
from needlejournal.workflows.saving import save_export


def save_calendar(open_journal: OpenJournal, parent: QWidget) -> None:
    """Ask where the calendar file goes and write it there."""
    proposed = str(Path.home() / f"{open_journal.journal.name}.ics")
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("Save as a calendar file"), proposed, tr("Calendar (*.ics)"))
    if chosen:
        path = Path(chosen)
        write_calendar_to(open_journal, path if path.suffix else path.with_suffix(".ics"))


def write_calendar_to(open_journal: OpenJournal, path: Path) -> None:
    """Write the calendar file in the background; tells how many entries it has, or why it was not saved."""
    now, name = open_journal.clock(), open_journal.journal.name
    entries = exported(agenda_of(open_journal.journal, now.date(), open_journal.catalogue))

    def work(_control: JobControl) -> Path:
        save_export(path, calendar_bytes(entries, name, now))
        return path

    def done(written: Path) -> None:
        told = tr("%n (entry|entries) saved in {path}. Any calendar can import the file.", len(entries))
        open_journal.say(told.format(path=written))

    open_journal.jobs.run(work, done, open_journal.failed.emit)
