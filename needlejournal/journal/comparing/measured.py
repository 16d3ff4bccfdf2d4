"""The lines of the comparability panel that rest on measuring the pictures, with their gates and sentences.

A difference up to the first gate matches; from the second on it is clear. Where either photo says nothing, the answer
is unknown. The gates were never tried on patients' photos.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from needlejournal.journal.comparing.answers import Measured, clear, unknown
from needlejournal.journal.comparing.light_slopes import light_slopes
from needlejournal.journal.comparing.measures import PhotoMeasures, SkinPatch
from needlejournal.journal.comparing.photo_facts import DIFFERS, ComparabilityItem, PhotoFacts
from needlejournal.journal.message import message

CLIPPED_TOO_MUCH = 0.01  # share of the skin; more, and nothing is said about colour
ON_ITS_SIDE = 55.0  # degrees of roll from which a photo lies on its side or upside down

_POSE = Measured(
    "pose", 8.0, 15.0, "°",
    message("The head is turned the same way."),
    message("The head is turned differently, by about {value}°: lines and scars catch the light differently."),
    message("How the head is turned could not be measured."),
    message("Look at the first photo while you take the next, and hold your head the same way."),
)  # fmt: skip
_ROLL = Measured(
    "roll", 8.0, 15.0, "°",
    message("The head is tilted the same way."),
    message("The head is tilted differently, by about {value}°."),
    message("How the head is tilted could not be measured."),
    message("Hold head and camera upright."),
)  # fmt: skip
_SCALE = Measured(
    "face_scale", math.log2(1.25), math.log2(1.6), "×",
    message("The face has about the same size in both pictures."),
    message("The face is larger in one picture: it was nearer, zoomed in or cropped."),
    message("The size of the face could not be measured."),
    message("Keep the same distance, an arm's length or more."),
)  # fmt: skip
_EXPOSURE = Measured(
    "exposure", 5.0, 10.0, "L*",
    message("The skin is about equally bright."),
    message("The skin is brighter in one photo."),
    message("The brightness of the skin could not be measured."),
    message("Use the same light and let the camera measure on the face."),
)  # fmt: skip
_WHITE_BALANCE = Measured(
    "white_balance", 4.0, 8.0, "a*b*",
    message("Untreated skin has about the same colour in both."),
    message(
        "Untreated skin differs in colour by {value}: the light or the camera changed, so redness cannot be compared."
    ),
    message("The colour of the light could not be compared."),
    message("Use the same light; avoid mixing daylight and lamps."),
)  # fmt: skip
_ONE_GREY = message("One of the photos is black and white: redness and brown spots cannot be compared.")
_BOTH_GREY = message("Both photos are black and white, so colour is not compared.")
_LEAST_COLOUR = 2.0  # of a*b*: measured 12 to 37 on 28 photos of skin of many tones, 0 on a grey one
_LIGHT_SIDE = Measured(
    "light_side", 0.3, 0.7, "EV",
    message("The light comes from the same side."),
    message("The light comes from a different side."),
    message("From which side the light came could not be measured."),
    message("Stand in the same place, facing the window or lamp."),
)  # fmt: skip
_LIGHT_HEIGHT = Measured(
    "light_height", 0.3, 0.7, "EV",
    message("The light comes from about the same height."),
    message("The light comes from a different height."),
    message("From which height the light came could not be measured."),
    message("Use the same lamp or window, and sit or stand at the same height in front of it."),
)  # fmt: skip
_LIGHT_HARDNESS = Measured(
    "light_hardness", 0.5, 1.0, "log2",
    message("The light is about equally soft."),
    message("The light is harder in one photo."),
    message("How hard the light was could not be measured."),
    message("Use soft light: a window without direct sun, no flash."),
)  # fmt: skip
_CROP = Measured(
    "crop", 0.12, 0.25, "",
    message("The face is in about the same place in both pictures."),
    message("The face is in a different place in the picture: it was cropped or framed differently."),
    message("Where the face lies in the picture could not be measured."),
    message("Keep the whole face in the middle of the picture, and do not crop it."),
)  # fmt: skip
_BACKGROUND = Measured(
    "background", 14.0, 30.0, "ΔE",
    message("The background is about the same."),
    message("The background differs: beside a dark one skin looks lighter."),
    message("The background could not be measured."),
    message("Stand in front of the same plain wall."),
)  # fmt: skip

# Blurred, landmarks move: of 24 people looked at none was read wrongly whose edges differ by less than 2.1; two photos
# of one person differ by up to 0.84. Faces too small for edges: their skin's sharpness differs by up to 0.4.
_BLURRED, _BLURRED_SMALL = 1.5, 0.8  # log2
_WITHOUT_A_FACE = frozenset({"close_up", "lateral_left", "lateral_right"})
_ON_ITS_SIDE = message("One photo is upside down or on its side, by about {value}°.")
_BRIGHTER = message("The skin is brighter in the second photo, by {value} on a scale of 100.")
_DARKER = message("The skin is darker in the second photo, by {value} on a scale of 100.")
_FROM_LEFT = message(
    "The light came more from the patient's left in the second photo. Lines and scars look different in this light."
)
_FROM_RIGHT = message(
    "The light came more from the patient's right in the second photo. Lines and scars look different in this light."
)
_FROM_ABOVE = message(
    "The light came more from above in the second photo. Folds and pores look different in this light."
)
_FROM_BELOW = message(
    "The light came more from below in the second photo. Folds and pores look different in this light."
)
_HARDER_FIRST = message("The light is harder in the first photo: its shadows show more of the skin.")
_HARDER_SECOND = message("The light is harder in the second photo: its shadows show more of the skin.")


def pose(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Yaw and pitch together: turning the head changes what light does to lines and scars."""
    turns = [difference(before, after, name) for name in ("yaw", "pitch")]
    both = None if None in turns else sum(turn for turn in turns if turn is not None)
    return _POSE.judge(both)


def roll(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The tilt of the head in the picture; aligning takes it out, gravity and light it does not."""
    turned = difference(before, after, "roll")
    if turned is not None:
        turned = min(turned, 360 - turned)
    item = _ROLL.judge(turned)
    if turned is None or turned <= ON_ITS_SIDE:
        return item
    return replace(item, sentence=_ON_ITS_SIDE.filled(value=f"{turned:.0f}"))


def face_scale(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How large the face is in the picture."""
    first, second = measure(before, "face_share"), measure(after, "face_share")
    ratio = None if not first or not second else abs(math.log2(second / first))
    item = _SCALE.judge(ratio)
    if ratio is None or first is None or second is None:
        return item
    return replace(item, value=round(second / first, 2))


def exposure(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How light the skin is in the picture (L*)."""
    first, second = _skin(before), _skin(after)
    if first is None or second is None or not same_skin(before, after):
        return _EXPOSURE.judge(None)
    item = _EXPOSURE.judge(abs(second.lightness - first.lightness))
    if item.answer != DIFFERS:
        return item
    said = _BRIGHTER if second.lightness > first.lightness else _DARKER
    return replace(item, sentence=said.filled(value=f"{item.value:.0f}"))


def white_balance(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The colour of skin that was not treated; only that tells the camera's change from the skin's."""
    advice = message("Mark skin that was not treated in both photos, and use the same light next time.")
    grey = [_is_grey(facts) for facts in (before, after)]
    if any(grey):
        coloured = message("Use photos in colour; a black-and-white one hides redness.")
        answer, sentence = (unknown, _BOTH_GREY) if all(grey) else (clear, _ONE_GREY)
        return answer("white_balance", sentence, coloured)
    if any(not _shows_colour(facts) for facts in (before, after)):
        return unknown(
            "white_balance", message("Parts of the skin cannot be measured, so its colour is not compared."), advice
        )
    first, second = (one.measures.untreated if one.measures else None for one in (before, after))
    if first is None or second is None:
        return unknown(
            "white_balance", message("Unknown until skin that was not treated is marked in both photos."), advice
        )
    return _WHITE_BALANCE.judge(math.hypot(second.a - first.a, second.b - first.b))


def light_side(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """From which side the light came: light from the side draws every line and scar."""
    slope = light_slopes(_patches(before), _patches(after)).across
    item = _LIGHT_SIDE.judge(None if slope is None else abs(slope))
    if item.answer != DIFFERS or slope is None:
        return item
    return replace(item, value=round(slope, 2), sentence=_FROM_LEFT if slope > 0 else _FROM_RIGHT)


def without_side(item: ComparabilityItem) -> ComparabilityItem:
    """The same where nobody knows which of the two is a mirror image, so that left may be right."""
    return replace(item, sentence=_LIGHT_SIDE.differs) if item.sentence in (_FROM_LEFT, _FROM_RIGHT) else item


def light_height(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Whether the light came from above or below: from above it deepens folds, from below it fills them."""
    slope = light_slopes(_patches(before), _patches(after)).down
    item = _LIGHT_HEIGHT.judge(None if slope is None else abs(slope))
    if item.answer != DIFFERS or slope is None:
        return item
    return replace(item, value=round(slope, 2), sentence=_FROM_BELOW if slope > 0 else _FROM_ABOVE)


def light_hardness(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How hard the shadows are: soft light hides what hard light shows."""
    item = _LIGHT_HARDNESS.judge(difference(before, after, "hardness"))
    first, second = measure(before, "hardness"), measure(after, "hardness")
    if item.answer != DIFFERS or first is None or second is None:
        return item
    return replace(item, sentence=_HARDER_SECOND if second > first else _HARDER_FIRST)


def crop(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Where the face lies in the picture."""
    first, second = (measures.place if (measures := measures_of(one)) else None for one in (before, after))
    return _CROP.judge(None if first is None or second is None else math.dist(first, second))


def background(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """What surrounds the face: its colour, and how much it varies."""
    first, second = (measures.background if (measures := measures_of(one)) else None for one in (before, after))
    if first is None or second is None:
        return _BACKGROUND.judge(None)
    return _BACKGROUND.judge(math.dist(
        (first.lightness, first.a, first.b, first.varies), (second.lightness, second.a, second.b, second.varies)
    ))  # fmt: skip


def _patches(facts: PhotoFacts) -> Mapping[str, SkinPatch]:
    measures = measures_of(facts)
    return measures.patches if measures else {}


def _is_grey(facts: PhotoFacts) -> bool:
    """Whether a photo is black and white; one that is burnt out, or all but black, has no colour either."""
    skin = _skin(facts)
    return skin is not None and math.hypot(skin.a, skin.b) < _LEAST_COLOUR and _shows_colour(facts)


def _shows_colour(facts: PhotoFacts) -> bool:
    measures = facts.measures
    if measures is None or measures.clipped is None or measures.dark is None:
        return False
    return max(measures.clipped, measures.dark) < CLIPPED_TOO_MUCH


def measures_of(facts: PhotoFacts) -> PhotoMeasures | None:
    """The measures by the patient's own left and right."""
    return facts.measures.mirrored() if facts.measures and facts.mirrored else facts.measures


def measure(facts: PhotoFacts, name: str) -> float | None:
    """One number that was measured in a photo, by its name."""
    measures = measures_of(facts)
    return None if measures is None else getattr(measures, name)


def same_skin(before: PhotoFacts, after: PhotoFacts) -> bool:
    """Whether the skin of both was told in one way: by a face, or by its colour alone.

    Cloth and walls can have that colour too: it counts only where a person filed both under views without a face that
    can be read.
    """
    first, second = (facts.measures is not None and facts.measures.yaw is not None for facts in (before, after))
    return first == second and (first or {before.view, after.view} <= _WITHOUT_A_FACE)


def blurred_apart(before: PhotoFacts, after: PhotoFacts) -> bool:
    """Whether one photo is so much less sharp that what a face does in it cannot be held against the other."""
    edges, skin = (difference(before, after, name) for name in ("edges", "sharpness"))
    if edges is not None:
        return edges >= _BLURRED
    return skin is not None and same_skin(before, after) and skin >= _BLURRED_SMALL


def difference(before: PhotoFacts, after: PhotoFacts, name: str) -> float | None:
    """By how much a number differs, without its sign; None where either photo has none."""
    first, second = measure(before, name), measure(after, name)
    return None if first is None or second is None else abs(second - first)


def _skin(facts: PhotoFacts) -> SkinPatch | None:
    return facts.measures.skin if facts.measures else None
