"""The zones of a face as words within a sentence: "the chin", "both inner cheeks". Words only."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from needlejournal.journal.message import Message, listed, message

_MIDDLE = {
    "face": message("the face"),
    "forehead": message("the forehead"),
    "glabella": message("between the brows"),
    "nose": message("the nose"),
    "upper_lip": message("the upper lip"),
    "lower_lip": message("the lower lip"),
    "chin": message("the chin"),
}
_SIDES = {
    "temple": (message("the right temple"), message("the left temple"), message("both temples")),
    "periorbital": (
        message("around the right eye"),
        message("around the left eye"),
        message("around both eyes"),
    ),
    "infraorbital": (message("under the right eye"), message("under the left eye"), message("under both eyes")),
    "cheek_inner": (
        message("the right inner cheek"),
        message("the left inner cheek"),
        message("both inner cheeks"),
    ),
    "cheek_outer": (
        message("the right outer cheek"),
        message("the left outer cheek"),
        message("both outer cheeks"),
    ),
    "nasolabial": (message("the right smile line"), message("the left smile line"), message("both smile lines")),
    "jawline": (
        message("the jawline on the right"),
        message("the jawline on the left"),
        message("the jawline on both sides"),
    ),
}
"""Zone without its side → words for its right, its left, and both."""


def named_zones(zones: Collection[str]) -> Message:
    """Zones by their keys as a list within a sentence: the middle of the face, then its sides, both in one word."""
    return listed(list(_words(zones)))


def _words(zones: Collection[str]) -> Iterator[Message]:
    yield from (words for zone, words in _MIDDLE.items() if zone in zones)
    for zone, (right, left, both) in _SIDES.items():
        named = f"{zone}_right" in zones, f"{zone}_left" in zones
        if any(named):
            yield both if all(named) else (right if named[0] else left)
