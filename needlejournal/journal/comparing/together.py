"""The lines of the comparability panel that rest on both photos laid over each other: mirroring, shape, lens distance.

Gates were set on half of the people in public photographs and held on the other half (docs/accuracy.md).
"""

from __future__ import annotations

from dataclasses import replace

from needlejournal.journal.comparing import faces
from needlejournal.journal.comparing.answers import Measured, clear, same, unknown
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.comparing.photo_facts import DIFFERS, ComparabilityItem, PhotoFacts

_LENS_DISTANCE = Measured(
    "lens_distance", 0.08, 0.15, "",
    "The camera was about equally far away.",
    "The camera was nearer in one photo, which makes the nose larger and the sides of the face smaller.",
    "Whether the camera was equally far away could not be measured.",
    "Keep the camera an arm's length away or more, and always equally far.",
)  # fmt: skip
_SHAPE = Measured(
    "shape", 4.0, 7.0, "%",
    "The face has the same shape in both, as far as head and camera allow to tell.",
    "The shape of the face differs by {value} %: an app may have changed it.",
    "Whether the shape of the face was changed could not be measured.",
    "Switch every beauty setting off, and import the file the camera wrote.",
)  # fmt: skip
_MIRROR_ADVICE = "Switch mirrored selfies off."
_COVER_ADVICE = "Take glasses off, tie hair back and keep hands away from the face."
_FEATURES = {"jaw": "the jaw", "eyes": "the eyes", "nose": "the nose"}


def mirrored(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures | None) -> ComparabilityItem:
    """Whether one of the two is a mirror image, as selfies often are: told by the skin, held against what was said."""
    seems = pair.seems_mirrored if pair else None
    value = None if pair is None or pair.found is None else round(100 * (pair.found_mirrored or 0.0))
    said = before.mirrored != after.mirrored
    if seems is None:
        if said:
            return clear("mirrored", "One photo is marked as mirrored: left and right change places.", _MIRROR_ADVICE)
        return unknown("mirrored", "Too little skin was found again to tell whether one is a mirror image.", "")
    if seems:
        sentence = "One photo is a mirror image of the other: left and right change places."
        return clear("mirrored", sentence, _MIRROR_ADVICE, value, "%")
    if said:
        sentence = "One photo is marked as mirrored, but the skin lies the same way in both."
        return clear("mirrored", sentence, "Look whether the mark is right.", value, "%")
    return same("mirrored", "Left and right are the same way in both.", value, "%")


def lens_distance(_before: PhotoFacts, _after: PhotoFacts, pair: PairMeasures | None) -> ComparabilityItem:
    """How far the camera stood away: the same face looks otherwise from near."""
    nearer = pair.lens_distance if pair else None
    item = _LENS_DISTANCE.judge(None if nearer is None else abs(nearer))
    if item.answer != DIFFERS or nearer is None:
        return item
    which = "second" if nearer > 0 else "first"
    sentence = (
        f"The camera was nearer in the {which} photo, which makes the nose larger and the sides of the face smaller."
    )
    return replace(item, value=round(nearer, 3), sentence=sentence)


def shape(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures | None) -> ComparabilityItem:
    """What no turn of the head explains: apps make jaws thinner, eyes larger, noses slimmer."""
    if pair is None or pair.shape is None or pair.shape_seen_from is None or _moves(before, after):
        return _SHAPE.judge(None)
    gates = replace(_SHAPE, matches_to=pair.shape_seen_from, clear_from=1.5 * pair.shape_seen_from)
    item = gates.judge(pair.shape)
    if item.answer != DIFFERS or pair.shape_of not in _FEATURES:
        return item
    sentence = f"The shape of {_FEATURES[pair.shape_of]} differs by {pair.shape:.0f} %: an app may have changed it."
    return replace(item, sentence=sentence)


def _moves(before: PhotoFacts, after: PhotoFacts) -> bool:
    """Whether the expression differs: a smile changes the shape of a face too."""
    return faces.expression(before, after).answer == DIFFERS


def covered(_before: PhotoFacts, _after: PhotoFacts, pair: PairMeasures | None) -> ComparabilityItem:
    """Zones before which something lies in one photo: nothing can be said about them."""
    if pair is None or pair.covered is None:
        return unknown("covered", "Whether something lies before the face could not be measured.", _COVER_ADVICE)
    if not pair.covered:
        return same("covered", "Nothing seems to lie before the face.", 0)
    zones = ", ".join(words_of_zone(zone) for zone in pair.covered)
    sentence = f"Something seems to lie before the face in one photo; nothing can be said there: {zones}."
    return clear("covered", sentence, _COVER_ADVICE, len(pair.covered), "zones")


def words_of_zone(zone: str) -> str:
    """A zone's key as words: "cheek inner left"."""
    return zone.replace("_", " ")
