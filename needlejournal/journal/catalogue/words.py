"""What a person's word means: a symptom, zone, treatment or view by its key, its name or an ordinary word for it.

Words are compared without regard to capitals, accents, punctuation and spaces. Knows no files and no window.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from needlejournal.journal.catalogue.facts import Symptom, View, Zone
from needlejournal.journal.catalogue.treatments import Treatment

_NEAR = 0.6  # of 1: how alike two words are that may be meant for one another
_ANYWHERE = 3  # letters from which a word is looked for inside others


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
    """The keys of what some words may mean, best first: the very word, what begins so, what has them inside."""
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
    return 2 if len(plain) >= _ANYWHERE and any(plain in word for word in words) else None


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
    """The key of what is written most like this word, else of what it may mean, or None when nothing is like it."""
    tight = _tight(_plain(word))
    scored = [(_likeness(tight, each), -place, one.key) for place, one in enumerate(known) for each in one.words]
    best = max(scored, default=(0.0, 0, ""))
    among = mentioned(word, known)
    return best[2] if best[0] >= _NEAR else next(iter(offered(word, known) or among), None)


def _likeness(tight: str, word: str) -> float:
    return SequenceMatcher(None, tight, _tight(_plain(word))).ratio()


def _plain(text: str) -> str:
    """Lower case without accents; hyphens, underscores and all punctuation are spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = (letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(" " if unicodedata.category(one)[0] == "P" else one for one in bare).split())


def _tight(plain: str) -> str:
    return plain.replace(" ", "")
