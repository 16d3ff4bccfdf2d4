"""The same things without a window: `VERBS` is the table of all commands, one module for each group of them.

Exits 0; 1 with a sentence on standard error when the world refuses; 2 for wrong use. Loads no Qt, and what is heavy
only inside the command that needs it.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys

from needlejournal import __version__
from needlejournal.cli.aligning import ALIGN
from needlejournal.cli.archives import EXPORT, IMPORT_ARCHIVE
from needlejournal.cli.comparing import COMPARE
from needlejournal.cli.diary import CARDS, DIARY, LOG, SESSION
from needlejournal.cli.importing import IMPORT
from needlejournal.cli.journals import INFO, SAMPLE, VERIFY
from needlejournal.cli.passphrases import DECRYPT, ENCRYPT, PASSPHRASE
from needlejournal.cli.planning import CALENDAR, PLAN
from needlejournal.cli.reporting import REPORT
from needlejournal.cli.safekeeping import BACKUP, RESTORE
from needlejournal.cli.verbs import WrongUse, takes_open_anyway, takes_passphrase
from needlejournal.journal.errors import WorldError

VERBS = {
    "sample": SAMPLE,
    "info": INFO,
    "import": IMPORT,
    "compare": COMPARE,
    "align": ALIGN,
    "verify": VERIFY,
    "session": SESSION,
    "log": LOG,
    "diary": DIARY,
    "cards": CARDS,
    "plan": PLAN,
    "calendar": CALENDAR,
    "report": REPORT,
    "backup": BACKUP,
    "restore": RESTORE,
    "export": EXPORT,
    "import-archive": IMPORT_ARCHIVE,
    "encrypt": ENCRYPT,
    "decrypt": DECRYPT,
    "passphrase": PASSPHRASE,
}


def main(arguments: list[str]) -> int:
    """Carry out one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = make_parser()
    given = parser.parse_args(arguments)
    try:
        answer = VERBS[given.verb].run(given)
    except WrongUse as error:
        parser.error(str(error))
    except WorldError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        print("A name that was given is longer than any file's can be. Nothing was changed.", file=sys.stderr)
        return 1
    try:
        print(json.dumps(answer.facts) if given.json else answer.text, flush=True)
    except BrokenPipeError:  # whoever listened has heard enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if answer.trouble:
        print(answer.trouble, file=sys.stderr)
    return 1 if answer.trouble else 0


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="needlejournal",
        description="A private diary of skin treatments. Without a command, or with a journal, it opens its window.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Needle Journal {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for name, verb in VERBS.items():
        made = verbs.add_parser(name, help=verb.help, description=verb.help, allow_abbrev=False)
        verb.takes(made)
        takes_passphrase(made)
        takes_open_anyway(made)
        made.add_argument("--json", action="store_true", help="print the answer as JSON")
    return parser
