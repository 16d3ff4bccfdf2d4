"""Commands about the passphrase of a journal: encrypt, decrypt, passphrase."""

from __future__ import annotations

import argparse
from pathlib import Path

from needlejournal.cli.verbs import (
    Answer,
    Arguments,
    OnTerminal,
    Verb,
    WrongUse,
    from_file,
    passphrase_of,
    takes_journal,
    typed,
)

KEEP_SAFE = (
    "Write the recovery key down and keep it away from this computer: it opens the journal when the passphrase is "
    "forgotten. Without both of them nobody can open the journal again, and neither can we."
)


def encrypt(arguments: Arguments) -> Answer:
    """Give a journal a passphrase, in place."""
    from needlejournal.workflows.safekeeping.encrypting import encrypt as begin

    passphrase = _new_passphrase(arguments.passphrase_file)
    watched = OnTerminal("Encrypted")
    try:
        recovery = begin(arguments.journal, passphrase, control=watched).written()
    finally:
        watched.end()
    text = f"The journal is encrypted.\n\nRecovery key: {recovery}\n\n{KEEP_SAFE}"
    return Answer({"encrypted": True, "recovery_key": recovery}, text)


def decrypt(arguments: Arguments) -> Answer:
    """Make a journal plain again, in place."""
    from needlejournal.workflows.safekeeping.encrypting import decrypt as begin

    watched = OnTerminal("Decrypted")
    try:
        begin(arguments.journal, passphrase_of(arguments), watched)
    finally:
        watched.end()
    return Answer({"encrypted": False}, "The journal is plain again: everybody who has the folder can read it.")


def takes_change(parser: argparse.ArgumentParser) -> None:
    """What to change, and what proves that one may."""
    takes_journal(parser)
    parser.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="a file with the new passphrase")
    parser.add_argument(
        "--recovery-key-file", type=Path, metavar="FILE", help="a file with the recovery key, for a forgotten one"
    )
    parser.add_argument("--new-keys", action="store_true", help="encrypt everything again with new keys")
    parser.add_argument("--new-recovery-key", action="store_true", help="make another recovery key")


def change(arguments: Arguments) -> Answer:
    """Change the passphrase of a journal, its keys, or its recovery key."""
    from needlejournal.workflows.safekeeping import encrypting

    if arguments.new_keys and arguments.new_recovery_key:
        raise WrongUse("--new-keys and --new-recovery-key do different things; choose one")
    if arguments.new_recovery_key:
        recovery = encrypting.new_recovery_key(arguments.journal, passphrase_of(arguments)).written()
        text = f"Recovery key: {recovery}\n\n{KEEP_SAFE} The old one opens this journal no longer."
        return Answer({"recovery_key": recovery}, text)
    if arguments.new_keys:
        watched = OnTerminal("Written anew")
        try:
            encrypting.change_keys(arguments.journal, passphrase_of(arguments), watched)
        finally:
            watched.end()
        return Answer({"keys": "new"}, "Everything is under new keys. Passphrase and recovery key stay as they were.")
    recovery = from_file(arguments.recovery_key_file) if arguments.recovery_key_file else ""
    old = "" if recovery else passphrase_of(arguments)
    new = _new_passphrase(arguments.new_passphrase_file)
    encrypting.change_passphrase(arguments.journal, old, new, recovery_key=recovery)
    return Answer(
        {"passphrase": "new"},
        "The passphrase is changed. Copies and backups made before still open with the old one.",
    )


def _new_passphrase(file: Path | None) -> str:
    from needlejournal.store.keyring import checked_passphrase

    if file:
        return checked_passphrase(from_file(file))
    first = checked_passphrase(typed("New passphrase: "))
    if typed("Once more: ") != first:
        raise WrongUse("the passphrases typed are not the same")
    return first


ENCRYPT = Verb("encrypt a journal with a passphrase, in place", takes_journal, encrypt)
DECRYPT = Verb("make an encrypted journal plain again, in place", takes_journal, decrypt)
PASSPHRASE = Verb("change the passphrase, the keys or the recovery key", takes_change, change)
