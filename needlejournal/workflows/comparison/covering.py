"""What of a photo is hidden or shown when it leaves the journal: the eyes covered, or only one zone of the face.

Works on the kept reading of the face. For workers, since a face may have to be read. Knows no widgets.
"""

from __future__ import annotations

from math import cos, dist, radians, sin

from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.lines import EYES_AND_BROWS
from needlejournal.imaging.faces.zones import OUTLINES
from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message, sentences
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison.readings import face_of

Polygon = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]
OUTER_CORNERS = (33, 263)  # of the patient's right and left eye
BESIDE, ABOVE, BELOW = 0.2, 0.06, 0.16  # beyond eyes and brows, in distances between the outer corners of the eyes
AROUND = 0.12  # of a zone's size is shown around it
_INSTEAD = message("Nothing was exported. Zoom in until only what may be seen is on the screen, and export that.")


class NoFace(WorldError):
    """The face is not found, so that nothing of it can be covered or cut out."""


def eye_bar(journal: Journal, photo: Photo) -> Polygon:
    """A bar over both eyes and brows, in pixels of the photo. Raises NoFace, or WorldError for an unreadable photo."""
    reading = _face(journal, photo)
    if reading.others:
        raise NoFace(
            sentences(message("One of the photos shows another face too, whose eyes would stay visible."), _INSTEAD)
        )
    points = reading.points
    unit = dist(points[OUTER_CORNERS[0]], points[OUTER_CORNERS[1]])  # in space: the same however the head is turned
    forth = cos(radians(reading.roll)), sin(radians(reading.roll))
    deep = -forth[1], forth[0]

    def span(way: tuple[float, float], before: float, behind: float) -> tuple[float, float]:
        reach = [points[at][0] * way[0] + points[at][1] * way[1] for at in EYES_AND_BROWS]
        return min(reach) - before * unit, max(reach) + behind * unit

    start, end = span(forth, BESIDE, BESIDE)
    top, bottom = span(deep, ABOVE, BELOW)
    corners = ((start, top), (end, top), (end, bottom), (start, bottom))
    right, left, low, high = ((x * forth[0] + y * deep[0], x * forth[1] + y * deep[1]) for x, y in corners)
    return right, left, low, high


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
        missing = message("The face was not found in one of the photos: no eyes can be covered, no zone cut out.")
        raise NoFace(sentences(missing, _INSTEAD))
    return reading
