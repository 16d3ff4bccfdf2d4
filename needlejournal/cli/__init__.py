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
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from needlejournal import __version__
from needlejournal.cli.verbs import Verb, WrongUse, takes_open_anyway, takes_passphrase
from needlejournal.journal.errors import WorldError

Show = Callable[[Path, tuple[int, int]], int]

VERBS = {  # "module:verb", loaded when it is asked for
    "sample": "journals:SAMPLE",
    "info": "journals:INFO",
    "import": "importing:IMPORT",
    "compare": "comparing:COMPARE",
    "align": "aligning:ALIGN",
    "verify": "journals:VERIFY",
    "session": "diary:SESSION",
    "log": "diary:LOG",
    "diary": "diary:DIARY",
    "cards": "diary:CARDS",
    "plan": "planning:PLAN",
    "calendar": "planning:CALENDAR",
    "report": "reporting:REPORT",
    "backup": "safekeeping:BACKUP",
    "restore": "safekeeping:RESTORE",
    "export": "archives:EXPORT",
    "import-archive": "archives:IMPORT_ARCHIVE",
    "encrypt": "passphrases:ENCRYPT",
    "decrypt": "passphrases:DECRYPT",
    "passphrase": "passphrases:PASSPHRASE",
}


def main(arguments: list[str], show: Show | None = None) -> int:
    """Carry out one command; returns the exit code. `show` opens the window on two photos of a journal."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    parser = make_parser(arguments[:1])
    given = parser.parse_args(arguments)
    try:
        answer = _verb(given.verb).run(given)
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
    if answer.window and show:
        return show(*answer.window)
    try:
        print(json.dumps(answer.facts) if given.json else answer.text, flush=True)
    except BrokenPipeError:  # whoever listened has heard enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if answer.trouble:
        print(answer.trouble, file=sys.stderr)
    return 1 if answer.trouble else 0


def _verb(name: str) -> Verb:
    module, verb = VERBS[name].split(":")
    made: Verb = getattr(import_module(f"needlejournal.cli.{module}"), verb)
    return made


def make_parser(asked: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser of the command that is asked for, else of all commands."""
    parser = argparse.ArgumentParser(
        prog="needlejournal",
        description="A private diary of skin treatments. Without a command, or with a journal, it opens its window.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Needle Journal {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for name in [word for word in asked if word in VERBS] or VERBS:
        verb = _verb(name)
        made = verbs.add_parser(name, help=verb.help, description=verb.help, allow_abbrev=False)
        verb.takes(made)
        takes_passphrase(made)
        takes_open_anyway(made)
        made.add_argument("--json", action="store_true", help="print the answer as JSON")
    return parser
