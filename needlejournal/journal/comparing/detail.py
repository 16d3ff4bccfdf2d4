"""The lines of the comparability panel about what detail a photo keeps: sharpness, smoothing, compression, clipping."""

from __future__ import annotations

import math
from dataclasses import replace

from needlejournal.journal.comparing.answers import Measured, same, unknown
from needlejournal.journal.comparing.measured import difference, measure
from needlejournal.journal.comparing.photo_facts import DIFFERS, ComparabilityItem, PhotoFacts

_ALIKE = 0.3  # of the larger share: two photos clipped so alike do not differ in it
CLIPPED_TOO_MUCH = 0.01  # share of the skin; more, and nothing is said about colour

_SHARPNESS = Measured(
    "sharpness", 0.8, 1.5, "log2",
    "Both are about equally sharp.",
    "One photo is less sharp.",
    "The sharpness could not be measured.",
    "Hold the camera still, tap the cheek to focus, and clean the lens.",
)  # fmt: skip
_SMOOTHING = Measured(
    "smoothing", 0.20, 0.60, "log2",
    "The skin shows as much fine texture in both; a beauty filter at middle strength would most likely show.",
    "The skin shows less fine texture in one photo.",
    "How much fine texture the skin shows could not be compared: a face is too small in its photo, or not found.",
    "Switch beauty mode and filters off, clean the lens, and import the file the camera wrote.",
)  # fmt: skip
# Two frames of one film differ by up to 0.25; filters at middle strength take 0.3 to 0.8 (docs/accuracy.md). Where even
# the photo with more texture has hardly any, they take less, so that nothing can be said.
_SMOOTHED_FROM, _HARDLY_ANY_TEXTURE = 0.30, -3.75
_CLIPPING = Measured(
    "clipping", 1.0, 4.0, "%",
    "About as much of the skin is too bright or too dark in both.",
    "More of the skin is too bright or too dark in one photo, by {value} %.",
    "No skin could be measured for parts that are too bright or too dark.",
    "Avoid direct sun, flash and deep shadow.",
)  # fmt: skip
_COMPRESSION = Measured(
    "compression", 0.6, 1.4, "log2",
    "Both files keep about the same detail.",
    "One file is compressed much harder, which takes detail away from the skin.",
    "How hard the files were compressed cannot be compared.",
    "Import the original file, not one sent through a messenger.",
)  # fmt: skip
_HARMLESS_STEP = 18.0  # of 255, about quality 85: rounding finer than this leaves pores as they are


def sharpness(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How sharp the skin is at the same size: blur smooths skin."""
    item = _SHARPNESS.judge(difference(before, after, "sharpness"))
    if item.answer != DIFFERS:
        return item
    sentence = f"The {_less(before, after, 'sharpness')} photo is less sharp: its skin looks smoother than it is."
    return replace(item, sentence=sentence)


def smoothing(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How much fine texture the skin shows: beauty filters take it away. Said to match only where one would be seen."""
    less = difference(before, after, "texture")
    item = _SMOOTHING.judge(less)
    if less is None:
        return item
    if less > _SMOOTHED_FROM:
        return replace(item, sentence=_smoothed(before, after, less))
    if max(measure(before, "texture") or 0.0, measure(after, "texture") or 0.0) < _HARDLY_ANY_TEXTURE:
        told = "The skin shows hardly any fine texture in either photo, so a beauty filter could not be seen."
        return unknown("smoothing", told, _SMOOTHING.advice)
    if item.answer == DIFFERS:
        which = _less(before, after, "texture")
        told = f"The skin shows a little less fine texture in the {which} photo: that can be chance, or a weak filter."
        return unknown("smoothing", told, _SMOOTHING.advice)
    return item


def compression(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How hard the files were compressed, by the steps to which they round: messengers take the skin's detail away."""
    first, second = measure(before, "jpeg_step"), measure(after, "jpeg_step")
    if first is None or second is None:
        return _COMPRESSION.judge(None)
    if max(first, second) <= _HARMLESS_STEP:
        return same("compression", "Both files keep the detail of the skin.", round(max(first, second), 1), "steps")
    item = _COMPRESSION.judge(abs(math.log2(second / first)))
    if item.answer != DIFFERS:
        return item
    which = "second" if second > first else "first"
    return replace(item, sentence=f"The {which} file is compressed much harder, which takes detail away from the skin.")


def clipping(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Skin burnt out to white or sunk into black: how much more in one photo than in the other."""
    first, second = clipped(before), clipped(after)
    if first is None or second is None:
        return _CLIPPING.judge(None)
    tolerated = max(_CLIPPING.matches_to, 100 * _ALIKE * max(first, second))
    gates = replace(_CLIPPING, matches_to=tolerated, clear_from=max(_CLIPPING.clear_from, 2 * tolerated))
    item = gates.judge(100 * abs(second - first))
    if max(first, second) < CLIPPED_TOO_MUCH or item.answer == DIFFERS:
        return item
    sentence = "About as much of the skin is too bright or too dark in both, so nothing is said about its colour."
    return replace(item, sentence=sentence)


def _smoothed(before: PhotoFacts, after: PhotoFacts, less: float) -> str:
    """What may have taken the texture: blur takes it from eyes and lips as well."""
    which, edges = _less(before, after, "texture"), difference(before, after, "edges")
    if edges is not None and edges < less / 2:
        return (
            f"The skin shows less fine texture in the {which} photo, while eyes and lips are as sharp: a beauty filter "
            "does that, and so does skin that has become finer."
        )
    return (
        f"The skin shows less fine texture in the {which} photo: a beauty filter, blur or compression may have taken "
        "it, or the skin has become finer."
    )


def clipped(facts: PhotoFacts) -> float | None:
    """The share of the skin of one photo that is burnt out or sunk into black; None where it was not measured."""
    bright, dark = measure(facts, "clipped"), measure(facts, "dark")
    return None if bright is None or dark is None else bright + dark


def _less(before: PhotoFacts, after: PhotoFacts, name: str) -> str:
    return "second" if (measure(after, name) or 0.0) < (measure(before, name) or 0.0) else "first"
