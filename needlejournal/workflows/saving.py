"""Writing an export where the person asked for it: whole or not at all. Exports are plain files outside the journal."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message, message
from needlejournal.store import disk
from needlejournal.store.durable import new_file, new_folder
from needlejournal.store.folder import as_world_error, refuse_within_journal

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def save_export(path: Path, contents: bytes) -> None:
    """Write a file aside, make it durable and move it into place; one that is there is replaced.

    Raises WorldError; also for a place within the folder of a journal.
    """
    with new_export(path) as file:
        file.write(contents)


@contextmanager
def new_export(path: Path) -> Iterator[disk.NewFile]:
    """The same, piece by piece; whatever is raised meanwhile leaves what was there."""
    refuse_within_journal(path)
    try:
        with disk.Folder(path.parent) as place, new_file(place, path.name) as file:
            yield file
    except OSError as error:
        what = message("Your journal is unchanged, but “{name}” was not saved", name=path.name)
        raise as_world_error(error, what) from error


@contextmanager
def new_export_folder(path: Path, unsaved: Message) -> Iterator[disk.Folder]:
    """A folder to fill, which gets its name once all of it is durable; whatever is raised leaves nothing behind.

    It is for its owner's eyes only, as every export is.

    Raises WorldError when the name is taken or the folder cannot be made; `unsaved` opens the sentence
    for an error of the disk.
    """
    refuse_within_journal(path)
    try:
        if path.exists():
            raise WorldError(message("“{name}” is there already. Please choose another name.", name=path.name))
        disk.make_folder(path.parent)
        with disk.Folder(path.parent) as place, new_folder(place, path.name) as folder:
            yield folder
    except OSError as error:
        raise as_world_error(error, unsaved) from error


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV, UTF-8 with a mark at the beginning, so that spreadsheets read umlauts right.

    What a spreadsheet would take for a formula gets an apostrophe in front: it is shown and never carried out.
    """
    text = io.StringIO()
    csv.writer(text).writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _defused(cell: str) -> str:
    begins = cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if begins else cell
