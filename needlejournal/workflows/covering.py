"""What of a photo is hidden or shown when it leaves the journal: the eyes covered, or only one zone of the face.

Works on the kept reading of the face. For workers, since a face may have to be read. Knows no widgets.
"""

from __future__ import annotations

from math import hypot

from needlejournal.imaging.landmarks import FaceReading
from needlejournal.imaging.zones_on_face import OUTLINES
from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.readings import face_of

Polygon = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]
OUTER_CORNERS = (33, 263)  # of the patient's right and left eye
BEYOND, ABOVE, BELOW = 0.28, 0.34, 0.22  # in distances between the outer corners of the eyes
AROUND = 0.12  # of a zone's size is shown around it


class NoFace(WorldError):
    """The face is not found, so that nothing of it can be covered or cut out."""


def eye_bar(journal: Journal, photo: Photo) -> Polygon:
    """A bar over both eyes and brows, in pixels of the photo. Raises NoFace, or WorldError for an unreadable photo."""
    points = _face(journal, photo).points
    (right_x, right_y, _), (left_x, left_y, _) = (points[at] for at in OUTER_CORNERS)
    across = left_x - right_x, left_y - right_y
    unit = hypot(*across)
    along = across[0] / unit, across[1] / unit
    down = -along[1], along[0]

    def at(start: tuple[float, float], forth: float, deep: float) -> tuple[float, float]:
        return (
            start[0] + unit * (forth * along[0] + deep * down[0]),
            start[1] + unit * (forth * along[1] + deep * down[1]),
        )

    right, left = (right_x, right_y), (left_x, left_y)
    return at(right, -BEYOND, -ABOVE), at(left, BEYOND, -ABOVE), at(left, BEYOND, BELOW), at(right, -BEYOND, BELOW)


def zone_box(journal: Journal, photo: Photo, zone: str) -> Box:
    """The box around a zone of the face: left, top, width, height in fractions of the photo. Raises NoFace."""
    reading = _face(journal, photo)
    places = [reading.points[at] for at in OUTLINES[zone]]
    xs, ys = [place[0] for place in places], [place[1] for place in places]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    left, top = min(xs) - AROUND * width, min(ys) - AROUND * height
    return (
        max(0.0, left / reading.width),
        max(0.0, top / reading.height),
        min(1.0, width * (1 + 2 * AROUND) / reading.width),
        min(1.0, height * (1 + 2 * AROUND) / reading.height),
    )


def _face(journal: Journal, photo: Photo) -> FaceReading:
    reading = face_of(journal, photo)
    if reading is None or not reading.found:
        raise NoFace(
            "The face was not found in one of the photos, so its eyes cannot be covered and no zone can be cut out. "
            "Nothing was exported. Zoom in until only what may be seen is on the screen, and export that."
        )
    return reading
