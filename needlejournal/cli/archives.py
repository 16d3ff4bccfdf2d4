"""Commands that carry a whole journal elsewhere and back: export, import-archive."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal.cli.verbs import (
    Answer,
    Arguments,
    Facts,
    OnTerminal,
    Verb,
    counted,
    opened,
    opened_or_made,
    takes_journal,
)

if TYPE_CHECKING:
    from needlejournal.workflows.archives.archiving import ExportedArchive, TakenIn
    from needlejournal.workflows.archives.zip_reading import CheckedZip


def takes_export(parser: argparse.ArgumentParser) -> None:
    """Which journal, and where the archive goes."""
    takes_journal(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.zip", help="where to save it")


def export(arguments: Arguments) -> Answer:
    """Write the whole journal to one ZIP file that any program can read."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.archives.archiving import export_archive

    journal = opened(arguments)
    watched = OnTerminal("Exported")
    try:
        done = export_archive(journal, arguments.output, load_catalogue(paths.resources()), watched)
    finally:
        watched.end()
        journal.close()
    facts: Facts = {
        "records": done.records,
        "photos": done.photos,
        "left_out": list(done.left_out),
        "unreadable": list(done.unreadable),
    }
    text = (
        f"{counted(done.records, 'record', 'records')} and {counted(done.photos, 'photo', 'photos')} are in "
        f"{arguments.output}. The file is not encrypted: whoever has it can read it."
    )
    return Answer(facts, text, _not_exported(done))


def _not_exported(done: ExportedArchive) -> str:
    sentences = []
    if done.left_out:
        named = ", ".join(done.left_out)
        sentences.append(f"Left out, because the original is missing or damaged: {named}. Run verify to see more.")
    if done.unreadable:
        sentences.append(f"Left out, because it cannot be read: {', '.join(done.unreadable)}.")
    return " ".join(sentences)


def takes_archive(parser: argparse.ArgumentParser) -> None:
    """Which journal, and what to take in."""
    takes_journal(parser)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="an archive that export made, or a diary of RedNotebook or Day One"
    )


def import_archive(arguments: Arguments) -> Answer:
    """Take an archive or a foreign diary into a journal, made when there is none; nothing comes in twice."""
    from needlejournal.workflows.archives.bag_reading import is_bag
    from needlejournal.workflows.archives.zip_reading import CheckedZip

    if arguments.file.is_dir():
        return _diary(arguments, None)
    with CheckedZip(arguments.file) as archive:
        return _bag(arguments, archive) if is_bag(archive) else _diary(arguments, archive)


def _bag(arguments: Arguments, archive: CheckedZip) -> Answer:
    from needlejournal.workflows.archives.archiving import archive_name
    from needlejournal.workflows.archives.archiving import import_archive as take_in

    watched = OnTerminal("Taken in")
    journal = opened_or_made(arguments, archive_name(archive))  # nothing is made for a bad archive
    try:
        came = take_in(journal, archive, watched)
    finally:
        watched.end()
        journal.close()
    facts: Facts = {"added": dict(came.added), "already": came.already, "differing": came.differing}
    if came.mended or came.broken:
        facts |= {"repaired": came.mended, "not_repaired": came.broken}
    trouble = (
        f"{counted(came.broken, 'photo', 'photos')} of the journal could not be put back. Keep the archive; verify "
        "says which."
        if came.broken
        else ""
    )
    return Answer(facts, _in_words(came), trouble)


def _diary(arguments: Arguments, archive: CheckedZip | None) -> Answer:
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.archives.foreign_diaries import foreign_entries, take_diary

    watched = OnTerminal("Taken in")
    with foreign_entries(arguments.file, archive) as entries:
        journal = opened_or_made(arguments)
        try:
            came = take_diary(journal, entries, load_catalogue(paths.resources()), watched)
        finally:
            watched.end()
            journal.close()
    facts: Facts = {"added": {"day_note": came.notes, "photo": came.photos}, "unreadable": list(came.unreadable)}
    text = f"{counted(came.notes, 'day note', 'day notes')} and {counted(came.photos, 'photo', 'photos')} came in."
    trouble = f"Not taken in, because they cannot be read: {', '.join(came.unreadable)}." if came.unreadable else ""
    return Answer(facts, text, trouble)


def _in_words(came: TakenIn) -> str:
    new = sum(came.added.values())
    text = f"{counted(new, 'record', 'records')} came in; {counted(came.already, 'was', 'were')} here already."
    if came.differing:
        text += f" {counted(came.differing, 'of them says', 'of them say')} something else here and stayed as they are."
    if came.mended:
        text += f" {counted(came.mended, 'photo', 'photos')} of the journal had been missing or damaged: put back."
    return text


EXPORT = Verb("save the whole journal as one open ZIP file", takes_export, export)
IMPORT_ARCHIVE = Verb(
    "take an archive, or a RedNotebook or Day One diary, into a journal", takes_archive, import_archive
)
