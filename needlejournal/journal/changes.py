"""What a write touched, as a value: the screen refreshes itself from this and from nothing else."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from needlejournal.journal.frozen import frozen


@frozen
class Changes:
    """The rows that were added, altered or removed, as (kind, id); kind is the table: "session", "photo", …

    `days` are the local days that those rows were of, before and after.
    """

    touched: frozenset[tuple[str, int]] = frozenset()
    days: frozenset[date] = field(default=frozenset(), compare=False)

    def __bool__(self) -> bool:
        return bool(self.touched)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.touched | other.touched, self.days | other.days)

    def has(self, *kinds: str) -> bool:
        """Whether any row of these kinds was touched."""
        return any(kind in kinds for kind, _ in self.touched)

    def ids(self, kind: str) -> frozenset[int]:
        """The ids touched of one kind."""
        return frozenset(row for found, row in self.touched if found == kind)
