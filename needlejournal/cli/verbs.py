"""What every command is made of: arguments it takes, the answer it gives, and what several commands share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from needlejournal.journal.errors import BadInput
from needlejournal.journal.moments import When

if TYPE_CHECKING:
    from needlejournal.store import Journal

Facts = dict[str, Any]
Arguments = argparse.Namespace


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb found: `facts` for --json, `text` to read, and `trouble` (a sentence) when it did not go well."""

    facts: Facts
    text: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
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


def opened(path: Path) -> Journal:
    """The journal at `path`. Raises WorldError."""
    from needlejournal.store import open_journal

    return open_journal(path)


def opened_or_made(path: Path) -> Journal:
    """The journal at `path`, made when there is nothing yet. Raises WorldError."""
    from needlejournal.store import create_journal, open_journal

    there = path.exists() and (not path.is_dir() or any(path.iterdir()))
    return open_journal(path) if there else create_journal(path)


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

    def end(self) -> None:
        """Leave the line empty."""
        if self._watched:
            sys.stderr.write("\r\x1b[K")


def counted(number: int, one: str, several: str) -> str:
    """A number with its word: "1 photo", "2 photos"."""
    return f"{number} {one if number == 1 else several}"
