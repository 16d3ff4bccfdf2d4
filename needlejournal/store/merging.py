"""Taking records of another journal in beside what is here: nothing twice, nothing here overwritten.

Records come from files and are not trusted: what makes no sense is refused, and the step is rolled back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import apsw

from needlejournal.journal.errors import BadInput
from needlejournal.journal.message import message
from needlejournal.store.database import Database, Row
from needlejournal.store.records import CHILDREN, KINDS, LISTS, OWN, REFERS, Record, Records, child_columns, columns
from needlejournal.store.rows import Rows

# The columns that tell when rows of two journals mean the same thing.
SAME = {
    "photo": ("sha256",),
    "day_note": ("day",),
    "side_effect": ("day", "symptom", "zone"),
    "rating": ("day", "concern", "kind"),
    "aftercare_tick": ("session_id", "item", "day"),
    "alignment": ("before_id", "after_id", "zone"),
    "spot_place": ("spot_id", "photo_id"),
    "pair_override": ("before_id", "after_id"),
}
_UID = re.compile(r"[0-9a-zA-Z-]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REFUSED = (apsw.ConstraintError, apsw.MismatchError, TypeError, UnicodeEncodeError, OverflowError)


@dataclass(slots=True)
class Merged:
    """How records came in: new rows by kind, how many were here already, and how many of those say something else
    here and were left as they are."""

    added: dict[str, int] = field(default_factory=dict)
    already: int = 0
    differing: int = 0


class Merging:
    """Takes records in, inside an open step. `rows` by kind bring rows back from the trash and prove what came in.

    `stored_names` by hash tell where the originals of new photos lie already.
    """

    def __init__(self, database: Database, rows: Mapping[str, Rows[Any]], stored_names: Mapping[str, str]) -> None:
        self._database = database
        self._rows = rows
        self._stored_names = stored_names
        known = {kind: columns(database, kind) for kind in KINDS}
        self._columns = {kind: set(names) - OWN for kind, names in known.items()}
        self._needed = {kind: {n for n in names if names[n] and n in REFERS} for kind, names in known.items()}
        self._ids: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
        self._merged = Merged()
        self._new: dict[str, set[int]] = {kind: set() for kind in KINDS}

    def take_in(self, records: Records) -> Merged:
        """Add what is not here. A day's text from another journal is put below the one that is here.

        What is in the trash and comes again is taken out of it. Raises BadInput for what makes no sense.
        """
        for kind in KINDS:
            for record in sorted(_dicts(records, kind), key=_age):
                self._place(kind, record)
            self._prove(kind, self._new[kind])
        self._merged.added = {kind: len(ids) for kind, ids in self._new.items() if ids}
        return self._merged

    def _place(self, kind: str, record: Record) -> None:
        """Find or make the row of a record; one that means nothing without another that did not come stays out."""
        uid = record.get("uid")
        if not isinstance(uid, str) or not _UID.fullmatch(uid) or uid in self._ids[kind]:
            raise nonsense(kind)
        row = self._as_row(kind, record)
        if any(row.get(name) is None for name in self._needed[kind]):
            return
        there = self._same(kind, uid, row)
        if there is None:
            self._ids[kind][uid] = new = self._insert(kind, row, record)
            self._new[kind].add(new)
        else:
            self._ids[kind][uid] = there
            self._merged.already += 1
            self._merged.differing += not self._agrees(kind, there, uid, row)

    def _as_row(self, kind: str, record: Record) -> Record:
        """The columns of a row; a reference to something that did not come along is empty."""
        known = self._columns[kind]
        given = {f"{name}_id" if f"{name}_id" in known else name: value for name, value in record.items()}
        if not set(given) <= known | set(CHILDREN if kind == "session" else ()):
            raise BadInput(message("This was written by a newer version of Needle Journal. Update the app to read it."))
        row: Record = {}
        for name in sorted(known & set(given)):
            value = given[name]
            if name in LISTS and not isinstance(value, dict if name == "details" else list):
                raise nonsense(kind)
            if name in REFERS:
                row[name] = self._ids[REFERS[name]].get(value) if isinstance(value, str) else None
            else:
                row[name] = json.dumps(value, ensure_ascii=False) if name in LISTS else value
        return row

    def _same(self, kind: str, uid: str, row: Record) -> int | None:
        """The row that is this one already; one from the trash comes back."""
        found = self._database.row(f"SELECT id, deleted_utc FROM {kind} WHERE uid = ?", (uid,))  # noqa: S608
        if found and found[1] is None:
            return int(found[0])
        found = self._alike(kind, row) or found
        if found and found[1] is not None:
            self._rows[kind].restore(found[0])
        return int(found[0]) if found else None

    def _alike(self, kind: str, row: Record) -> Row | None:
        names = SAME.get(kind)
        if not names:
            return None
        where = " AND ".join(f"{name} IS ?" for name in names)
        alive = "" if kind == "photo" else " AND deleted_utc IS NULL"
        try:
            return self._database.row(
                f"SELECT id, deleted_utc FROM {kind} WHERE {where}{alive}",  # noqa: S608
                [row.get(name, "") for name in names],
            )
        except _REFUSED as error:
            raise nonsense(kind) from error

    def _agrees(self, kind: str, row_id: int, uid: str, row: Record) -> bool:
        """Whether the row here says the same now; a day's text is added to the one here."""
        names = [name for name in row if name not in {"uid", "created_utc", "changed_utc"}]
        found = self._database.row(f"SELECT uid, {', '.join(names)} FROM {kind} WHERE id = ?", (row_id,))  # noqa: S608
        here = dict(zip(("uid", *names), found or (), strict=True))
        for name in names:
            if here[name] is None and row[name] in self._new.get(REFERS.get(name, ""), ()):
                self._database.run(f"UPDATE {kind} SET {name} = ? WHERE id = ?", (row[name], row_id))  # noqa: S608
                here[name] = row[name]
        if all(_value(name, here[name]) == _value(name, row[name]) for name in names):
            return True
        return kind == "day_note" and here["uid"] != uid and self._added_text(row_id, row)

    def _added_text(self, row_id: int, row: Record) -> bool:
        note, text = self._rows["day_note"].get(row_id), row.get("text")
        if note is None or not isinstance(text, str):
            return False
        if text.strip() not in note.text:
            self._rows["day_note"].save(replace(note, text=f"{note.text}\n\n{text}".strip()))
        return True

    def _insert(self, kind: str, row: Record, record: Record) -> int:
        row = {**row, "rev": self._rows[kind].next_rev()}
        if kind == "photo":
            row["stored_name"] = self._stored_name(row.get("sha256"))
        try:
            row_id = self._run_insert(kind, row)
            if kind == "session":
                self._insert_children(row_id, record)
        except _REFUSED as error:
            raise nonsense(kind) from error
        return row_id

    def _stored_name(self, sha256: object) -> str:
        if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256) or sha256 not in self._stored_names:
            raise nonsense("photo")
        return self._stored_names[sha256]

    def _insert_children(self, session_id: int, record: Record) -> None:
        for name, (table, order) in CHILDREN.items():
            known = set(child_columns(self._database, table))
            for position, child in enumerate(_dicts(record, name)):
                if set(child) != known:
                    raise nonsense("session")
                place = {"position": position} if order == "position" else {}
                self._run_insert(table, {"session_id": session_id, **child, **place})

    def _run_insert(self, table: str, row: Record) -> int:
        marks = ", ".join("?" * len(row))
        statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608 (our own names)
        return self._database.run(statement, list(row.values()))

    def _prove(self, kind: str, ids: set[int]) -> None:
        """What came in can be read as values of a journal; rows that cannot are left out when they are read."""
        if len(self._rows[kind].many(ids)) != len(ids):
            raise nonsense(kind)


def _dicts(records: Mapping[str, Any], name: str) -> list[Record]:
    found = records.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise nonsense(name)
    return found


def _value(name: str, stored: Any) -> Any:
    return json.loads(stored) if name in LISTS else stored


def _age(record: Record) -> tuple[str, str]:
    return str(record.get("changed_utc")), str(record.get("uid"))


def nonsense(kind: str) -> BadInput:
    """The sentence for a record that cannot be true."""
    return BadInput(
        message(
            "What this file says about a “{kind}” makes no sense, so nothing of it was imported and your journal is as "
            "it was. The file is damaged, or was changed by hand.",
            kind=kind.replace("_", " "),
        )
    )
