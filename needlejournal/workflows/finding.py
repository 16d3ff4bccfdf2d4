"""What the words of a search mean by the catalogue: "erythema" is redness, "peel" two treatments, "chin" a zone; and
"numbing cream", "PRP" or "roller" what a session was done with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.catalogue.words import Meaning, begins_a_word, named_meaning, symptom_meaning
from needlejournal.journal.session_kinds import DEVICE_KINDS, PRODUCT_KINDS
from needlejournal.store.search import Meant
from needlejournal.store.spelling import words
from needlejournal.store.timeline import TimelineFilter

SHORTEST = 4  # letters from which a word is looked for in names: "peel", "chin"; shorter ones are in too many
_PRODUCTS, _DEVICES = (
    tuple(Meaning(key, (str(name),)) for key, name in kinds.items()) for kinds in (PRODUCT_KINDS, DEVICE_KINDS)
)


def with_meanings(wanted: TimelineFilter, catalogue: Catalogue, language: str = "en") -> TimelineFilter:
    """The filter with what each of its words means."""
    typed = words(wanted.text)
    if not typed:
        return wanted
    symptoms = [symptom_meaning(one, language) for one in catalogue.symptoms]
    treatments, zones, views = (
        [named_meaning(one) for one in things] for things in (catalogue.treatments, catalogue.zones, catalogue.views)
    )
    every = (symptoms, treatments, zones, views, _PRODUCTS, _DEVICES)
    meant = tuple(Meant(*(_keys(word, meanings) for meanings in every)) for word in typed)
    return replace(wanted, meant=meant) if any(one != Meant() for one in meant) else wanted


def _keys(word: str, meanings: Iterable[Meaning]) -> tuple[str, ...]:
    """What a word begins the name of; of a short one only what is called just so."""
    if len(word) < SHORTEST:
        return tuple(one.key for one in meanings if word.lower() == one.words[0].lower())
    return tuple(one.key for one in meanings if begins_a_word(word, one))
