"""Commands that keep a journal safe: backup; restore, whole or single things."""

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
    passphrase_of,
    takes_journal,
)

if TYPE_CHECKING:
    from needlejournal.workflows.safekeeping.bringing_back import InBackup


def takes_backup(parser: argparse.ArgumentParser) -> None:
    """Which journal, and where to."""
    takes_journal(parser)
    parser.add_argument("destination", type=Path, metavar="DEST", help="a folder, best on another disk")


def back_up(arguments: Arguments) -> Answer:
    """Make a backup beside the earlier ones; only what is new is copied."""
    from datetime import UTC, datetime

    from needlejournal.workflows.safekeeping import backing_up

    journal = opened(arguments)
    watched = OnTerminal("Backed up")
    now = datetime.now(UTC)
    try:
        done = backing_up.back_up(journal.backup_source(), arguments.destination, now, watched)
        backing_up.remember(journal, arguments.destination.resolve(), now)
    finally:
        watched.end()
        journal.close()
    facts: Facts = {
        "backup": str(done.folder),
        "photos": done.photos,
        "copied": done.copied,
        "copied_bytes": done.copied_bytes,
        "damaged": list(done.damaged),
        "senseless": done.senseless,
    }
    text = f"Backed up to {done.folder}: {counted(done.photos, 'photo', 'photos')}, {done.copied} of them new."
    if done.senseless:
        text += " Some entries make no sense, and are in it as they are in the journal. Run verify to see which."
    if not done.damaged:
        return Answer(facts, text)
    return Answer(
        facts,
        text,
        f"{counted(len(done.damaged), 'photo is', 'photos are')} missing or damaged in the journal and could not be "
        "copied now; copies in earlier backups are kept. Run verify to see which.",
    )


def takes_restore(parser: argparse.ArgumentParser) -> None:
    """Which backup, and where to; or what of it comes back into the journal that is there."""
    parser.add_argument("destination", type=Path, metavar="DEST", help="the folder with the backups")
    parser.add_argument(
        "journal", type=Path, metavar="NEW", help="a new folder for the journal; with --list or --only, the journal"
    )
    parser.add_argument("--version", default="", metavar="DAY", help="an older backup, such as 2026-03-01")
    parser.add_argument("--list", action="store_true", help="list what the backup holds and the journal lacks")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="THING", help="bring back only these, named as in --list"
    )


def restore(arguments: Arguments) -> Answer:
    """Make a journal of a backup again, in a new folder; or bring single things back."""
    from needlejournal.workflows.safekeeping import backing_up

    if arguments.list or arguments.only:
        return _single_things(arguments)
    watched = OnTerminal("Restored")
    passphrase = passphrase_of(arguments) if arguments.passphrase_file else ""
    try:
        done = backing_up.restore(
            arguments.destination, arguments.journal, version=arguments.version, passphrase=passphrase, control=watched
        )
    finally:
        watched.end()
    facts: Facts = {
        "journal": str(done.folder),
        "version": done.version,
        "photos": done.photos,
        "damaged": list(done.damaged),
        "encrypted": done.encrypted,
    }
    text = f"The journal is in {done.folder}, with {counted(done.photos, 'photo', 'photos')}."
    if not done.damaged:
        return Answer(facts, text)
    return Answer(
        facts,
        text,
        f"{counted(len(done.damaged), 'photo is', 'photos are')} damaged in the backup and did not come back. "
        "An older backup may hold them whole.",
    )


def _single_things(arguments: Arguments) -> Answer:
    from needlejournal.workflows.safekeeping import bringing_back

    journal = opened(arguments)
    try:
        found = bringing_back.find(journal.records(), journal.backup_source(), arguments.destination, arguments.version)
        if arguments.list:
            return _listed(found)
        watched = OnTerminal("Brought back")
        try:
            done = bringing_back.bring_back(journal, found, arguments.only, watched)
        finally:
            watched.end()
    finally:
        journal.close()
    facts: Facts = {"version": found.older.name, "brought_back": done.things, "damaged": list(done.left_out)}
    text = f"{counted(done.things, 'thing is', 'things are')} back in the journal."
    if not done.left_out:
        return Answer(facts, text)
    named = ", ".join(done.left_out)
    return Answer(
        facts, text, f"Damaged in the backup and not brought back: {named}. An older one may hold them whole."
    )


def _listed(found: InBackup) -> Answer:
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.safekeeping.lacking_words import what_it_is

    catalogue = load_catalogue(paths.resources())
    rows = [(thing, str(what_it_is(thing, catalogue))) for thing in found.things]
    facts: Facts = {
        "version": found.older.name,
        "things": [{"thing": thing.key, "kind": thing.kind, "day": thing.day, "what": what} for thing, what in rows],
    }
    lines = [f"{thing.key:<26}  {thing.day:<10}  {what}" for thing, what in rows]
    return Answer(facts, "\n".join(lines) or "The journal has everything that is in this backup.")


BACKUP = Verb("back a journal up to a folder or disk", takes_backup, back_up)
RESTORE = Verb("make a journal of a backup again, or bring single things back", takes_restore, restore)
