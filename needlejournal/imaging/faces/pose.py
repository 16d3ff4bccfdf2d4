"""How a head is turned, from its landmarks in space. Degrees in the terms of DOMAIN: yaw > 0 to the patient's left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# The same place on the patient's right and left, and a way down the middle of the face.
ACROSS = (
    *((33, 263), (133, 362), (61, 291), (234, 454), (127, 356), (93, 323)),
    *((58, 288), (172, 397), (70, 300), (105, 334), (50, 280), (205, 425)),
)
DOWN = ((10, 152), (151, 199), (9, 17))
_FACE_PLANE_PITCH = 9.0  # the line from forehead to chin leans by about this much in a head held level


@dataclass(frozen=True, slots=True)
class Pose:
    """Degrees. Yaw > 0: turned to the patient's left; pitch > 0: chin down; roll > 0: clockwise as seen."""

    yaw: float
    pitch: float
    roll: float


def head_axes(points: Floats) -> Floats:
    """Return the head's axes as columns (to its left, down, inwards) in the photo's frame (right, down, away)."""
    across = np.mean([points[left] - points[right] for right, left in ACROSS], axis=0)
    across /= np.linalg.norm(across)
    down = np.sum([points[low] - points[high] for high, low in DOWN], axis=0)
    down -= across * (across @ down)
    down /= np.linalg.norm(down)
    return np.column_stack([across, down, np.cross(across, down)])


def pose_of(points: Floats) -> Pose:
    """Return the pose of a face with `points` (n × 3: right, down, away from the camera, all in pixels).

    Roll comes out first: yaw and pitch are of the upright head, however the camera was tilted.
    """
    axes = head_axes(points)
    across, inwards = axes[:, 0], axes[:, 2]
    roll = np.arctan2(across[1], across[0])
    aside = inwards[0] * np.cos(roll) + inwards[1] * np.sin(roll)
    below = inwards[1] * np.cos(roll) - inwards[0] * np.sin(roll)
    yaw = np.degrees(np.arctan2(-aside, inwards[2]))
    pitch = np.degrees(np.arcsin(np.clip(-below, -1, 1))) - _FACE_PLANE_PITCH
    return Pose(*(round(float(degrees), 2) for degrees in (yaw, pitch, np.degrees(roll))))


def facing(points: Floats) -> Floats:
    """Return how much each point of the head faces the camera, 0 to 1, taking the head for a ball."""
    axes = head_axes(points)
    middle = points.mean(0)
    radius = np.ptp((points - middle) @ axes[:, 0])  # the face's width: the ball's centre lies about so far inside
    outwards = points - (middle + 0.6 * radius * axes[:, 2])
    # Never quite 0: a weight of two photos is the product of both, and a point must stay in the fit.
    return np.asarray(np.clip(-outwards[:, 2] / np.linalg.norm(outwards, axis=1), 0.02, 1))
