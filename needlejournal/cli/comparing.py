"""The command that saves two photos side by side, or shows two of a journal in its window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal import paths
from needlejournal.cli.verbs import Answer, Arguments, Verb, WrongUse, opened
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message

if TYPE_CHECKING:
    from needlejournal.journal.alignments import Alignment
    from needlejournal.store import Journal
    from needlejournal.workflows.comparison.pair_picture import PairSide
    from needlejournal.workflows.comparison.pair_report import PairReport


def takes_compare(parser: argparse.ArgumentParser) -> None:
    """Which two photos, and where the picture goes."""
    parser.add_argument("before", metavar="BEFORE", help="a photo's file, or its id with --journal")
    parser.add_argument("after", metavar="AFTER", help="a photo's file, or its id with --journal")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="OUT.png",
        help="where to save the picture; without it, two photos of a journal are shown in its window",
    )
    parser.add_argument("--journal", type=Path, metavar="JOURNAL", help="the journal whose photos are meant")
    parser.add_argument("--as-taken", action="store_true", help="show the photos as taken, without aligning them")


def compare_photos(arguments: Arguments) -> Answer:
    """Save two photos side by side as a picture; without a place for it, have them shown in the window."""
    if arguments.output is None:
        return _in_window(arguments)
    from needlejournal.imaging.composing.kinds import ExportFormat
    from needlejournal.workflows.comparison.comparison_export import notes_of
    from needlejournal.workflows.comparison.pair_picture import picture_of_pair
    from needlejournal.workflows.saving import save_export

    kinds = {"png": ExportFormat.PNG, "jpg": ExportFormat.JPEG, "jpeg": ExportFormat.JPEG, "webp": ExportFormat.WEBP}
    kind = kinds.get(arguments.output.suffix.lower().lstrip("."))
    if kind is None:
        raise WrongUse("the picture's name must end in .png, .jpg or .webp")
    pair = _pair(arguments)
    notes = notes_of(pair.report.comparability)
    picture = picture_of_pair(*pair.sides, kind, align=not arguments.as_taken, kept=pair.alignment, notes=notes)
    save_export(arguments.output, picture.data)
    facts = {
        "output": str(arguments.output),
        "width": picture.width,
        "height": picture.height,
        "aligned": picture.aligned,
        "method": picture.alignment.method if picture.aligned else "none",
        "reason": str(picture.alignment.reason or ""),
        "summary": str(pair.report.comparability.summary),
    }
    return Answer(facts, f"Saved as {arguments.output}. {picture.alignment.reason or ''}")


def _in_window(arguments: Arguments) -> Answer:
    if arguments.journal is None or arguments.json or arguments.as_taken:
        raise WrongUse("where to save the picture must be said: -o OUT.png")
    return Answer({}, "", window=(arguments.journal, _ids(arguments)))


def _ids(arguments: Arguments) -> tuple[int, int]:
    if not (arguments.before.isdecimal() and arguments.after.isdecimal()):
        raise WrongUse("with --journal, BEFORE and AFTER are ids of photos: whole numbers")
    return int(arguments.before), int(arguments.after)


@frozen
class _Pair:
    """Both photos, what is said of them, and how they lie: as the person said, else as found."""

    sides: tuple[PairSide, PairSide]
    report: PairReport
    alignment: Alignment


def _pair(arguments: Arguments) -> _Pair:
    from needlejournal.journal.catalogue import load_catalogue
    from needlejournal.workflows.comparison.aligning import kept_alignment
    from needlejournal.workflows.comparison.pair_picture import side_of_file
    from needlejournal.workflows.comparison.pair_report import report_of_files, report_of_photos

    if arguments.journal is None:
        first, second = bytes_of(Path(arguments.before)), bytes_of(Path(arguments.after))
        report = report_of_files(first, second)
        return _Pair((side_of_file(first), side_of_file(second)), report, report.alignment)
    before, after = _ids(arguments)
    journal = opened(arguments)
    try:
        sides = _kept(journal, before), _kept(journal, after)
        report = report_of_photos(journal, load_catalogue(paths.resources()), (before, after))
        return _Pair(sides, report, kept_alignment(journal, before, after) or report.alignment)
    finally:
        journal.close()


def _kept(journal: Journal, photo_id: int) -> PairSide:
    from needlejournal.workflows.comparison.aligning import CLOSE_UP_VIEW
    from needlejournal.workflows.comparison.comparing import find_photo
    from needlejournal.workflows.comparison.pair_picture import PairSide

    photo = find_photo(journal, photo_id)
    close_up_of = photo.zone if photo.view == CLOSE_UP_VIEW else None
    return PairSide(journal.photo_bytes(photo), photo.when, close_up_of=close_up_of, mirrored=photo.mirrored)


def bytes_of(path: Path) -> bytes:
    """What is in a photo's file. Raises WorldError."""
    from needlejournal.store.disk import open_plain
    from needlejournal.store.folder import as_world_error

    try:
        with open_plain(path) as file:
            return file.read()
    except OSError as error:
        raise as_world_error(error, message("“{name}” cannot be read", name=path.name)) from error


COMPARE = Verb("save two photos side by side as a picture, or show them in the window", takes_compare, compare_photos)
