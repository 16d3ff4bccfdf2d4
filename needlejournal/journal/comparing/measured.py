"""The lines of the comparability panel that rest on measuring the pictures, with their gates and sentences.

A difference up to the first gate matches; from the second on it is clear. Where either photo says nothing, the answer
is unknown. The gates were never tried on patients' photos.
"""

from __future__ import annotations

import math
from dataclasses import replace

from needlejournal.journal.comparing.answers import Measured, clear, same, unknown
from needlejournal.journal.comparing.light_across import light_across
from needlejournal.journal.comparing.measures import PhotoMeasures, SkinPatch
from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, ComparabilityItem, PhotoFacts

CLIPPED_TOO_MUCH = 0.01  # share of the skin; more, and nothing is said about colour

_POSE = Measured(
    "pose", 8.0, 15.0, "°",
    "The head is turned the same way.",
    "The head is turned differently, by about {value}°: lines and scars catch the light otherwise.",
    "How the head is turned could not be measured.",
    "Look at the first photo while you take the next, and hold your head the same way.",
)  # fmt: skip
_ROLL = Measured(
    "roll", 8.0, 15.0, "°",
    "The head is tilted the same way.",
    "The head is tilted differently, by about {value}°.",
    "How the head is tilted could not be measured.",
    "Hold head and camera upright.",
)  # fmt: skip
_SCALE = Measured(
    "face_scale", math.log2(1.25), math.log2(1.6), "×",
    "The face has about the same size in both pictures.",
    "The face is much larger in one picture: distance or zoom differed, which changes its proportions.",
    "The size of the face could not be measured.",
    "Keep the same distance, an arm's length or more.",
)  # fmt: skip
_EXPOSURE = Measured(
    "exposure", 5.0, 10.0, "L*",
    "The skin is about equally bright.",
    "The skin is brighter in one photo.",
    "The brightness of the skin could not be measured.",
    "Use the same light and let the camera measure on the face.",
)  # fmt: skip
_WHITE_BALANCE = Measured(
    "white_balance", 4.0, 8.0, "a*b*",
    "Untreated skin has about the same colour in both.",
    "Untreated skin differs in colour by {value}: the light or the camera changed, so redness cannot be compared.",
    "The colour of the light could not be compared.",
    "Use the same light; avoid mixing daylight and lamps.",
)  # fmt: skip
_LIGHT_SIDE = Measured(
    "light_side", 0.15, 0.4, "EV",
    "The light comes from the same side.",
    "The light comes from another side.",
    "From which side the light came could not be measured.",
    "Stand in the same place, facing the window or lamp.",
)  # fmt: skip
_SHARPNESS = Measured(
    "sharpness", 0.8, 1.5, "log2",
    "Both are about equally sharp.",
    "One photo is less sharp.",
    "The sharpness could not be measured.",
    "Hold the camera still, tap the cheek to focus, and clean the lens.",
)  # fmt: skip
_COMPRESSION = Measured(
    "compression", 1.0, 2.0, "log2",
    "Both files keep about the same detail.",
    "One file is compressed much harder, which takes detail away from the skin.",
    "How hard the files were compressed cannot be compared.",
    "Import the original file, not one sent through a messenger.",
)  # fmt: skip


def pose(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Yaw and pitch together: turning the head changes what light does to lines and scars."""
    turns = [_difference(before, after, name) for name in ("yaw", "pitch")]
    both = None if None in turns else sum(turn for turn in turns if turn is not None)
    return _POSE.judge(both)


def roll(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The tilt of the head in the picture; aligning takes it out, gravity and light it does not."""
    return _ROLL.judge(_difference(before, after, "roll"))


def face_scale(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How large the face is in the picture."""
    first, second = _measure(before, "face_share"), _measure(after, "face_share")
    ratio = None if not first or not second else abs(math.log2(second / first))
    item = _SCALE.judge(ratio)
    if ratio is None or first is None or second is None:
        return item
    return replace(item, value=round(second / first, 2))


def exposure(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How light the skin is in the picture (L*)."""
    first, second = _skin(before), _skin(after)
    if first is None or second is None:
        return _EXPOSURE.judge(None)
    item = _EXPOSURE.judge(abs(second.lightness - first.lightness))
    if item.answer != DIFFERS:
        return item
    which = "brighter" if second.lightness > first.lightness else "darker"
    return replace(item, sentence=f"The skin is {which} in the second photo, by {item.value:.0f} on a scale of 100.")


def clipping(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Skin burnt out to white or sunk into black, where no colour can be told."""
    values = [_measure(one, name) for one in (before, after) for name in ("clipped", "dark")]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return unknown("clipping", "No skin could be measured for parts that are too bright or too dark.", "")
    worst = max(known)
    percent = round(100 * worst, 1)
    if worst < CLIPPED_TOO_MUCH:
        return same("clipping", "The skin is neither burnt out nor sunk into black.", percent, "%")
    sentence = f"{percent:g} % of the skin is too bright or too dark in one photo, so nothing is said about colour."
    return clear("clipping", sentence, "Avoid direct sun, flash and deep shadow.", percent, "%")


def white_balance(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The colour of skin that was not treated; only that tells the camera's change from the skin's."""
    advice = "Mark skin that was not treated in both photos, and use the same light next time."
    if clipping(before, after).answer != MATCHES:
        return unknown("white_balance", "Parts of the skin cannot be measured, so its colour is not compared.", advice)
    first, second = (one.measures.untreated if one.measures else None for one in (before, after))
    if first is None or second is None:
        return unknown("white_balance", "Unknown until skin that was not treated is marked in both photos.", advice)
    return _WHITE_BALANCE.judge(math.hypot(second.a - first.a, second.b - first.b))


def light_side(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """From which side the light came: light from the side draws every line and scar."""
    first, second = (measures.patches if (measures := _measures(one)) else {} for one in (before, after))
    difference = light_across(first, second)
    item = _LIGHT_SIDE.judge(None if difference is None else abs(difference))
    if item.answer != DIFFERS or difference is None:
        return item
    side = "left" if difference > 0 else "right"
    sentence = f"The light came more from the patient's {side} in the second photo. It draws lines and scars otherwise."
    return replace(item, value=round(difference, 2), sentence=sentence)


def sharpness(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How sharp the skin is at the same size: blur smooths skin."""
    item = _SHARPNESS.judge(_difference(before, after, "sharpness"))
    if item.answer != DIFFERS or before.measures is None or after.measures is None:
        return item
    softer = "second" if (after.measures.sharpness or 0) < (before.measures.sharpness or 0) else "first"
    sentence = f"The {softer} photo is less sharp: its skin looks smoother than it is."
    return replace(item, sentence=sentence)


def compression(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How hard the files were compressed: messengers take the skin's detail away."""
    first, second = before.bits_per_pixel, after.bits_per_pixel
    return _COMPRESSION.judge(None if not first or not second else abs(math.log2(second / first)))


def _measures(facts: PhotoFacts) -> PhotoMeasures | None:
    """Return the measures by the patient's own left and right."""
    return facts.measures.mirrored() if facts.measures and facts.mirrored else facts.measures


def _measure(facts: PhotoFacts, name: str) -> float | None:
    measures = _measures(facts)
    return None if measures is None else getattr(measures, name)


def _difference(before: PhotoFacts, after: PhotoFacts, name: str) -> float | None:
    first, second = _measure(before, name), _measure(after, name)
    return None if first is None or second is None else abs(second - first)


def _skin(facts: PhotoFacts) -> SkinPatch | None:
    return facts.measures.skin if facts.measures else None
