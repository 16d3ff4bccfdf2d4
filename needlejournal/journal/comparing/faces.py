"""The lines of the comparability panel about what a face does: its expression, its eyes, and which view it shows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from needlejournal.journal.comparing import stated
from needlejournal.journal.comparing.answers import Measured, clear, same, unknown
from needlejournal.journal.comparing.measured import blurred_apart, measure
from needlejournal.journal.comparing.measures import Expression
from needlejournal.journal.comparing.photo_facts import DIFFERS, UNKNOWN, ComparabilityItem, PhotoFacts
from needlejournal.journal.message import Message, message

# Shares of the eye distance, of lids of the eye's width; set on half of the people of the Yale Face Database, where
# neutral faces stayed below and smiles, shut eyes, winks and open mouths above (docs/accuracy.md).
_MOUTH_OPEN, _MOUTH_WIDE, _SMILE, _BROWS = 0.055, 0.10, 0.042, 0.05
_EYES = Measured(
    "eyes", 0.11, 0.16, "",
    message("The eyes are equally wide open."),
    message("The eyes are wider open in one photo, which moves the lids and the skin around them."),
    message("Whether the eyes are open could not be measured."),
    message("Keep your eyes the same each time: open, looking into the camera."),
)  # fmt: skip
_EXPRESSION = Measured(
    "expression", 1.0, 1.6, "×",
    message("The expression is the same."),
    message("The expression differs, which can deepen lines or smooth them."),
    message("The expression could not be measured."),
    message("Keep a neutral expression, the mouth closed."),
)  # fmt: skip
# All four together, each over its gate. Two neutral photos of one sitting reached 0.56, two pictures of one photo 0.17,
# faint smiles began at 0.5 (of the people looked at).
_SAME_EXPRESSION = 0.6
# Of 190 pairs of neutral photos of the people looked at none reached what is asked of a smile (0.72 at most, 0.53 in
# 19 of 20). Of 51 pairs with a smile, many of them faint, 41 are told so, 35 by the four gates alone.
_FAINT_SMILE, _WIDE_IN_SMILE = 0.75, 0.7
_MOUTH_OPENED = message("The mouth is open wider in one photo, which can deepen lines or smooth them.")
_MOUTH_STRETCHED = message("The mouth is stretched wider in one photo, which can deepen lines or smooth them.")
_CORNERS_RAISED = message("The corners of the mouth are higher in one photo, which can deepen lines or smooth them.")
_BROWS_RAISED = message("The brows are higher in one photo, which can deepen lines or smooth them.")
_PERHAPS_EXPRESSION = message(
    "The expression may differ a little, as in a faint smile; that cannot be told apart from chance."
)
_BLURRED_EXPRESSION = message("One photo is so much less sharp that the expression cannot be compared.")
_BLURRED_EYES = message("One photo is so much less sharp that nobody can tell how wide the eyes are open.")
# Degrees of yaw in which a view is plain; between them it stays open. Yaw below 0 shows the patient's left side.
_FRONTAL, _OBLIQUE, _PROFILE = 14.0, (24.0, 62.0), 66.0
_VIEW_WORDS = {
    "frontal": message("the front"),
    "oblique_left": message("the left side half turned"),
    "oblique_right": message("the right side half turned"),
    "lateral_left": message("the left profile"),
    "lateral_right": message("the right profile"),
}
_ANOTHER_VIEW = (
    message("The first photo is filed as another view, but seems to show {seen}."),
    message("The second photo is filed as another view, but seems to show {seen}."),
)


def view(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The same view, and for close-ups the same zone; where nobody said, or it contradicts the face, by the pose."""
    first, second = _view_of(before), _view_of(after)
    for facts, said in zip((before, after), _ANOTHER_VIEW, strict=True):
        seen = view_of_pose(facts)
        if facts.view in _VIEW_WORDS and seen and seen != facts.view:
            return clear(
                "view", said.filled(seen=_VIEW_WORDS[seen]), message("Choose the view that the photo shows."), seen
            )
    if before.view and after.view:
        return stated.view(before, after)
    if not first or not second:
        return unknown(
            "view", message("The view of a photo has not been chosen."), message("Choose the view of both photos.")
        )
    if first == second:
        return same("view", message("Both show the same view, by how the head is turned."), first)
    return clear(
        "view",
        message("The photos show different views, by how the head is turned."),
        message("Compare one view."),
        second,
    )


def view_of_pose(facts: PhotoFacts) -> str:
    """The key of the view that a face shows by its yaw; "" where there is no face or it lies between views."""
    yaw = measure(facts, "yaw")
    if yaw is None:
        return ""
    side = "left" if yaw < 0 else "right"
    if abs(yaw) <= _FRONTAL:
        return "frontal"
    if _OBLIQUE[0] <= abs(yaw) <= _OBLIQUE[1]:
        return f"oblique_{side}"
    return f"lateral_{side}" if abs(yaw) >= _PROFILE else ""


def expression(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Mouth and brows, as measured; without a face, what was noted."""
    first, second = _expression(before), _expression(after)
    if first is None or second is None:
        noted = stated.expression(before, after)
        return noted if noted.answer != UNKNOWN else _EXPRESSION.judge(None)
    if blurred_apart(before, after):
        return unknown("expression", _BLURRED_EXPRESSION, _EXPRESSION.advice)
    changes = _changes(first, second)
    most = max(changes, key=lambda words: abs(changes[words]))
    whole = max(math.hypot(*changes.values()), _smile_between(changes) / _FAINT_SMILE)
    if _SAME_EXPRESSION < whole <= _EXPRESSION.matches_to:
        return unknown("expression", _PERHAPS_EXPRESSION, _EXPRESSION.advice)
    item = _EXPRESSION.judge(whole)
    if item.answer != DIFFERS:
        return item
    return replace(item, sentence=most)


def _changes(first: Expression, second: Expression) -> dict[Message, float]:
    """By how many times its gate each part of the face moved."""
    return {
        _MOUTH_OPENED: (second.mouth_open - first.mouth_open) / _MOUTH_OPEN,
        _MOUTH_STRETCHED: (second.mouth_wide - first.mouth_wide) / _MOUTH_WIDE,
        _CORNERS_RAISED: (second.smile - first.smile) / _SMILE,
        _BROWS_RAISED: (second.brows - first.brows) / _BROWS,
    }


def _smile_between(changes: Mapping[Message, float]) -> float:
    """A smile draws the mouth wide and lifts its corners at once; chance moves one or the other."""
    return abs(_WIDE_IN_SMILE * changes[_MOUTH_STRETCHED] + changes[_CORNERS_RAISED])


def eyes(before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """Each eye: open, shut, or one of them."""
    first, second = _expression(before), _expression(after)
    if first is None or second is None:
        return _EYES.judge(None)
    if blurred_apart(before, after):
        return unknown("eyes", _BLURRED_EYES, _EYES.advice)
    return _EYES.judge(max(abs(second.eye_right - first.eye_right), abs(second.eye_left - first.eye_left)))


def _view_of(facts: PhotoFacts) -> str:
    return facts.view or view_of_pose(facts)


def _expression(facts: PhotoFacts) -> Expression | None:
    if facts.measures is None:
        return None
    return (facts.measures.mirrored() if facts.mirrored else facts.measures).expression
