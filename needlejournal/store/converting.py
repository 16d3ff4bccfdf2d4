"""A journal in place from plain to encrypted, back, or from old keys to new ones; stopped anywhere, it goes on later.

The database comes first when encrypting and last when decrypting, so that it always opens with what the person knows.
A mark in it (`meta`, "converting") says that there is more to do. Every file is proven in its new form before the old
one goes. The caller holds the journal's lock and has it open nowhere.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store import disk
from needlejournal.store import folder as parts
from needlejournal.store.age import NotOpened, Sealing, opened, opens
from needlejournal.store.backup_folder import Step
from needlejournal.store.checking import check_structure
from needlejournal.store.database import Database, DatabaseError, rewrite
from needlejournal.store.durable import replace_whole, write_whole
from needlejournal.store.keys import KEYRING, RECOVERY, Keyring, fitting_key
from needlejournal.store.originals import SEALED, Cancelled, Originals
from needlejournal.store.seal import break_open
from needlejournal.store.snapshots import OF_EARLY_VERSIONS, Snapshots

MARK = "converting"
NEW = ".new"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What is converted: a folder with its keys, to be `plain` or sealed for the newest key in the end."""

    folder: Path
    keyring: Keyring
    plain: bool = False

    @property
    def final_key(self) -> bytes | None:
        """The database's key in the end."""
        return None if self.plain else self.keyring.database_keys[0]

    def originals(self) -> Originals:
        """Reads both forms, writes the one that is wanted."""
        return Originals(self.folder, self.keyring.identities, plain=self.plain)

    def is_done(self, place: disk.Folder, name: str) -> bool:
        """Whether a file has its final form already."""
        if self.plain or not name.endswith(SEALED):
            return self.plain and not name.endswith(SEALED)
        with place.opened(name) as file:
            return opens(file, self.keyring.identities[:1])


def unfinished(database: Database) -> str:
    """ "seal" or "unseal" where a conversion was interrupted, else ""."""
    return database.value("SELECT value FROM meta WHERE key = ?", (MARK,)) or ""


def convert(
    wanted: Conversion,
    step: Step = lambda _done, _of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Do all that is still to do. The keyrings must be in the folder already; when done to plain they are removed.

    Raises WorldError, and Cancelled when stopped: the journal opens as before, and a later call goes on.
    """
    try:
        if not wanted.plain:
            _convert_databases(wanted)
        path = wanted.folder / parts.DATABASE
        with closing(Database(path, key=fitting_key(path, wanted.keyring))) as database:
            if wanted.plain:
                _mark(database, "unseal")
            _convert_photos(wanted, database, step, cancelled)
            _convert_leftovers(wanted, database)
            _let_go_of_empty_folders(wanted.folder)
            if not wanted.plain:
                _unmark(database)
        write_whole(wanted.folder / parts.README, parts.readme(encrypted=not wanted.plain).encode())
        if wanted.plain:
            _convert_databases(wanted)
            with disk.Folder(wanted.folder) as place:
                for name in (KEYRING, RECOVERY):
                    place.unlink(name)
                place.sync()
    except OSError as error:
        what = message("The journal was converted only in part; nothing is lost, and it continues when you try again")
        raise parts.as_world_error(error, what) from error


# ---- databases


def _convert_databases(wanted: Conversion) -> None:
    """The journal's own, copies of it from before migrations, and previews, which may be lost."""
    main = wanted.folder / parts.DATABASE
    Database.to_read(main, fitting_key(main, wanted.keyring)).close()  # before what a stop left beside it goes
    Snapshots(wanted.folder).let_go(of_early_versions=False)  # they are under the other key
    with disk.Folder(wanted.folder) as place:
        names = [entry.name for entry in place.entries() if not entry.folder]
        for name in names:
            if NEW in name or disk.is_aside(name):
                place.unlink(name)
        break_open(wanted.folder)  # before anything moves: the seal is of the old file
        if fitting_key(main, wanted.keyring) != wanted.final_key:
            _convert_database(wanted, main)
        for name in names:
            if (OF_EARLY_VERSIONS.fullmatch(name) or name == parts.PREVIEWS) and not _opens_with(
                wanted.folder / name, wanted.final_key
            ):
                _convert_copy(wanted, place, name)
        for name in (f"{parts.DATABASE}-journal", f"{parts.PREVIEWS}-journal"):
            place.unlink(name)
        place.sync()


def _convert_database(wanted: Conversion, path: Path) -> None:
    """Written anew beside the old one, proven, and moved over it: at each moment one of the two is whole."""
    old_key, aside = fitting_key(path, wanted.keyring), path.with_name(path.name + NEW)
    with closing(Database(path, key=old_key)) as old:  # a crash's rollback happens here, before anything is copied
        counts = _counts(old)
    rewrite(path, old_key, aside, wanted.final_key)
    with closing(Database(aside, key=wanted.final_key)) as new:
        if wanted.plain:
            _unmark(new)
        else:
            _mark(new, "seal")
        wrong = check_structure(new) if _counts(new) == counts else "rows are missing"
    if wrong != "ok":
        with disk.Folder(wanted.folder) as place:
            place.unlink(aside.name)
        raise WorldError(
            message("The journal's database is damaged ({what}). Nothing was changed; make a copy of what can be read "
                    "first.", what=wrong)
        )  # fmt: skip
    with disk.Folder(wanted.folder) as place:
        _replace(place, path.name)


def _counts(database: Database) -> dict[str, int]:
    """How many rows each table has, but for the program's own facts."""
    tables = [row[0] for row in database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        name: int(database.value(f"SELECT count(*) FROM {name}"))  # noqa: S608 (names of the schema)
        for name in tables
        if name != "meta" and not name.startswith(("search", "sqlite_"))
    }


def _convert_copy(wanted: Conversion, place: disk.Folder, name: str) -> None:
    """A database that may be lost rather than stay readable: one that cannot be converted is removed."""
    path = place.path / name
    for key in dict.fromkeys((None, *wanted.keyring.database_keys)):
        if _opens_with(path, key):
            with suppress(DatabaseError):
                rewrite(path, key, place.path / (name + NEW), wanted.final_key)
                _replace(place, name)
                return
    place.unlink(name + NEW)
    place.unlink(name)


def _opens_with(path: Path, key: bytes | None) -> bool:
    with suppress(DatabaseError), closing(Database.to_read(path, key)):
        return True
    return False


def _replace(place: disk.Folder, name: str) -> None:
    """Let what was written anew take the place of a database."""
    place.sync_file(name + NEW)
    place.move(name + NEW, place, name)
    place.unlink(f"{name}{NEW}-journal")
    place.sync()


def _mark(database: Database, what: str) -> None:
    with database.transaction():
        database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (MARK, what))


def _unmark(database: Database) -> None:
    with database.transaction():
        database.run("DELETE FROM meta WHERE key = ?", (MARK,))


# ---- photos


def _convert_photos(
    wanted: Conversion, database: Database, step: Step, cancelled: Callable[[], bool]
) -> None:  # fmt: skip
    originals = wanted.originals()
    rows = database.rows("SELECT id, stored_name, sha256, format FROM photo ORDER BY id")
    for number, (row_id, name, sha256, picture_format) in enumerate(rows):
        if cancelled():
            raise Cancelled
        step(number, len(rows))
        if originals.size(name) is not None and not _is_done(wanted, name):
            new = _converted(originals, name, sha256, picture_format)
            if new != name:
                with database.transaction():
                    database.run("UPDATE photo SET stored_name = ? WHERE id = ?", (new, row_id))
                _let_go(wanted.folder, name)
    step(len(rows), len(rows))


def _is_done(wanted: Conversion, name: str) -> bool:
    folder, _, file = name.partition("/")
    with disk.held(wanted.folder, parts.PHOTOS, folder) as place:
        return wanted.is_done(place, file)


def _let_go(folder: Path, name: str) -> None:
    """Remove an original in its old form, durably."""
    inner, _, file = name.partition("/")
    with disk.held(folder, parts.PHOTOS, inner) as place:
        place.unlink(file)
        place.sync()


def _converted(originals: Originals, name: str, sha256: str, picture_format: str) -> str:
    """Write an original in its other form; gives its new name. Damaged ones are taken as they are."""
    try:
        contents = originals.read(name)
    except WorldError:
        return name  # what no key opens stays sealed; `verify` names it
    with suppress(WorldError):
        return originals.stage(contents, picture_format, name=name, expected=sha256).stored_name
    return originals.stage(contents, picture_format, name=name).stored_name


def _convert_leftovers(wanted: Conversion, database: Database) -> None:
    """Files no row names: what an earlier try left beside its new form goes, anything else is converted too."""
    originals = wanted.originals()
    originals.quarantine_leftovers()
    rows: dict[str, str] = dict(database.rows("SELECT sha256, stored_name FROM photo"))
    named = set(rows.values())
    for place, name in _files(wanted.folder):
        stored_name = f"{place.path.name}/{name}"
        if stored_name not in named:
            sha256 = originals.digest(stored_name)
            if sha256 in rows and originals.digest(rows[sha256]) == sha256:
                place.unlink(name)
                place.sync()
            elif not wanted.is_done(place, name):
                _convert_file(wanted, place, name)


def _let_go_of_empty_folders(folder: Path) -> None:
    """Folders of photos/ are called like the beginning of a hash: empty ones would tell of what lay in them."""
    with disk.held(folder, parts.PHOTOS) as photos:
        for entry in photos.entries():
            if entry.folder:
                with photos.inner(entry.name) as place:
                    left = place.entries()
                if not left:
                    photos.remove_folder(entry.name)
        photos.sync()


def _files(folder: Path) -> Iterator[tuple[disk.Folder, str]]:
    """Every plain file of photos/ and quarantine/, by the folder it lies in; no link is followed."""
    with disk.held(folder, parts.PHOTOS) as photos:
        yield from ((photos, entry.name) for entry in photos.entries() if entry.plain)
        for entry in filter(lambda entry: entry.folder, photos.entries()):
            with photos.inner(entry.name) as place:
                yield from ((place, file.name) for file in place.entries() if file.plain)
    with disk.held(folder, parts.QUARANTINE, make=True) as place:
        yield from ((place, file.name) for file in place.entries() if file.plain)


def _convert_file(wanted: Conversion, place: disk.Folder, name: str) -> None:
    """One file under the same name with or without the ending; what no key opens is left as it is."""
    with place.opened(name) as file:
        contents = file.read()
    if name.endswith(SEALED):
        try:
            contents = b"".join(opened(io.BytesIO(contents), wanted.keyring.identities))
        except NotOpened:
            return
    target = name.removesuffix(SEALED)
    if not wanted.plain:
        target += SEALED
        sealed = io.BytesIO()
        sealing = Sealing(sealed, wanted.keyring.identities[0].recipient)
        sealing.write(contents)
        sealing.finish()
        contents = sealed.getvalue()
    replace_whole(place, target, contents)
    if target != name:
        place.unlink(name)
        place.sync()
