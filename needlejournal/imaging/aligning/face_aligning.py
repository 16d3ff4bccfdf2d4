"""Lays one photo of a face over another: first by landmarks, then by the skin's own texture around that answer.

Knows face readings and sights of photos; not which method to choose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.alignment import at_least, at_most, refused
from needlejournal.imaging.aligning.head_turn import turn_between
from needlejournal.imaging.aligning.mirror import found_mirrored, least_over_mirrored
from needlejournal.imaging.aligning.patches import Sight, cut
from needlejournal.imaging.aligning.similarity import as_complex
from needlejournal.imaging.aligning.skin_matching import Matches, follow_skin
from needlejournal.imaging.faces.face_reading import CUT_OFF, NO_FACE, TOO_SMALL, TWO_FACES, FaceReading
from needlejournal.imaging.faces.patch import PATCH, eye_distance, face_mask, face_square, skin_mask
from needlejournal.imaging.faces.pose import facing
from needlejournal.imaging.faces.zones import OUTLINES, behind_edge
from needlejournal.imaging.measuring.covering import Covering, covering_of
from needlejournal.imaging.measuring.deformation import deformation_of
from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.journal.alignments import FACE, Alignment, Gate, Matrix
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.message import Message, message, sentences

Floats = NDArray[np.float64]

POSE = "pose difference"  # the gate's name
PROFILE_YAW = 68.0  # degrees; beyond, the landmarks of half the face are guesses
SURE_POSE = 16.0  # degrees of yaw and pitch together: frontal pairs up to 12° of yaw, readings scatter by 2°
HOPELESS_POSE = 35.0  # degrees; beyond, too little skin is seen in both
# Of the face's skin found again, and by how much neighbouring cells disagree (% of the eye distance). Set on half of
# the people in public photographs, and held on the other half (docs/accuracy.md): of other people at most 29 % were
# found, as much as in their mirror image; of the same person nine pairs in ten had more, and 10 % more than mirrored.
_LEAST_AGREEMENT, _SURE_AGREEMENT = 0.18, 0.28
_ROUGHEST, _ROUGHEST_OF_OWN = 0.85, 1.0  # the rougher does where much more is found than in the mirror image
_FAIRLY_FOUND, _MUCH_OVER_MIRRORED = 0.30, 0.12  # of the skin
_LEAST_OF_SIDE = 0.12  # of the right, left, upper and lower half each; with less, something lies before the face
_PLAIN_AGREEMENT, _PLAIN_MOVED = 0.58, 0.42  # found so well, the mirror image is not asked for
_FARTHEST = 8.0  # % of the eye distance between what landmarks and skin say
_ZONE_REACH = 0.08  # eye distances over which skin outside a zone still counts for it
_TOO_FAR = 0.01  # weight below which skin outside a zone is left out
_ZONE_CELLS = 6.0  # weight of skin that a zone needs

PROBLEMS = {
    NO_FACE: message(
        "No face was found in {photo}. If it shows skin close up, align as a close-up; otherwise mark two points by "
        "hand."
    ),
    TOO_SMALL: message("The face in {photo} is too small to align by. Use a larger version of the photo."),
    CUT_OFF: message(
        "Part of the face lies outside {photo}. Take the next one from a little farther away, or align as a close-up."
    ),
    TWO_FACES: message(
        "There are two faces of similar size in {photo}. Crop it to one face, or mark two points by hand."
    ),
}
_PHOTO = message("the first photo"), message("the second photo")
_PROFILE = (
    message(
        "The first photo shows the face from the side, where landmarks cannot be trusted. Mark two points by hand."
    ),
    message(
        "The second photo shows the face from the side, where landmarks cannot be trusted. Mark two points by hand."
    ),
)
_RETAKE = message(  # by how much, the panel says: one number for one turn
    "The head is turned differently in the two photos. Take the photo again in the position of the first one; until "
    "then, align by hand and compare with care."
)
_WEAK = message(
    "Too little of the skin was found again for a sure alignment. Another expression, other light, blur, make-up or "
    "something in front of the face can be why. Check it by blinking, or align by hand."
)
_MIRRORED = message(
    "One of the photos seems to be a mirror image of the other: its skin is found again only when left and right are "
    "swapped. Switch “mirrored” on for the photo that is, then compare again."
)
_BY_LANDMARKS = message("This was aligned by the shape of the face alone. Check it by blinking.")
_UPSIDE_DOWN = message("One of the photos is upside down or on its side and was turned to fit.")
_ALIGNED = message("Lined up by your face. Switch to Blink to check.")
_TURNED = 60.0  # degrees in the picture from which a photo counts as lying on its side


def problem_with(reading: FaceReading, which: int) -> Message | None:
    """Return why the face of the first (0) or second (1) photo cannot be used; None when it can."""
    if not reading.found:
        return PROBLEMS[reading.problem].filled(photo=_PHOTO[which])
    if abs(reading.yaw) > PROFILE_YAW:
        return _PROFILE[which]
    return None


def align_readings(before: FaceReading, after: FaceReading) -> Alignment:
    """Align by landmarks alone, without pixels: quick, good for a first picture, never confident."""
    problem = problem_with(before, 0) or problem_with(after, 1)
    pose = _pose_gate(before, after)
    if problem:
        return refused(problem)
    if pose.value > HOPELESS_POSE:
        return refused(_RETAKE, (pose,))
    matrix = _by_landmarks(before, after)
    residual = _median_percent(similarity.distances(matrix, after.xy, before.xy), before)
    reason = _BY_LANDMARKS if pose.passed else _RETAKE
    return Alignment(FACE, similarity.rows(matrix), residual=residual, reason=reason, gates=(pose,))


def align_faces(before: Sight, after: Sight, first: FaceReading, second: FaceReading) -> Alignment:
    """Align two photos whose faces were read as `first` and `second`."""
    rough = align_readings(first, second)
    if rough.matrix is None:
        return rough
    matrix = similarity.array(rough.matrix)
    looked = _match((before, after), (first, second), matrix)
    found = looked.skin
    agreement = at_least("skin found again", 100 * found.agreement, 100 * _SURE_AGREEMENT, "%")
    if found.agreement < _LEAST_AGREEMENT:
        measures = _measured(looked, first, found_mirrored(before, after, first, second))
        reason = _MIRRORED if measures.seems_mirrored else _WEAK
        return replace(rough, reason=reason, gates=(*rough.gates, agreement), measures=measures)
    fitted = similarity.robust_fit(found.after, found.before, found.weights)
    roughness = _median_percent(found.roughness(fitted), first)
    plain = found.agreement >= _PLAIN_AGREEMENT and roughness <= _PLAIN_MOVED
    measures = _measured(looked, first, None if plain else found_mirrored(before, after, first, second))
    gates = (
        _confirmed_pose_gate(rough.gates[0], found, first),
        agreement,
        *_mirror_gate(measures, roughness),
        at_least("found on the poorer side", 100 * looked.poorer_side, 100 * _LEAST_OF_SIDE, "%"),
        at_most("neighbours disagree", roughness, _roughest(measures), "%"),
        at_most("landmarks and skin disagree", _apart(fitted, matrix, first, second), _FARTHEST, "%"),
    )
    residual = _median_percent(similarity.distances(fitted, found.after, found.before), first)
    sure = all(gate.passed for gate in gates)
    reason = _MIRRORED if measures.seems_mirrored else _with_turn(_reason(gates), fitted)
    unseen = {*(measures.covered or ()), *_turned_off(first), *_turned_off(second)}
    zones = {} if measures.seems_mirrored else _zones(looked.face, first, unseen)
    return Alignment(FACE, similarity.rows(fitted), zones, residual, sure, reason, gates, measures=measures)


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """Matches, in pixels of the photos, of skin that does not move by itself and of the whole face; the share of skin
    found again in that half of the face where it is least; the zones before which something lies, or None where nobody
    can tell.
    """

    skin: Matches
    face: Matches
    poorer_side: float
    covering: Covering | None


def _measured(looked: _Looked, first: FaceReading, mirrored: float | None) -> PairMeasures:
    """`mirrored` is the share found in the mirror image; None where the skin left no need to ask."""
    shape = deformation_of(looked.skin, first)
    return PairMeasures(
        found=round(looked.skin.agreement, 3),
        found_mirrored=None if mirrored is None else round(mirrored, 3),
        lens_distance=shape.lens_distance,
        shape=shape.shape,
        shape_of=shape.shape_of,
        shape_seen_from=shape.seen_from,
        covered=looked.covering.surely if looked.covering else None,
        perhaps_covered=looked.covering.perhaps if looked.covering else None,
    )


def _mirror_gate(measures: PairMeasures, roughness: float) -> tuple[Gate, ...]:
    if measures.found is None or measures.found_mirrored is None:
        return ()
    least = least_over_mirrored(measures.found, roughness)
    more = 100 * (measures.found - measures.found_mirrored)
    return (at_least("more found than in the mirror image", more, 100 * least, "%"),)


def _roughest(measures: PairMeasures) -> float:
    """How much neighbours may disagree: a face that smiles moves roughly, and is still plainly its own."""
    if measures.found is None or measures.found_mirrored is None or measures.found < _FAIRLY_FOUND:
        return _ROUGHEST
    return _ROUGHEST_OF_OWN if measures.found - measures.found_mirrored >= _MUCH_OVER_MIRRORED else _ROUGHEST


def _pose_gate(before: FaceReading, after: FaceReading) -> Gate:
    difference = abs(before.yaw - after.yaw) + abs(before.pitch - after.pitch)
    return at_most(POSE, difference, SURE_POSE, "°")


def _confirmed_pose_gate(by_landmarks: Gate, found: Matches, first: FaceReading) -> Gate:
    """Return the smaller of what landmarks and skin say: either can err, and both err towards too much."""
    by_skin = turn_between(found, first.xyz, eye_distance(first))
    return at_most(by_landmarks.name, min(by_landmarks.value, by_skin), SURE_POSE, "°")


def _with_turn(reason: Message, matrix: Floats) -> Message:
    angle = abs(float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0]))))
    return sentences(reason, _UPSIDE_DOWN) if angle > _TURNED else reason


def _reason(gates: Iterable[Gate]) -> Message:
    failed = {gate.name for gate in gates if not gate.passed}
    if POSE in failed:
        return _RETAKE
    return _WEAK if failed else _ALIGNED


def _by_landmarks(before: FaceReading, after: FaceReading) -> Floats:
    """Fit the landmarks, each pulling as much as its place on the head faces the camera in both photos."""
    return similarity.robust_fit(after.xy, before.xy, facing(before.xyz) * facing(after.xyz))


def _match(sights: tuple[Sight, Sight], readings: tuple[FaceReading, FaceReading], matrix: Floats) -> _Looked:
    """Cut both faces out by `matrix` and follow the skin of the one into the other."""
    first = readings[0]
    to_before = face_square(first)
    to_after = similarity.compose(similarity.invert(matrix), to_before)
    ways = to_before, to_after
    patches = [cut(sight, way, PATCH) for sight, way in zip(sights, ways, strict=True)]
    faces = [similarity.apply(similarity.invert(way), one.xy) for one, way in zip(readings, ways, strict=True)]
    face = face_mask(first, to_before)
    flow = follow_skin(patches[0], patches[1], face)
    still = skin_mask(first, to_before)
    skin, whole = flow.within(still), flow.within(face)
    side = min(flow.share(half) for half in _halves(still))
    covering = covering_of(flow, face, still, patches, faces)
    return _Looked(skin.mapped(to_before, to_after), whole.mapped(to_before, to_after), side, covering)


def _halves(mask: Bytes) -> Iterable[Bytes]:
    """Return the right, left, upper and lower half of a mask."""
    rows, columns = np.nonzero(mask)
    down, across = (int(places.mean()) if len(places) else 0 for places in (rows, columns))
    for kept in (np.s_[:, :across], np.s_[:, across:], np.s_[:down], np.s_[down:]):
        half = np.zeros_like(mask)
        half[kept] = mask[kept]
        yield half


def _turned_off(reading: FaceReading) -> Collection[str]:
    """Return the zones behind the edge of the face: what is found beside them would be called theirs."""
    upright = similarity.apply(similarity.invert(face_square(reading)), reading.xy)
    return [zone for zone in OUTLINES if behind_edge(zone, upright)]


def _zones(found: Matches, reading: FaceReading, unseen: Collection[str]) -> dict[str, Matrix]:
    """Return a similarity for each zone that both photos show, from the skin matched in it and, less, around it."""
    zones, points, unit = {}, reading.xy, eye_distance(reading)
    for key, outline in OUTLINES.items():
        if key in unseen:
            continue
        outside = _distance_outside(found.before, points[list(outline)]) / unit
        weights = found.weights * np.exp(-((outside / _ZONE_REACH) ** 2) / 2)
        near = weights > _TOO_FAR
        if weights[outside == 0].sum() >= _ZONE_CELLS / 2 and weights.sum() >= _ZONE_CELLS:
            pairs = found.after[near], found.before[near]
            zones[key] = similarity.rows(similarity.robust_fit(*pairs, weights[near], rounds=2))
    return zones


def _distance_outside(points: Floats, outline: Floats) -> Floats:
    """Return how far each point lies outside the convex hull of `outline`; 0 within."""
    hull = cv2.convexHull(outline.astype(np.float32)).reshape(-1, 2).astype(np.float64)
    start, side = as_complex(hull), as_complex(np.roll(hull, -1, axis=0) - hull)
    away = (as_complex(points)[:, None] - start) / side  # real: along each side, 0 to 1; imaginary: across it
    inside = (away.imag >= 0).all(axis=1) | (away.imag <= 0).all(axis=1)
    nearest = np.abs(away - np.clip(away.real, 0, 1)) * np.abs(side)
    return np.where(inside, 0, nearest.min(axis=1))


def _apart(fitted: Floats, rough: Floats, first: FaceReading, second: FaceReading) -> float:
    points = second.xy
    moved = similarity.apply(fitted, points) - similarity.apply(rough, points)
    return _median_percent(similarity.lengths(moved), first)


def _median_percent(distances: Floats, reading: FaceReading) -> float:
    return round(100 * float(np.median(distances)) / eye_distance(reading), 3)
