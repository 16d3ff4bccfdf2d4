"""How far two photos may be compared: every item matches, differs or is unknown, with its value and a sentence.

Pure judgement on facts and measures; what each item looks at stands in `comparability_measured` and
`comparability_stated`. The gates were never tried on patients' photos. Nothing unknown ever passes silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from needlejournal.journal.comparing import measured, stated
from needlejournal.journal.comparing.answers import WORDS
from needlejournal.journal.comparing.photo_facts import (
    DIFFERS,
    MATCHES,
    UNKNOWN,
    ComparabilityItem,
    PhotoFacts,
    facts_of,
)

__all__ = [
    "DIFFERS",
    "MATCHES",
    "UNKNOWN",
    "Comparability",
    "ComparabilityItem",
    "PhotoFacts",
    "compare_photos",
    "facts_of",
]

_ITEMS = (
    *(stated.view, measured.face_scale, measured.pose, measured.roll, stated.camera, stated.lens, stated.mirrored),
    *(measured.exposure, measured.clipping, measured.white_balance, measured.light_side, measured.sharpness),
    *(measured.compression, stated.edited, stated.make_up, stated.moisturiser, stated.expression),
    *(stated.declared_light, stated.time_of_day, stated.healing, stated.between),
)


@dataclass(frozen=True, slots=True)
class Comparability:
    """The whole panel for one pair."""

    items: tuple[ComparabilityItem, ...]

    def answered(self, answer: str) -> tuple[ComparabilityItem, ...]:
        """Return the items with this answer."""
        return tuple(item for item in self.items if item.answer == answer)

    @property
    def colour_can_be_judged(self) -> bool:
        """Whether the light and the clipping allow any word about colour."""
        return all(item.answer == MATCHES for item in self.items if item.item in {"white_balance", "clipping"})

    @property
    def summary(self) -> str:
        """One or two sentences; never "fine" while something is unknown."""
        differing, unknown = self.answered(DIFFERS), self.answered(UNKNOWN)
        clear = [item for item in differing if item.clear]
        if clear:
            first = f"These two photos differ clearly in {_list(clear)}: compare with care."
        elif differing:
            first = f"These two photos differ slightly in {_list(differing)}."
        elif unknown:
            first = "No difference was found in what is known."
        else:
            return "These two photos match in everything that is looked at."
        return f"{first} Not known: {_list(unknown)}." if unknown else first


def compare_photos(before: PhotoFacts, after: PhotoFacts) -> Comparability:
    """Judge every item for a pair."""
    return Comparability(tuple(judge(before, after) for judge in _ITEMS))


def _list(items: Iterable[ComparabilityItem]) -> str:
    names = [WORDS[item.item] for item in items]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
