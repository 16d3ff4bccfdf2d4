"""Letters that count as others when one searches: ł as l, æ as ae, Arabic and Hebrew without their points.

What both the index and a typed word go by; a change of it is a new version of the index (`migrations`). The index knows
accents by itself. Pure functions on text and SQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

_LATIN = {
    "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ǿ": "o", "Ǿ": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d",
    "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t", "æ": "ae", "Æ": "ae", "ǽ": "ae", "Ǽ": "ae", "œ": "oe", "Œ": "oe", "þ": "th",
    "Þ": "th", "ß": "ss", "ẞ": "ss", "ı": "i",
}  # fmt: skip
_ALEF, _YEH, _KAF, _HEH, _WAW = "\u0627", "\u064a", "\u0643", "\u0647", "\u0648"
# Short vowels, hamza and madda above, and the line that makes a word longer.
_HARAKAT = (*map(chr, range(0x64B, 0x656)), "\u0670", "\u0640")
_ARABIC = {
    **dict.fromkeys("\u0622\u0623\u0625\u0671", _ALEF), **dict.fromkeys("\u0649\u0626\u06cc", _YEH), "\u06a9": _KAF,
    "\u0629": _HEH, "\u0624": _WAW, **dict.fromkeys(_HARAKAT, ""),
}  # fmt: skip
_NIQQUD = (*map(chr, range(0x5B0, 0x5BE)), "\u05bf", "\u05c1", "\u05c2", "\u05c7")
_HEBREW = dict.fromkeys(_NIQQUD, "")
_SCRIPTS: tuple[Mapping[str, str], ...] = (_LATIN, _ARABIC, _HEBREW)
_TABLE = str.maketrans({sign: plain for script in _SCRIPTS for sign, plain in script.items()})
_AT_ONCE = 13  # so many are written into one another: SQLite before 3.46 reads no more than about thirty


def plain(text: str) -> str:
    """The text with the letters that count as others in their place."""
    return text.translate(_TABLE)


def with_plain(body: str) -> str:
    """SQL for the text of `body`, and behind it once more as it is plain, where it has such letters."""
    folded = ", ".join(_folded(script) for script in _SCRIPTS)
    return f"(SELECT concat_ws(' ', b, {folded}) FROM (SELECT {body} AS b))"  # noqa: S608 (our own letters)


def _folded(script: Mapping[str, str]) -> str:
    held = f"'*[{''.join(script)}]*'"
    return f"CASE WHEN b GLOB {held} THEN {_replaced(script)} END"


def _replaced(script: Mapping[str, str]) -> str:
    """All letters of a script replaced, a few in each of several selects, one within the other."""
    text = "b"
    for part in _parts(script):
        inner = text
        text = "c"
        for sign, instead in part:
            text = f"replace({text}, '{sign}', '{instead}')"
        text = f"(SELECT {text} FROM (SELECT {inner} AS c))"  # noqa: S608
    return text


def _parts(script: Mapping[str, str]) -> Iterator[list[tuple[str, str]]]:
    pairs = iter(script.items())
    while part := list(islice(pairs, _AT_ONCE)):
        yield part
