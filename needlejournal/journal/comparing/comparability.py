"""How far two photos may be compared: every item matches, differs or is unknown, with its value and a sentence.

Pure judgement on facts and measures; what each item looks at stands in `measured`, `detail`, `faces`, `together` and
`stated`. Nothing unknown ever passes silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from needlejournal.journal.comparing import covers, detail, faces, measured, stated, together
from needlejournal.journal.comparing.answers import WORDS
from needlejournal.journal.comparing.hidden import left_open, without_zones
from needlejournal.journal.comparing.measures import other_side
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.comparing.photo_facts import (
    DIFFERS,
    MATCHES,
    UNKNOWN,
    ComparabilityItem,
    PhotoFacts,
    facts_of,
)
from needlejournal.journal.comparing.unread import FACES_MISSING, UNREAD, without_models
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, listed, message

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
    *(faces.view, measured.face_scale, measured.pose, measured.roll, measured.crop, stated.camera, stated.lens),
    *(faces.expression, faces.eyes, measured.exposure, detail.clipping, measured.white_balance),
    *(measured.light_side, measured.light_height, measured.light_hardness, measured.background),
    *(detail.sharpness, detail.smoothing, detail.compression, stated.edited, stated.make_up, stated.moisturiser),
    *(stated.declared_light, stated.time_of_day, stated.healing, stated.between),
)
_PAIR_ITEMS = (together.mirrored, together.lens_distance, together.shape, covers.covered)
_CLOSE_UP = "close_up"
_OF_A_FACE = frozenset({
    *("face_scale", "pose", "roll", "crop", "expression", "eyes", "background", "lens_distance", "shape", "covered"),
})  # fmt: skip


@frozen
class Comparability:
    """The whole panel for one pair."""

    items: tuple[ComparabilityItem, ...]

    def answered(self, answer: str) -> tuple[ComparabilityItem, ...]:
        """Return the items with this answer, the largest difference first."""
        found = (item for item in self.items if item.answer == answer)
        return tuple(sorted(found, key=lambda item: -item.effect))

    @property
    def summary(self) -> Message:
        """One or two sentences; never "fine" while something is unknown."""
        differing, unknown = self.answered(DIFFERS), self.answered(UNKNOWN)
        clear = [item for item in differing if item.clear]
        if clear:
            first = message("These two photos differ clearly in {things}: compare with care.", things=_list(clear))
        elif differing:
            first = message("These two photos differ slightly in {things}.", things=_list(differing))
        else:
            first = message("No difference was found in what is known.")
        if not unknown:
            return first
        return message("{sentence} Not known: {things}.", sentence=first, things=_list_unknown(unknown))

    @property
    def hardly_measured(self) -> bool:
        """Whether more is unknown than known: of such a pair nobody can say that it is fair."""
        return 2 * len(self.answered(UNKNOWN)) > len(self.items)

    @property
    def faces_missing(self) -> bool:
        """Whether much is unknown because the files that find faces are missing."""
        return any(item.sentence == FACES_MISSING for item in self.items)


def compare_photos(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures | None = None) -> Comparability:
    """Judge every item for a pair; `pair` is what was measured when the two were laid over each other.

    Of a mirror image that nobody marked, left and right are judged as if it was: it differs in being one, once. What
    lies in front of a face is said once too, and leaves open what it hides; what may lie there lets nothing match.
    """
    mirror_image = pair is not None and pair.seems_mirrored
    turned = replace(after, mirrored=not after.mirrored) if mirror_image else after
    laid = PairMeasures(pair.found, pair.found_mirrored) if pair and mirror_image else pair
    hidden, doubtful = (zones(before, after, laid) for zones in (covers.hidden_zones, covers.doubtful_zones))
    first, second = without_zones(before, hidden), without_zones(turned, _as_named_in(turned, before, hidden))
    alone = [judge(first, second) for judge in _ITEMS]
    if mirror_image:
        alone = [measured.without_side(item) for item in alone]
    items = *alone, *(judge(before, after, laid) for judge in _PAIR_ITEMS)
    asked = (left_open(item, hidden, doubtful) for item in items if not _beside_the_point(item, before, after))
    return Comparability(tuple(without_models(item, before, after) for item in asked))


def _as_named_in(after: PhotoFacts, before: PhotoFacts, zones: Iterable[str]) -> frozenset[str]:
    """Zones of BEFORE by their keys in AFTER: one mirror image of the two exchanges the sides."""
    return frozenset(zones if after.mirrored == before.mirrored else (other_side(zone) for zone in zones))


def _beside_the_point(item: ComparabilityItem, before: PhotoFacts, after: PhotoFacts) -> bool:
    """Whether it asks for a face where the person says that both photos show a piece of skin close up."""
    return item.answer == UNKNOWN and item.item in _OF_A_FACE and before.view == after.view == _CLOSE_UP


def _list_unknown(items: Iterable[ComparabilityItem]) -> Message:
    words = [UNREAD if item.sentence == FACES_MISSING else WORDS[item.item] for item in items]
    return listed(list(dict.fromkeys(sorted(words, key=UNREAD.__eq__))))


def _list(items: Iterable[ComparabilityItem]) -> Message:
    return listed([WORDS[item.item] for item in items])
