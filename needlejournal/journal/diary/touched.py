"""What touched the skin before a day: products with their lot, needles, days since, across all sessions.

It counts and lists what was written down; it names no cause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from needlejournal.journal.diary.days_after import SessionWindow, session_window
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.sessions import Product, Session


@dataclass(frozen=True, slots=True)
class Touched:
    """One session before a day: its number, how many days before, and the session with products and needles."""

    number: int
    days_since: int
    session: Session


def session_calendar(sessions: Iterable[Session]) -> SessionCalendar:
    """The calendar of whole sessions."""
    return SessionCalendar(SessionMark(session.id, session.when, session.treatment) for session in sessions)


def touched_before(sessions: Sequence[Session], day: date) -> tuple[Touched, ...]:
    """Every session on or before `day`, the latest first."""
    calendar = session_calendar(sessions)
    by_id = {session.id: session for session in sessions}
    found = [
        Touched(number, (day - mark.when.day).days, by_id[mark.id])
        for number, mark in enumerate(calendar.marks, start=1)
        if mark.when.day <= day
    ]
    return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class ProductUse:
    """A product with its lot: the sessions it was used at, those with the symptom after, and those not written about.

    Numbers of sessions. A session is in neither `followed` nor `unwritten` when its diary has days without it only.
    """

    kind: str
    name: str
    brand: str
    lot: str
    used: tuple[int, ...]
    followed: tuple[int, ...]
    unwritten: tuple[int, ...]


def products_before(
    sessions: Sequence[Session], written: Sequence[date], felt: Sequence[date]
) -> tuple[ProductUse, ...]:
    """Each product and lot, with the sessions after which a symptom was felt; latest used first.

    `written` are all days that were written, `felt` those on which the symptom was felt, both in order.
    """
    calendar = session_calendar(sessions)
    after = {
        session.id: _after(written, felt, session_window(calendar, session.id))
        for session in sessions
        if session.products
    }
    uses: dict[tuple[str, str, str, str], list[int]] = {}
    for session in sorted(sessions, key=lambda one: calendar.number(one.id)):
        for product in dict.fromkeys(_identity(product) for product in session.products):
            uses.setdefault(product, []).append(session.id)
    found = [
        ProductUse(
            *product,
            used=tuple(calendar.number(session_id) for session_id in ids),
            followed=tuple(calendar.number(session_id) for session_id in ids if after[session_id]),
            unwritten=tuple(calendar.number(session_id) for session_id in ids if after[session_id] is None),
        )
        for product, ids in uses.items()
    ]
    return tuple(sorted(found, key=lambda use: (-use.used[-1], use.kind, use.brand, use.name, use.lot)))


def _identity(product: Product) -> tuple[str, str, str, str]:
    return product.kind, product.name.strip(), product.brand.strip(), product.lot.strip()


def _after(written: Sequence[date], felt: Sequence[date], window: SessionWindow) -> bool | None:
    """Whether a day of a session's window is among those on which it was felt; None: no day of it was written."""
    return _any_within(felt, window) if _any_within(written, window) else None


def _any_within(days: Sequence[date], window: SessionWindow) -> bool:
    following = bisect_left(days, window.first)
    return following < len(days) and (window.until is None or days[following] < window.until)
