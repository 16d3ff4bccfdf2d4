"""Making the value that an automatic alignment answers with: refusals and gates. The value is `journal.alignments`'."""

from __future__ import annotations

from needlejournal.journal.alignments import NONE, Alignment, Gate
from needlejournal.journal.message import Message


def refused(reason: Message, gates: tuple[Gate, ...] = ()) -> Alignment:
    """Return the answer that nothing could be aligned, and why."""
    return Alignment(NONE, reason=reason, gates=gates)


def at_most(name: str, value: float, limit: float, unit: str) -> Gate:
    """Return a gate that passes up to and including `limit`."""
    return Gate(name, round(value, 3), limit, unit, value <= limit)


def at_least(name: str, value: float, limit: float, unit: str) -> Gate:
    """Return a gate that passes from `limit` on."""
    return Gate(name, round(value, 3), limit, unit, value >= limit)
