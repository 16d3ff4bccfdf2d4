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
from needlejournal.store import folder as parts
from needlejournal.store.age import NotOpened, Sealing, opened, opens
from needlejournal.store.backup_folder import Step
from needlejournal.store.checking import check_database
from needlejournal.store.database import Database, DatabaseError, rewrite
from needlejournal.store.durable import write_whole
from needlejournal.store.keys import KEYRING, RECOVERY, Keyring, fitting_key
from needlejournal.store.originals import SEALED, Cancelled, Originals
from needlejournal.store.seal import break_open
from needlejournal.store.snapshots import Snapshots

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

    def is_done(self, path: Path) -> bool:
        """Whether a file has its final form already."""
        if self.plain or path.suffix != SEALED:
            return self.plain and path.suffix != SEALED
        with path.open("rb") as file:
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
            if not wanted.plain:
                _unmark(database)
        write_whole(wanted.folder / parts.README, parts.readme(encrypted=not wanted.plain).encode())
        if wanted.plain:
            _convert_databases(wanted)
            for name in (KEYRING, RECOVERY):
                (wanted.folder / name).unlink(missing_ok=True)
            parts.sync_folder(wanted.folder)
    except OSError as error:
        what = "The journal was not converted to the end; nothing is lost, and it goes on when you try again"
        raise parts.as_world_error(error, what) from error


# ---- databases


def _convert_databases(wanted: Conversion) -> None:
    """The journal's own, copies of it from before migrations, and previews, which may be lost."""
    main = wanted.folder / parts.DATABASE
    Snapshots(wanted.folder).let_go(of_early_versions=False)  # they are under the other key
    for stray in wanted.folder.glob(f"*{NEW}*"):
        stray.unlink()
    break_open(wanted.folder)  # before anything moves: the seal is of the old file
    if fitting_key(main, wanted.keyring) != wanted.final_key:
        _convert_database(wanted, main)
    for copy in sorted(wanted.folder.glob(f"{parts.DATABASE}.v*")):
        if not _opens_with(copy, wanted.final_key):
            _convert_copy(wanted, copy)
    previews = wanted.folder / parts.PREVIEWS
    if previews.exists() and not _opens_with(previews, wanted.final_key):
        _convert_copy(wanted, previews)
    for name in (f"{parts.DATABASE}-journal", f"{parts.PREVIEWS}-journal"):
        (wanted.folder / name).unlink(missing_ok=True)


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
        wrong = check_database(new) if _counts(new) == counts else "rows are missing"
    if wrong != "ok":
        aside.unlink(missing_ok=True)
        raise WorldError(
            message("The journal's database is damaged ({what}). Nothing was changed; make a copy of what can be read "
                    "first.", what=wrong)
        )  # fmt: skip
    _replace(aside, path)


def _counts(database: Database) -> dict[str, int]:
    """How many rows each table has, but for the program's own facts."""
    tables = [row[0] for row in database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        name: int(database.value(f"SELECT count(*) FROM {name}"))  # noqa: S608 (names of the schema)
        for name in tables
        if name != "meta" and not name.startswith(("search", "sqlite_"))
    }


def _convert_copy(wanted: Conversion, path: Path) -> None:
    """A database that may be lost rather than stay readable: one that cannot be converted is removed."""
    aside = path.with_name(path.name + NEW)
    for key in dict.fromkeys((None, *wanted.keyring.database_keys)):
        if _opens_with(path, key):
            with suppress(DatabaseError):
                rewrite(path, key, aside, wanted.final_key)
                _replace(aside, path)
                return
    aside.unlink(missing_ok=True)
    path.unlink()


def _opens_with(path: Path, key: bytes | None) -> bool:
    with suppress(DatabaseError), closing(Database(path, read_only=True, key=key)):
        return True
    return False


def _replace(aside: Path, path: Path) -> None:
    with aside.open("rb+") as file:
        parts.sync_file(file)
    aside.chmod(0o600)
    aside.replace(path)
    aside.with_name(f"{aside.name}-journal").unlink(missing_ok=True)
    parts.sync_folder(path.parent)


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
        path = originals.path(name)
        if path.is_file() and not path.is_symlink() and not wanted.is_done(path):
            new = _converted(originals, path, name, sha256, picture_format)
            if new != name:
                with database.transaction():
                    database.run("UPDATE photo SET stored_name = ? WHERE id = ?", (new, row_id))
                path.unlink()
    step(len(rows), len(rows))


def _converted(originals: Originals, path: Path, name: str, sha256: str, picture_format: str) -> str:
    """Write an original in its other form; gives its new name. Damaged ones are taken as they are."""
    try:
        contents = originals.read(name)
    except WorldError:
        return name  # what no key opens stays sealed; `verify` names it
    with suppress(WorldError):
        return originals.stage(contents, picture_format, name=path.name, expected=sha256).stored_name
    return originals.stage(contents, picture_format, name=path.name).stored_name


def _convert_leftovers(wanted: Conversion, database: Database) -> None:
    """Files no row names: what an earlier try left beside its new form goes, anything else is converted too."""
    originals = wanted.originals()
    originals.quarantine_leftovers()
    rows: dict[str, str] = dict(database.rows("SELECT sha256, stored_name FROM photo"))
    named = set(rows.values())
    for path in _files(wanted.folder / parts.PHOTOS, "*/*"):
        name = f"{path.parent.name}/{path.name}"
        if name not in named:
            sha256 = originals.digest(name)
            if sha256 in rows and originals.digest(rows[sha256]) == sha256:
                path.unlink()
            elif not wanted.is_done(path):
                _convert_file(wanted, path)
    for path in _files(wanted.folder / parts.QUARANTINE, "*"):
        if not wanted.is_done(path):
            _convert_file(wanted, path)


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    return (path for path in sorted(folder.glob(pattern)) if path.is_file() and not path.is_symlink())


def _convert_file(wanted: Conversion, path: Path) -> None:
    """One file under the same name with or without the ending; what no key opens is left as it is."""
    contents = path.read_bytes()
    if path.suffix == SEALED:
        try:
            contents = b"".join(opened(io.BytesIO(contents), wanted.keyring.identities))
        except NotOpened:
            return
    target = path.with_suffix("") if path.suffix == SEALED else path
    if not wanted.plain:
        target = target.with_name(target.name + SEALED)
        sealed = io.BytesIO()
        sealing = Sealing(sealed, wanted.keyring.identities[0].recipient)
        sealing.write(contents)
        sealing.finish()
        contents = sealed.getvalue()
    write_whole(target, contents)
    if target != path:
        path.unlink()
