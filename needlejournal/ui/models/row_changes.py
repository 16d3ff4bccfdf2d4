"""How one list of rows becomes another, as runs to remove and runs to insert. Pure; a view keeps its place by it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
Run = tuple[int, int]  # first and last place, both included


def changes_between(old: Sequence[T], new: Sequence[T]) -> tuple[list[Run], list[Run]] | None:
    """Runs of `old` to remove, the last first, then runs of `new` to insert, the first first.

    Every row stands once in each list. None when rows that stay have changed their order.
    """
    there, wanted = set(old), set(new)
    if [row for row in old if row in wanted] != [row for row in new if row in there]:
        return None
    removed = _runs(place for place, row in enumerate(old) if row not in wanted)
    inserted = _runs(place for place, row in enumerate(new) if row not in there)
    return list(removed)[::-1], list(inserted)


def _runs(places: Iterable[int]) -> Iterator[Run]:
    first = last = -2
    for place in places:
        if place == last + 1:
            last = place
            continue
        if first >= 0:
            yield first, last
        first = last = place
    if first >= 0:
        yield first, last
