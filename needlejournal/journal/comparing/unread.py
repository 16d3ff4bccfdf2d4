"""What is not said of two photos because the files that find faces are missing: one sentence for all of it."""

from __future__ import annotations

from dataclasses import replace

from needlejournal.journal.comparing.photo_facts import UNKNOWN, ComparabilityItem, PhotoFacts
from needlejournal.journal.message import message

FACES_MISSING = message(
    "The files that find faces are missing on this computer, so the face, its light and its sharpness could not be "
    "measured. Your photos are safe. Installing the app again brings the files."
)
UNREAD = message("all that is measured on a face, as the files that find faces are missing")
"""The same within a list of what is not known."""
_MEASURED = frozenset({
    *("face_scale", "pose", "roll", "crop", "expression", "eyes", "exposure", "clipping", "background", "sharpness"),
    *("light_side", "light_height", "light_hardness", "smoothing", "lens_distance", "shape", "covered"),
})  # fmt: skip


def without_models(item: ComparabilityItem, before: PhotoFacts, after: PhotoFacts) -> ComparabilityItem:
    """The same answer; with the one reason and what helps where it is unknown since no face could be looked for."""
    unread = any(facts.measures is not None and not facts.measures.models for facts in (before, after))
    if unread and item.answer == UNKNOWN and item.item in _MEASURED:
        return replace(item, sentence=FACES_MISSING, advice=None)
    return item
