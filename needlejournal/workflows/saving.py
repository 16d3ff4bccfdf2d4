"""Writing an export where the person asked for it: whole or not at all. Exports are plain files outside the journal."""

from __future__ import annotations

import csv
import io
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store.folder import as_world_error


def save_export(path: Path, contents: bytes) -> None:
    """Write a file aside and move it into place; one that is there is replaced. Raises WorldError."""
    aside = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        aside.write_bytes(contents)
        os.replace(aside, path)  # noqa: PTH105 (an existing file is meant to be replaced: the person chose it)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise as_world_error(error, f"Your journal is unchanged, but “{path.name}” was not saved") from error


@contextmanager
def new_folder(folder: Path, what: str) -> Iterator[Path]:
    """A folder to fill, which gets its name once all of it is there; whatever is raised leaves nothing behind.

    Raises WorldError when the name is taken or the folder cannot be made; `what` names it in a sentence.
    """
    aside = folder.with_name(f".{secrets.token_hex(6)}.part")
    try:
        if folder.exists():
            raise WorldError(message("“{name}” is there already. Please choose another name.", name=folder.name))
        aside.mkdir(parents=True)
        yield aside
        aside.rename(folder)
    except OSError as error:
        raise as_world_error(error, f"Your journal is unchanged, but {what} was not saved") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV, UTF-8 with a mark at the beginning, so that spreadsheets read umlauts right."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
