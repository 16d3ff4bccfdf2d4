"""Aligns two photographs: chooses the way, reads faces where needed, and always answers with a sentence.

The one door to automatic alignment. Knows no journal, no window.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from needlejournal.imaging.aligning.alignment import refused
from needlejournal.imaging.aligning.closeup_aligning import align_closeups
from needlejournal.imaging.aligning.face_aligning import POSE, align_faces, problem_with
from needlejournal.imaging.aligning.patches import Sight, sight
from needlejournal.imaging.aligning.skin_area import skin_area
from needlejournal.imaging.faces.face_reading import NO_FACE, FaceReading
from needlejournal.imaging.faces.landmarks import read_face
from needlejournal.imaging.faces.models import ModelsMissing, load_models
from needlejournal.imaging.faces.zones import OUTLINES
from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.alignments import AUTO, CLOSE_UP, FACE, IDENTITY, Alignment
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.message import Message, message, sentences

METHODS = (AUTO, FACE, CLOSE_UP)
_PLAIN_FACE = 0.8  # the detector's score; skin close up has been seen to reach 0.77

_SAME = message("Both are the same picture.")
_NO_ZONE = message("This zone is not seen well enough in both photos; the whole face was aligned instead.")
_ONE_FACE = message(
    "A face was found in one of the photos only; in the other, something may be in front of the face. This was aligned "
    "by other spots. Check it by blinking."
)
_NO_FACES = message(
    "Neither photo shows a face that can be read, so this was aligned by spots found again. If both are close-ups of "
    "skin, choose that view for them; until then, check this by blinking."
)
_HARDLY_A_FACE = message(
    "What was taken for the face in one of the photos can hardly be told to be one, so this is not sure. Check it by "
    "blinking."
)
_TRIED_FACE = message("The face as a whole did not fit, so this was aligned as a close-up.")
_BY_SPOTS_ONLY = message("This was aligned by spots alone, which can be wrong. Check it by blinking.")
_FILLS = 0.72  # of the photo's width or height; a face that is larger was taken as a close-up
_NOT_ON_FACE = message("This zone is not on the face; the whole face was aligned instead.")


def align(
    before: Pixels | Bytes | Sight,
    after: Pixels | Bytes | Sight,
    *,
    method: str = AUTO,
    zone: str | None = None,
    close_up: bool = False,
    before_reading: FaceReading | None = None,
    after_reading: FaceReading | None = None,
) -> Alignment:
    """Align AFTER to BEFORE: upright pictures as Pixels, as arrays of height × width × 3 or 4 bytes (blue first),
    or as a `Sight`, which may be a reduced copy of a larger photo.

    `method` is "auto", "face" or "close-up"; `close_up` says that the view of both photos is one. With a `zone`,
    `matrix` is that zone's own. Readings that were kept spare the search for faces. Never raises for what a photo
    shows.
    """
    first, second = _as_sight(before), _as_sight(after)
    if _same(first, second):
        measures = PairMeasures(found=1.0)
        return Alignment(_method_of_same(method), IDENTITY, {}, 0.0, confident=True, reason=_SAME, measures=measures)
    by_skin = align_closeups(first, second) if method == CLOSE_UP or (method == AUTO and close_up) else None
    if by_skin and (method == CLOSE_UP or by_skin.confident):
        return by_skin
    try:
        models = load_models()
        readings = before_reading or read_face(first, models), after_reading or read_face(second, models)
    except ModelsMissing as missing:
        return _without_models(first, second, method, missing.message, sure=close_up)
    found = align_faces(first, second, *readings)
    if found.confident:
        found = _doubted(found, readings)
    elif method == AUTO:
        found = _by_skin_instead(first, second, readings, found)
        if by_skin and not found.aligned:  # of close-ups nobody expects a face
            found = by_skin
    return _for_zone(found, zone)


def _without_models(first: Sight, second: Sight, method: str, missing: Message, *, sure: bool) -> Alignment:
    """Two faces aligned by their spots would be a guess: it may be shown, with what is missing, but is never sure."""
    if method == FACE:
        return refused(missing)
    by_skin = align_closeups(first, second)
    if sure or not by_skin.aligned:
        return by_skin if sure else refused(missing, by_skin.gates)
    return replace(by_skin, confident=False, reason=sentences(missing, _BY_SPOTS_ONLY))


def _as_sight(picture: Pixels | Bytes | Sight) -> Sight:
    return picture if isinstance(picture, Sight) else sight(picture)


def _same(first: Sight, second: Sight) -> bool:
    if (first.width, first.height, first.bgr.shape) != (second.width, second.height, second.bgr.shape):
        return False
    return all(np.array_equal(first.bgr[start::16], second.bgr[start::16]) for start in range(16))


def _method_of_same(method: str) -> str:
    return CLOSE_UP if method == CLOSE_UP else FACE


def _plain_face(reading: FaceReading) -> bool:
    return reading.score >= _PLAIN_FACE and not problem_with(reading, 0)


def _by_skin_instead(
    first: Sight, second: Sight, readings: tuple[FaceReading, FaceReading], by_face: Alignment
) -> Alignment:
    """Try whether skin does where the face did not, within the faces where two are plain to see.

    Sure only when both faces fill their photos, so that these are close-ups of faces; else it is a proposal, taken
    when there is no other.
    """
    plain = [_plain_face(reading) for reading in readings]
    if all(plain) and not all(_fills(reading) for reading in readings):
        return by_face
    areas = skin_area(first, readings[0]), skin_area(second, readings[1])
    by_skin = align_closeups(first, second, areas)
    if all(plain):
        tried = replace(by_skin, reason=sentences(_TRIED_FACE, by_skin.reason or _BY_SPOTS_ONLY))
        return tried if by_skin.confident and not _differs_in_pose(by_face) else by_face
    if not by_skin.aligned or (by_face.aligned and not by_skin.confident):
        return by_face
    if not by_skin.confident:
        return by_skin
    if not any(plain):
        return replace(by_skin, confident=False, reason=_NO_FACES)
    return _with_one_face(by_skin, readings, plain.index(False))


def _with_one_face(by_skin: Alignment, readings: tuple[FaceReading, FaceReading], unread: int) -> Alignment:
    """A face that is not found may be covered; one that is small, cut off or in company is not."""
    problem = problem_with(readings[unread], unread)
    if problem is not None and readings[unread].problem != NO_FACE:
        return replace(by_skin, confident=False, reason=sentences(problem, _BY_SPOTS_ONLY))
    measures = replace(by_skin.measures or PairMeasures(), covered=("face",))
    return replace(by_skin, confident=False, reason=_ONE_FACE, measures=measures)


def _doubted(by_face: Alignment, readings: tuple[FaceReading, FaceReading]) -> Alignment:
    """A dog's head can be read as a face, and two dogs of one breed are alike: a doubtful face makes nothing sure."""
    if not all(_plain_face(reading) for reading in readings):
        return replace(by_face, confident=False, reason=_HARDLY_A_FACE)
    return by_face


def _fills(reading: FaceReading) -> bool:
    width, height = reading.xy.max(0) - reading.xy.min(0)
    return bool(width > _FILLS * reading.width or height > _FILLS * reading.height)


def _differs_in_pose(by_face: Alignment) -> bool:
    return any(gate.name == POSE and not gate.passed for gate in by_face.gates)


def _for_zone(result: Alignment, zone: str | None) -> Alignment:
    if zone is None or not result.aligned:
        return result
    if zone in result.zones:
        return replace(result, matrix=result.zones[zone])
    return replace(result, confident=False, reason=_NO_ZONE if zone in OUTLINES else _NOT_ON_FACE)
