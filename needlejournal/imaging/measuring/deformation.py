"""Measures on matched skin what neither moving nor turning a head explains: the camera's distance, and a changed shape.

Each is one more unknown in the equations of a turned head. Knows matches and BEFORE's reading; judges nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.head_turn import depth_at, solve_robustly
from needlejournal.imaging.aligning.similarity import Floats
from needlejournal.imaging.aligning.skin_matching import Matches
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.patch import eye_distance

_LEAST_CELLS = 40  # of matched skin; with fewer the equations are not solved
_LEAST_FOUND = 0.40  # of the skin; with less, one of twelve pairs was told wrongly about the camera's distance
# From where a change counts, in shares of the feature's size: so many times the median distance by which single cells
# miss the whole, but no more than what two photos of one person were found to differ by when nothing was changed (5.4 %
# at the jaw, 7.8 % at the nose, 6.3 % at the eyes in 80 pairs with one expression, of the people looked at;
# docs/accuracy.md), and no less than what is never called a change.
_OVER_NOISE = {"jaw": 6.0, "nose": 12.0, "eyes": 10.0}
_MOST_BY_CHANCE = {"jaw": 0.06, "nose": 0.085, "eyes": 0.07}
_LEAST_CHANGE = {"jaw": 0.06, "nose": 0.05, "eyes": 0.03}
# A head turned by 5 to 8° makes a jaw look up to 7 % and a nose 10 % narrower than it is (practice photos, of which
# none was changed): the landmarks' depth is not quite the head's. So much of the sines of yaw and pitch is allowed for.
_BY_TURN = {"jaw": 0.1, "nose": 0.2, "eyes": 0.0}
# Of a change of an app so much is read: its bells are not the ones sought. Eyes made larger by 10 % with another bell
# read as 4.2 to 4.4 % (twenty people looked at); two pictures of one photo read as at most 0.3 %.
_READ_OF_CHANGE = {"jaw": 1.0, "nose": 1.0, "eyes": 0.43}
# Where features lie and how far an app's change of them reaches, in eye distances.
_EYES = ((33, 133, 159, 145), (263, 362, 386, 374))
_EYE_REACH = 0.42
# What moves by itself, by its landmarks, and how far the skin around it follows, in eye distances.
_MOVING = (
    ((61,), 0.22),
    ((291,), 0.22),
    ((17, 200), 0.3),
    ((152,), 0.3),
    ((105, 66), 0.2),
    ((334, 296), 0.2),
    ((9,), 0.2),
)


@dataclass(frozen=True, slots=True)
class Deformation:
    """`lens_distance` as in `PairMeasures`; `shape` in %, of the feature `shape_of` that changed most against what
    could be seen, and `seen_from`: from where its change shows; where it does not, from where any feature's would.
    None where nothing could be solved.
    """

    lens_distance: float | None = None
    shape: float | None = None
    shape_of: str = ""
    seen_from: float | None = None


def deformation_of(found: Matches, first: FaceReading) -> Deformation:
    """Solve for shift, turn, scale, head turn, lens distance, what a face moves by itself (mouth, chin, brows), and the
    usual changes of jaw, nose and eyes at once.
    """
    if len(found.weights) < _LEAST_CELLS or found.agreement < _LEAST_FOUND:
        return Deformation()
    unit = eye_distance(first)
    frame = _head_frame(first, unit)
    matrix = similarity.robust_fit(found.after, found.before, found.weights)
    before = similarity.apply(frame, found.before)
    after = similarity.apply(frame, similarity.apply(matrix, found.after))
    depth = depth_at(found.before, first.xyz, unit) / unit
    face = similarity.apply(frame, first.xy)
    fields = shape_fields(before, face)
    columns = [*_motion(after, depth), *(field.T.ravel() for field in fields.values()), *_expression(before, face)]
    answer, left = solve_robustly(np.column_stack(columns), before.T.ravel(), found.weights)
    changes = dict(zip(fields, np.abs(answer[7:]), strict=False))
    noise, turn = float(np.median(left)), float(np.abs(answer[4:6]).sum())
    limits = _limits(noise, turn)
    most = max(changes, key=lambda name: float(changes[name]) / limits[name])
    seen_from = limits[most] if changes[most] > limits[most] else _surely_seen(noise, turn)
    return Deformation(
        round(float(answer[6]), 4), round(100 * float(changes[most]), 2), most, round(100 * seen_from, 2)
    )


def _by_noise(noise: float) -> dict[str, float]:
    """Return from where on each feature's change would surely show; `noise` is by how much single cells miss."""
    return {name: max(least, _OVER_NOISE[name] * noise) for name, least in _LEAST_CHANGE.items()}


def _surely_seen(noise: float, turn: float) -> float:
    """Return from where on a change of any feature would surely show, however an app makes it."""
    return max((limit + _BY_TURN[name] * turn) / _READ_OF_CHANGE[name] for name, limit in _by_noise(noise).items())


def _limits(noise: float, turn: float) -> dict[str, float]:
    """Return from where on each feature's change counts as one; `turn` is the sine of yaw and pitch between the two."""
    chance = {name: min(limit, _MOST_BY_CHANCE[name]) for name, limit in _by_noise(noise).items()}
    return {name: limit + _BY_TURN[name] * turn for name, limit in chance.items()}


def _expression(places: Floats, face: Floats) -> list[Floats]:
    """Return the columns of what a face moves by itself: each corner of the mouth, lip, chin and brow to any side."""
    none = np.zeros(len(places))
    columns = []
    for landmarks, reach in _MOVING:
        away = places - face[list(landmarks)].mean(0)
        follows = np.exp(-(away**2).sum(1) / (2 * reach**2))
        columns += [np.concatenate([follows, none]), np.concatenate([none, follows])]
    return columns


def _motion(after: Floats, depth: Floats) -> Sequence[Floats]:
    """Return the columns of a, b, shift right, shift down, sine of yaw, sine of pitch, lens distance."""
    x, y = after.T
    one, none = np.ones(len(x)), np.zeros(len(x))
    pairs = ((x, y), (-y, x), (one, none), (none, one), (depth, none), (none, depth), (depth * x, depth * y))
    return [np.concatenate(pair) for pair in pairs]


def _head_frame(first: FaceReading, unit: float) -> Floats:
    """Return the map from the photo to eye distances from the middle of the upright face."""
    turn = np.exp(-1j * np.radians(first.roll)) / unit
    x, y = first.xy.mean(0)
    return similarity.from_complex(turn, -turn * complex(x, y))


def shape_fields(places: Floats, face: Floats) -> dict[str, Floats]:
    """Return by how much each place moves when jaw, nose or eyes are made larger by 1; `face` is its landmarks.

    The shapes are bells whose widths, in eye distances, are about as far as such a change of an app reaches.
    """
    mouth, nose = face[[61, 291]].mean(0), face[[129, 358, 4]].mean(0)
    x, y = (places - mouth).T
    beside = np.exp(-((np.maximum(0, np.abs(x) - 0.75) / 0.35) ** 2)) * (1 - np.exp(-((x / 0.35) ** 2)))
    jaw = x * beside * np.exp(-(((y - 0.15) / 0.55) ** 2))
    across, down = (places - nose).T
    slim = across * np.exp(-((np.maximum(0, np.abs(across) - 0.2) / 0.18) ** 2)) * np.exp(-((down / 0.35) ** 2))
    none = np.zeros(len(places))
    return {
        "jaw": np.column_stack([jaw, none]),
        "nose": np.column_stack([slim, none]),
        "eyes": sum((_bulge(places, face[list(eye)].mean(0)) for eye in _EYES), np.zeros_like(places)),
    }


def _bulge(places: Floats, middle: Floats) -> Floats:
    away = places - middle
    distance = np.linalg.norm(away, axis=1) / _EYE_REACH
    # Full strength over the eye itself, fading to the reach: 1.6 makes the flat part a little under half of it.
    strength = np.minimum(1, 1.6 * np.where(distance < 1, (1 - distance**2) ** 2, 0))
    return np.asarray(away * strength[:, None])
