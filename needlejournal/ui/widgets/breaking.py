"""Where words may break that are longer than any line: names of files, typed noise, scripts without spaces.

A pure function on text. Where the script itself tells where a line may end, as Chinese does, nothing is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QTextBoundaryFinder

MAY_BREAK = "\u200b"  # a space of no width
_LONG, _PART = 36, 6  # longer than words of any language we know; and how much of one stays together
_LONG_WORD = re.compile(rf"\S{{{_LONG},}}")
_BEGINS = "\u0e40-\u0e44\u0ec0-\u0ec4\u17d2\u1039"  # Thai and Lao vowels before their letter, signs that stack letters
_FOLLOWS = "\u0e30\u0e32\u0e33\u0e45\u0e46\u0e2f\u0eb0\u0eb2\u0eb3\u0ec6"  # vowels and signs behind their letter
_TOGETHER = re.compile(f"[{_BEGINS}].|.[{_FOLLOWS}]", re.DOTALL)


def breakable(text: str) -> str:
    """The text, with places to break in words that have none for very long."""
    return _LONG_WORD.sub(lambda found: _broken(found[0]), text) if len(text) >= _LONG else text


def _broken(word: str) -> str:
    """A long word in parts: those in which a line may end by itself stay as they are."""
    lines = _boundaries(word, QTextBoundaryFinder.BoundaryType.Line)
    parts = [word[start:end] for start, end in pairwise(lines)]
    return "".join(MAY_BREAK.join(_parts(part)) if len(part) >= _LONG else part for part in parts)


def _parts(stretch: str) -> Iterator[str]:
    """A stretch in parts of a few signs each, none cut within a letter and what belongs to it."""
    start = 0
    for at in _boundaries(stretch, QTextBoundaryFinder.BoundaryType.Grapheme)[1:-1]:
        if at - start >= _PART and len(stretch) - at >= _PART and not _TOGETHER.match(stretch, at - 1):
            yield stretch[start:at]
            start = at
    yield stretch[start:]


def _boundaries(text: str, kind: QTextBoundaryFinder.BoundaryType) -> list[int]:
    """Where Qt finds boundaries, in signs of the text; it counts in halves where a sign needs two."""
    finder = QTextBoundaryFinder(kind, text)
    halves = {0: 0}
    at = 0
    for number, sign in enumerate(text, start=1):
        at += 2 if ord(sign) > 0xFFFF else 1
        halves[at] = number
    found = {0, len(text)}
    while (place := finder.toNextBoundary()) >= 0:
        found.add(halves[place])
    return sorted(found)
