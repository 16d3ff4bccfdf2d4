"""Shift, rotation and scale: the only transform that photographs of skin may get. Arrays in, arrays out.

A similarity is a 2 × 3 array [[a, -b, tx], [b, a, ty]]; points are rows of x, y. Pixel frames have their origin at
the centre of the top-left pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from needlejournal.journal.alignments import Matrix, Point
from needlejournal.journal.errors import BadInput
from needlejournal.journal.message import message

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FitByHand:
    """A similarity through point pairs, and how far each AFTER point then lies from its partner, in BEFORE pixels."""

    matrix: Matrix
    residuals: tuple[float, ...]


def similarity_from_pairs(pairs: Sequence[tuple[Point, Point]]) -> FitByHand:
    """Fit AFTER to BEFORE through pairs of (point on BEFORE, the same point on AFTER), in pixels of each picture.

    Raises BadInput for fewer than two pairs and for points that coincide.
    """
    if len(pairs) < 2:
        raise BadInput(message("Mark at least two points on both photos: two points fix shift, rotation and scale."))
    before = np.array([pair[0] for pair in pairs], np.float64)
    after = np.array([pair[1] for pair in pairs], np.float64)
    if not (_spread(before) > 1 and _spread(after) > 1):
        raise BadInput(
            message("The points lie too close together. Choose points far apart, such as both corners of the eyes.")
        )
    matrix = fit(after, before)
    return FitByHand(rows(matrix), tuple(float(distance) for distance in distances(matrix, after, before)))


def fit(source: Floats, target: Floats, weights: Floats | None = None) -> Floats:
    """Return the similarity that maps `source` onto `target` with the least (weighted) squared distance."""
    start, end = as_complex(source), as_complex(target)
    weights = np.full(len(start), 1 / len(start)) if weights is None else weights / weights.sum()
    start_centre, end_centre = weights @ start, weights @ end
    start, end = start - start_centre, end - end_centre
    turn = (weights @ (np.conj(start) * end)) / (weights @ np.abs(start) ** 2)
    shift = end_centre - turn * start_centre
    return from_complex(turn, shift)


def robust_fit(source: Floats, target: Floats, weights: Floats, *, rounds: int = 4, tolerance: float = 2.5) -> Floats:
    """Do the same, but let points pull less the farther beyond `tolerance` × the median distance they lie (Huber)."""
    matrix = fit(source, target, weights)
    for _ in range(rounds):
        distance = distances(matrix, source, target)
        limit = tolerance * np.median(distance) + 1e-9
        matrix = fit(source, target, weights * np.minimum(1, limit / np.maximum(distance, 1e-9)))
    return matrix


def apply(matrix: Floats, points: Floats) -> Floats:
    """Map `points` with `matrix`."""
    return points @ matrix[:, :2].T + matrix[:, 2]


def distances(matrix: Floats, source: Floats, target: Floats) -> Floats:
    """Return how far each mapped `source` point lies from its `target`."""
    return lengths(apply(matrix, source) - target)


def lengths(vectors: Floats) -> Floats:
    """Return the length of each row of x, y."""
    return np.asarray(np.hypot(vectors[:, 0], vectors[:, 1]))


def invert(matrix: Floats) -> Floats:
    """Return the way back."""
    back = np.linalg.inv(matrix[:, :2])
    return np.column_stack([back, -back @ matrix[:, 2]])


def compose(outer: Floats, inner: Floats) -> Floats:
    """Return the transform that does `inner` first, then `outer`."""
    return np.column_stack([outer[:, :2] @ inner[:, :2], apply(outer, inner[:, 2])])


def scale_of(matrix: Floats) -> float:
    """Return how many target pixels one source pixel becomes."""
    return float(np.hypot(matrix[0, 0], matrix[1, 0]))


def rows(matrix: Floats) -> Matrix:
    """Return plain floats in exactly the form ((a, -b, tx), (b, a, ty))."""
    a, b = float(matrix[0, 0]), float(matrix[1, 0])
    return ((a, -b, float(matrix[0, 2])), (b, a, float(matrix[1, 2])))


def array(matrix: Matrix) -> Floats:
    """Return the rows as an array."""
    return np.array(matrix, np.float64)


def as_complex(points: Floats) -> NDArray[np.complex128]:
    """Return the points as complex numbers: there, a similarity is one multiplication and one addition."""
    return points[:, 0] + 1j * points[:, 1]


def from_complex(turn: complex, shift: complex) -> Floats:
    """Return the similarity z → turn · z + shift."""
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])


def _spread(points: Floats) -> float:
    return float(np.linalg.norm(points - points.mean(0), axis=1).max())
