"""Sessions with their needles and products, and what earlier ones suggest for the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from needlejournal.journal.moments import by_instants, is_known_before
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.sessions import Needle, Price, Product, Session, Severity
from needlejournal.store.database import Row
from needlejournal.store.rows import Rows, Table, from_list, to_list, understood, when_columns, when_from

_LATEST = 20  # sessions of one day and alike, at most
PARTS: dict[str, type[Needle | Product]] = {"needle": Needle, "product": Product}  # a session's, by table
SETTINGS = ("", "clinic", "home")
SUGGESTED = ("clinic", "practitioner", "device", "cartridge")


def known_setting(setting: str) -> str:
    """Where a session was. Raises ValueError for what no session page offers."""
    if setting not in SETTINGS:
        raise ValueError(setting)
    return setting


def _to_row(session: Session) -> tuple[object, ...]:
    price = session.price
    return (
        *when_columns(session.when), session.treatment, session.setting, session.clinic, session.practitioner,
        session.device_kind, session.device, session.cartridge, session.pain,
        None if session.bleeding is None else int(session.bleeding),
        price.minor if price else None, price.currency if price else None,
        session.changed_since, session.notes, to_list(session.tags), session.course_id,
        int(session.unplanned),
    )  # fmt: skip


def _from_row(row_id: int, uid: str, row: Row) -> Session:
    (day, clock, offset, treatment, setting, clinic, practitioner, device_kind, device, cartridge, pain, bleeding,
     price_minor, currency, changed_since, notes, tags, course_id, unplanned) = row  # fmt: skip
    return Session(
        when=when_from(day, clock, offset),
        treatment=treatment,
        setting=known_setting(setting),
        clinic=clinic,
        practitioner=practitioner,
        device_kind=device_kind,
        device=device,
        cartridge=cartridge,
        pain=pain,
        bleeding=None if bleeding is None else Severity(bleeding),
        price=None if price_minor is None else Price(price_minor, currency or ""),
        changed_since=changed_since,
        notes=notes,
        tags=from_list(tags),
        course_id=course_id,
        unplanned=bool(unplanned),
        id=row_id,
        uid=uid,
    )


SESSIONS = Table(
    "session",
    ("day", "time", "offset_minutes", "treatment", "setting", "clinic", "practitioner", "device_kind", "device",
     "cartridge", "pain", "bleeding", "price_minor", "currency", "changed_since", "notes", "tags", "course_id",
     "unplanned"),
    _to_row,
    _from_row,
)  # fmt: skip


class SessionRows(Rows[Session]):
    """The sessions of a journal."""

    def get(self, row_id: int, *, trashed: bool = False) -> Session | None:
        """A session with its needles and products, or None."""
        found = super().get(row_id, trashed=trashed)
        return self._complete([found])[0] if found else None

    def many(self, ids: Iterable[int]) -> dict[int, Session]:
        """Sessions with needles and products, by id."""
        return {session.id: session for session in self._complete(list(super().many(ids).values()))}

    def all(self) -> list[Session]:
        """Every session, oldest first."""
        return self._complete(by_instants(self._where(order="day, time, id"), lambda session: session.when))

    def save(self, value: Session) -> Session:
        """Insert or update a session with its needles and products."""
        stored = self.get(value.id, trashed=True) if value.id else None
        if stored == value:
            return value
        saved = super().save(value)
        if stored is None or stored.needles != saved.needles:
            self._write_needles(saved)
        if stored is None or stored.products != saved.products:
            self._write_products(saved)
        return saved

    def calendar(self) -> SessionCalendar:
        """All sessions for counting: numbers, and "day n after session k"."""
        rows = self.database.rows(
            "SELECT id, day, time, offset_minutes, treatment FROM session WHERE deleted_utc IS NULL"
        )
        return SessionCalendar(understood(rows, lambda row: SessionMark(row[0], when_from(*row[1:4]), row[4])))

    def last_alike(self, session: Session) -> Session | None:
        """The last session before this one of the same treatment and setting, for "same as last time".

        At home or not: one whose setting was not noted counts with those of a clinic. While the setting of this one is
        not chosen yet any will do.
        """
        when, setting = session.when, session.setting
        found = self._where(
            "day <= ?1 AND treatment = ?2 AND (?3 = '' OR (setting = 'home') = (?3 = 'home')) AND id <> ?4",
            (when.day.isoformat(), session.treatment, setting, session.id),
            order=f"day DESC, time DESC, id DESC LIMIT {_LATEST}",
        )
        in_order = by_instants(reversed(found), lambda one: one.when)
        before = [one for one in in_order if not is_known_before(when, one.when)]
        return self._complete(before[-1:])[0] if before else None

    def suggestions(self, column: str) -> list[str]:
        """What was written in this field before, most recent first. `column` is one of SUGGESTED."""
        if column not in SUGGESTED:
            raise ValueError(column)
        return [
            row[0]
            for row in self.database.rows(
                f"SELECT {column} FROM session WHERE {column} <> '' AND deleted_utc IS NULL "  # noqa: S608
                f"GROUP BY {column} ORDER BY max(rev) DESC LIMIT 50"
            )
        ]

    def zones_used(self) -> list[str]:
        """Every zone that was ever treated, body areas by the patient's own names among them, latest first."""
        rows = self.database.rows("SELECT zone FROM needle GROUP BY zone ORDER BY max(session_id) DESC")
        return [row[0] for row in rows]

    def known_products(self) -> list[Product]:
        """Every product used before, the latest lot first, once each by kind and name."""
        rows = self.database.rows(
            "SELECT p.kind, p.name, p.brand, p.lot, p.applied FROM product p JOIN session s ON s.id = p.session_id "
            "WHERE s.deleted_utc IS NULL AND p.name <> '' GROUP BY p.kind, p.name, p.brand HAVING max(s.day || p.id) "
            "ORDER BY max(s.day) DESC LIMIT 200"
        )
        return [Product(*row) for row in rows]

    def _complete(self, sessions: list[Session]) -> list[Session]:
        """Add needles and products, with one query each for the whole list."""
        if not sessions:
            return []
        marks = (to_list(str(session.id) for session in sessions),)
        needles: dict[int, list[Needle]] = defaultdict(list)
        products: dict[int, list[Product]] = defaultdict(list)
        for session_id, needle in self._parts("session_id, zone, length_um, passes", "needle", "id", marks):
            needles[session_id].append(needle)
        columns = "session_id, kind, name, brand, lot, applied"
        for session_id, product in self._parts(columns, "product", "position", marks):
            products[session_id].append(product)
        return [
            replace(s, needles=tuple(needles[s.id]), products=tuple(products[s.id]))
            if s.id in needles or s.id in products
            else s
            for s in sessions
        ]

    def _parts(self, columns: str, table: str, order: str, marks: tuple[str]) -> list[tuple[int, Any]]:
        """The parts of these sessions that make sense, each with the id before it among its columns."""
        rows = self.database.rows(
            f"SELECT {columns} FROM {table} "  # noqa: S608 (our own names)
            f"WHERE session_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) ORDER BY {order}",
            marks,
        )
        return understood(rows, lambda row: (row[0], PARTS[table](*row[1:])))

    def unreadable_parts(self) -> list[str]:
        """Needles of a length that no device has."""
        rows = self.database.rows("SELECT id, zone, length_um, passes FROM needle ORDER BY id")
        readable = {row_id for row_id, _ in understood(rows, lambda row: (row[0], Needle(*row[1:])))}
        ids = [row[0] for row in self.database.rows("SELECT id FROM needle ORDER BY id")]
        return [f"needle {row_id}" for row_id in ids if row_id not in readable]

    def _write_needles(self, session: Session) -> None:
        self.database.run("DELETE FROM needle WHERE session_id = ?", (session.id,))
        self.database.run_many(
            "INSERT INTO needle (session_id, zone, length_um, passes) VALUES (?, ?, ?, ?)",
            [(session.id, needle.zone, needle.length_um, needle.passes) for needle in session.needles],
        )

    def _write_products(self, session: Session) -> None:
        self.database.run("DELETE FROM product WHERE session_id = ?", (session.id,))
        self.database.run_many(
            "INSERT INTO product (session_id, position, kind, name, brand, lot, applied) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (session.id, position, product.kind, product.name, product.brand, product.lot, product.applied)
                for position, product in enumerate(session.products)
            ],
        )
