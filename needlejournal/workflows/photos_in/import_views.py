"""Which view a photo looks like, from how the head is turned. A proposal, never a decision. Called in a worker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from needlejournal.journal.errors import WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison.readings import face_of
from needlejournal.workflows.photos_in.import_plan import ImportItem
from needlejournal.workflows.progress import Control, Unattended

if TYPE_CHECKING:
    from needlejournal.imaging.faces.face_reading import FaceReading

# Degrees of yaw. Views are 0 and 45; between and beyond the photo is asked about, since half-turned profiles are found
# badly by the face models.
_STRAIGHT, _HALF_FROM, _HALF_TO = 16.0, 27.0, 62.0
CLOSE_UP = "close_up"


def proposed_views(
    journal: Journal,
    items: Iterable[ImportItem],
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> dict[int, str]:
    """The view each photo looks like, by its key; photos that tell nothing are left out."""
    found: dict[int, str] = {}
    for item in items:
        if control.cancelled:
            break
        try:
            reading = face_of(journal, as_seen(item))
        except WorldError:
            continue
        if reading and (view := looks_like(reading)):
            found[item.key] = view
    return found


def looks_like(reading: FaceReading) -> str:
    """The view of a face as it was read; "" when it is none of them clearly."""
    if reading.problem:
        return CLOSE_UP if reading.problem in {"no-face", "cut-off"} else ""
    turned = abs(reading.yaw)
    if turned <= _STRAIGHT:
        return "frontal"
    if _HALF_FROM <= turned <= _HALF_TO:  # turned to the patient's right, the left side is seen
        return "oblique_left" if reading.yaw < 0 else "oblique_right"
    return ""


def as_seen(item: ImportItem) -> Photo:
    """The item as a photo, for showing and reading it: it is not in the journal."""
    original = Original(item.sha256, "", item.name, item.size, item.format, item.width, item.height)
    when = item.when or When(date(2000, 1, 1))
    return Photo(original, when, view=item.view, zone=item.zone, colour=item.colour, damage=item.damage)
