"""Measures one photo for the comparability panel: sharpness, burnt-out skin, light and colour zone by zone.

Turns a sight of a photo and the reading of its face into plain `PhotoMeasures`. Judges nothing.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.patches import Sight, cut, square
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.patch import PATCH, eye_distance, face_mask, face_square, skin_mask
from needlejournal.imaging.faces.zones import OUTLINES, behind_edge
from needlejournal.imaging.measuring.background import background_of
from needlejournal.imaging.measuring.expression import expression_of
from needlejournal.imaging.measuring.texture import hardness_of, texture_of
from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.linear_light import linear
from needlejournal.journal.comparing.measures import PhotoMeasures, SkinPatch

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_LEAST_PIXELS = 150  # of a zone in the patch
_BURNT, _SUNK = 251, 6  # of 255: beyond, a channel has lost what it showed
_SIGMAS = (1.0, 2.5, 6.0)  # pixels of the patch: fine detail is between none and the first, coarse between the others
_LEAST_COARSE = 0.05  # grey levels squared; skin with less coarse detail has nothing to compare the fine one with
_MIDDLE_OF_CLOSEUP = 0.6  # of its sides: what is sharp and lit there is skin most likely
_MIDDLE_ZONES = {"forehead": -0.75, "glabella": -0.45, "nose": 0.0, "upper_lip": 0.4, "chin": 0.8}
_SIDE_ZONES = {
    "infraorbital": (0.4, -0.1), "cheek_inner": (0.45, 0.15), "cheek_outer": (0.75, 0.25), "temple": (0.85, -0.5),
}  # fmt: skip
# Where zones lie on the face: across, -1 at the patient's right ear, 1 at the left; down, -1 at the hairline, 1 at the
# chin.
_PLACES = {
    **{zone: (0.0, down) for zone, down in _MIDDLE_ZONES.items()},
    **{f"{zone}_left": place for zone, place in _SIDE_ZONES.items()},
    **{f"{zone}_right": (-across, down) for zone, (across, down) in _SIDE_ZONES.items()},
}


def measure_photo(sight: Sight, reading: FaceReading | None = None) -> PhotoMeasures:
    """Measure a photo; without a face, its middle is taken for the skin and nothing is said about zones."""
    if reading is None or not reading.found:
        to_photo = square((sight.width - 1) / 2, (sight.height - 1) / 2, min(sight.width, sight.height), 0.0, PATCH)
        patch = cut(sight, to_photo, PATCH)
        return _of_skin(patch, _middle(), {})
    to_photo = face_square(reading)
    patch = cut(sight, to_photo, PATCH)
    points = similarity.apply(similarity.invert(to_photo), reading.xy)
    zones = {key: zone for key in _PLACES if (zone := _zone(patch, key, points)) is not None}
    measures = _of_skin(patch, face_mask(reading, to_photo) > 0, zones)
    texture, edges = texture_of(sight, reading)
    middle = reading.xy.mean(0) / (reading.width, reading.height)
    return replace(
        measures,
        yaw=reading.yaw,
        pitch=reading.pitch,
        roll=reading.roll,
        face_share=round(eye_distance(reading) / sight.long_side, 4),
        texture=texture,
        edges=edges,
        eye_pixels=round(eye_distance(reading) * sight.across, 1),
        hardness=hardness_of(patch, skin_mask(reading, to_photo) > 0),
        expression=expression_of(reading),
        background=background_of(sight, reading),
        place=(round(float(middle[0]), 4), round(float(middle[1]), 4)),
    )


def skin_colour(pixels: Bytes, place: tuple[float, float] = (0.0, 0.0)) -> SkinPatch | None:
    """Return the median colour of skin pixels (n × 3 bytes, blue first); None when there are too few."""
    if len(pixels) < _LEAST_PIXELS:
        return None
    median = np.median(pixels, axis=0).astype(np.float32)
    lab = cv2.cvtColor((median / 255).reshape(1, 1, 3), cv2.COLOR_BGR2LAB)[0, 0]
    red = float(linear(median[2:3])[0])
    lightness, a, b = (round(float(value), 2) for value in lab)
    return SkinPatch(place[0], round(float(np.log2(max(red, 1e-3))), 3), lightness, a, b, place[1])


def is_clipped(pixels: Bytes) -> Mask:
    """Tell for each pixel (n × 3) whether a channel is burnt out."""
    return np.asarray(pixels.max(axis=1) >= _BURNT)


def _of_skin(patch: Bytes, mask: Mask, zones: dict[str, SkinPatch]) -> PhotoMeasures:
    skin = patch[mask]
    if len(skin) < _LEAST_PIXELS:
        return PhotoMeasures(patches=zones)
    return PhotoMeasures(
        sharpness=_sharpness(patch, mask),
        clipped=round(float(is_clipped(skin).mean()), 4),
        dark=round(float((skin.max(axis=1) <= _SUNK).mean()), 4),
        skin=skin_colour(skin),
        patches=zones,
    )


def _sharpness(patch: Bytes, mask: Mask) -> float | None:
    """Return log2 of the energy of fine detail over that of coarser detail: light and contrast cancel out."""
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY).astype(np.float32)
    steps = [grey, *(cv2.GaussianBlur(grey, (0, 0), sigma) for sigma in _SIGMAS)]
    fine = float(np.mean((steps[0] - steps[1])[mask] ** 2))
    coarse = float(np.mean((steps[2] - steps[3])[mask] ** 2))
    return round(0.5 * float(np.log2((fine + 1e-3) / (coarse + 1e-3))), 3) if coarse > _LEAST_COARSE else None


def _zone(patch: Bytes, key: str, points: Floats) -> SkinPatch | None:
    outline = points[list(OUTLINES[key])]
    if behind_edge(key, points):
        return None
    mask = np.zeros(patch.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(outline.astype(np.float32)).astype(np.int32), 1)
    return skin_colour(patch[mask > 0], _PLACES[key])


def _middle() -> Mask:
    mask = np.zeros((PATCH, PATCH), bool)
    edge = round(PATCH * (1 - _MIDDLE_OF_CLOSEUP) / 2)
    mask[edge:-edge, edge:-edge] = True
    return mask
