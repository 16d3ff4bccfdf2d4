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
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.journal.retention import kept
from needlejournal.store import disk
from needlejournal.store.durable import write_whole
from needlejournal.store.folder import DATABASE, PHOTOS, as_world_error, sync_folder

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
        found = [_version(path) for path in self._folders()]
        return sorted((one for one in found if one), key=lambda one: one.number, reverse=True)

    def next_name(self, now: datetime) -> str:
        """A folder name for the next version."""
        numbers = [int(found[1]) for path in self._folders() if (found := _NAME.fullmatch(path.name))]
        return f"{max(numbers, default=0) + 1:06d}_{now.astimezone(UTC).strftime('%Y-%m-%dT%H-%M-%SZ')}"

    def sweep(self) -> None:
        """Remove what an interrupted backup left unfinished; whole photos of it are used by the next one."""
        for path in (self.folder / VERSIONS).glob(f"*{UNFINISHED}"):
            shutil.rmtree(path, ignore_errors=True)
        for path in self._copies():
            if path.name.endswith(UNFINISHED):
                with suppress(OSError):
                    path.unlink()

    def let_go(self) -> int:
        """Remove versions that are no longer kept, then photos no version needs. Returns how many versions went."""
        versions = self.versions()
        keep = kept(version.made for version in versions)
        gone = [version for version in versions if version.made not in keep]
        for version in gone:
            with suppress(OSError):
                shutil.rmtree(version.folder)
        if gone:
            sync_folder(self.folder / VERSIONS)
            needed = {name for path in self._folders() for name in _sums(path)[0]}
            for path in self._copies():
                if f"{path.parent.name}/{path.name}" not in needed:
                    with suppress(OSError):
                        path.unlink()
        return len(gone)

    def _copies(self) -> Iterator[Path]:
        """What lies in the folders of photos/; none that a link leads to."""
        for folder in self.photos.iterdir():
            if folder.is_dir() and not folder.is_symlink():
                yield from folder.iterdir()

    def _folders(self) -> list[Path]:
        return [path for path in (self.folder / VERSIONS).glob("*_*Z") if path.is_dir() and not path.is_symlink()]


def make_backup_folder(place: Path, journal: str, name: str) -> BackupFolder:
    """The folder of backups of this journal at `place`: itself when it is new, empty or one already, else below it.

    Raises WorldError when backups of another journal are there.
    """
    folder = _chosen(place, name)
    try:
        (folder / VERSIONS).mkdir(parents=True, exist_ok=True)
        (folder / PHOTOS).mkdir(exist_ok=True)
        _refuse_links(folder)
        if not (folder / MARK).exists():
            write_whole(folder / README, README_TEXT.encode())
            write_whole(folder / MARK, json.dumps({"format": FORMAT, "version": 1, "journal": journal}).encode())
    except OSError as error:
        raise as_world_error(error, "No backup was made") from error
    found = BackupFolder(folder)
    if found.journal != journal:
        raise WorldError(
            message(
                "“{name}” holds the backups of another journal. Nothing was written; choose another folder.",
                name=folder.name,
            )
        )
    return found


def _refuse_links(folder: Path) -> None:
    """What is swept and let go of lies in this folder, never in one that a link leads to. Raises Stranger."""
    for name in (VERSIONS, PHOTOS):
        with disk.held(folder, name):
            pass


def find_backup_folder(place: Path) -> BackupFolder:
    """The folder of backups at `place` or right below it. Raises WorldError when there is none, or several."""
    if (place / MARK).is_file():
        return BackupFolder(place)
    below = [path.parent for path in place.glob(f"*/{MARK}")] if place.is_dir() else []
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
        with (folder / MARK).open("rb") as file:
            told = json.loads(file.read(LARGEST_MARK))
        if told["format"] == FORMAT and isinstance(told["journal"], str):
            return str(told["journal"])
    except OSError as error:
        raise as_world_error(error, "The folder of backups cannot be read") from error
    except (ValueError, KeyError, TypeError):
        pass
    raise WorldError(message("“{name}” is no folder of backups, or is damaged. Nothing was changed.", name=folder.name))


def _version(folder: Path) -> Version | None:
    """None when it is unfinished, or its list is not what it was."""
    named = _NAME.fullmatch(folder.name)
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((folder / COMPLETE).read_bytes())
        sums = (folder / SUMS).read_bytes()
        if named and hashlib.sha256(sums).hexdigest() == told["sums"]:
            made = datetime.strptime(named[2], "%Y-%m-%dT%H-%M-%SZ").replace(tzinfo=UTC)
            photos, files = _sums(folder)
            return Version(folder, int(named[1]), made, photos, files) if DATABASE in files else None
    return None


def _sums(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Hashes by stored name and by file name; lines that make no sense are passed over."""
    photos, files = dict[str, str](), dict[str, str]()
    with suppress(OSError):
        for line in (folder / SUMS).read_text("ascii", "replace").splitlines():
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
