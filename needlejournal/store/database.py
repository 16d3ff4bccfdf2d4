"""The façade over the SQLite driver: durable settings, transactions, and the world's errors as sentences.

About the only place that knows the driver. Knows nothing of what the tables mean.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import apsw

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message
from needlejournal.store import disk
from needlejournal.store.guarding import guard
from needlejournal.store.spelling import folded

MEMORY = Path(":memory:")
Row = tuple[Any, ...]
Values = Sequence[object] | dict[str, object]

BUSY_MS = 5000
BESIDE = ("-journal", "-wal", "-shm")  # what SQLite writes beside a database
# How a rollback journal ends that belongs to a change of several databases at once (SQLite's file format, section 3).
SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")
# TRUNCATE with EXTRA is the one setting that lost nothing in simulated power cuts and still allows a plain
# copy of the file while it is open.
DURABLE = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA fullfsync=on",
    "PRAGMA secure_delete=on",
)
CAREFUL = (
    "PRAGMA foreign_keys=on",
    "PRAGMA trusted_schema=off",
    "PRAGMA cell_size_check=on",
    "PRAGMA temp_store=memory",
)

# Kibibytes of pages that are kept: a plain file's are the system's to keep, an encrypted one's are opened each time.
_CACHE, _CACHE_SEALED = 8_192, 65_536

SENTENCES: tuple[tuple[type[apsw.Error], Message], ...] = (
    (apsw.FullError, message("The disk is full. Nothing was changed; free some space and try again.")),
    (
        apsw.ReadOnlyError,
        message("The journal cannot be written to. Nothing was changed; check the folder's permissions."),
    ),
    (apsw.BusyError, message("Another program is using the journal. Nothing was changed; close it and try again.")),
    (apsw.LockedError, message("Another program is using the journal. Nothing was changed; close it and try again.")),
    (
        apsw.PermissionsError,
        message("The journal's folder does not allow this. Nothing was changed; check its permissions."),
    ),
    (
        apsw.CantOpenError,
        message("The journal's database cannot be opened. Check that its folder is there and readable."),
    ),
    (
        apsw.NotADBError,
        message("This is not a Needle Journal database, or the key to it is wrong. Nothing was changed."),
    ),
    (
        apsw.CorruptError,
        message("The journal's database is damaged. Nothing was changed; open a copy or a backup of it."),
    ),
    (
        apsw.IOError,
        message("The disk did not read or write as it should. Nothing was changed; check the disk and try again."),
    ),
    (apsw.TooBigError, message("This text is too large to keep. Please make it shorter.")),
)


MOVED = message(
    "The journal's folder was moved or replaced while it was open. Nothing was changed; close the journal and open it "
    "at its new place."
)


UNCERTAIN = message(
    "The disk did not write as it should, and it is not certain that your last change is kept. Everything before it is "
    "safe. Check the disk, open the journal again, and look for the change before you write it once more."
)
CUT_OFF = message(
    "The last change to this journal was cut off and has to be taken back before it can be read, but its folder cannot "
    "be written to. Nothing was changed; copy the folder to your own disk and open it there."
)


class DatabaseError(WorldError):
    """The world's errors of the database: full, locked, read-only, damaged."""


class Damaged(DatabaseError):
    """The file is not ours or is broken."""


class CutOff(DatabaseError):
    """A change was cut off, by a crash or a power cut; the database can be read when that was rolled back."""


class Uncertain(DatabaseError):
    """The disk failed in the middle of making a change durable: it may be there, and may not be after a crash."""


class Linked(Damaged):
    """In the file's place is a link, or a file that belongs to another folder too. It was left alone."""


def as_world_error(error: apsw.Error) -> DatabaseError | None:
    """The sentence for a driver's error, or None when it is a fault of ours."""
    if getattr(error, "extendedresult", 0) == apsw.SQLITE_READONLY_DBMOVED:
        return DatabaseError(MOVED)
    if getattr(error, "extendedresult", 0) == apsw.SQLITE_READONLY_ROLLBACK:
        return CutOff(CUT_OFF)
    for kind, sentence in SENTENCES:
        if isinstance(error, kind):
            broken = isinstance(error, (apsw.NotADBError, apsw.CorruptError))
            return (Damaged if broken else DatabaseError)(sentence)
    return None


@contextmanager
def _in_plain_words() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        pass_on = as_world_error(error)
        if pass_on is None:
            raise
        raise pass_on from error


def _give_key(connection: apsw.Connection, key: bytes | None) -> None:
    """Choose SQLCipher 4's format, then the key: given first, the key would be meant for another format."""
    if key is not None:
        connection.execute("PRAGMA cipher='sqlcipher'")
        connection.execute("PRAGMA legacy=4")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")


def rewrite(source: Path, source_key: bytes | None, target: Path, target_key: bytes | None) -> None:
    """Write all of a database anew under another key (None: plain). Raises DatabaseError; `target` must be new."""
    with _in_plain_words():
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
        connection = apsw.Connection(source.absolute().as_uri(), flags=flags)
        try:
            _give_key(connection, source_key)
            connection.execute("PRAGMA temp_store=memory")
            key = f"cipher=sqlcipher&legacy=4&key=x'{target_key.hex()}'" if target_key else "key="
            connection.execute("VACUUM INTO ?", (f"{target.absolute().as_uri()}?{key}",)).fetchall()
        finally:
            connection.close()


def _readable(cursor: apsw.Cursor) -> Iterator[Row]:
    while True:
        try:
            yield next(cursor)
        except StopIteration:
            return
        except UnicodeDecodeError:
            continue


def _folded(*of: Any) -> str:
    """`folded` of a text given as a blob: what is no text at all would end the statement."""
    return folded(bytes(of[0]).decode("utf-8", "replace"))


@frozen
class RowChange:
    """A row of a table as it was before a change and is after it; None where it was not there, or is no more.

    None both times where its values cannot be read.
    """

    table: str
    row_id: int
    before: Row | None
    after: Row | None


def _own_place(path: Path, *, read_only: bool) -> str:
    """The path without links on the way to its folder, once what SQLite would write to is known to be of it alone."""
    try:
        with disk.Folder(path.parent) as folder:
            if not read_only and folder.state(path.name) is None:
                folder.created(path.name).close()
            for name in (path.name, *(f"{path.name}{ending}" for ending in BESIDE)):
                found = folder.state(name)
                if found is not None and not (disk.is_own_file(found) or (read_only and disk.is_plain(found))):
                    raise _linked(name)
            _refuse_super_journal(folder, f"{path.name}-journal")
        return str(path.parent.resolve() / path.name)
    except OSError as error:
        raise DatabaseError(
            message("The journal's database cannot be opened. Check that its folder is there and readable.")
        ) from error


def _linked(name: str) -> Linked:
    return Linked(
        message(
            "“{name}” in the journal's folder is a link, or belongs to another folder too. It was left alone and "
            "nothing was changed. Copy the whole folder to another place and open the copy.",
            name=name,
        )
    )


def _refuse_super_journal(folder: disk.Folder, name: str) -> None:
    """A rollback journal may name a file that SQLite deletes after rolling back. Ours never do."""
    if folder.state(name) is None:
        return
    with folder.opened(name) as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - len(SUPER_JOURNAL)))
        if file.read() == SUPER_JOURNAL:
            raise Damaged(
                message(
                    "The rest of an unfinished change beside the journal's database was not written by Needle Journal. "
                    "Nothing was changed; make a copy of what can be read."
                )
            )


class Database:
    """One connection. Values are tuples; every write happens inside `transaction()`.

    `key` is a raw 256-bit key: the file is then in SQLCipher 4 format. The file came from anywhere: no link to it is
    followed, and what our own statements do not need is not allowed (see `guarding`).
    """

    def __init__(self, path: Path, *, read_only: bool = False, key: bytes | None = None, durable: bool = True) -> None:
        self.read_only = read_only
        self.before_first_write: Callable[[], None] = lambda: None
        self._last: RowChange | None = None  # in this transaction, where `watch` was called
        self._key = key
        flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        place = str(path) if path == MEMORY else _own_place(path, read_only=read_only)
        with _in_plain_words():
            self._connection = apsw.Connection(place, flags=flags | apsw.SQLITE_OPEN_NOFOLLOW)
            try:
                self._prepare(key, durable=durable)
            except apsw.Error:
                self._connection.close()
                raise

    @classmethod
    def to_read(cls, path: Path, key: bytes | None) -> Self:
        """One for reading; a change that was cut off is taken back first. Raises DatabaseError."""
        try:
            return cls(path, read_only=True, key=key)
        except CutOff:
            cls(path, key=key).close()
            return cls(path, read_only=True, key=key)

    def _prepare(self, key: bytes | None, *, durable: bool) -> None:
        self._connection.set_busy_timeout(BUSY_MS)
        _give_key(self._connection, key)
        self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        cache = f"PRAGMA cache_size=-{_CACHE if key is None else _CACHE_SEALED}"
        for pragma in (*CAREFUL, cache, *(DURABLE if durable and not self.read_only else ())):
            self._connection.execute(pragma).fetchall()
        self._connection.create_scalar_function("folded", _folded, 1)
        guard(self._connection)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query; a row with a text that is no text (its bytes are not UTF-8) is left out."""
        with _in_plain_words():
            try:
                return self._connection.execute(sql, values).fetchall()
            except UnicodeDecodeError:
                return list(_readable(self._connection.execute(sql, values)))

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Values = ()) -> int:
        """Carry out one statement and return the id of the last inserted row."""
        with _in_plain_words():
            self._connection.execute(sql, values).fetchall()
        return self._connection.last_insert_rowid()

    def run_many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        """Carry out one statement for each row of values."""
        with _in_plain_words():
            self._connection.executemany(sql, values).fetchall()

    def watch(self, noticed: Callable[[RowChange], None]) -> None:
        """Tell of every row that is going to be changed, by whatever statement, trigger or reference."""

        def pass_on(change: apsw.PreUpdate) -> None:
            try:
                before = change.old if change.op != "INSERT" else None
                after = change.new if change.op != "DELETE" else None
            except UnicodeDecodeError:
                noticed(RowChange(change.table_name, change.rowid, None, None))
                return
            self._last = RowChange(change.table_name, change.rowid, before, after)
            noticed(self._last)

        self._connection.preupdate_hook(pass_on)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and durable when the block is left. Inside another one it joins that one.

        BEGIN, COMMIT and ROLLBACK are spelled out: the driver's own `with` hides a full disk.
        """
        if self._connection.in_transaction:
            yield
            return
        self.before_first_write()
        self.before_first_write = lambda: None
        self._last = None
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._roll_back()
            raise
        self._commit()

    def _commit(self) -> None:
        """When SQLite says that it failed at its very last step, the change may stand all the same: then it is made
        durable by one more commit. Raises Uncertain when that fails too."""
        try:
            self.run("COMMIT")
        except BaseException as error:
            self._roll_back()
            try:
                stands = self._last is not None and self._is_there(self._last)
                if stands:
                    self._commit_nothing()
            except apsw.Error:
                raise Uncertain(UNCERTAIN) from error
            if not stands:
                raise

    def _is_there(self, change: RowChange) -> bool:
        values = f"SELECT * FROM {change.table} WHERE rowid = ?"  # noqa: S608 (SQLite's own name of it)
        found = self._connection.execute(values, (change.row_id,)).fetchall()
        return change.before != change.after and found == ([] if change.after is None else [change.after])

    def _commit_nothing(self) -> None:
        version = self._connection.pragma("user_version")
        self._connection.execute(f"BEGIN IMMEDIATE; PRAGMA user_version={version}; COMMIT").fetchall()

    def _roll_back(self) -> None:
        """A full disk may have rolled back already; one that refuses this too is rolled back when it is read next."""
        if self._connection.in_transaction:
            with suppress(apsw.Error):
                self._connection.execute("ROLLBACK")

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the whole file under the same key (the online backup API)."""
        with _in_plain_words():
            target = apsw.Connection(str(path))
            try:
                _give_key(target, self._key)
                with target.backup("main", self._connection, "main") as backup:
                    backup.step()
            finally:
                target.close()

    def in_memory(self) -> Database:
        """Turn into a copy in memory, closing the file: an older journal can be read so without being changed."""
        memory = Database(MEMORY, durable=False)
        with _in_plain_words(), memory._connection.backup("main", self._connection, "main") as backup:
            backup.step()
        self.close()
        return memory

    def close(self) -> None:
        """Close the connection; closing twice is allowed."""
        self._connection.close()
