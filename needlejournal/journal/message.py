"""A sentence for a person, as a value: English words with named places, what fills them, and a count for its plural.

Sentences are made where their facts are, far below any window; `ui.language` puts them into the person's language, and
`str()` gives the English ones for the command line. Knows no language but English, and no window.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from needlejournal.journal.frozen import frozen

_CHOICE = re.compile(r"\(([^()|]*)\|([^()|]*)\)")
_PLACE = re.compile(r"\{(\w+)\}")


@frozen
class Message:
    """`text` is a literal with places such as {day}; `values` fill them: texts, numbers, days, other messages."""

    text: str
    values: tuple[tuple[str, object], ...] = ()
    count: int | None = None

    def to_values(self) -> dict[str, object]:
        """The message as plain values, for JSON; days become their ISO form."""
        return {"text": self.text, "values": {name: _plain(value) for name, value in self.values}, "count": self.count}

    @classmethod
    def from_values(cls, values: object) -> Message:
        """Inverse of `to_values`; a bare text is a message of these words. Raises ValueError for anything else."""
        if isinstance(values, str):
            return cls(values)
        match values:
            case {"text": str(text), "values": dict(filling), "count": int() | None as count}:
                return cls(text, tuple((str(name), _from_plain(value)) for name, value in filling.items()), count)
        raise ValueError(values)

    def __bool__(self) -> bool:
        """Whether it has words."""
        return bool(self.text)

    def filled(self, **values: object) -> Message:
        """The same words with these values in their places."""
        return Message(self.text, (*self.values, *values.items()), self.count)

    def __str__(self) -> str:
        return self.render(english, str)

    def render(self, translate: Callable[[str, int | None], str], day_words: Callable[[date], str]) -> str:
        """The whole sentence, its words through `translate`, its days through `day_words`."""
        known = dict(self.values)

        def words(value: object) -> str:
            if isinstance(value, Message):
                return value.render(translate, day_words)
            return day_words(value) if isinstance(value, date) else str(value)

        return _PLACE.sub(lambda place: words(known.get(place[1], place[0])), translate(self.text, self.count))


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return value.to_values()
    return value if isinstance(value, int | float | str) else str(value)


def _from_plain(value: object) -> object:
    return Message.from_values(value) if isinstance(value, dict) else value


def message(text: str, /, count: int | None = None, **values: object) -> Message:
    """A message of these words. `text` must be a literal: it is looked up in the file of a language.

    With `count`, "%n" stands for the number and the plural follows it, as in `english`.
    """
    return Message(text, tuple(values.items()), count)


def sentences(first: Message, second: Message) -> Message:
    """One sentence after the other."""
    return message("{first} {second}", first=first, second=second)


def listed(things: Sequence[Message | str]) -> Message:
    """Several things within a sentence: "a", "a and b", "a, b and c". There must be one at least."""
    *before, last = things
    if not before:
        return message("{thing}", thing=last)
    return message("{things} and {last}", things=in_a_row(before), last=last)


def in_a_row(things: Sequence[Message | str]) -> Message:
    """Several things one after the other: "a, b, c"; a message without words for none."""
    if not things:
        return message("")
    first, *rest = things
    row = message("{thing}", thing=first)
    for thing in rest:
        row = message("{things}, {thing}", things=row, thing=thing)
    return row


def english(text: str, count: int | None = None) -> str:
    """English by its own rule: "%n day(s) (is|are) unknown" takes the first word for one, the second otherwise."""
    if count is None:
        return text
    return choose_form(text, count).replace("%n", str(count))


def choose_form(text: str, count: int) -> str:
    """The singular or plural words of an English text, "%n" left as it is."""
    one = count == 1
    return _CHOICE.sub(lambda found: found[1] if one else found[2], text.replace("(s)", "" if one else "s"))
