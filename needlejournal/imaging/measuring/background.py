"""Measures what surrounds a face in a photo: its colour and how much it varies. Judges nothing."""

from __future__ import annotations

import cv2
import numpy as np

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.patches import Sight
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.journal.comparing.measures import Background

_SIDE = 160  # pixels of the longer side in which it is looked at
_AROUND_FACE = 1.9  # × the hull of the landmarks: hair and ears are no background
_LEAST = 0.08  # of the photo


def background_of(sight: Sight, reading: FaceReading) -> Background | None:
    """Measure what lies beside and above the head; None when the head fills the photo."""
    height, width = sight.bgr.shape[:2]
    factor = min(1.0, _SIDE / max(width, height))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = cv2.resize(sight.bgr, size, interpolation=cv2.INTER_AREA)
    points = reading.xy * (size[0] / reading.width, size[1] / reading.height)
    around = ((points - points.mean(0)) * _AROUND_FACE + points.mean(0)).astype(np.float32)
    mask = np.ones(size[::-1], np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(around).astype(np.int32), 0)
    _without_body(mask, points, reading.roll)
    if mask.mean() < _LEAST:
        return None
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)[mask > 0]
    lightness, a, b = (round(float(value), 2) for value in np.median(lab, axis=0))
    return Background(lightness, a, b, round(float(np.std(lab[:, 0])), 2))


def _without_body(mask: np.ndarray, points: similarity.Floats, roll: float) -> None:
    """Take away what lies below the middle of the face, as the head stands."""
    rows, columns = np.indices(mask.shape)
    turn = np.radians(roll)
    below = (rows - points[:, 1].mean()) * np.cos(turn) - (columns - points[:, 0].mean()) * np.sin(turn)
    mask[below > 0] = 0
