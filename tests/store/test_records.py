"""What leaves a journal as records: every kind there is, and nothing of the trash."""

from __future__ import annotations

import pytest

from needlejournal.journal.errors import BadInput
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


def test_records_that_cannot_be_placed_are_refused_or_left(journal: Journal) -> None:
    fill(journal)
    records = records_of(journal._database)
    stranger = {**records["photo"][0], "uid": "f" * 32, "sha256": "0" * 64}
    with pytest.raises(BadInput), journal.step("x"):
        journal.take_in({**records, "photo": [stranger]}, {})
    note = {**records["day_note"][0], "uid": "e" * 32, "text": 5}
    with journal.step("x"):
        came = journal.take_in({"day_note": [note]}, {})
    assert came.differing == 1 and records_of(journal._database) == records
