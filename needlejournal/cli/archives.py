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
    from needlejournal.workflows.archiving import TakenIn


def takes_export(parser: argparse.ArgumentParser) -> None:
    """Which journal, and where the archive goes."""
    takes_journal(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.zip", help="where to save it")


def export(told: Arguments) -> Answer:
    """Write the whole journal to one ZIP file that any program can read."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.archiving import export_archive

    journal = opened(told)
    watched = OnTerminal("Exported")
    try:
        done = export_archive(journal, told.output, load_catalogue(paths.resources()), watched)
    finally:
        watched.end()
        journal.close()
    facts: Facts = {"records": done.records, "photos": done.photos, "left_out": list(done.left_out)}
    text = (
        f"{counted(done.records, 'record', 'records')} and {counted(done.photos, 'photo', 'photos')} are in "
        f"{told.output}. The file is not encrypted: whoever has it can read it."
    )
    if not done.left_out:
        return Answer(facts, text)
    named = ", ".join(done.left_out)
    return Answer(
        facts, text, f"Left out, because the original is missing or damaged: {named}. Run verify to see more."
    )


def takes_archive(parser: argparse.ArgumentParser) -> None:
    """Which journal, and what to take in."""
    takes_journal(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="an archive that export made")


def import_archive(told: Arguments) -> Answer:
    """Take an archive into a journal, made when there is none; nothing comes in twice."""
    from needlejournal.workflows.archiving import archive_name
    from needlejournal.workflows.archiving import import_archive as take_in
    from needlejournal.workflows.zip_reading import CheckedZip

    watched = OnTerminal("Taken in")
    with CheckedZip(told.file) as archive:
        journal = opened_or_made(told, archive_name(archive))  # nothing is made for a bad archive
        try:
            came = take_in(journal, archive, watched)
        finally:
            watched.end()
            journal.close()
    facts: Facts = {"added": dict(came.added), "already": came.already, "differing": came.differing}
    return Answer(facts, _in_words(came))


def _in_words(came: TakenIn) -> str:
    new = sum(came.added.values())
    text = f"{counted(new, 'record', 'records')} came in; {counted(came.already, 'was', 'were')} here already."
    if came.differing:
        text += f" {counted(came.differing, 'of them says', 'of them say')} something else here and stayed as they are."
    return text


EXPORT = Verb("save the whole journal as one open ZIP file", takes_export, export)
IMPORT_ARCHIVE = Verb("take an exported archive into a journal", takes_archive, import_archive)
