"""Measures how much fine texture the skin of a face shows, and how hard the shadows on it are. Judges nothing.

All in log light, so that neither exposure nor skin tone counts; sizes go with the face, so that distance does not.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.patches import Sight, cut, square
from needlejournal.imaging.aligning.similarity import Floats
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.lines import MOVING
from needlejournal.imaging.faces.patch import eye_distance
from needlejournal.imaging.faces.zones import OUTLINES
from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.imaging.reading.linear_light import linear

_ZONES = ("forehead", "cheek_inner_left", "cheek_inner_right", "infraorbital_left", "infraorbital_right")
_CUT = 880  # pixels of the patch as it is cut out, finer than it is measured
_EYE_DISTANCE = 100.0  # pixels: every face is brought to this size first, so that a larger photo is no sharper one
_LEAST_EYE_DISTANCE = 65.0  # pixels in the sight; with fewer, the fine band is not in the picture
# Pixels blur what is finer than they, the fine band more than the coarse one: in photos of twelve people made smaller,
# by this over the square of the eye distance in pixels (log2; 0.1 at 160, 0.4 at 80).
_LOST_TO_PIXELS = 2500.0
_WIDE = 2.2  # eye distances the patch shows
_PIXELS = round(_WIDE * _EYE_DISTANCE)
# Of the eye distance: pores and fine lines, which beauty filters take away first, and what is coarser than they.
_FINE, _COARSE = (0.006, 0.014), (0.012, 0.030)
# Contrast, light and focus change both bands at once; so much of the coarse is taken off the fine that frames of one
# film scatter least, while filters at middle strength stand out most. Set on half of the people (docs/accuracy.md).
_COARSE_TAKEN_OFF = 0.6
_KEPT = 0.95  # of eyes, brows and lips; the strongest details are glints
_SHADOWS = (0.03, 0.2)  # of the eye distance
_EYES_OVER_PATCH = 0.42  # of a face's patch, about, is the eye distance
_LEAST_PIXELS = 400  # of skin in the patch
_SKIN_BEGINS, _FEATURE_ENDS = 1.35, 1.2  # sizes of eyes, lips and brows: skin from here on, and the feature up to here
# Stops of light; what is darker than a fiftieth of white counts as that, so that noise in the dark is no texture.
_LIGHT = np.log2(linear(np.arange(256)) + 0.02).astype(np.float32)


def texture_of(sight: Sight, reading: FaceReading) -> tuple[float | None, float | None]:
    """Return how much fine detail cheeks and forehead show against their coarser detail (log2), and log2 of the
    contrast of fine detail at eyes, brows and lips.

    On the skin the median counts: filters that leave edges also leave the strongest details, and take all the others.
    What the pixels of a small face take is put back, so that a face that is smaller in the photo is no filtered one.
    """
    unit = eye_distance(reading)
    pixels = unit * sight.across
    if pixels < _LEAST_EYE_DISTANCE:
        return None, None
    x, y = reading.xy[[33, 263, 10, 152]].mean(0)
    to_photo = square(float(x), float(y), _WIDE * unit, float(np.radians(reading.roll)), _CUT)
    light = _LIGHT[cv2.cvtColor(cut(sight, to_photo, _CUT), cv2.COLOR_BGR2GRAY)]
    light = cv2.resize(light, (_PIXELS, _PIXELS), interpolation=cv2.INTER_AREA)
    fine, coarse = (_detail(light, *band) for band in (_FINE, _COARSE))
    skin, moving = _masks(similarity.apply(similarity.invert(to_photo), reading.xy) * _PIXELS / _CUT)
    if np.count_nonzero(skin) < _LEAST_PIXELS:
        return None, None
    pores, marks = (float(np.log2(np.median(detail[skin]) + 1e-4)) for detail in (fine, coarse))
    lost = _LOST_TO_PIXELS / pixels**2
    return round(pores - _COARSE_TAKEN_OFF * marks + lost, 3), _contrast(fine[moving])


def _detail(light: NDArray[np.floating], low: float, high: float) -> NDArray[np.floating]:
    """Return the detail between two sizes, given in eye distances."""
    near, far = (cv2.GaussianBlur(light, (0, 0), size * _EYE_DISTANCE) for size in (low, high))
    return np.asarray(np.abs(near - far))


def hardness_of(patch: Bytes, mask: NDArray[np.bool_]) -> float | None:
    """Return log2 of the contrast of shadows on the skin of a face's patch, a slope of the light taken out."""
    if mask.sum() < _LEAST_PIXELS:
        return None
    light = np.where(mask, _LIGHT[cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY)], 0).astype(np.float32)
    share = mask.astype(np.float32)
    near, far = (
        cv2.GaussianBlur(light, (0, 0), sigma) / np.maximum(cv2.GaussianBlur(share, (0, 0), sigma), 1e-3)
        for sigma in (size * _EYES_OVER_PATCH * patch.shape[0] for size in _SHADOWS)
    )
    return _contrast(np.abs(near - far)[mask])


def _masks(points: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    skin, moving = np.zeros((2, _PIXELS, _PIXELS), np.uint8)
    for zone in _ZONES:
        cv2.fillConvexPoly(skin, cv2.convexHull(points[list(OUTLINES[zone])].astype(np.float32)).astype(np.int32), 1)
    for outline in MOVING:
        hull = cv2.convexHull(points[list(outline)].astype(np.float32))
        middle = hull.mean(axis=0, keepdims=True)
        cv2.fillConvexPoly(skin, (middle + _SKIN_BEGINS * (hull - middle)).astype(np.int32), 0)
        cv2.fillConvexPoly(moving, (middle + _FEATURE_ENDS * (hull - middle)).astype(np.int32), 1)
    return skin > 0, moving > 0


def _contrast(detail: NDArray[np.floating]) -> float | None:
    if detail.size < _LEAST_PIXELS:
        return None
    kept = np.minimum(detail, np.quantile(detail, _KEPT))
    return round(float(np.log2(np.sqrt(np.mean(kept.astype(np.float64) ** 2)) + 1e-4)), 3)
