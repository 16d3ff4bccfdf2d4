"""A small check for the data files: what each field must be, told in one sentence when it is not.

A check is a function of a value and its place; it raises CatalogueError or returns nothing. It knows no facts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NoReturn

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message


class CatalogueError(WorldError):
    """A data file of the app is missing or says something that cannot be used."""


_WRONG = message(
    "The file {file}, field {field}: expected {expected}, found {found}. Your journal is safe. Please correct the "
    "file, or install the app again."
)
_WRONG_IN_ENTRY = message(
    "The file {file}, entry {entry}, field {field}: expected {expected}, found {found}. Your journal is safe. Please "
    "correct the file, or install the app again."
)


@frozen
class Place:
    """Where in the files a value stands: the file, then the names and numbers that lead to it."""

    file: str
    path: tuple[str, ...] = ()

    def inside(self, name: str) -> Place:
        """The place one step further in."""
        return Place(self.file, (*self.path, name))

    def wrong(self, expected: Message, found: Message | str) -> NoReturn:
        """Raise CatalogueError: file, entry, field, what was expected and what is there."""
        *entry, field = self.path or (message("(the whole file)"),)
        sentence = _WRONG_IN_ENTRY.filled(entry=" › ".join(str(name) for name in entry)) if entry else _WRONG
        raise CatalogueError(sentence.filled(file=self.file, field=field, expected=expected, found=found))


_NUMBER = message("a number from {lowest} to {highest}")
Check = Callable[[object, Place], None]


@frozen
class Must:
    """A field that has to be there."""

    check: Check


Fields = Mapping[str, Check | Must]


def shown(value: object) -> str:
    """A found value as the error shows it, short."""
    text = f'"{value}"' if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def text(value: object, place: Place) -> None:
    """Some text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        place.wrong(message("some text"), shown(value))


def flag(value: object, place: Place) -> None:
    """true or false."""
    if not isinstance(value, bool):
        place.wrong(message("true or false"), shown(value))


def whole(lowest: int, highest: int) -> Check:
    """A whole number in a range, ends included."""

    def check(value: object, place: Place) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            place.wrong(
                message("a whole number from {lowest} to {highest}", lowest=lowest, highest=highest), shown(value)
            )

    return check


def number(lowest: float, highest: float) -> Check:
    """A number in a range, ends included."""

    def check(value: object, place: Place) -> None:
        if not isinstance(value, int | float) or isinstance(value, bool) or not lowest <= value <= highest:
            place.wrong(
                message("a number from {lowest} to {highest}", lowest=f"{lowest:g}", highest=f"{highest:g}"),
                shown(value),
            )

    return check


def one_of(words: Collection[str]) -> Check:
    """One of these words; used for keys of other files too."""

    def check(value: object, place: Place) -> None:
        if value not in words:
            place.wrong(message("one of {words}", words=", ".join(sorted(words))), shown(value))

    return check


def list_of(each: Check, *, fewest: int = 1, most: int = 1000) -> Check:
    """A list of as many values of one sort."""
    exactly, at_least = message("a list of {size}", size=fewest), message("a list of at least {size}", size=fewest)
    size = exactly if fewest == most else at_least

    def check(value: object, place: Place) -> None:
        if not isinstance(value, list) or not fewest <= len(value) <= most:
            place.wrong(size, shown(value))
        for position, item in enumerate(value, start=1):
            each(item, place.inside(str(position)))

    return check


def table(fields: Fields, *, rising: Sequence[str] = ()) -> Check:
    """A table with these fields and no others; the numbers named in `rising` must not fall in that order."""

    def check(value: object, place: Place) -> None:
        if not isinstance(value, dict):
            place.wrong(message("a table"), shown(value))
        for name in value:
            if name not in fields:
                place.inside(name).wrong(
                    message("one of the fields {names}", names=", ".join(fields)), message("a field of another name")
                )
        for name, rule in fields.items():
            _check_field(value, name, rule, place)
        _check_rising(value, rising, place)

    return check


def table_of(each: Check, *, only: Collection[str] | None = None) -> Check:
    """A table of entries of one sort, by key; `only` names the keys, all of which must be there."""

    def check(value: object, place: Place) -> None:
        if not isinstance(value, dict) or not value:
            place.wrong(message("a table with entries"), shown(value))
        if only is not None and set(value) != set(only):
            place.wrong(message("exactly the entries {names}", names=", ".join(only)), ", ".join(value))
        for key, entry in value.items():
            each(entry, place.inside(key))

    return check


def _check_field(entry: Mapping[str, object], name: str, rule: Check | Must, place: Place) -> None:
    check = rule.check if isinstance(rule, Must) else rule
    if name in entry:
        check(entry[name], place.inside(name))
    elif isinstance(rule, Must):
        place.inside(name).wrong(message("this field"), message("nothing"))


def _check_rising(entry: Mapping[str, object], names: Sequence[str], place: Place) -> None:
    found = [(name, value) for name in names if isinstance(value := entry.get(name), int)]
    for (first, low), (second, high) in itertools.pairwise(found):
        if high < low:
            place.inside(second).wrong(
                message("a number not below {first}, which is {low}", first=first, low=low), str(high)
            )
