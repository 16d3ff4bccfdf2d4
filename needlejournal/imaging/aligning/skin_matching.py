"""Finds the same skin again in two patches that nearly lie over each other, by its own texture.

Dense optical flow on light-flattened patches, forwards and backwards; only where both agree does it count. Knows no
faces and no photos: patches of blue, green, red bytes in, point pairs in patch pixels out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.patches import halved
from needlejournal.imaging.reading.arrays import Bytes

Floats = NDArray[np.float64]

CELL = 16  # pixels; one point pair for each cell of the patch
_GRAIN = 6.0  # pixels; texture finer than this counts, shading coarser than this does not
_NOISE = 2.0  # grey levels that are no texture
_THERE_AND_BACK = 1.0  # pixels by which following the flow and returning may miss
_SMOOTH = 12.0  # pixels of half size over which a first look is smoothed for the second
_LEAST_OF_CELL = 0.2  # of its pixels must agree for a cell to count


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Point pairs, one for each cell of skin found again, with the share of each cell that agreed.

    `agreement` is the share of all asked-for skin that was found again.
    """

    before: Floats
    after: Floats
    weights: Floats
    agreement: float

    def roughness(self, matrix: Floats) -> Floats:
        """Return how much each cell disagrees with its neighbours about what `matrix` leaves over, in BEFORE's unit.

        Real skin moves smoothly; chance matches do not.
        """
        left = similarity.apply(matrix, self.after) - self.before
        x, y = self.before.astype(np.float32).T
        apart = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
        np.fill_diagonal(apart, np.inf)
        nearest = np.argpartition(apart, 4, axis=1)[:, :4]
        return similarity.lengths(left - left[nearest].mean(1))

    def mapped(self, to_before: Floats, to_after: Floats) -> Matches:
        """Return the same pairs in other frames."""
        before, after = similarity.apply(to_before, self.before), similarity.apply(to_after, self.after)
        return Matches(before, after, self.weights, self.agreement)


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Where each pixel of `before` was found in `after` (how far right and down), and whether the way back agrees."""

    moved: Floats
    returns: NDArray[np.bool_]

    def within(self, mask: Bytes) -> Matches:
        """Return the matches of the skin where `mask` is not 0."""
        return _by_cell(self.moved, (mask > 0) & self.returns, mask > 0)

    def share(self, mask: Bytes) -> float:
        """Return how much of the skin where `mask` is not 0 was found again."""
        return float(self.returns[mask > 0].mean()) if mask.any() else 0.0


def match_skin(before: Bytes, after: Bytes, mask: Bytes | None = None) -> Matches:
    """Find the skin of `before` (where `mask` is not 0) in `after`: two square patches of one size."""
    wanted = np.ones(before.shape[:2], np.uint8) if mask is None else mask
    return follow_skin(before, after, wanted).within(wanted)


def follow_skin(before: Bytes, after: Bytes, mask: Bytes) -> Flow:
    """Follow the skin of `before` into `after`; `mask` (not 0: skin) leads the first look.

    Twice: skin seen at an angle is foreshortened by a turn of the head, so the second look is at `after` bent
    to fit, smoothly, by what a first, coarser look found. The bending is for looking only.
    """
    bend = _first_look(before, after, mask > 0)
    rows, columns = _places(before.shape[:2])
    bent = cv2.remap(after, columns + bend[..., 0], rows + bend[..., 1], cv2.INTER_LINEAR)
    there, returns = _there_and_back(flattened(before), flattened(bent))  # type: ignore[arg-type]
    return Flow(bend + there, returns)


def _first_look(before: Bytes, after: Bytes, wanted: NDArray[np.bool_]) -> Floats:
    """Return roughly and smoothly how far right and down each pixel of `before` lies in `after`."""
    halves = [flattened(halved(patch), _GRAIN / 2) for patch in (before, after)]
    there, returns = _there_and_back(*halves)
    size = wanted.shape[1], wanted.shape[0]
    moved = _smooth(there, returns & wanted[1::2, 1::2])
    return 2 * cv2.resize(moved, size, interpolation=cv2.INTER_LINEAR)  # type: ignore[return-value]


def _there_and_back(first: Bytes, second: Bytes) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the flow from `first` to `second`, and where the way back agrees with it."""
    there, back = _flow(first, second), _flow(second, first)
    rows, columns = _places(there.shape[:2])
    returned = cv2.remap(back, columns + there[..., 0], rows + there[..., 1], cv2.INTER_LINEAR)
    missed = there + returned
    return there, np.asarray(missed[..., 0] ** 2 + missed[..., 1] ** 2 < _THERE_AND_BACK**2)


@lru_cache(maxsize=4)
def _places(shape: tuple[int, ...]) -> Floats:
    """Return the row and the column of each pixel of a patch; only to be read."""
    places = np.indices(shape, np.float32)
    places.setflags(write=False)
    return places  # type: ignore[return-value]


def _smooth(moved: Floats, found: NDArray[np.bool_]) -> Floats:
    """Return the movement smoothed over the places where it was found, and spread to where it was not."""
    weights = found.astype(np.float32) + 1e-4
    layers = [
        cv2.GaussianBlur(layer, (0, 0), _SMOOTH)
        for layer in (*(moved * weights[..., None]).transpose(2, 0, 1), weights)
    ]
    return np.dstack([layers[0] / layers[2], layers[1] / layers[2]])


def flattened(patch: Bytes, grain: float = _GRAIN) -> Bytes:
    """Return the texture of a patch in grey, light and redness evened out, as 8 bits about 128.

    What is coarser than `grain` pixels is taken for light.
    """
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY).astype(np.float32)
    detail = grey - cv2.GaussianBlur(grey, (0, 0), grain)
    strength = np.sqrt(cv2.GaussianBlur(detail * detail, (0, 0), grain))
    return np.clip(40 * detail / (strength + _NOISE) + 128, 0, 255).astype(np.uint8)


def _flow(first: Bytes, second: Bytes) -> Floats:
    """Return for each pixel of `first` how far right and down it lies in `second`."""
    flow = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)  # type: ignore[attr-defined]
    flow.setPatchSize(8)
    flow.setPatchStride(5)
    flow.setGradientDescentIterations(12)
    flow.setFinestScale(1)
    flow.setUseMeanNormalization(True)
    flow.setVariationalRefinementIterations(3)
    return flow.calc(first, second, None)  # type: ignore[no-any-return]


def _by_cell(flow: Floats, found: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> Matches:
    """Average the flow of the found pixels of each cell, at their own centre."""
    rows, columns = _places(found.shape)
    mask = found.astype(np.float32)
    shares = _cell_means(mask)
    means = [_cell_means(values * mask) for values in (columns, rows, flow[..., 0], flow[..., 1])]
    enough = shares >= _LEAST_OF_CELL
    x, y, right, down = (values[enough] / shares[enough] for values in means)
    before = np.column_stack([x, y])
    agreement = float(found.sum() / max(1, wanted.sum()))
    return Matches(before, before + np.column_stack([right, down]), shares[enough], agreement)


def _cell_means(values: NDArray[np.floating]) -> Floats:
    rows, columns = (side // CELL for side in values.shape)
    whole = values[: rows * CELL, : columns * CELL].astype(np.float32)
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), np.float64)
