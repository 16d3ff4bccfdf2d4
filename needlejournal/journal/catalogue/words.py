"""What a person's word means: a symptom, zone, treatment or view by its key, its name or an ordinary word for it.

Words are compared without regard to capitals, accents, punctuation and spaces. Knows no files and no window.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from needlejournal.journal.catalogue.facts import Symptom, View, Zone
from needlejournal.journal.catalogue.treatments import Treatment

_SHORTEST, _LONG = 4, 7  # letters from which one slip, and from which two, may stand between a word and what is meant
_ANYWHERE = 3  # letters from which a word is looked for among others


@dataclass(frozen=True, slots=True)
class Meaning:
    """A thing by its key, with all words that mean it, the first being its name."""

    key: str
    words: tuple[str, ...]


def symptom_meaning(symptom: Symptom, language: str = "en") -> Meaning:
    """A symptom's name, its clinical one, the parts of both, and its synonyms in one language."""
    parts = [part.strip() for name in (symptom.name, symptom.clinical) for part in name.split(",")]
    words = (symptom.name, symptom.clinical, symptom.short, *parts, *symptom.synonyms.get(language, ()))
    return _meaning(symptom.key, words)


def named_meaning(thing: View | Zone | Treatment) -> Meaning:
    """The name of a view, zone or treatment, and its clinical one."""
    clinical = "" if isinstance(thing, Treatment) else thing.clinical
    sided = f"{thing.side} {thing.name.split(',')[0]}" if isinstance(thing, Zone) and thing.side else ""
    return _meaning(thing.key, (thing.name, clinical if not sided else "", sided))


def _meaning(key: str, words: Iterable[str]) -> Meaning:
    found = dict.fromkeys(word for word in words if word)
    return Meaning(key, (*found, key))


def offered(sought: str, known: Sequence[Meaning]) -> tuple[str, ...]:
    """The keys of what some words may mean, best first: the very word, what begins so, a slip of the pen."""
    plain = _plain(sought)
    if not plain.strip():
        return ()
    ranked = [(rank, one.key) for one in known if (rank := _rank(plain, one)) is not None]
    return tuple(key for _, key in sorted(ranked, key=lambda pair: pair[0]))


def _rank(plain: str, meaning: Meaning) -> int | None:
    words = [_plain(word) for word in meaning.words]
    if any(_tight(word) == _tight(plain) for word in words):
        return 0
    if any(word.startswith(plain) or f" {plain}" in word for word in words):
        return 1
    return 2 if any(_slips(_tight(plain), _tight(word)) is not None for word in words) else None


def begins_a_word(sought: str, meaning: Meaning) -> bool:
    """Whether a word of what something is called begins so."""
    plain = _plain(sought)
    return bool(plain) and any(f" {_plain(word)}".find(f" {plain}") >= 0 for word in meaning.words)


def _stands_among(plain: str, meaning: Meaning) -> bool:
    words = (_plain(word) for word in meaning.words)
    return any(len(word) >= _ANYWHERE and f" {word} " in f" {plain} " for word in words)


def mentioned(sought: str, known: Sequence[Meaning]) -> tuple[str, ...]:
    """The keys of what is named within some words: infection by "pus on my chin"."""
    return tuple(one.key for one in known if _stands_among(_plain(sought), one))


def meant(word: str, known: Iterable[Meaning]) -> str | None:
    """The key that this very word means, or None."""
    tight = _tight(_plain(word))
    return next((one.key for one in known if any(_tight(_plain(each)) == tight for each in one.words)), None)


def nearest(word: str, known: Sequence[Meaning]) -> str | None:
    """The key of what was very likely meant, or None: better no proposal than a wild one.

    That is what differs by a slip of the pen, is made of some of the words of a name (cheekleft), begins with this
    word, is named among several words, or has one word that differs by a slip (lazer).
    """
    plain = _plain(word)
    slips = [
        (slips, place, one.key)
        for place, one in enumerate(known)
        for each in one.words
        if (slips := _slips(_tight(plain), _tight(_plain(each)))) is not None
    ]
    if slips:
        return min(slips)[2]
    tight = _tight(plain)
    shortened = (
        one.key
        for one in known
        if (len(tight) >= _SHORTEST and _is_shortened(tight, one.words[0]))
        or (len(tight) >= _LONG and any(_is_shortened(tight, each) for each in one.words))
    )
    begun = (key for key in offered(word, known) if len(plain) >= _SHORTEST and _begins(plain, key, known))
    slipped = (
        one.key for one in known if any(_slips(tight, part) is not None for part in _plain(one.words[0]).split())
    )
    return next(chain(shortened, begun, mentioned(word, known), slipped), None) if plain else None


def _begins(plain: str, key: str, known: Sequence[Meaning]) -> bool:
    return any(_plain(word).startswith(plain) for one in known if one.key == key for word in one.words)


def _slips(tight: str, word: str) -> int | None:
    """How many letters are wrong, missing, too many or changed places; None when too many for a slip of the pen."""
    most = 2 if len(tight) >= _LONG and tight[:1] == word[:1] else 1 if len(tight) >= _SHORTEST else 0
    if abs(len(tight) - len(word)) > most:
        return None
    before: list[int] = []
    row = list(range(len(word) + 1))
    for place, letter in enumerate(tight, 1):
        older, before, row = before, row, [place]
        for other, wanted in enumerate(word, 1):
            cost = min(before[other] + 1, row[-1] + 1, before[other - 1] + (letter != wanted))
            if other > 1 and place > 1 and letter == word[other - 2] and tight[place - 2] == wanted:
                cost = min(cost, older[other - 2] + 1)
            row.append(cost)
    return row[-1] if row[-1] <= most else None


def _is_shortened(tight: str, word: str) -> bool:
    """Whether these letters are some of the words of a name, in their order, with others left out."""
    reached = {0}
    for part in _plain(word).split():
        reached |= {start + len(part) for start in reached if tight.startswith(part, start)}
    return len(tight) in reached


def _plain(text: str) -> str:
    """Lower case without accents; hyphens, underscores and all punctuation are spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = (letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(" " if unicodedata.category(one)[0] == "P" else one for one in bare).split())


def _tight(plain: str) -> str:
    return plain.replace(" ", "")
