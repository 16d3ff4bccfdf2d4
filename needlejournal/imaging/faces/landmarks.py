"""Reads a face: 468 points on it and its pose, as plain values that can be kept with the photo.

Knows the landmark model's frame; not what the points are used for.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.patches import Sight, cut, square
from needlejournal.imaging.faces.face_reading import CUT_OFF, NO_FACE, TOO_SMALL, TWO_FACES, FaceReading
from needlejournal.imaging.faces.finding import FoundFace, find_faces
from needlejournal.imaging.faces.models import FaceModels
from needlejournal.imaging.faces.pose import Pose, pose_of

Floats = NDArray[np.float64]

_POINTS = 468  # of the model's 478: the irises behind closed lids are guesses
_INPUT = 256  # pixels: the side of what the model is given
_EYE_CORNERS = (33, 263)  # the outer ones
_AROUND = 1.5  # sizes of a face: the square in which the model likes to see one
_SMALLEST = 60  # pixels of a face's side
_LARGEST = 0.9  # of the photo's shorter side; what fills more is a close-up, and part of the face is guessed
_LEAST_INSIDE = 0.9  # of the points must lie within the photo
# No head that a person photographs for a diary leans so; skin close up was read so (pitch -43°, roll 140°, score 0.68).
_STEEPEST = 42.0  # degrees of pitch
_DOUBTFUL_SCORE, _DOUBTFUL_PITCH, _DOUBTFUL_TILT = 0.8, 28.0, 32.0  # tilt: from the nearest quarter turn
_RIVAL = 0.6  # another face this large beside the largest leaves open who is meant


def read_face(sight: Sight, models: FaceModels) -> FaceReading:
    """Find the one face of a photo and its landmarks; the answer may be that there is none, and why."""
    blank = FaceReading(sight.width, sight.height)
    faces = find_faces(sight, models)
    if not faces:
        return replace(blank, problem=NO_FACE)
    face, others = faces[0], faces[1:]
    blank = replace(blank, score=round(face.score, 4), others=len(others))
    if others and others[0].side > _RIVAL * face.side:
        return replace(blank, problem=TWO_FACES)
    if face.side > _LARGEST * min(sight.width, sight.height):
        return replace(blank, problem=CUT_OFF)
    if face.side * sight.across < _SMALLEST:
        return replace(blank, problem=TOO_SMALL)
    points = landmarks_of(sight, face, models)
    pose = pose_of(points)
    if _implausible(pose, face.score) or _share_inside(points, sight) < _LEAST_INSIDE:
        return replace(blank, problem=NO_FACE if _implausible(pose, face.score) else CUT_OFF)
    plain = tuple((round(x, 2), round(y, 2), round(z, 2)) for x, y, z in points.tolist())
    return replace(blank, points=plain, yaw=pose.yaw, pitch=pose.pitch, roll=pose.roll)


def _implausible(pose: Pose, score: float) -> bool:
    tilt = abs((pose.roll + 45) % 90 - 45)
    doubtful = score < _DOUBTFUL_SCORE and (abs(pose.pitch) > _DOUBTFUL_PITCH or tilt > _DOUBTFUL_TILT)
    return doubtful or abs(pose.pitch) > _STEEPEST


def landmarks_of(sight: Sight, face: FoundFace, models: FaceModels) -> Floats:
    """Return the 468 points (x, y, depth) of `face` in pixels of the photo; a rough look finds where to look well."""
    rough = _glance(sight, models, face.x, face.y, _AROUND * face.side, face.angle)
    return _glance(sight, models, *_place_of(rough))


def _glance(sight: Sight, models: FaceModels, x: float, y: float, side: float, angle: float) -> Floats:
    to_photo = square(x, y, side, angle, _INPUT)
    patch = cut(sight, to_photo, _INPUT)[..., ::-1].astype(np.float32) / 255
    points = models.find_landmarks(np.ascontiguousarray(patch.transpose(2, 0, 1)[None])).astype(np.float64)[:_POINTS]
    return np.column_stack([similarity.apply(to_photo, points[:, :2] - 0.5), points[:, 2] * side / _INPUT])


def _place_of(points: Floats) -> tuple[float, float, float, float]:
    """Return centre, side and angle of the square in which the model likes to see a face with these points."""
    right, left = (points[at, :2] for at in _EYE_CORNERS)
    angle = float(np.arctan2(left[1] - right[1], left[0] - right[0]))
    upright = similarity.as_complex(points) * np.exp(-1j * angle)
    low, high = _corners(upright)
    centre = (low + high) / 2 * np.exp(1j * angle)
    side = _AROUND * max((high - low).real, (high - low).imag)
    return float(centre.real), float(centre.imag), float(side), angle


def _corners(points: NDArray[np.complex128]) -> tuple[complex, complex]:
    return complex(points.real.min(), points.imag.min()), complex(points.real.max(), points.imag.max())


def _share_inside(points: Floats, sight: Sight) -> float:
    inside = (points[:, :2] >= 0).all(1) & (points[:, 0] < sight.width) & (points[:, 1] < sight.height)
    return float(np.mean(inside))
