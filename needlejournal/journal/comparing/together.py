"""The lines of the comparability panel that rest on both photos laid over each other: mirroring, shape, lens distance.

Gates were set on half of the people in public photographs and held on the other half (docs/accuracy.md).
"""

from __future__ import annotations

import math
from dataclasses import replace

from needlejournal.journal.comparing import faces
from needlejournal.journal.comparing.answers import Measured, clear, same, unknown
from needlejournal.journal.comparing.measured import blurred_apart, pose
from needlejournal.journal.comparing.pair_measures import WELL_FOUND, PairMeasures
from needlejournal.journal.comparing.photo_facts import DIFFERS, ComparabilityItem, PhotoFacts
from needlejournal.journal.message import Message, message

_LENS_DISTANCE = Measured(
    "lens_distance", 0.08, 0.15, "",
    message("The camera was at about the same distance."),
    message("The camera was nearer in one photo, which makes the nose larger and the sides of the face smaller."),
    message("The distance of the camera could not be measured."),
    message("Keep the camera an arm's length away or more, always at the same distance."),
)  # fmt: skip
# While the expression differs, or little skin is found again, the skin's own movement passes for up to so much of the
# camera's distance: between the two gates it is left open (docs/accuracy.md).
_LENS_OPEN_BELOW = 0.20
_SHAPE = Measured(
    "shape", 4.0, 7.0, "%",
    message("The face has the same shape in both."),
    message("The shape of the face differs by {value} %: an app may have changed it."),
    message("Whether the shape of the face was changed could not be measured."),
    message("Switch every beauty setting off, and import the file the camera wrote."),
)  # fmt: skip
_MIRROR_ADVICE = message("Switch mirrored selfies off.")
_IS_MIRRORED = message("One photo is a mirror image of the other: left and right change places.")
_MARKED_WRONGLY = message("One photo is marked as mirrored, but the skin lies the same way in both.")
_BELIEVED = message(
    "One photo is turned back, as it is marked as mirrored; whether the mark is right could not be seen on the skin."
)
_TURNED_BACK = message("One photo is mirrored, as it is marked; turned back, left and right are the same way in both.")
_SAME_WAY = message("Left and right are the same way in both.")
_HARDLY_FOUND = message(
    "Whether one is a mirror image cannot be known: too little of the skin could be matched either way."
)
_FOUND_EITHER_WAY = message(
    "Whether one is a mirror image cannot be known: the skin is found about as well with left and right changed."
)
# Degrees between which a head counts as held alike: of people looked at, two jaws seemed changed by 9 and 10 % at 14.6°
# and more, none of those sought at less (a jaw that is made thinner reads as a turn of up to 8°).
_STEADY_POSE = 12.0
_UNSTEADY_SHAPE = message(
    "The head is turned differently or too little skin was found again, so nobody can tell whether the shape of the "
    "face was changed."
)
_MOVED_SHAPE = message("The expression differs, so nobody can tell whether the shape of the face was changed.")
_SHAPE_OF = {
    "jaw": message("The shape of the jaw differs by {value} %: an app may have changed it."),
    "eyes": message("The shape of the eyes differs by {value} %: an app may have changed it."),
    "nose": message("The shape of the nose differs by {value} %: an app may have changed it."),
}
_NEARER_FIRST = message(
    "The camera was nearer in the first photo, which makes the nose larger and the sides of the face smaller."
)
_NEARER_SECOND = message(
    "The camera was nearer in the second photo, which makes the nose larger and the sides of the face smaller."
)
_SEEN_WELL = 9.0  # %: where only larger changes of a feature than this show, nothing is said to match
_SAME_SHAPE = message("The face has the same shape in both; a change below {least} % would not be seen.")
_HIDDEN_SHAPE = message(
    "Whether the shape was changed cannot be known here: a change below {least} % would not be seen."
)


def mirrored(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures | None) -> ComparabilityItem:
    """Whether one of the two is a mirror image, as selfies often are: told by the skin, held against what was said."""
    seems = pair.seems_mirrored if pair else None  # the one that is marked was turned back before it was looked at
    value = None if pair is None or pair.found is None else round(100 * (pair.found_mirrored or 0.0))
    said = before.mirrored != after.mirrored
    if seems is None:
        hardly = _FOUND_EITHER_WAY if pair and pair.found_well else _HARDLY_FOUND
        return unknown("mirrored", _BELIEVED if said else hardly, None)
    if seems and said:
        return _first_of_all(_MARKED_WRONGLY, message("Check whether the mark is right."), value)
    if seems:
        return _first_of_all(_IS_MIRRORED, _MIRROR_ADVICE, value)
    return same("mirrored", _TURNED_BACK if said else _SAME_WAY, value, "%")


def _first_of_all(sentence: Message, advice: Message, value: float | None) -> ComparabilityItem:
    """A mirror image changes every place on the skin: it stands above all other differences."""
    return replace(clear("mirrored", sentence, advice, value, "%"), effect=math.inf)


def lens_distance(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures | None) -> ComparabilityItem:
    """How far the camera stood away: the same face looks otherwise from near."""
    nearer = pair.lens_distance if pair else None
    item = _LENS_DISTANCE.judge(None if nearer is None else abs(nearer))
    if item.answer != DIFFERS or nearer is None or pair is None:
        return item
    uncertain = _moves(before, after) or _hardly_found(pair)
    if uncertain and abs(nearer) < _LENS_OPEN_BELOW:
        sentence = message(
            "The distance of the camera cannot be known here: too few steady parts of the face can be seen in both."
        )
        return unknown("lens_distance", sentence, _LENS_DISTANCE.advice)
    return replace(item, value=round(nearer, 3), sentence=_NEARER_SECOND if nearer > 0 else _NEARER_FIRST)


def shape(before: PhotoFacts, after: PhotoFacts, pair: PairMeasures | None) -> ComparabilityItem:
    """What no turn of the head explains: apps make jaws thinner, eyes larger, noses slimmer."""
    if pair is None or pair.shape is None or pair.shape_seen_from is None or blurred_apart(before, after):
        return _SHAPE.judge(None)
    if _may_have_moved(before, after, pair.shape_of):
        return unknown("shape", _MOVED_SHAPE, _SHAPE.advice)
    gates = replace(_SHAPE, matches_to=pair.shape_seen_from, clear_from=1.5 * pair.shape_seen_from)
    item = gates.judge(pair.shape)
    if item.answer == DIFFERS:
        if _hardly_found(pair) or _turned(before, after):
            return unknown("shape", _UNSTEADY_SHAPE, _SHAPE.advice)
        words = _SHAPE_OF.get(pair.shape_of)
        return replace(item, sentence=words.filled(value=f"{pair.shape:.0f}")) if words else item
    least = math.ceil(pair.shape_seen_from)
    if pair.shape_seen_from <= _SEEN_WELL:
        return replace(item, sentence=_SAME_SHAPE.filled(least=least))
    return unknown("shape", _HIDDEN_SHAPE.filled(least=least), _SHAPE.advice)


def _may_have_moved(before: PhotoFacts, after: PhotoFacts, feature: str) -> bool:
    """Whether a face may have changed so by itself: lids open and shut, a smile changes all of it."""
    return _moves(before, after) or (feature == "eyes" and faces.eyes(before, after).answer == DIFFERS)


def _moves(before: PhotoFacts, after: PhotoFacts) -> bool:
    """Whether the expression differs: a smile changes the shape of a face too."""
    return faces.expression(before, after).answer == DIFFERS


def _turned(before: PhotoFacts, after: PhotoFacts) -> bool:
    turn = pose(before, after).value
    return isinstance(turn, float) and turn > _STEADY_POSE


def _hardly_found(pair: PairMeasures) -> bool:
    return (pair.found or 0.0) < WELL_FOUND
