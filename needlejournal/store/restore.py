"""Making a journal of a backup again: in a new folder only, every byte proven on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.store import disk
from needlejournal.store import folder as parts
from needlejournal.store.backup_folder import VERSIONS, BackupFolder, Step, Version, find_backup_folder
from needlejournal.store.checking import check_structure, is_foreign
from needlejournal.store.copying import NotTheSame, copy_proven
from needlejournal.store.database import Database
from needlejournal.store.keys import KEYRING, RECOVERY
from needlejournal.store.originals import Cancelled

RESTORING = ".restoring"


@frozen
class Restored:
    """What came back. `damaged` are stored names of originals whose copy in the backup is not what it was."""

    folder: Path
    version: str
    photos: int
    damaged: tuple[str, ...]
    encrypted: bool


def restore(
    place: Path,
    new: Path,
    *,
    version: str = "",
    key: Callable[[Path], bytes | None] = lambda _folder: None,
    step: Step = lambda _done, _of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Restored:
    """Restore the newest whole version (or the one whose name begins with `version`) into the new folder `new`.

    `key` gives the database's key for the folder that holds its keyring, or None to go by hashes alone. The folder
    gets its name when everything is in it. Raises WorldError, Cancelled; then there is no new folder.
    """
    if new.is_symlink() or (new.exists() and (not new.is_dir() or any(new.iterdir()))):
        raise WorldError(
            message("“{name}” exists already. A backup is restored into a new folder only; nothing was changed.",
                    name=new.name)
        )  # fmt: skip
    parts.refuse_inside_another(new)
    backups = find_backup_folder(place)
    chosen = chosen_version(backups, version)
    aside = new.with_name(f".{new.name}{RESTORING}")
    try:
        disk.make_folder(new.parent)
        with disk.Folder(new.parent) as above:
            _sweep(above)
            if _is_unfinished(above, aside.name):
                raise WorldError(
                    message("“{name}” is being restored by another window now. Nothing was changed.", name=new.name)
                )
            was_there = above.state(aside.name) is not None
            if was_there:
                above.inner(aside.name).close()  # a link there is not followed
            try:
                parts.lay_out(aside, encrypted=KEYRING in chosen.files)
                with above.inner(aside.name) as target, _locked(aside):
                    damaged = _fill(backups, chosen, target, key, step, cancelled)
                above.remove_folder(new.name)
                above.move(aside.name, above, new.name)
                above.sync()
            finally:
                with suppress(OSError):
                    if not was_there or _is_unfinished(above, aside.name):
                        above.remove_all(aside.name)
    except OSError as error:
        raise parts.as_world_error(error, message("The backup was not restored; nothing of it was changed")) from error
    photos = len(chosen.photos) - len(damaged)
    return Restored(new, chosen.folder.name, photos, tuple(damaged), KEYRING in chosen.files)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Held by this process, so that nobody takes the folder for one that a stop left."""
    lock = parts.FolderLock(folder)
    try:
        yield
    finally:
        lock.release()


def sweep_unfinished(place: Path) -> None:
    """Remove what a restore into `place` that was stopped half-way left there: it is a copy of everything. One that
    is still being made is left alone. Raises OSError."""
    with disk.Folder(place) as above:
        _sweep(above)


def _sweep(above: disk.Folder) -> None:
    for entry in above.entries():
        called = entry.folder and entry.name.startswith(".") and entry.name.endswith(RESTORING)
        if called and _is_unfinished(above, entry.name) and not parts.is_open(above.path / entry.name):
            above.remove_all(entry.name)


def _is_unfinished(above: disk.Folder, name: str) -> bool:
    """Whether a folder was laid out for a journal, and is not only called as if: other programs restore things too."""
    ours = {parts.readme(encrypted=encrypted).encode() for encrypted in (False, True)}
    try:
        with above.inner(name) as place, place.opened(parts.README) as file:
            return file.read(max(map(len, ours)) + 1) in ours
    except OSError:
        return False


def chosen_version(backups: BackupFolder, version: str) -> Version:
    """The newest whole version, or the newest whose name holds `version`. Raises WorldError."""
    every = backups.versions()
    if not every:
        raise WorldError(message("There is no whole backup of this journal in “{name}”.", name=backups.folder.name))
    whole = [one for one in every if one.folder.name.startswith(version) or version in one.folder.name]
    if not whole:
        days = ", ".join(dict.fromkeys(one.folder.name[:10] for one in every[:5]))
        raise BadInput(
            message("There is no backup of “{version}” here. The newest are of {days}.", version=version, days=days)
        )
    return whole[0]


def _fill(
    backups: BackupFolder,
    chosen: Version,
    target: disk.Folder,
    key: Callable[[Path], bytes | None],
    step: Step,
    cancelled: Callable[[], bool],
) -> list[str]:
    with backups.held(VERSIONS, chosen.folder.name) as version:
        for name in (parts.DATABASE, KEYRING, RECOVERY):
            if name in chosen.files:
                _copy_file(version, name, target, chosen.files[name])
    _check_copy(target.path, key)
    damaged = []
    with target.inner(parts.PHOTOS) as photos:
        for number, (name, sha256) in enumerate(chosen.photos.items()):
            if cancelled():
                raise Cancelled
            step(number, len(chosen.photos))
            if not _copy_photo(backups, photos, name, sha256):
                damaged.append(name)
        for entry in photos.entries():
            with photos.inner(entry.name) as folder:
                folder.sync()
    target.sync()
    return damaged


def _copy_file(version: disk.Folder, name: str, target: disk.Folder, expected: str) -> None:
    try:
        copy_proven(version, name, target, expected)
    except NotTheSame as error:
        raise WorldError(
            message(
                "The newest backup is damaged (“{name}”). Nothing was restored. Older backups may be whole: choose one "
                "of them.",
                name=name,
            )
        ) from error


def _check_copy(target: Path, key: Callable[[Path], bytes | None]) -> None:
    """A database that can be read is checked inside too; an encrypted one without its key is known by its hash."""
    found = key(target)
    if found is None and (target / KEYRING).exists():
        return
    with closing(Database(target / parts.DATABASE, read_only=True, key=found)) as database:
        wrong = check_structure(database)
        foreign = wrong == "ok" and is_foreign(database)
    if foreign:
        raise WorldError(
            message("The database in this backup holds things no version of Needle Journal makes, such as foreign "
                    "triggers. Nothing was restored; choose an older backup.")
        )  # fmt: skip
    if wrong != "ok":
        raise WorldError(
            message("The database in this backup is damaged ({what}). Nothing was restored; choose an older backup.",
                    what=wrong)
        )  # fmt: skip


def _copy_photo(backups: BackupFolder, photos: disk.Folder, name: str, expected: str) -> bool:
    """Whether it came back whole; a folder of copies that is not there has none."""
    folder, _, file = name.partition("/")
    with photos.inner(folder, make=True) as there:
        try:
            with backups.held(parts.PHOTOS, folder) as place:
                copy_proven(place, file, there, expected)
        except (NotTheSame, FileNotFoundError, disk.Stranger):
            return False
    return True
