"""The square patch in which a face is looked at: where it lies, which of it is face, how large the face is."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.patches import square
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.lines import MOVING
from needlejournal.imaging.reading.arrays import Bytes

Floats = NDArray[np.float64]

PATCH = 416  # pixels; a multiple of the cells in which skin is matched
_PATCH_OVER_FACE = 1.25  # the patch shows so much more than the face on its longer side
_AROUND_MOVING = 1.25  # lids and lips move a little beyond their lines
_SKIN_OVER_LANDMARKS = 1.1  # the landmarks end below the hairline and before the ears


def face_square(reading: FaceReading) -> Floats:
    """Return the map from a patch of PATCH × PATCH that shows the whole face upright to the photo."""
    turn = np.exp(1j * np.radians(reading.roll))
    upright = similarity.as_complex(reading.xy) / turn
    low = complex(upright.real.min(), upright.imag.min())
    high = complex(upright.real.max(), upright.imag.max())
    centre = (low + high) / 2 * turn
    side = _PATCH_OVER_FACE * max((high - low).real, (high - low).imag)
    return square(centre.real, centre.imag, side, float(np.radians(reading.roll)), PATCH)


def face_mask(reading: FaceReading, to_photo: Floats) -> Bytes:
    """Return 1 where the patch shows the face, 0 elsewhere."""
    points = similarity.apply(similarity.invert(to_photo), reading.xy)
    points = (points - points.mean(0)) * _SKIN_OVER_LANDMARKS + points.mean(0)
    mask = np.zeros((PATCH, PATCH), np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(points.astype(np.float32)).astype(np.int32), 1)
    return mask


def skin_mask(reading: FaceReading, to_photo: Floats) -> Bytes:
    """Return 1 where the patch shows skin of the face that hardly moves by itself: no eyes, brows, lips."""
    mask = face_mask(reading, to_photo)
    points = similarity.apply(similarity.invert(to_photo), reading.xy).astype(np.float32)
    for outline in MOVING:
        hull = cv2.convexHull(points[list(outline)])
        middle = hull.mean(axis=0, keepdims=True)
        cv2.fillConvexPoly(mask, (middle + _AROUND_MOVING * (hull - middle)).astype(np.int32), 0)
    return mask


def eye_distance(reading: FaceReading) -> float:
    """Return the distance of the outer eye corners in space, in pixels of the photo."""
    return math.dist(reading.points[33], reading.points[263])
