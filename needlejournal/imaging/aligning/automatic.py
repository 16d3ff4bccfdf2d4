"""Aligns two photographs: chooses the way, reads faces where needed, and always answers with a sentence.

The one door to automatic alignment. Knows no journal, no window.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from needlejournal.imaging.aligning.alignment import CLOSE_UP, FACE, NONE, AlignmentResult, refused
from needlejournal.imaging.aligning.closeup_aligning import align_closeups
from needlejournal.imaging.aligning.face_aligning import align_faces, problem_with
from needlejournal.imaging.aligning.patches import Sight, sight
from needlejournal.imaging.aligning.similarity import IDENTITY
from needlejournal.imaging.faces.landmarks import FaceReading, read_face
from needlejournal.imaging.faces.models import FaceModels, ModelsMissing, load_models
from needlejournal.imaging.faces.zones import OUTLINES
from needlejournal.imaging.reading.pixels import Bytes, Pixels

AUTO = "auto"
METHODS = (AUTO, FACE, CLOSE_UP)
_PLAIN_FACE = 0.8  # the detector's score; skin close up has been seen to reach 0.77

_SAME = "Both are the same picture."
_NO_ZONE = "This zone is not seen well enough in both photos; the whole face was aligned instead."
_ONE_FACE = (
    "A face was found in one of the photos only; in the other, something may be before the face. This was aligned by "
    "other spots. Check it by blinking."
)
_NOT_ON_FACE = "This zone is not on the face; the whole face was aligned instead."


def align(
    before: Pixels | Bytes | Sight,
    after: Pixels | Bytes | Sight,
    *,
    method: str = AUTO,
    zone: str | None = None,
    before_reading: FaceReading | None = None,
    after_reading: FaceReading | None = None,
    models: FaceModels | None = None,
) -> AlignmentResult:
    """Align AFTER to BEFORE: upright pictures as Pixels, as arrays of height × width × 3 or 4 bytes (blue first),
    or as a `Sight`, which may be a reduced copy of a larger photo.

    `method` is "auto", "face" or "close-up". With a `zone`, `matrix` is that zone's own. Readings that were kept
    spare the search for faces. Never raises for what a photo shows.
    """
    first, second = _as_sight(before), _as_sight(after)
    if _same(first, second):
        return AlignmentResult(_method_of_same(method), IDENTITY, {}, 0.0, confident=True, reason=_SAME)
    if method == CLOSE_UP:
        return align_closeups(first, second)
    try:
        models = models or load_models()
        readings = before_reading or read_face(first, models), after_reading or read_face(second, models)
    except ModelsMissing as missing:
        return refused(str(missing)) if method == FACE else _closeups_or(first, second, refused(str(missing)))
    by_face = align_faces(first, second, *readings)
    if method == AUTO and not by_face.confident:
        by_face = _by_skin_instead(first, second, readings, by_face)
    return _for_zone(by_face, zone)


def _as_sight(picture: Pixels | Bytes | Sight) -> Sight:
    return picture if isinstance(picture, Sight) else sight(picture)


def _same(first: Sight, second: Sight) -> bool:
    if (first.width, first.height, first.bgr.shape) != (second.width, second.height, second.bgr.shape):
        return False
    return all(np.array_equal(first.bgr[start::16], second.bgr[start::16]) for start in range(16))


def _method_of_same(method: str) -> str:
    return CLOSE_UP if method == CLOSE_UP else FACE


def _plain_face(reading: FaceReading) -> bool:
    return reading.score >= _PLAIN_FACE and not problem_with(reading, "")


def _by_skin_instead(
    first: Sight, second: Sight, readings: tuple[FaceReading, FaceReading], by_face: AlignmentResult
) -> AlignmentResult:
    """Try whether skin does where the face did not.

    Not when two faces are plain to see: there, a wall behind them could be found again as well as skin. When one
    is, something may lie before the other, and the answer is a proposal only.
    """
    plain = [_plain_face(reading) for reading in readings]
    if all(plain):
        return by_face
    result = _closeups_or(first, second, by_face)
    if any(plain) and result.confident:
        return replace(result, confident=False, reason=_ONE_FACE)
    return result


def _closeups_or(first: Sight, second: Sight, otherwise: AlignmentResult) -> AlignmentResult:
    by_skin = align_closeups(first, second)
    if by_skin.confident or (otherwise.method == NONE and by_skin.method != NONE):
        return by_skin
    return otherwise


def _for_zone(result: AlignmentResult, zone: str | None) -> AlignmentResult:
    if zone is None or not result.aligned:
        return result
    if zone in result.zones:
        return replace(result, matrix=result.zones[zone])
    return replace(result, confident=False, reason=_NO_ZONE if zone in OUTLINES else _NOT_ON_FACE)
