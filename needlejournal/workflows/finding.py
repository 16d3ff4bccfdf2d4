"""What the words of a search mean by the catalogue: "erythema" is redness, "peel" two treatments, "chin" a zone."""

from __future__ import annotations

from dataclasses import replace

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.catalogue.words import Meaning, begins_a_word, named_meaning, symptom_meaning
from needlejournal.store.search import Meant, words
from needlejournal.store.timeline import TimelineFilter

SHORTEST = 4  # letters from which a word is looked for in names: "peel", "chin"; shorter ones are in too many


def with_meanings(wanted: TimelineFilter, catalogue: Catalogue, language: str = "en") -> TimelineFilter:
    """The filter with what each of its words means."""
    typed = words(wanted.text)
    if not any(len(word) >= SHORTEST for word in typed):
        return wanted
    symptoms = [symptom_meaning(one, language) for one in catalogue.symptoms]
    treatments, zones, views = (
        [named_meaning(one) for one in things] for things in (catalogue.treatments, catalogue.zones, catalogue.views)
    )

    def keys(word: str, meanings: list[Meaning]) -> tuple[str, ...]:
        return tuple(one.key for one in meanings if len(word) >= SHORTEST and begins_a_word(word, one))

    meant = (
        Meant(keys(word, symptoms), keys(word, treatments), keys(word, zones), keys(word, views)) for word in typed
    )
    return replace(wanted, meant=tuple(meant))
