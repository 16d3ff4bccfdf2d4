"""Writing an export where the person asked for it: whole or not at all. Exports are plain files outside the journal."""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

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


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV, UTF-8 with a mark at the beginning, so that spreadsheets read umlauts right."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
