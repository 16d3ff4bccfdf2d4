"""What every command is made of: arguments it takes, the answer it gives, and what several commands share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.journal.moments import When

if TYPE_CHECKING:
    from needlejournal.store import Journal

PATIENCE_S = 1.0  # what takes longer is said
Facts = dict[str, Any]
Arguments = argparse.Namespace


@frozen
class Answer:
    """What a verb found: `facts` for --json, `text` to read, and `trouble` (a sentence) when it did not go well.

    `window` is a journal and two of its photos that the person wants to see in the window instead.
    """

    facts: Facts
    text: str
    trouble: str = ""
    window: tuple[Path, tuple[int, int]] | None = None


@frozen
class Verb:
    """One command: what it does in a sentence, what it takes, and the function that does it."""

    help: str
    takes: Callable[[argparse.ArgumentParser], object]
    run: Callable[[Arguments], Answer]


class WrongUse(Exception):
    """The arguments make no sense together."""


def takes_journal(parser: argparse.ArgumentParser) -> None:
    """The journal a command is about."""
    parser.add_argument("journal", type=Path, metavar="JOURNAL", help="the journal's folder")


def opened(arguments: Arguments) -> Journal:
    """The journal a command is about; an encrypted one with its passphrase. Raises WorldError."""
    from needlejournal.store import is_behind, open_journal
    from needlejournal.store.folder import as_journal_folder
    from needlejournal.store.keys import is_locked

    if not is_locked(as_journal_folder(arguments.journal)):
        with _said_when_long(is_behind(arguments.journal)):
            return open_journal(arguments.journal, even_if_in_use=arguments.open_anyway)
    from needlejournal.workflows.safekeeping.encrypting import open_unlocked

    finishing = OnTerminal("Converted")
    try:
        return open_unlocked(
            arguments.journal, passphrase_of(arguments), finishing, even_if_in_use=arguments.open_anyway
        )
    finally:
        finishing.end()


@contextmanager
def _said_when_long(is_behind: bool) -> Iterator[None]:  # noqa: FBT001
    """Say on standard error what takes so long, where an older journal is brought up to date."""
    words = "The journal is being brought up to date; a copy of it is kept.\n"
    timer = Timer(PATIENCE_S, lambda: print(words, end="", file=sys.stderr, flush=True))
    if is_behind and sys.stderr:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def opened_or_made(arguments: Arguments, name: str = "") -> Journal:
    """The journal a command is about, made when there is nothing yet. Raises WorldError."""
    from needlejournal.store import create_journal

    path: Path = arguments.journal
    there = path.exists() and (not path.is_dir() or any(path.iterdir()))
    return opened(arguments) if there else create_journal(path, name)


def takes_open_anyway(parser: argparse.ArgumentParser) -> None:
    """Whether a journal is opened that another computer says it has open."""
    parser.add_argument(
        "--open-anyway", action="store_true", help="open a journal that another computer says it has open"
    )


def takes_passphrase(parser: argparse.ArgumentParser) -> None:
    """Where the passphrase is read from; never from the arguments, which other programs can see."""
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="a file with the passphrase of an encrypted journal"
    )


def passphrase_of(arguments: Arguments) -> str:
    """The passphrase from the file that was named, else typed unseen. Raises WorldError where neither is possible."""
    return from_file(arguments.passphrase_file) if arguments.passphrase_file else typed("Passphrase: ")


def from_file(path: Path) -> str:
    """A secret on the first line of a file. Raises WorldError."""
    from needlejournal.store.folder import as_world_error

    try:
        with path.open(encoding="utf-8-sig") as file:  # an editor's mark at the beginning is nobody's letter
            return file.readline(4096).rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise WorldError(message("“{name}” is not a text file.", name=path.name)) from error
    except OSError as error:
        raise as_world_error(error, message("“{name}” cannot be read", name=path.name)) from error


def typed(prompt: str) -> str:
    """A secret typed in the terminal, unseen. Raises WorldError where nobody can type."""
    from getpass import getpass

    if not (sys.stdin and sys.stdin.isatty()):
        raise WorldError(
            message("A passphrase is needed here. Write it into a file and name that: --passphrase-file FILE")
        )
    return getpass(prompt)


def moment(text: str) -> When:
    """A day, or a day with a time and perhaps an offset: 2026-03-01, 2026-03-01T14:30, 2026-03-01T14:30+01:00."""
    try:
        if len(text) <= len("2026-03-01"):
            return When(date.fromisoformat(text))
        return When.from_datetime(datetime.fromisoformat(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date such as 2026-03-01 or 2026-03-01T14:30+01:00") from error
    except BadInput as error:
        raise argparse.ArgumentTypeError(str(error)) from error


class OnTerminal:
    """Says how far long work is, on a line of standard error that is written over, where a person watches."""

    cancelled = False

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._watched = bool(sys.stderr) and sys.stderr.isatty()

    def report(self, progress: object, /) -> None:
        """Show one step."""
        from needlejournal.workflows.progress import Progress

        if self._watched and isinstance(progress, Progress):
            sys.stderr.write(f"\r{self._doing} {progress.done} of {progress.total}\x1b[K")

    def step(self, done: int, total: int) -> None:
        """The same, for work that counts by itself."""
        from needlejournal.workflows.progress import Progress

        self.report(Progress(done, total))

    def end(self) -> None:
        """Leave the line empty."""
        if self._watched:
            sys.stderr.write("\r\x1b[K")


def counted(number: int, one: str, several: str) -> str:
    """A number with its word: "1 photo", "2 photos"."""
    return f"{number} {one if number == 1 else several}"
