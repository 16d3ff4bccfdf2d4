"""The folder of backups: its versions, which of them are whole, and what is let go of when there are many.

    photos/ab/<stored name>     every original that any version needs, once
    versions/000012_…Z/         journal.db, keyrings, SHA256SUMS (for sha256sum -c), complete.json, written last
    backup.json                 which journal this is a backup of

Knows nothing of how a backup is made or read back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.journal.retention import kept
from needlejournal.store import disk
from needlejournal.store.durable import replace_whole
from needlejournal.store.folder import DATABASE, LOCK, PHOTOS, as_world_error
from needlejournal.store.originals import Cancelled

MARK = "backup.json"
VERSIONS = "versions"
SUMS = "SHA256SUMS"
COMPLETE = "complete.json"
README = "README.txt"
FORMAT = "needlejournal-backup"
UNFINISHED = ".part"
LARGEST_MARK = 1 << 20
_NAME = re.compile(r"(\d{6,})_(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)")
_LINE = re.compile(r"([0-9a-f]{64})  (\.\./\.\./photos/[0-9a-f]{2}/[0-9A-Za-z]{1,80}\.[a-z]{2,5}|[\w.-]{1,40})")
README_TEXT = """\
These are backups of a journal of the program Needle Journal. "needlejournal restore THIS_FOLDER NEW_FOLDER" makes a
journal of them again. Without the program: take a folder below versions/, check it with "sha256sum -c SHA256SUMS"
from inside it, and copy its files and the folder photos/ into one new folder.

A backup of an encrypted journal is encrypted as the journal is; a backup of a plain one can be read by anybody.
"""


@frozen
class Version:
    """One backup. `sums` are hashes by path: a photo's stored name below photos/, or the name of a file beside it."""

    folder: Path
    number: int
    made: datetime
    photos: dict[str, str]
    files: dict[str, str]


class BackupFolder:
    """An existing folder of backups."""

    def __init__(self, folder: Path) -> None:
        """Raises WorldError when this is no folder of backups."""
        self.folder = folder
        self.photos = folder / PHOTOS
        self.journal = _journal_of(folder)

    def versions(self) -> list[Version]:
        """All that are whole as far as their own list tells, the newest first."""
        found: list[Version | None] = []
        with suppress(FileNotFoundError, disk.Stranger), self.held(VERSIONS) as place:
            found = [_version(place, name) for name in _version_names(place)]
        return sorted((one for one in found if one), key=lambda one: one.number, reverse=True)

    def held(self, *names: str) -> AbstractContextManager[disk.Folder]:
        """A folder of it, held open; no link is followed. Raises OSError."""
        return disk.held(self.folder, *names)

    def next_name(self, now: datetime) -> str:
        """A folder name for the next version."""
        with self.held(VERSIONS) as place:
            numbers = [int(name.partition("_")[0]) for name in _version_names(place)]
        return f"{max(numbers, default=0) + 1:06d}_{now.astimezone(UTC).strftime('%Y-%m-%dT%H-%M-%SZ')}"

    def sweep(self) -> None:
        """Remove versions that an interrupted backup left unfinished; whole photos of it are used by the next one."""
        with self.held(VERSIONS) as place:
            for entry in place.entries():
                if entry.folder and entry.name.endswith(UNFINISHED):
                    with suppress(OSError):
                        place.remove_all(entry.name)

    def copies(self) -> dict[str, int]:
        """The sizes of the copies of photos, by their stored names; unfinished ones are removed. Raises OSError."""
        with self.held(PHOTOS) as photos:
            sizes = sizes_below(photos)
        unfinished = [name for name in sizes if name.endswith(UNFINISHED)]
        self._remove_copies(unfinished)
        return {name: sizes[name] for name in sizes.keys() - unfinished}

    def let_go(self) -> int:
        """Remove versions that are no longer kept, then photos no version needs. Returns how many versions went.

        While the list of one version is damaged nobody knows what it needs, and no photo goes.
        """
        versions = self.versions()
        keep = kept(version.made for version in versions)
        gone = [version for version in versions if version.made not in keep]
        with self.held(VERSIONS) as place:
            for version in gone:
                with suppress(OSError):
                    # Under another name first: half of a version is never taken for a whole one, nor for a damaged one.
                    place.move(version.folder.name, place, version.folder.name + UNFINISHED)
                    place.remove_all(version.folder.name + UNFINISHED)
            if not gone:
                return 0
            place.sync()
            left = [_version(place, name) for name in _version_names(place)]
        if all(left):
            needed = {name for version in left if version for name in version.photos}
            self._remove_copies(self.copies().keys() - needed)
        return len(gone)

    def _remove_copies(self, names: Iterable[str]) -> None:
        """Remove files of photos/ by their stored names; none that a link leads to."""
        for name in names:
            folder, _, file = name.partition("/")
            with suppress(OSError), self.held(PHOTOS, folder) as place:
                place.unlink(file)


@contextmanager
def made_backup_folder(place: Path, journal: str, name: str) -> Iterator[BackupFolder]:
    """The folder of backups of this journal at `place`: itself when it is new, empty or one already, else below it.

    Where it fails and no backup comes of it, what was made here is taken back; where it was stopped it goes on there
    another time. Raises WorldError when it cannot be made, or when backups of another journal are there.
    """
    folder = _chosen(place, name)
    missing, names = [path for path in (folder, *folder.parents) if not path.exists()], _names_in(folder)
    try:
        yield _made(folder, journal)
    except Cancelled:
        raise
    except BaseException:
        _take_back(folder, missing, names)
        raise


def _made(folder: Path, journal: str) -> BackupFolder:
    try:
        disk.make_folder(folder)
        with disk.Folder(folder) as made:
            for part in (VERSIONS, PHOTOS):  # never where a link leads: what is swept and let go of lies in here
                made.inner(part, make=True).close()
            if made.state(MARK) is None:
                mark = {"format": FORMAT, "version": 1, "journal": journal}
                replace_whole(made, README, README_TEXT.encode())
                replace_whole(made, MARK, json.dumps(mark).encode())
    except OSError as error:
        raise as_world_error(error, message("No backup was made")) from error
    found = BackupFolder(folder)
    if found.journal != journal:
        raise WorldError(
            message(
                "“{name}” holds the backups of another journal. Nothing was written; choose another folder.",
                name=folder.name,
            )
        )
    return found


def _names_in(folder: Path) -> set[str]:
    with suppress(OSError), disk.Folder(folder) as place:
        return {entry.name for entry in place.entries()}
    return set()


def _take_back(folder: Path, missing: list[Path], names: set[str]) -> None:
    """Remove what was begun in a new folder of backups, as far as it is ours and empty: then nothing was changed.

    Photos that were copied already stay, with all that tells what they are: they are used the next time.
    """
    if any(_names_in(folder / part) for part in (VERSIONS, PHOTOS)):
        return
    with suppress(OSError), disk.Folder(folder) as place:
        for name in {README, MARK, LOCK} - names:
            place.unlink(name)
        for name in {VERSIONS, PHOTOS} - names:
            place.remove_folder(name)
    for path in missing:
        with suppress(OSError), disk.Folder(path.parent) as above:
            above.remove_folder(path.name)


def find_backup_folder(place: Path, journal: str = "") -> BackupFolder:
    """The folder of backups at `place` or right below it; of several there, that of `journal`, where it is told.

    Raises WorldError when there is none, or several.
    """
    if (place / MARK).is_file():
        return BackupFolder(place)
    below = [path.parent for path in place.glob(f"*/{MARK}")] if place.is_dir() else []
    if journal and len(below) > 1:
        below = [folder for folder in below if _is_of(folder, journal)] or below
    if len(below) == 1:
        return BackupFolder(below[0])
    if below:
        raise WorldError(
            message("There are backups of several journals in “{name}”. Choose one of its folders.", name=place.name)
        )
    raise WorldError(message("There is no backup in “{name}”. Check whether the disk is connected.", name=place.name))


def _chosen(place: Path, name: str) -> Path:
    if (place / MARK).is_file() or not place.exists() or (place.is_dir() and not any(place.iterdir())):
        return place
    if not place.is_dir():
        raise WorldError(message("“{name}” is a file. Choose a folder for the backups.", name=place.name))
    return place / f"{name} backup"


def _journal_of(folder: Path) -> str:
    try:
        with disk.Folder(folder) as place, place.opened(MARK) as file:
            mark = json.loads(file.read(LARGEST_MARK))
        if mark["format"] == FORMAT and isinstance(mark["journal"], str):
            return str(mark["journal"])
    except OSError as error:
        raise as_world_error(error, message("The folder of backups cannot be read")) from error
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise WorldError(
        message("“{name}” is not a folder of backups, or is damaged. Nothing was changed.", name=folder.name)
    )


def _is_of(folder: Path, journal: str) -> bool:
    with suppress(WorldError):
        return _journal_of(folder) == journal
    return False


def _version_names(versions: disk.Folder) -> list[str]:
    return [entry.name for entry in versions.entries() if entry.folder and _NAME.fullmatch(entry.name)]


def _version(versions: disk.Folder, name: str) -> Version | None:
    """None when it is unfinished, or its list is not what it was."""
    named = _NAME.fullmatch(name)
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError), versions.inner(name) as place:
        with place.opened(COMPLETE) as file:
            mark = json.loads(file.read(LARGEST_MARK))
        with place.opened(SUMS) as file:
            sums = file.read()
        if named and hashlib.sha256(sums).hexdigest() == mark["sums"]:
            made = datetime.strptime(named[2], "%Y-%m-%dT%H-%M-%SZ").replace(tzinfo=UTC)
            photos, files = _listed(sums)
            return Version(place.path, int(named[1]), made, photos, files) if DATABASE in files else None
    return None


def _listed(sums: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Hashes by stored name and by file name; lines that make no sense are passed over."""
    photos, files = dict[str, str](), dict[str, str]()
    for line in sums.decode("ascii", "replace").splitlines():
        found = _LINE.fullmatch(line)
        if found and found[2].startswith("../"):
            photos[found[2].removeprefix("../../photos/")] = found[1]
        elif found and not found[2].startswith("."):
            files[found[2]] = found[1]
    return photos, files


def as_sums(photos: dict[str, str], files: dict[str, str]) -> bytes:
    """The list as `sha256sum -c` reads it from inside a version's folder."""
    lines = [f"{sha256}  {name}\n" for name, sha256 in sorted(files.items())]
    lines += [f"{sha256}  ../../photos/{name}\n" for name, sha256 in sorted(photos.items())]
    return "".join(lines).encode()


Step = Callable[[int, int], None]


def sizes_below(place: disk.Folder) -> dict[str, int]:
    """Return the sizes in bytes of the plain files one folder below, by "folder/name". Raises OSError."""
    found: dict[str, int] = {}
    for entry in place.entries():
        if entry.folder:
            with suppress(FileNotFoundError, disk.Stranger), place.inner(entry.name) as inner:
                found |= {f"{entry.name}/{one.name}": one.size for one in inner.entries() if one.plain}
    return found
