"""What helps to take the next photo like an earlier one: the outline of its pose, and how the head was turned.

For workers, since the face may have to be read. Knows no widgets and no sentences.
"""

from __future__ import annotations

from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.lines import FaceLines, lines_of
from needlejournal.journal.frozen import frozen
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison.readings import face_of

FACING, TURNED = 10.0, 65.0  # degrees of yaw: straight on up to the first, from the side beyond the second


@frozen
class PhotoGuide:
    """The photo to repeat. `lines` None: no face was found, or faces cannot be read here (`can_read` False).

    `yaw` in degrees, > 0 to the patient's left; `roll` in degrees, > 0 clockwise as seen.
    """

    photo: Photo
    lines: FaceLines | None = None
    yaw: float = 0.0
    roll: float = 0.0
    can_read: bool = True

    @property
    def proportions(self) -> float:
        """Width over height of the photo."""
        return self.photo.original.width / max(1, self.photo.original.height)

    @property
    def side(self) -> str:
        """Which side the head is turned to: "left" or "right", the patient's, or "" for straight on."""
        if abs(self.yaw) <= FACING:
            return ""
        return "left" if self.yaw > 0 else "right"


def guide_of(journal: Journal, photo: Photo) -> PhotoGuide:
    """The guide to a photo. Raises WorldError when it cannot be read."""
    reading = face_of(journal, photo)
    if reading is None:
        return PhotoGuide(photo, can_read=False)
    return guide_from(photo, reading)


def guide_from(photo: Photo, reading: FaceReading) -> PhotoGuide:
    """The guide to a photo whose face was read."""
    lines = lines_of(reading)
    return PhotoGuide(photo, lines, reading.yaw, reading.roll) if lines else PhotoGuide(photo)
