"""The command that saves two photos side by side, or shows two of a journal in its window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal.cli.verbs import Answer, Arguments, Verb, WrongUse, opened
from needlejournal.journal.message import message

if TYPE_CHECKING:
    from needlejournal.journal.alignments import Alignment
    from needlejournal.store import Journal
    from needlejournal.workflows.comparison.pair_picture import PairSide


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
    from needlejournal.workflows.comparison.pair_picture import picture_of_pair
    from needlejournal.workflows.saving import save_export

    kinds = {"png": ExportFormat.PNG, "jpg": ExportFormat.JPEG, "jpeg": ExportFormat.JPEG, "webp": ExportFormat.WEBP}
    kind = kinds.get(arguments.output.suffix.lower().lstrip("."))
    if kind is None:
        raise WrongUse("the picture's name must end in .png, .jpg or .webp")
    before, after, kept = _sides(arguments)
    picture = picture_of_pair(before, after, kind, align=not arguments.as_taken, kept=kept)
    save_export(arguments.output, picture.data)
    facts = {
        "output": str(arguments.output),
        "width": picture.width,
        "height": picture.height,
        "aligned": picture.aligned,
        "method": picture.alignment.method if picture.aligned else "none",
        "reason": str(picture.alignment.reason or ""),
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


def _sides(arguments: Arguments) -> tuple[PairSide, PairSide, Alignment | None]:
    """Both photos, and how the person said that they lie on each other."""
    from needlejournal.workflows.comparison.aligning import kept_alignment
    from needlejournal.workflows.comparison.pair_picture import side_of_file

    if arguments.journal is None:
        return side_of_file(bytes_of(Path(arguments.before))), side_of_file(bytes_of(Path(arguments.after))), None
    before, after = _ids(arguments)
    journal = opened(arguments)
    try:
        return _kept(journal, before), _kept(journal, after), kept_alignment(journal, before, after)
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
