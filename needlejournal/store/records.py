"""A journal's rows as records that another program can read: columns by name, lists as lists, other rows by their uid.

The trash, undo, drafts and what the program keeps for itself are left out, and so are rows that make no sense.
Knows nothing of files.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from needlejournal.store.database import Database, Row
from needlejournal.store.rows import understood
from needlejournal.store.sessions import PARTS
from needlejournal.store.tables import TABLES

Record = dict[str, Any]
Records = dict[str, list[Record]]

# Parents stand before what refers to them.
KINDS = (
    "course", "session", "photo", "day_note", "side_effect", "rating", "blind_answer", "aftercare_tick", "dismissal",
    "question", "alignment", "spot", "spot_place", "pair_override",
)  # fmt: skip
REFERS = {
    "course_id": "course", "session_id": "session", "photo_id": "photo", "baseline_photo_id": "photo",
    "earlier_id": "photo", "later_id": "photo", "better_id": "photo", "before_id": "photo", "after_id": "photo",
    "spot_id": "spot",
}  # fmt: skip
# Rows that are part of a session's record, with what orders them.
CHILDREN = {"needles": ("needle", "id"), "products": ("product", "position")}
LISTS = {"tags", "concerns", "zones", "aftercare", "ask_first", "ask_first_list", "entries", "details"}
# What belongs to this folder or this copy of the program, not to the record.
OWN = {"id", "rev", "deleted_utc", "stored_name"}


def columns(database: Database, table: str) -> dict[str, bool]:
    """The columns of a table in order, each with whether it must not be empty."""
    return {row[1]: bool(row[3]) for row in database.rows(f"PRAGMA table_info({table})")}


def child_columns(database: Database, table: str) -> list[str]:
    """The columns of a part of a session that stand in its record."""
    return [name for name in columns(database, table) if name not in {"id", "session_id", "position"}]


def records_of(database: Database) -> Records:
    """Every row that is not in the trash and can be read, by kind, in an order that lasts."""
    uids = {kind: _uids(database, kind) for kind in KINDS}
    found = {kind: list(_records(database, kind, uids)) for kind in KINDS}
    children = {name: _children(database, *child) for name, child in CHILDREN.items()}
    ids = {uid: row_id for row_id, uid in uids["session"].items()}
    for record in found["session"]:
        record |= {name: rows[ids[record["uid"]]] for name, rows in children.items()}
    return found


def _uids(database: Database, kind: str) -> dict[int, str]:
    table = TABLES[kind]
    chosen = f"SELECT id, uid, {', '.join(table.columns)} FROM {kind} WHERE deleted_utc IS NULL"  # noqa: S608 (our own names)
    values = understood(database.rows(chosen), lambda row: table.from_row(row[0], row[1], row[2:]))
    return {value.id: value.uid for value in values}


def _records(database: Database, kind: str, uids: dict[str, dict[int, str]]) -> Iterator[Record]:
    """The records of a kind, without those that mean nothing apart from another row that is in the trash."""
    known = {name: needed for name, needed in columns(database, kind).items() if name not in OWN}
    chosen = ", ".join(known)
    for row_id, *row in database.rows(f"SELECT id, {chosen} FROM {kind} WHERE deleted_utc IS NULL ORDER BY uid"):  # noqa: S608
        if row_id not in uids[kind]:
            continue
        record: Record = {}
        lost = False
        for (name, needed), value in zip(known.items(), row, strict=True):
            if name in REFERS:
                record[name[:-3]] = uid = uids[REFERS[name]].get(value)
                lost |= needed and uid is None
            else:
                record[name] = json.loads(value) if name in LISTS else value
        if lost:
            del uids[kind][row_id]  # nor does what hangs on it mean anything
        else:
            yield record


def _children(database: Database, table: str, order: str) -> dict[int, list[Record]]:
    names = child_columns(database, table)
    found: dict[int, list[Record]] = defaultdict(list)

    def record(row: Row) -> tuple[int, Record]:
        part = dict(zip(names, row[1:], strict=True))
        PARTS[table](**part)
        return row[0], part

    rows = database.rows(f"SELECT session_id, {', '.join(names)} FROM {table} ORDER BY {order}")  # noqa: S608
    for session_id, part in understood(rows, record):
        found[session_id].append(part)
    return found
