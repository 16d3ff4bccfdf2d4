"""In which steps typing is undone: those a person recognises. Knows no field, no window and no journal.

A step ends with a pause, a paragraph, a visit, another field, or after a minute at most; and text that is overwritten
begins one of its own, so that a slip is one step back to what stood there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from itertools import count

PAUSE_S, LONGEST_S = 4.0, 60.0
TURNING_S = 1.5  # within which a number that is turned with the arrow keys goes on in its step
CORRECTION = 12  # letters that may go within a step: a word taken back while one writes
# A property of text fields, or of an editor for all its fields, also those made later: Ctrl+Z goes to the journal, in
# the steps named here, not to the field alone. False on a field whose text is nowhere in the journal yet.
BY_JOURNAL = "undone_by_journal"
Fields = Mapping[str, object]
_numbers = count(1)  # one count for all editors: no key comes a second time


class TypingSteps:
    """Gives the key under which a write is merged with those before it (see `OpenJournal.write`)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._number = next(_numbers)
        self._field = ""
        self._stands: object = None
        self._began = self._last = float("-inf")

    def end(self) -> None:
        """The person goes elsewhere, or does something that is no typing: what is typed next is a step of its own."""
        self._field = ""

    def key(self, name: str, before: Fields, after: Fields) -> str | None:
        """The key for a write that turns the fields `before` into `after`, by name; `name` is what is edited.

        Fields within fields count each for itself, such as the lot of the second product. None where more than one
        field changes, or one that is not text: that is no typing.
        """
        there, then = dict(_flat("", before)), dict(_flat("", after))
        changed = [field for field in there | then if there.get(field) != then.get(field)]
        old, new = (there.get(changed[0]), then.get(changed[0])) if len(changed) == 1 else (None, None)
        if not isinstance(old, str) or not isinstance(new, str):
            self.end()
            return None
        now = self._clock()
        field = f"{name}:{changed[0]}"
        if field != self._field or old != self._stands or self._is_new_step(old, new, now):
            self._number = next(_numbers)
            self._began = now
        self._field, self._stands, self._last = field, new, now
        return f"{field}:{self._number}"

    def turned(self, name: str) -> str:
        """The key for another value of something that is chosen: pressed on and on, as with arrow keys, it is one step.

        Anything else, or a moment of rest, begins a new one.
        """
        now = self._clock()
        if name != self._field or now - self._last > TURNING_S:
            self._number = next(_numbers)
        self._field, self._stands, self._last = name, None, now
        return f"{name}:{self._number}"

    def _is_new_step(self, old: str, new: str, now: float) -> bool:
        paused = now - self._last > PAUSE_S or now - self._began > LONGEST_S
        return paused or new.count("\n") > old.count("\n") or letters_lost(old, new) > CORRECTION


def _flat(name: str, value: object) -> Iterator[tuple[str, object]]:
    """What cannot be taken apart any more, each with where it stands."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _flat(f"{name}.{key}", one)
    elif isinstance(value, list | tuple):
        yield f"{name}#", len(value)
        for place, one in enumerate(value):
            yield from _flat(f"{name}.{place}", one)
    else:
        yield name, value


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
