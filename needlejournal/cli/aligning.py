"""The command that says how one photo lies on another, and how far the two may be compared."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal.cli.comparing import bytes_of
from needlejournal.cli.verbs import Answer, Arguments, Facts, Verb, WrongUse, opened
from needlejournal.cli.words import known_face_zone

if TYPE_CHECKING:
    from needlejournal.journal.catalogue import Catalogue
    from needlejournal.journal.comparing.comparability import Comparability
    from needlejournal.workflows.comparison.pair_report import PairReport

METHODS = ("auto", "face", "close-up")


def takes_align(parser: argparse.ArgumentParser) -> None:
    """Which two photos, and how to align them."""
    parser.add_argument("before", metavar="BEFORE", help="a photo's file, or its id with --journal")
    parser.add_argument("after", metavar="AFTER", help="a photo's file, or its id with --journal")
    parser.add_argument("--method", choices=METHODS, default="auto", help="what to align by (default: auto)")
    parser.add_argument("--zone", default="", metavar="KEY", help="align by one zone of the face, such as chin")
    parser.add_argument("--journal", type=Path, metavar="JOURNAL", help="the journal whose photos are meant")


def align_photos(arguments: Arguments) -> Answer:
    """Say how AFTER lies on BEFORE and how far the two may be compared."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue

    catalogue = load_catalogue(paths.resources())
    arguments.zone = known_face_zone(arguments.zone, catalogue)
    report = _report(arguments, catalogue)
    return Answer(_facts(report), _in_words(report))


def _report(arguments: Arguments, catalogue: Catalogue) -> PairReport:
    from needlejournal.workflows.comparison.pair_report import report_of_files, report_of_photos

    if arguments.journal is None:
        files = bytes_of(Path(arguments.before)), bytes_of(Path(arguments.after))
        return report_of_files(*files, arguments.method, arguments.zone)
    if not (arguments.before.isdecimal() and arguments.after.isdecimal()):
        raise WrongUse("with --journal, BEFORE and AFTER are ids of photos: whole numbers")
    journal = opened(arguments)
    try:
        return report_of_photos(
            journal, catalogue, (int(arguments.before), int(arguments.after)), arguments.method, arguments.zone
        )
    finally:
        journal.close()


def _facts(report: PairReport) -> Facts:
    found = report.alignment
    return {
        "method": found.method,
        "matrix": found.matrix,
        "zones": dict(found.zones),
        "residual": found.residual,
        "confident": found.confident,
        "reason": str(found.reason or ""),
        "comparability": _items(report.comparability),
    }


def _items(found: Comparability) -> list[Facts]:
    names = ("item", "answer", "value", "unit")
    return [{**{name: getattr(item, name) for name in names}, "sentence": str(item.sentence)} for item in found.items]


def _in_words(report: PairReport) -> str:
    """For reading: what differs and what is unknown first, as in the panel."""
    signs = {"differs": "!", "unknown": "?", "matches": "✓"}
    lines = [str(report.alignment.reason or ""), "", str(report.comparability.summary)]
    for answer, sign in signs.items():
        lines += [f"{sign} {item.sentence}" for item in report.comparability.answered(answer)]
    return "\n".join(lines)


ALIGN = Verb("say how one photo lies on another and how far the two may be compared", takes_align, align_photos)
