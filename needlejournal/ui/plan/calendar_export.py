"""Saving the plan as a calendar file: asks where, writes it in the background, and says where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from needlejournal.ui.jobs import JobControl
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.where_to_save import ask_where_to_save
from needlejournal.workflows.calendar import calendar_bytes, calendar_file, remember
from needlejournal.workflows.saving import save_export


def about_second_import() -> str:
    """What to know before importing a second file: what the standard says, and that more is not known."""
    return tr(
        "Each entry keeps its identity. By the standard (RFC 5545) a calendar replaces what it has when you import a "
        "newer file, and removes what was cancelled. Outlook, Google and Apple each do this in their own way, and we "
        "have not tried them all: if an entry appears twice, delete the older one."
    )


def save_calendar(open_journal: OpenJournal, parent: QWidget) -> None:
    """Ask where the calendar file goes and write it there."""
    proposed = f"{open_journal.journal.name}.ics"
    if path := ask_where_to_save(parent, tr("Save as a calendar file"), proposed, "ics", tr("Calendar (*.ics)")):
        write_calendar_to(open_journal, path)


def write_calendar_to(open_journal: OpenJournal, path: Path) -> None:
    """Write the calendar file in the background; tells how many entries it has, or why it was not saved."""
    now, name = open_journal.clock(), open_journal.journal.name
    file = calendar_file(open_journal.journal, now.date(), open_journal.catalogue, tr_message)

    def work(_control: JobControl) -> Path:
        save_export(path, calendar_bytes(file, name, now))
        return path

    def done(written: Path) -> None:
        sentence = tr("%n (entry|entries) saved in {path}. Any calendar can import the file.", len(file.entries))
        open_journal.say(sentence.format(path=written))
        open_journal.keep_aside(lambda journal: remember(journal, file))

    open_journal.jobs.run(work, done, open_journal.failed.emit)
