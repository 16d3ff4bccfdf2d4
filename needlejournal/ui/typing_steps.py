"""In which steps typing is undone: those a person recognises. Knows no field, no window and no journal.

A step ends with a pause, a paragraph, a visit, another field, or after a minute at most; and text that is overwritten
begins one of its own, so that a slip is one step back to what stood there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

PAUSE_S, LONGEST_S = 4.0, 60.0
CORRECTION = 12  # letters that may go within a step: a word taken back while one writes
# A property of text fields whose Ctrl+Z goes to the journal, in the steps named here, not to the field alone.
BY_JOURNAL = "undone_by_journal"
Fields = Mapping[str, object]


class TypingSteps:
    """Gives the key under which a write is merged with those before it (see `OpenJournal.write`)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._number = 0
        self._field = ""
        self._stands: object = None
        self._began = self._last = float("-inf")

    def end(self) -> None:
        """The person goes elsewhere, or does something that is no typing: what is typed next is a step of its own."""
        self._field = ""

    def key(self, name: str, before: Fields, after: Fields) -> str | None:
        """The key for a write that turns the fields `before` into `after`, by name; `name` is what is edited.

        None where more than one field changes, or one that is not text: that is no typing.
        """
        changed = [field for field in after if before.get(field) != after[field]]
        old, new = (before.get(changed[0]), after[changed[0]]) if len(changed) == 1 else (None, None)
        if not isinstance(old, str) or not isinstance(new, str):
            self.end()
            return None
        now = self._clock()
        field = f"{name}:{changed[0]}"
        if field != self._field or old != self._stands or self._is_new_step(old, new, now):
            self._number += 1
            self._began = now
        self._field, self._stands, self._last = field, new, now
        return f"{field}:{self._number}"

    def _is_new_step(self, old: str, new: str, now: float) -> bool:
        paused = now - self._last > PAUSE_S or now - self._began > LONGEST_S
        return paused or new.count("\n") > old.count("\n") or letters_lost(old, new) > CORRECTION


def letters_lost(old: str, new: str) -> int:
    """How many letters of `old` are gone in `new`, apart from what both begin and end with."""
    start = _alike(old, new)
    return len(old) - start - _alike(old[start:][::-1], new[start:][::-1])


def _alike(one: str, other: str) -> int:
    """With how many letters both begin the same, found by halving: notes may be long."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(other[:middle]):
            low = middle
        else:
            high = middle - 1
    return low
