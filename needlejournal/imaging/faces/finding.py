"""Finds faces in a photo, in whatever of four directions it is turned. Knows the detector's numbers, no landmarks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.patches import Sight, cut, square
from needlejournal.imaging.faces.models import FaceModels

Floats = NDArray[np.float64]

ACCEPTED_SCORE = 0.65  # below it, close-ups of skin were taken for faces
_CERTAIN_SCORE = 0.88  # no face seen upside down came near it
_UPRIGHT = 0.6  # cosine: a face seen sideways may score as high as upright, but its eyes then lie above each other
_INPUT = 128  # pixels: the side of what the model is given
_GRIDS = ((16, 2), (8, 6))  # cells per side, anchors per cell


@dataclass(frozen=True, slots=True)
class FoundFace:
    """A face: the detector's score, its centre, side and in-plane angle (radians, 0 upright) in pixels of the photo."""

    score: float
    x: float
    y: float
    side: float
    angle: float


def find_faces(sight: Sight, models: FaceModels) -> list[FoundFace]:
    """Return the faces in the photo, the largest first; empty when none is certain enough.

    Four quarter turns are tried and the one with the best score counts, so a photo on its side works too.
    """
    best: list[FoundFace] = []
    for quarter in range(4):
        faces = _in_direction(sight, models, quarter * np.pi / 2)
        best = max(best, faces, key=lambda found: found[0].score if found else 0.0)
        if best and best[0].score >= _CERTAIN_SCORE:
            break
    return sorted(best, key=lambda face: -face.side)


def _in_direction(sight: Sight, models: FaceModels, angle: float) -> list[FoundFace]:
    """Return the faces that stand upright when the photo is looked at turned by `angle`, the best score first."""
    to_photo = square((sight.width - 1) / 2, (sight.height - 1) / 2, sight.long_side, angle, _INPUT)
    patch = cut(sight, to_photo, _INPUT)[..., ::-1].astype(np.float32) / 127.5 - 1  # -1 to 1, as the model wants it
    raw_scores, raw_boxes = models.detect(np.ascontiguousarray(patch.transpose(2, 0, 1)[None]))
    scores = 1 / (1 + np.exp(-np.clip(raw_scores, -50, 50)))
    certain = np.flatnonzero(scores >= ACCEPTED_SCORE)
    faces = [_face(float(scores[at]), raw_boxes[at], _anchors()[at], to_photo) for at in certain]
    upright = [face for face in faces if np.cos(face.angle - angle) > _UPRIGHT]
    return _without_doubles(sorted(upright, key=lambda face: -face.score))


def _face(score: float, numbers: Floats, anchor: Floats, to_photo: Floats) -> FoundFace:
    pairs = numbers.reshape(8, 2).astype(np.float64) + anchor * _INPUT - 0.5
    centre, size = pairs[0], numbers[2:4]
    (x, y), right_eye, left_eye = similarity.apply(to_photo, np.array([centre, pairs[2], pairs[3]]))
    across = left_eye - right_eye
    side = float(max(size)) * similarity.scale_of(to_photo)
    return FoundFace(score, float(x), float(y), side, float(np.arctan2(across[1], across[0])))


def _without_doubles(faces: list[FoundFace]) -> list[FoundFace]:
    """Keep the best of those that lie over each other; `faces` come best first."""
    kept: list[FoundFace] = []
    for face in faces:
        if all(abs(complex(face.x - other.x, face.y - other.y)) > max(face.side, other.side) / 2 for other in kept):
            kept.append(face)
    return kept


@lru_cache(maxsize=1)
def _anchors() -> Floats:
    """Return where each of the detector's 896 answers is at home, in fractions of its picture."""
    cells = []
    for count, repeats in _GRIDS:
        middle = (np.arange(count) + 0.5) / count
        down, across = np.meshgrid(middle, middle, indexing="ij")
        cells.append(np.repeat(np.column_stack([across.ravel(), down.ravel()]), repeats, axis=0))
    return np.concatenate(cells)
