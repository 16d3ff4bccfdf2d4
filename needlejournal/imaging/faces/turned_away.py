"""How far skin is turned away from the camera at a place of a face. Knows readings and places, and judges nothing."""

from __future__ import annotations

import numpy as np

from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.patch import eye_distance

_AROUND = 0.25  # of the eye distance: the skin whose slope is asked for
_LEAST_POINTS = 5
_DEEPER = 1.45  # the landmark model draws heads shallower than they are


def turned_away(reading: FaceReading, x: float, y: float) -> float | None:
    """Return by how many degrees the skin at a place of the photo is turned from the camera; None off the face.

    The slope is that of a plane through the landmarks around it.
    """
    if not reading.found:
        return None
    points, unit = reading.xyz, eye_distance(reading)
    away = points - (x, y, 0)
    near = np.hypot(away[:, 0], away[:, 1]) < _AROUND * unit
    if np.count_nonzero(near) < _LEAST_POINTS:
        return None
    across, down, depth = away[near].T
    slopes = np.linalg.lstsq(np.column_stack([across, down, np.ones(len(depth))]), _DEEPER * depth, rcond=None)[0][:2]
    return float(np.degrees(np.arctan(np.hypot(*slopes))))
