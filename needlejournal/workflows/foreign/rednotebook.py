"""Diaries of RedNotebook: a folder (or a ZIP file of it) with a YAML file for each month, 2024-03.txt.

Categories become lines below the text; pictures that the text links become photos of the day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from needlejournal.journal.message import message
from needlejournal.store.folder import as_world_error
from needlejournal.workflows.archives.zip_reading import CheckedZip
from needlejournal.workflows.foreign.entries import (
    FIRST,
    LAST,
    LONGEST_TEXT,
    ForeignEntry,
    ForeignPhoto,
    readable,
    whole,
)

LARGEST_MONTH = 16 << 20
LARGEST_PICTURE = 1 << 30
MONTH = re.compile(r"(?:.*/)?(\d{4})-(\d\d)\.txt")
# [""path"".jpg], [""file:///path"".png?50]: how RedNotebook's markup shows a picture.
_PICTURE = re.compile(r'\[""(?:file://)?([^"\n]{1,2000})""(\.[A-Za-z]{3,4})(?:\?\d+)?\]')

ReadText = Callable[[str], bytes]
FindPicture = Callable[[str], ForeignPhoto | None]


class _NoAliases(yaml.SafeLoader):
    """Plain values only: an alias in a diary is a bomb, RedNotebook writes none."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


def is_rednotebook(names: Iterable[str]) -> bool:
    """Whether these are the files of such a diary."""
    return any(MONTH.fullmatch(name) for name in names)


def entries_in_zip(archive: CheckedZip) -> Iterator[ForeignEntry]:
    """The entries of a zipped folder; pictures only where they are in the ZIP file too. Raises WorldError."""
    by_name = {name.rpartition("/")[2]: name for name in archive.names}

    def find(path: str) -> ForeignPhoto | None:
        name = by_name.get(re.split(r"[/\\]", path)[-1])
        return ForeignPhoto(name.rpartition("/")[2], lambda: archive.read(name, LARGEST_PICTURE)) if name else None

    yield from _entries(archive.names, lambda name: archive.read(name, LARGEST_MONTH), find)


def entries_in_folder(folder: Path) -> Iterator[ForeignEntry]:
    """The entries of a folder; pictures also where a link leads elsewhere on this computer. Raises WorldError."""

    def find(path: str) -> ForeignPhoto | None:
        file = folder / path
        with suppress(OSError):  # a name that no system takes
            return ForeignPhoto(file.name, lambda: _bytes(file, LARGEST_PICTURE)) if file.is_file() else None
        return None

    names = sorted(path.name for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    yield from _entries(names, lambda name: _bytes(folder / name, LARGEST_MONTH), find)


def _bytes(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            contents = file.read(limit + 1)
    except OSError as error:
        raise as_world_error(error, message("“{name}” cannot be read", name=path.name)) from error
    if len(contents) > limit:
        raise readable(path.name)
    return contents


def _entries(names: Iterable[str], read: ReadText, find: FindPicture) -> Iterator[ForeignEntry]:
    for name in sorted(names):
        month = MONTH.fullmatch(name)
        if month:
            yield from _of_month(int(month[1]), int(month[2]), _parsed(name, read(name)), name, find)


def _parsed(name: str, contents: bytes) -> dict[Any, Any]:
    try:
        found = yaml.load(contents.decode("utf-8"), _NoAliases)  # noqa: S506 (a safe loader that also refuses aliases)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise readable(name) from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise readable(name)
    return found


def _of_month(
    year: int, month: int, days: dict[Any, Any], name: str, find: FindPicture
) -> Iterator[ForeignEntry]:  # fmt: skip
    for number, raw in days.items():
        try:
            day = date(year, month, number)
        except (ValueError, TypeError) as error:
            raise readable(name) from error
        if not isinstance(raw, dict) or not FIRST <= day <= LAST:
            raise readable(name)
        text = whole(str(raw.get("text") or "")[:LONGEST_TEXT])
        found = [find(f"{picture[1]}{picture[2]}") for picture in _PICTURE.finditer(text)]
        words = "\n".join((_PICTURE.sub("", text).strip(), *_categories(raw))).strip()
        if words or found:
            yield ForeignEntry(day, words, photos=tuple(photo for photo in found if photo))


def _categories(raw: dict[Any, Any]) -> Iterator[str]:
    for category, entries in raw.items():
        if category != "text" and isinstance(entries, dict):
            for entry in entries:
                yield f"{category}: {entry}"
