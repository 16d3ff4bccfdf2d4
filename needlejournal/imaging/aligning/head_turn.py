"""How differently a head is turned in two photos, told by the skin itself: near parts move against far ones.

Independent of where the landmarks of AFTER were put, which strong light from the side can upset.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning.skin_matching import Matches

Floats = NDArray[np.float64]

_UNDERSTATED = 1.45  # the landmark model draws heads shallower than they are
_ROUNDS = 4  # of weighing outliers down
_OUTLIER = 2.5  # median distances: what misses by more pulls less
_AROUND = 0.08  # eye distances over which a landmark speaks for the depth beside it


def turn_between(found: Matches, points: Floats, unit: float) -> float:
    """Return degrees of yaw and pitch together, from matched skin and BEFORE's landmarks in space.

    `unit` is the eye distance in the same pixels. Good to about 2°.
    """
    depth = depth_at(found.before, points, unit)
    count = len(depth)
    equations = np.zeros((2 * count, 6))  # a, b, shift right, shift down, sine of yaw, sine of pitch
    x, y = found.after.T
    equations[:count, [0, 1, 2, 4]] = np.column_stack([x, -y, np.ones(count), depth])
    equations[count:, [0, 1, 3, 5]] = np.column_stack([y, x, np.ones(count), depth])
    answer, _ = solve_robustly(equations, found.before.T.ravel(), found.weights)
    yaw, pitch = np.degrees(np.arcsin(np.clip(answer[4:], -1, 1)))
    return float(abs(yaw) + abs(pitch)) * _UNDERSTATED


def depth_at(places: Floats, points: Floats, unit: float) -> Floats:
    """Return the depth of the face at each place, about its mean, between the landmarks around it."""
    points = points[::2]  # half of them draw the head as well
    away = places[:, None] - points[None, :, :2]
    squared = (away[..., 0] ** 2 + away[..., 1] ** 2) / (_AROUND * unit) ** 2
    nearness = np.exp(-(squared - squared.min(axis=1, keepdims=True)) / 2)
    depth = nearness @ points[:, 2] / nearness.sum(axis=1)
    return np.asarray(depth - depth.mean())


def solve_robustly(equations: Floats, wanted: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return the least-squares answer, cells that miss by much pulling less (Huber), and by how much each cell misses.

    The first half of the equations is about x, the second about y of the same cells.
    """
    strength = np.ones(len(weights))
    answer, left = np.zeros(equations.shape[1]), np.zeros(len(weights))
    for _ in range(_ROUNDS):
        factor = np.tile(np.sqrt(weights * strength), 2)
        answer = np.linalg.lstsq(equations * factor[:, None], wanted * factor, rcond=None)[0]
        left = np.linalg.norm((equations @ answer - wanted).reshape(2, -1), axis=0)
        strength = np.minimum(1, _OUTLIER * np.median(left) / np.maximum(left, 1e-9))
    return np.asarray(answer), np.asarray(left)
