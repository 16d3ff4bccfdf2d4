"""Small files that are replaced whole or not at all, and stay so through a power cut."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from needlejournal.journal.message import message
from needlejournal.store import disk
from needlejournal.store.folder import as_world_error


def write_whole(path: Path, contents: bytes) -> None:
    """Write a file aside, make it durable and move it into place, for its owner's eyes only. Raises WorldError."""
    try:
        with disk.Folder(path.parent) as place:
            replace_whole(place, path.name, contents)
    except OSError as error:
        raise as_world_error(error, message("“{name}” was not written", name=path.name)) from error


def replace_whole(place: disk.Folder, name: str, contents: bytes) -> None:
    """The same in a folder that is held. Raises OSError; then the older file is as it was."""
    aside = disk.new_aside()
    try:
        with place.created(aside) as file:
            file.write(contents)
            file.sync()
        place.move(aside, place, name)
    except BaseException:
        with suppress(OSError):
            place.unlink(aside)
        raise
    place.sync()
