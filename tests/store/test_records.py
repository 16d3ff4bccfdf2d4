"""What leaves a journal as records: every kind there is, and nothing of the trash."""

from __future__ import annotations

from needlejournal.store import Journal
from needlejournal.store.records import KINDS, LISTS, records_of
from tests.store.every_kind import fill


def test_every_table_of_kept_rows_is_exchanged(journal: Journal) -> None:
    database = journal._database
    tables = [row[0] for row in database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    kept = {name for name in tables if "uid" in {row[1] for row in database.rows(f"PRAGMA table_info({name})")}}
    assert kept == set(KINDS) == set(journal._by_kind)


def test_every_list_is_known_as_one(journal: Journal) -> None:
    database = journal._database
    sql = "\n".join(row[0] or "" for row in database.rows("SELECT sql FROM sqlite_schema WHERE name <> 'draft'"))
    assert {name for name in LISTS if f"json_valid({name})" in sql} == LISTS
    assert sql.count("json_valid(") == sum(sql.count(f"json_valid({name})") for name in LISTS)


def test_every_kind_is_in_the_tests_journal(journal: Journal) -> None:
    fill(journal)
    records = records_of(journal._database)
    assert all(records.values()), {kind for kind, rows in records.items() if not rows}
    assert len(records["photo"]) == 4 and not {"id", "rev", "stored_name", "deleted_utc"} & set(records["photo"][0])
