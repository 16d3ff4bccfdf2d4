"""Commands that keep a journal safe: backup, restore."""

from __future__ import annotations

import argparse
from pathlib import Path

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


def takes_backup(parser: argparse.ArgumentParser) -> None:
    """Which journal, and where to."""
    takes_journal(parser)
    parser.add_argument("destination", type=Path, metavar="DEST", help="a folder, best on another disk")


def back_up(told: Arguments) -> Answer:
    """Make a backup beside the earlier ones; only what is new is copied."""
    from datetime import UTC, datetime

    from needlejournal.workflows import backing_up

    journal = opened(told)
    watched = OnTerminal("Backed up")
    now = datetime.now(UTC)
    try:
        done = backing_up.back_up(journal.backup_source(), told.destination, now, watched)
        backing_up.remember(journal, told.destination.resolve(), now)
    finally:
        watched.end()
        journal.close()
    facts: Facts = {
        "backup": str(done.folder),
        "photos": done.photos,
        "copied": done.copied,
        "copied_bytes": done.copied_bytes,
        "damaged": list(done.damaged),
    }
    text = f"Backed up to {done.folder}: {counted(done.photos, 'photo', 'photos')}, {done.copied} of them new."
    if not done.damaged:
        return Answer(facts, text)
    return Answer(
        facts,
        text,
        f"{counted(len(done.damaged), 'photo is', 'photos are')} missing or damaged in the journal and could not be "
        "copied now; copies in earlier backups are kept. Run verify to see which.",
    )


def takes_restore(parser: argparse.ArgumentParser) -> None:
    """Which backup, and where to."""
    parser.add_argument("destination", type=Path, metavar="DEST", help="the folder with the backups")
    parser.add_argument("new", type=Path, metavar="NEW", help="a new folder for the journal")
    parser.add_argument("--version", default="", metavar="DAY", help="an older backup, such as 2026-03-01")


def restore(told: Arguments) -> Answer:
    """Make a journal of a backup again, in a new folder."""
    from needlejournal.workflows import backing_up

    watched = OnTerminal("Restored")
    passphrase = passphrase_of(told) if told.passphrase_file else ""
    try:
        done = backing_up.restore(
            told.destination, told.new, version=told.version, passphrase=passphrase, control=watched
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


BACKUP = Verb("back a journal up to a folder or disk", takes_backup, back_up)
RESTORE = Verb("make a journal of a backup again", takes_restore, restore)
