"""The lines of the comparability panel about what detail a photo keeps: sharpness, smoothing, compression, clipping."""

from __future__ import annotations

import math
from dataclasses import replace

from needlejournal.journal.comparing.answers import Measured, same, unknown
from needlejournal.journal.comparing.measured import difference, measure, same_skin
from needlejournal.journal.comparing.photo_facts import DIFFERS, ComparabilityItem, PhotoFacts
from needlejournal.journal.message import Message, message

_ALIKE = 0.3  # of the larger share: two photos clipped so alike do not differ in it
CLIPPED_TOO_MUCH = 0.01  # share of the skin; more, and nothing is said about colour

_SHARPNESS = Measured(
    "sharpness", 0.8, 1.5, "log2",
    message("Both are about equally sharp."),
    message("One photo is less sharp."),
    message("The sharpness could not be measured."),
    message("Hold the camera still, tap the cheek to focus, and clean the lens."),
)  # fmt: skip
_SMOOTHING = Measured(
    "smoothing", 0.15, 0.60, "log2",
    message("The skin shows as much fine texture in both; a beauty filter at middle strength would most likely show."),
    message("The skin shows less fine texture in one photo."),
    message("How much fine texture the skin shows could not be compared: a face is too small, or was not found."),
    message("Switch beauty mode and filters off, clean the lens, and import the file the camera wrote."),
)  # fmt: skip
# Two frames of one film differ by up to 0.25 (one pair in twenty by more than 0.15); filters at middle strength take
# 0.3 to 0.8 (docs/accuracy.md). Where even the photo with more texture has hardly any, they take less, so that nothing
# can be said.
_SMOOTHED_FROM, _HARDLY_ANY_TEXTURE = 0.30, -3.75
# Eye distances of fewer pixels show strong filters, and only half of those at middle strength.
_SHOWS_MIDDLE_STRENGTH = 80.0
_TEXTURE_LOST = 0.2  # of the skin without any detail: what is left tells of the light, not of a filter
_NO_LIGHT = message(
    "So much of the skin is too bright or too dark in one photo that its fine texture could not be compared."
)
_CLIPPING = Measured(
    "clipping", 1.0, 4.0, "%",
    message("About as much of the skin is too bright or too dark in both."),
    message("More of the skin is too bright or too dark in one photo, by {value} %."),
    message("No skin could be measured for parts that are too bright or too dark."),
    message("Avoid direct sun, flash and deep shadow."),
)  # fmt: skip
_COMPRESSION = Measured(
    "compression", 0.6, 1.4, "log2",
    message("Both files keep about the same detail."),
    message("One file is compressed much harder, which takes detail away from the skin."),
    message("How hard the files were compressed cannot be compared."),
    message("Import the original file, not one sent through a messenger."),
)  # fmt: skip
_HARMLESS_STEP = 18.0  # of 255, about quality 85: rounding finer than this leaves pores as they are

_SAVED_WELL = message(
    "Both files were saved with little compression; whether one was compressed harder before that is not known."
)
_LESS_SHARP = {
    "first": message("The first photo is less sharp than the second: the same skin looks smoother in it."),
    "second": message("The second photo is less sharp than the first: the same skin looks smoother in it."),
}
_FILTERED = {  # blur takes texture from eyes and lips as well
    "first": message(
        "The skin shows less fine texture in the first photo, while eyes and lips are as sharp: a beauty filter does "
        "that, and so does skin that has become finer."
    ),
    "second": message(
        "The skin shows less fine texture in the second photo, while eyes and lips are as sharp: a beauty filter does "
        "that, and so does skin that has become finer."
    ),
}
_SMOOTHED = {
    "first": message(
        "The skin shows less fine texture in the first photo: a beauty filter, blur or compression may have taken it, "
        "or the skin has become finer."
    ),
    "second": message(
        "The skin shows less fine texture in the second photo: a beauty filter, blur or compression may have taken it, "
        "or the skin has become finer."
    ),
}
_A_LITTLE_LESS = {
    "first": message(
        "The skin shows a little less fine texture in the first photo: that can be chance, or a weak filter."
    ),
    "second": message(
        "The skin shows a little less fine texture in the second photo: that can be chance, or a weak filter."
    ),
}
_OTHER_SHARPNESS = message(
    "One photo is sharper than the other, but its fine texture is not stronger: whether a filter was used is not known."
)
_NO_TEXTURE = message("The skin shows hardly any fine texture in either photo, so a beauty filter could not be seen.")
_SMALL_FACE = message(
    "A face is so small in its photo that only a strong beauty filter would show. None does; a weaker one is not ruled "
    "out."
)
_COMPRESSED = {
    "first": message("The first file is compressed much harder, which takes detail away from the skin."),
    "second": message("The second file is compressed much harder, which takes detail away from the skin."),
}


def sharpness(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How sharp the skin is at the same size, or eyes and lips: of strong blur the skin's measure sees nothing."""
    by_skin = difference(before, after, "sharpness") if same_skin(before, after) else None
    if by_skin is None:
        return _SHARPNESS.judge(None)
    by_edges = difference(before, after, "edges") or 0.0
    item = _SHARPNESS.judge(max(by_skin, by_edges))
    if item.answer != DIFFERS:
        return item
    return replace(item, sentence=_LESS_SHARP[_less(before, after, "edges" if by_edges > by_skin else "sharpness")])


def smoothing(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How much fine texture the skin shows: beauty filters take it away. Said to match only where one would be seen."""
    less = difference(before, after, "texture")
    item = _SMOOTHING.judge(less)
    if less is None:
        return item
    if any((clipped(facts) or 0.0) > _TEXTURE_LOST for facts in (before, after)):
        return unknown("smoothing", _NO_LIGHT, _CLIPPING.advice)
    which = _less(before, after, "texture")
    if less > _SMOOTHED_FROM:
        edges = difference(before, after, "edges")
        said = _FILTERED if edges is not None and edges < less / 2 else _SMOOTHED
        return replace(item, sentence=said[which])
    hidden = _why_not_seen(before, after, which if item.answer == DIFFERS else "")
    return unknown("smoothing", hidden, _SMOOTHING.advice) if hidden else item


def _why_not_seen(before: PhotoFacts, after: PhotoFacts, a_little_less: str) -> Message | None:
    """Why a filter at middle strength may not have been seen; `a_little_less` names the photo with less texture."""
    if min(measure(facts, "eye_pixels") or math.inf for facts in (before, after)) < _SHOWS_MIDDLE_STRENGTH:
        return _SMALL_FACE
    if max(measure(before, "texture") or 0.0, measure(after, "texture") or 0.0) < _HARDLY_ANY_TEXTURE:
        return _NO_TEXTURE
    if a_little_less:
        return _A_LITTLE_LESS[a_little_less]
    return _OTHER_SHARPNESS if sharpness(before, after).answer == DIFFERS else None


def compression(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """How hard the files were compressed, by the steps to which they round: messengers take the skin's detail away."""
    first, second = measure(before, "jpeg_step"), measure(after, "jpeg_step")
    if first is None or second is None:
        return _COMPRESSION.judge(None)
    if max(first, second) <= _HARMLESS_STEP:
        return same("compression", _SAVED_WELL, round(max(first, second), 1), "steps")
    item = _COMPRESSION.judge(abs(math.log2(second / first)))
    if item.answer != DIFFERS:
        return item
    return replace(item, sentence=_COMPRESSED["second" if second > first else "first"])


def clipping(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Skin burnt out to white or sunk into black: how much more in one photo than in the other."""
    first, second = clipped(before), clipped(after)
    if first is None or second is None or not same_skin(before, after):
        return _CLIPPING.judge(None)
    tolerated = max(_CLIPPING.matches_to, 100 * _ALIKE * max(first, second))
    gates = replace(_CLIPPING, matches_to=tolerated, clear_from=max(_CLIPPING.clear_from, 2 * tolerated))
    item = gates.judge(100 * abs(second - first))
    if max(first, second) < CLIPPED_TOO_MUCH or item.answer == DIFFERS:
        return item
    sentence = message(
        "About as much of the skin is too bright or too dark in both, so nothing is said about its colour."
    )
    return replace(item, sentence=sentence)


def clipped(facts: PhotoFacts) -> float | None:
    """The share of the skin of one photo that is burnt out or sunk into black; None where it was not measured."""
    bright, dark = measure(facts, "clipped"), measure(facts, "dark")
    return None if bright is None or dark is None else bright + dark


def _less(before: PhotoFacts, after: PhotoFacts, name: str) -> str:
    return "second" if (measure(after, name) or 0.0) < (measure(before, name) or 0.0) else "first"
