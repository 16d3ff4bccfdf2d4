"""Files and folders that get their name only when all of them is there, and keep it through a power cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
    with new_file(place, name) as file:
        file.write(contents)


@contextmanager
def new_file(place: disk.Folder, name: str) -> Iterator[disk.NewFile]:
    """A file to fill, which takes the place of an older one once it is whole and durable.

    Raises OSError; then, and when the filling raises, the older file is as it was and nothing else is left.
    """
    with _aside(place, name, place.unlink) as aside, place.created(aside) as file:
        yield file
        file.sync()


@contextmanager
def new_folder(place: disk.Folder, name: str) -> Iterator[disk.Folder]:
    """A folder to fill (by `add`), which gets its name once all that is in it is durable.

    Raises OSError; then, and when the filling raises, nothing is left.
    """
    with _aside(place, name, place.remove_all) as aside, place.inner(aside, make=True) as folder:
        yield folder
        folder.sync()


@contextmanager
def _aside(place: disk.Folder, name: str, remove: Callable[[str], None]) -> Iterator[str]:
    """A name to make something under, which then moves to `name`."""
    aside = disk.new_aside()
    try:
        yield aside
        place.move(aside, place, name)
    except BaseException:
        with suppress(OSError):
            remove(aside)
        raise
    place.sync()


def add(place: disk.Folder, name: str, contents: bytes) -> None:
    """Write a durable file into a folder that has no name yet. Raises OSError."""
    with place.created(name) as file:
        file.write(contents)
        file.sync()
