"""Commands about a whole journal: sample, info, verify."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal.cli.verbs import Answer, Arguments, Facts, OnTerminal, Verb, counted, opened, takes_journal

if TYPE_CHECKING:
    from needlejournal.store import Journal


def takes_folder(parser: argparse.ArgumentParser) -> None:
    """Where the sample goes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")


def make_sample(arguments: Arguments) -> Answer:
    """Make the sample journal."""
    from needlejournal.workflows.sample import make_sample as make

    journal = make(arguments.folder)
    facts = {"journal": str(arguments.folder), **_counts(journal)}
    journal.close()
    return Answer(facts, f"The sample journal is in {arguments.folder}.")


# ---- info


def show_info(arguments: Arguments) -> Answer:
    """Say how much is in a journal."""
    journal = opened(arguments)
    facts = {"name": journal.name, "read_only": journal.read_only, **_counts(journal)}
    journal.close()
    return Answer(facts, "\n".join(f"{key.replace('_', ' '):15} {value}" for key, value in facts.items()))


def _counts(journal: Journal) -> Facts:
    counts = journal.counts()
    return {
        "sessions": counts.sessions,
        "photos": counts.photos,
        "day_notes": counts.day_notes,
        "side_effects": counts.side_effects,
        "bytes": counts.bytes,
        "schema_version": counts.schema,
    }


def takes_verify(parser: argparse.ArgumentParser) -> None:
    """Which journal, and whether to put right what is wrong."""
    takes_journal(parser)
    parser.add_argument("--repair", action="store_true", help="put damaged and missing photos back from the backup")
    parser.add_argument("--backup", type=Path, metavar="DEST", help="the backup to repair from, if not the usual one")


def verify(arguments: Arguments) -> Answer:
    """Hash every original again and check the database; put right what is wrong, where that is wanted."""
    journal = opened(arguments)
    checking = OnTerminal("Checked")
    repaired: tuple[str, ...] = ()
    try:
        found = journal.verify(checking.step)
        if arguments.repair and (found.bad or found.missing):
            from needlejournal.workflows.safekeeping.watching_over import put_right

            repaired = put_right(journal, (*found.bad, *found.missing), arguments.backup).restored
            found = journal.verify(checking.step)
    finally:
        checking.end()
        journal.close()
    facts: Facts = {
        "photos": found.photos,
        "bad": list(found.bad),
        "missing": list(found.missing),
        "orphans": list(found.orphans),
        "database": found.database,
        "unreadable": list(found.unreadable),
        **({"repaired": list(repaired)} if arguments.repair else {}),
    }
    if found.sound:
        return Answer(facts, f"{counted(found.photos, 'photo', 'photos')} checked; all are as they were saved.")
    counts = {
        "damaged": found.bad, "missing": found.missing, "without a row": found.orphans, "unreadable": found.unreadable,
    }  # fmt: skip
    wrong = ", ".join(f"{len(names)} {what}" for what, names in counts.items())
    named = "\n".join(name for names in counts.values() for name in names)
    wrong = f"{wrong}, database: {found.database}\n{named}"
    return Answer(
        facts, wrong, "Something in this journal is not as it was saved. Open a backup beside it and compare."
    )


SAMPLE = Verb("make the sample journal in a new folder", takes_folder, make_sample)
INFO = Verb("say how much is in a journal", takes_journal, show_info)
VERIFY = Verb("check that every photo is as it was saved", takes_verify, verify)
