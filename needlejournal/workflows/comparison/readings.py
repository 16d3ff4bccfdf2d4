"""What the face models see in a photo, read once and kept with its previews, so that opening a pair waits for nothing.

Called in workers. Knows no widgets and nothing of pairs.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from needlejournal.imaging.faces.face_reading import VERSION, FaceReading
from needlejournal.journal.comparing.measures import VERSION as MEASURES_VERSION
from needlejournal.journal.comparing.measures import PhotoMeasures
from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.photos_in.previewing import small_of

if TYPE_CHECKING:
    from needlejournal.imaging.aligning.patches import Sight

FACE, MEASURES = "face", "measures"


def sight_of(journal: Journal, photo: Photo) -> Sight:
    """The photo, small enough to work with, in its own frame. Raises WorldError when it cannot be read."""
    from needlejournal.imaging.aligning.patches import WORKING_SIDE, sight

    original = photo.original
    return sight(small_of(journal, photo, WORKING_SIDE), (original.width, original.height))


def kept_face(journal: Journal, photo: Photo) -> FaceReading | None:
    """The face of a photo as it was read before; None when it was not, or by an older version."""
    kept = journal.previews.reading(photo.original.sha256, FACE, VERSION)
    if kept is None:
        return None
    try:
        return FaceReading.from_json(kept)
    except (ValueError, KeyError, TypeError):
        return None


def face_middle(journal: Journal, photo: Photo) -> tuple[float, float] | None:
    """The middle of the face in pixels of the photo; None where no face is known yet."""
    reading = kept_face(journal, photo)
    if reading is None or not reading.points:
        return None
    xs, ys = [point[0] for point in reading.points], [point[1] for point in reading.points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def face_of(journal: Journal, photo: Photo, seen: Sight | None = None) -> FaceReading | None:
    """The face of a photo, read now if it was not before; None where the face models are missing.

    Raises WorldError when the photo cannot be read.
    """
    from needlejournal.imaging.faces.landmarks import read_face
    from needlejournal.imaging.faces.models import ModelsMissing, load_models

    kept = kept_face(journal, photo)
    if kept is not None:
        return kept
    try:
        models = load_models()
    except ModelsMissing:
        return None
    reading = read_face(seen or sight_of(journal, photo), models)
    if not journal.read_only:
        journal.previews.put_reading(photo.original.sha256, FACE, VERSION, reading.to_json())
    return reading


def read_ahead(journal: Journal, photo: Photo) -> bool:
    """Read and measure all that a comparison will ask about this photo; whether anything was still to be done.

    What was measured while the face models were missing is measured anew once they are there, and how the original was
    compressed once that can be read. Raises WorldError when not even a small copy can.
    """
    from needlejournal.imaging.faces.models import models_present
    from needlejournal.imaging.measuring.light import measure_photo

    kept = kept_measures(journal, photo)
    with_faces = kept_face(journal, photo) is not None
    if kept is not None and ((kept.models and with_faces) or (not kept.models and not models_present())):
        return _add_step(journal, photo, kept)
    seen = sight_of(journal, photo)
    face = face_of(journal, photo, seen)
    measures = replace(
        measure_photo(seen, face),
        jpeg_step=_step_of(journal, photo),
        untreated=kept.untreated if kept else None,
        models=face is not None,
    )
    _keep(journal, photo, measures)
    return True


def _add_step(journal: Journal, photo: Photo, kept: PhotoMeasures) -> bool:
    """Add to what is kept how a JPEG was compressed, where its original could not be read then; whether it can now."""
    if kept.jpeg_step is not None or photo.original.format != "jpeg" or journal.read_only:
        return False
    step = _step_of(journal, photo)
    if step is not None:
        _keep(journal, photo, replace(kept, jpeg_step=step))
    return step is not None


def _step_of(journal: Journal, photo: Photo) -> float | None:
    """The only measure that needs the original itself; None where that is gone or rotten, too."""
    from needlejournal.imaging.measuring.compression import jpeg_step

    with suppress(WorldError):
        return jpeg_step(journal.photo_bytes(photo))
    return None


def _keep(journal: Journal, photo: Photo, measures: PhotoMeasures) -> None:
    if not journal.read_only:
        journal.previews.put_reading(photo.original.sha256, MEASURES, MEASURES_VERSION, measures.to_json())


def kept_measures(journal: Journal, photo: Photo) -> PhotoMeasures | None:
    """What was measured in a photo before; None when it was not, or by an older version."""
    kept = journal.previews.reading(photo.original.sha256, MEASURES, MEASURES_VERSION)
    if kept is None:
        return None
    try:
        return PhotoMeasures.from_json(kept)
    except (ValueError, KeyError, TypeError):
        return None
