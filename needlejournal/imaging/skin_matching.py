"""Finds the same skin again in two patches that nearly lie over each other, by its own texture.

Dense optical flow on light-flattened patches, forwards and backwards; only where both agree does it count. Knows no
faces and no photos: patches of blue, green, red bytes in, point pairs in patch pixels out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from needlejournal.imaging import similarity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from needlejournal.imaging.pixels import Bytes

    Floats = NDArray[np.float64]

CELL = 16  # pixels; one point pair for each cell of the patch
_GRAIN = 6.0  # pixels; texture finer than this counts, shading coarser than this does not
_NOISE = 2.0  # grey levels that are no texture
_THERE_AND_BACK = 1.0  # pixels by which following the flow and returning may miss
_SMOOTH = 24.0  # pixels over which a first look is smoothed for the second
_COARSE = 4
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
        import numpy as np

        left = similarity.apply(matrix, self.after) - self.before
        apart = np.linalg.norm(self.before[:, None] - self.before[None], axis=2)
        np.fill_diagonal(apart, np.inf)
        nearest = np.argpartition(apart, 4, axis=1)[:, :4]
        return np.asarray(np.linalg.norm(left - left[nearest].mean(1), axis=1))

    def mapped(self, to_before: Floats, to_after: Floats) -> Matches:
        """Return the same pairs in other frames."""
        before, after = similarity.apply(to_before, self.before), similarity.apply(to_after, self.after)
        return Matches(before, after, self.weights, self.agreement)


def match_skin(before: Bytes, after: Bytes, mask: Bytes | None = None) -> Matches:
    """Find the skin of `before` (where `mask` is not 0) in `after`: two square patches of one size.

    Twice: skin seen at an angle is foreshortened by a turn of the head, so the second look is at `after` bent
    to fit, smoothly, by what the first found. The bending is for looking only.
    """
    import numpy as np

    first = flattened(before)
    wanted = np.ones(first.shape, bool) if mask is None else mask > 0
    moved, found = _look(first, after, np.zeros((*first.shape, 2), np.float32), wanted)
    moved, found = _look(first, after, _smooth(moved, found), wanted)
    return _by_cell(moved, found, wanted)


def _look(first: Bytes, after: Bytes, bend: Floats, wanted: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return how far each pixel of `first` lies moved in `after`, and where that is certain."""
    import cv2
    import numpy as np

    rows, columns = np.indices(first.shape, np.float32)
    second = flattened(cv2.remap(after, columns + bend[..., 0], rows + bend[..., 1], cv2.INTER_LINEAR))  # type: ignore[arg-type]
    there, back = _flow(first, second), _flow(second, first)
    return bend + there, wanted & _returns(there, back)


def _smooth(moved: Floats, found: NDArray[np.bool_]) -> Floats:
    """Return the movement smoothed over the places where it was found, and spread to where it was not."""
    import cv2
    import numpy as np

    weights = found.astype(np.float32) + 1e-4
    size = found.shape[1], found.shape[0]
    layers = [_coarsely_smoothed(layer) for layer in (moved[..., 0] * weights, moved[..., 1] * weights, weights)]
    bend = [cv2.resize(layer / layers[2], size, interpolation=cv2.INTER_LINEAR) for layer in layers[:2]]
    return np.dstack(bend)


def _coarsely_smoothed(layer: NDArray[np.floating]) -> Floats:
    import cv2

    size = layer.shape[1] // _COARSE, layer.shape[0] // _COARSE
    small = cv2.resize(layer, size, interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(small, (0, 0), _SMOOTH / _COARSE)  # type: ignore[return-value]


def flattened(patch: Bytes, grain: float = _GRAIN) -> Bytes:
    """Return the texture of a patch in grey, light and redness evened out, as 8 bits about 128.

    What is coarser than `grain` pixels is taken for light.
    """
    import cv2
    import numpy as np

    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY).astype(np.float32)
    detail = grey - cv2.GaussianBlur(grey, (0, 0), grain)
    strength = np.sqrt(cv2.GaussianBlur(detail * detail, (0, 0), grain))
    return np.clip(40 * detail / (strength + _NOISE) + 128, 0, 255).astype(np.uint8)


def _flow(first: Bytes, second: Bytes) -> Floats:
    """Return for each pixel of `first` how far right and down it lies in `second`."""
    import cv2

    flow = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)  # type: ignore[attr-defined]
    flow.setPatchSize(12)
    flow.setPatchStride(5)
    flow.setFinestScale(1)
    flow.setUseMeanNormalization(True)
    flow.setVariationalRefinementIterations(5)
    return flow.calc(first, second, None)  # type: ignore[no-any-return]


def _returns(there: Floats, back: Floats) -> NDArray[np.bool_]:
    import cv2
    import numpy as np

    rows, columns = np.indices(there.shape[:2], np.float32)
    returned = cv2.remap(back, columns + there[..., 0], rows + there[..., 1], cv2.INTER_LINEAR)
    return np.asarray(np.linalg.norm(there + returned, axis=2) < _THERE_AND_BACK)


def _by_cell(flow: Floats, found: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> Matches:
    """Average the flow of the found pixels of each cell, at their own centre."""
    import numpy as np

    rows, columns = np.indices(found.shape)
    counts = _cell_sums(found)
    sums = [_cell_sums(values * found) for values in (columns, rows, flow[..., 0], flow[..., 1])]
    enough = counts >= _LEAST_OF_CELL * CELL * CELL
    x, y, right, down = (values[enough] / counts[enough] for values in sums)
    before = np.column_stack([x, y])
    agreement = float(found.sum() / max(1, wanted.sum()))
    return Matches(before, before + np.column_stack([right, down]), counts[enough] / (CELL * CELL), agreement)


def _cell_sums(values: NDArray[np.generic]) -> Floats:
    import numpy as np

    rows, columns = (side // CELL for side in values.shape)
    cells = values[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL)
    return np.asarray(cells.astype(np.float64).sum(axis=(1, 3)))
