"""The command that makes a visit pack or the report of a reaction."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal.cli.diary import a_day
from needlejournal.cli.verbs import Answer, Arguments, Facts, OnTerminal, Verb, WrongUse, counted, opened, takes_journal

if TYPE_CHECKING:
    from needlejournal.workflows.reporting.making import Made
    from needlejournal.workflows.reporting.wishes import SpanWish


def takes_wish(parser: argparse.ArgumentParser) -> None:
    """What goes into the report, and where."""
    takes_journal(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the PDF to write")
    parser.add_argument("--kind", choices=("visit", "reaction"), default="visit", help="a visit pack, or a reaction")
    parser.add_argument("--session", type=int, metavar="NUMBER", help="one session and the days after it")
    parser.add_argument("--since", type=a_day, metavar="DAY", help="everything from this day on")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help="the size of the paper")
    parser.add_argument("--no-faces", action="store_true", help="close-ups without a face only")


def make_report(arguments: Arguments) -> Answer:
    """Write the report, and for a reaction the original photos beside it."""
    from needlejournal import paths
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.reporting.making import local_today, make_pdf, save_report
    from needlejournal.workflows.reporting.packs import read_report
    from needlejournal.workflows.reporting.wishes import ReportWish

    wish = ReportWish(
        arguments.kind, _span(arguments), paper=arguments.paper, faces="none" if arguments.no_faces else "whole"
    )
    catalogue = load_catalogue(paths.resources())
    journal, control = opened(arguments), OnTerminal("Photo")
    try:
        report = read_report(journal, catalogue, wish, local_today())
        made = make_pdf(journal, report, wish.faces, control=control)
        save_report(arguments.output, made, journal, control)
    finally:
        control.end()
        journal.close()
    pages = counted(made.pages, "page", "pages")
    return Answer(
        _facts(arguments.output, made), f"The report is in {arguments.output}: {pages}. {made.report.privacy}"
    )


def _span(arguments: Arguments) -> SpanWish:
    from needlejournal.workflows.reporting.wishes import FromTo, OneSession, SinceLastVisit

    if arguments.session is not None and arguments.since is not None:
        raise WrongUse("Give either --session or --since.")
    if arguments.session is not None:
        return OneSession(arguments.session)
    return SinceLastVisit() if arguments.since is None else FromTo(arguments.since)


def _facts(path: Path, made: Made) -> Facts:
    """Pages, and how much of each part is in."""
    report = made.report
    shots = [shot for series in report.series for shot in series.shots]
    return {
        "file": str(path),
        "kind": report.kind,
        "paper": report.paper,
        "pages": made.pages,
        "bytes": len(made.pdf),
        "span": str(report.subtitle),
        "in": {
            "questions": len(report.questions),
            "cards": len(report.cards),
            "course": report.course is not None,
            "products": len(report.products),
            "symptoms": len(report.grid.symptoms) if report.grid else 0,
            "concerns": len(report.ratings.concerns) if report.ratings else 0,
            "pairs": len(report.pairs),
            "days": len(report.timeline),
            "sessions": len(report.sessions),
            "photos": sum(bool(shot.picture) for shot in shots),
            "originals": len(report.originals),
        },
        "photos_left_out": sum(not shot.picture for shot in shots),
    }


REPORT = Verb("make a visit pack or the report of a reaction as PDF", takes_wish, make_report)
