"""What was typed, cut into words, and each word as the texts may have it: composed or not, in another width or case.

Pure functions on text. Which scripts run on without spaces says `schema.UNSPACED`, because the index goes by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice, product, zip_longest

from needlejournal.store.folding import plain
from needlejournal.store.schema import UNSPACED

# The same word as different people write it; the index knows the accents already.
_ALIKE = {"ß": ("ß", "ss"), "ss": ("ss", "ß"), "i": ("i", "ı"), "ı": ("ı", "i")}
_ALIKE_PARTS = re.compile("|".join(_ALIKE))
_MOST_SPELLINGS = 16
_WIDE = {sign: sign + 0xFEE0 for sign in range(ord("!"), ord("~") + 1)}
_ACCENTS = re.compile("[\u0300-\u036f]+")
# Where scripts have their marks; asked for sign by sign, which every first search waits for.
_MARKED = (range(0x300, 0x1100), range(0x1700, 0x1B00), range(0x1DC0, 0x1E00), (0x3099, 0x309A), range(0xA800, 0xAC00))
_INDIC, _HALF_WIDE = range(0x900, 0xF00), range(0xFF66, 0xFF9E)


@cache
def _word() -> re.Pattern[str]:
    """A letter or figure with all that follow, and the vowels and tones written above, below and around them."""
    marks = (chr(sign) for signs in _MARKED for sign in signs if unicodedata.category(chr(sign)) in {"Mn", "Mc"})
    return re.compile(rf"\w[\w{''.join(marks)}]*")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"{UNSPACED}+")  # takes milliseconds, and most starts search for nothing


def words(text: str) -> list[str]:
    """The words of what was typed, as they are; signs and pictures are no words."""
    return _word().findall(text)


def runs(word: str) -> list[str]:
    """The parts of a word that are written in a script without spaces."""
    return _runs().findall(word)


def beginnings(word: str) -> list[str]:
    """A word of an alphabet in all of its spellings (of a word with very many only some), for the index of words.

    The index knows accents, and no capitals.
    """
    composed = unicodedata.normalize("NFKC", word).replace("İ", "i").lower()
    parts = _ALIKE_PARTS.split(composed)
    choices = [_ALIKE[found] for found in _ALIKE_PARTS.findall(composed)]
    every = ("".join(chain.from_iterable(zip_longest(parts, chosen, fillvalue=""))) for chosen in product(*choices))
    as_typed = unicodedata.normalize("NFC", word).replace("İ", "i").lower()
    ways = [as_typed, composed, *islice(every, _MOST_SPELLINGS), composed.translate(_WIDE), plain(as_typed)]
    return [way for way in dict.fromkeys(ways) if way]


def spellings(run: str) -> list[str]:
    """A run of signs in all the ways one text may have it: composed, taken apart, and in half the width."""
    composed = unicodedata.normalize("NFKC", run)
    forms = (unicodedata.normalize(form, text) for text in (composed, run) for form in ("NFC", "NFD"))
    return list(dict.fromkeys([composed, run, *forms, _elsewise(composed)]))


def _elsewise(composed: str) -> str:
    """The signs that Unicode has twice, as the other of the two: half-wide kana, dotted letters of India, Thai am."""
    signs, twice = _twice()
    return signs.sub(lambda found: twice[found[0]], composed)


@cache
def _twice() -> tuple[re.Pattern[str], dict[str, str]]:
    twice = {composed: written for written in _written_twice() if (composed := folded(written)) != written}
    longest_first = sorted(twice, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), twice


def _written_twice() -> Iterator[str]:
    yield from map(chr, _INDIC)
    for sign in map(chr, _HALF_WIDE):
        yield from (sign, f"{sign}\uff9e", f"{sign}\uff9f")


def folded(text: str) -> str:
    """A text in which what counts as the same is the same: width, case, accents of alphabets, ß and ss, ł and l."""
    small = unicodedata.normalize("NFKC", text).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", small))
    return plain(unicodedata.normalize("NFC", bare))
