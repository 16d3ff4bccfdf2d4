"""Reads an expression from landmarks: lids, mouth, brows, however the head is turned. Judges nothing.

Distances are taken in space, so that yaw and pitch hardly change them.
"""

from __future__ import annotations

import numpy as np

from needlejournal.imaging.aligning.similarity import Floats
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.patch import eye_distance
from needlejournal.journal.comparing.measures import Expression

# Landmark numbers: pairs of upper and lower lid, and the corners of that eye; right and left are the patient's.
_LIDS = {"right": ((159, 145), (158, 153), (160, 144)), "left": ((386, 374), (385, 380), (387, 373))}
_CORNERS = {"right": (33, 133), "left": (263, 362)}
_INNER_LIPS, _MOUTH_CORNERS = (13, 14), (61, 291)
_BROWS = {"right": (105, 66), "left": (334, 296)}  # the middle of each


def expression_of(reading: FaceReading) -> Expression:
    """Return how far eyes and mouth are open and how the mouth is drawn, as shares of the eye distance or the eye."""
    points, unit = reading.xyz, eye_distance(reading)

    def apart(one: int, other: int) -> float:
        return float(np.linalg.norm(points[one] - points[other]))

    def open_eye(side: str) -> float:
        return float(np.mean([apart(*lids) for lids in _LIDS[side]])) / apart(*_CORNERS[side])

    values = {
        "eye_right": open_eye("right"),
        "eye_left": open_eye("left"),
        "mouth_open": apart(*_INNER_LIPS) / unit,
        "mouth_wide": apart(*_MOUTH_CORNERS) / unit,
        "smile": _corners_up(points, unit),
        "brows": float(np.mean([_above_eye(points, side) for side in _BROWS])) / unit,
    }
    return Expression(**{name: round(value, 4) for name, value in values.items()})


def _above_eye(points: Floats, side: str) -> float:
    """Return how far a brow stands from the line of its eye's corners, which lids do not move."""
    return float(np.linalg.norm(points[list(_BROWS[side])].mean(0) - points[list(_CORNERS[side])].mean(0)))


def _corners_up(points: Floats, unit: float) -> float:
    """Return how far the corners of the mouth stand above the middle of the lips, along the face."""
    middle = points[list(_INNER_LIPS)].mean(0)
    corners = points[list(_MOUTH_CORNERS)].mean(0)
    up = points[[9, 168]].mean(0) - points[[152, 199]].mean(0)
    return float((corners - middle) @ (up / np.linalg.norm(up))) / unit
