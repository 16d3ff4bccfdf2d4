"""`python -m needlejournal`: a command of the command line, the self-test, a process that looks at pictures, or the
window."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Start what the arguments ask for; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--look-apart"]:
        from needlejournal.imaging.reading import apart

        return apart.serve()
    if arguments[:1] == ["--self-test"]:
        from needlejournal import selftest

        return int(selftest.main())
    if arguments and not _names_files(arguments):
        from needlejournal import cli

        return cli.main(arguments, _compare)
    from needlejournal import app

    return app.main(arguments)


def _compare(journal: Path, pair: tuple[int, int]) -> int:
    """Open the window on two photos of a journal."""
    from needlejournal import app

    return app.main([str(journal)], pair)


def _names_files(arguments: list[str]) -> bool:
    """Whether the window is meant: nothing but journals, and files or folders that are there."""
    named = all(Path(name).suffix == ".needlejournal" or Path(name).exists() for name in arguments)
    return named and not (arguments[0].replace("-", "").isalpha() and _is_command(arguments[0]))


def _is_command(word: str) -> bool:
    from needlejournal.cli import VERBS  # not loaded for a journal that is double clicked

    return word in VERBS


if __name__ == "__main__":
    sys.exit(main())
