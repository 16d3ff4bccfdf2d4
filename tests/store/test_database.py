"""The façade over SQLite: all or nothing, durable, and the world's errors told in sentences."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from needlejournal.store.database import SENTENCES, Damaged, Database, DatabaseError, Uncertain, as_world_error
from tests.faults.recording import Step, recorded


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "a.db")
    made.run("CREATE TABLE word (text TEXT UNIQUE)")
    return made


class Refusing:
    """A connection that fails at one kind of statement, as a full or pulled-out disk does."""

    def __init__(self, connection: apsw.Connection, at: str, error: apsw.Error) -> None:
        self._connection = connection
        self._at = at
        self._error = error

    def execute(self, sql: str, *values: object) -> object:
        if sql.startswith(self._at):
            raise self._error
        return self._connection.execute(sql, *values)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)


def refuse(database: Database, at: str, error: apsw.Error) -> None:
    database._connection = Refusing(database._connection, at, error)  # type: ignore[assignment]


def words(database: Database) -> list[str]:
    return [row[0] for row in database.rows("SELECT text FROM word ORDER BY text")]


def add(database: Database, word: str, then: Exception | None = None) -> None:
    database.run("INSERT INTO word VALUES (?)", (word,))
    if then:
        raise then


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    with database.transaction():
        database.run("INSERT INTO word VALUES ('a')")
    with pytest.raises(ZeroDivisionError), database.transaction():
        add(database, "b", then=ZeroDivisionError())
    assert words(database) == ["a"]


def test_a_transaction_inside_another_joins_it(database: Database) -> None:
    def twice() -> None:
        with database.transaction():
            add(database, "a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.transaction():
        twice()
    assert words(database) == []


@pytest.mark.faults
@pytest.mark.parametrize("at", ["BEGIN", "INSERT", "COMMIT"])
def test_a_full_disk_at_any_step_changes_nothing_and_says_so(database: Database, at: str) -> None:
    connection = database._connection
    refuse(database, at, apsw.FullError("database or disk is full"))
    with pytest.raises(DatabaseError, match="disk is full"), database.transaction():
        database.run("INSERT INTO word VALUES ('a')")
    database._connection = connection
    assert words(database) == []
    with database.transaction():
        database.run("INSERT INTO word VALUES ('b')")
    assert words(database) == ["b"]


def test_a_disk_that_rolled_back_by_itself_is_no_second_error(database: Database) -> None:
    def full() -> None:
        database._connection.execute("ROLLBACK")
        raise DatabaseError("The disk is full.")

    with pytest.raises(DatabaseError, match="disk is full"), database.transaction():
        full()


@pytest.mark.parametrize(("kind", "sentence"), SENTENCES)
def test_the_worlds_errors_have_sentences(kind: type[apsw.Error], sentence: str) -> None:
    told = as_world_error(kind("some code"))
    assert str(told) == str(sentence)
    assert isinstance(told, Damaged) == (kind in {apsw.NotADBError, apsw.CorruptError})


def test_our_own_mistakes_stay_what_they_are(database: Database) -> None:
    with pytest.raises(apsw.SQLError):
        database.run("SELEKT")
    with database.transaction(), pytest.raises(apsw.ConstraintError):
        database.run_many("INSERT INTO word VALUES (?)", [("a",), ("a",)])


def test_values_rows_and_nothing(database: Database) -> None:
    assert (database.row("SELECT * FROM word"), database.value("SELECT text FROM word")) == (None, None)
    database.run_many("INSERT INTO word VALUES (?)", [("a",), ("b",)])
    assert database.value("SELECT count(*) FROM word") == 2
    assert database.row("SELECT text FROM word WHERE text = :word", {"word": "b"}) == ("b",)


def test_reading_only_writes_nothing(database: Database, tmp_path: Path) -> None:
    database.close()
    before = (tmp_path / "a.db").read_bytes()
    viewed = Database(tmp_path / "a.db", read_only=True)
    with pytest.raises(DatabaseError, match="cannot be written"), viewed.transaction():
        viewed.run("INSERT INTO word VALUES ('a')")
    viewed.close()
    assert (tmp_path / "a.db").read_bytes() == before


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="cannot be opened"):
        Database(tmp_path / "nowhere" / "a.db")


def test_the_settings_that_lose_nothing_are_on(database: Database) -> None:
    assert database.value("PRAGMA journal_mode") == "truncate"
    assert database.value("PRAGMA synchronous") == 3
    assert database.value("PRAGMA foreign_keys") == 1
    assert database.value("PRAGMA secure_delete") == 1


def test_what_was_deleted_is_not_left_in_the_file(database: Database, tmp_path: Path) -> None:
    with database.transaction():
        database.run("INSERT INTO word VALUES (?)", ("unforgettable " * 20,))
    with database.transaction():
        database.run("DELETE FROM word")
    database.close()
    assert b"unforgettable" not in (tmp_path / "a.db").read_bytes()


def test_a_copy_is_whole(database: Database, tmp_path: Path) -> None:
    database.run("INSERT INTO word VALUES ('a')")
    database.copy_to(tmp_path / "copy.db")
    copy = Database(tmp_path / "copy.db")
    assert words(copy) == ["a"]
    copy.close()


def test_with_a_key_the_file_tells_nothing_and_opens_with_it_only(tmp_path: Path) -> None:
    key = bytes(range(32))
    locked = Database(tmp_path / "b.db", key=key)
    locked.run("CREATE TABLE word (text TEXT)")
    locked.run("INSERT INTO word VALUES ('secret')")
    locked.close()
    assert b"SQLite" not in (tmp_path / "b.db").read_bytes()
    opened = Database(tmp_path / "b.db", key=key)
    assert words(opened) == ["secret"]
    opened.close()
    for wrong in (None, bytes(32)):
        with pytest.raises(Damaged, match="key"):
            Database(tmp_path / "b.db", key=wrong)


@pytest.mark.skipif(sys.platform != "linux", reason="recording goes by /proc")
@pytest.mark.parametrize("again", [False, True], ids=["once", "again"])
def test_a_commit_that_failed_at_its_very_last_step_is_never_called_undone(tmp_path: Path, again: bool) -> None:
    """SQLite reports an error when the emptied rollback journal cannot be synced, though the change stands."""
    with recorded(tmp_path) as recording, closing(Database(tmp_path / "a.db")) as database:
        database.watch(lambda _change: None)
        database.run("CREATE TABLE t (a TEXT)")
        syncs: list[Step] = []
        emptied = 0

        def refuse(step: Step) -> None:
            nonlocal emptied
            emptied += step.what == "truncate"
            if step.what == "sync" and emptied and (again or not syncs):
                syncs.append(step)
                raise apsw.IOError

        recording.before = refuse
        if again:
            with pytest.raises(Uncertain, match="not certain"), database.transaction():
                database.run("INSERT INTO t VALUES ('kept')")
        else:
            with database.transaction():
                database.run("INSERT INTO t VALUES ('kept')")
        assert syncs
        recording.before = lambda _step: None
        assert database.rows("SELECT a FROM t") == [("kept",)]
