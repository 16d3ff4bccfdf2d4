"""Square pieces of a photo, cut out at any place, size and angle, from a reduced copy but in the photo's own frame.

All coordinates are pixels of the full upright photo with the origin at the centre of the top-left pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from needlejournal.imaging import similarity
from needlejournal.imaging.pixels import Pixels, as_array

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from needlejournal.imaging.pixels import Bytes

    Floats = NDArray[np.float64]

WORKING_SIDE = 2000  # pixels of the longer side: enough for half a pixel of the full picture, and quick


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """An upright photo made small enough to work with: `bgr` is reduced, `width` × `height` its real size."""

    bgr: Bytes
    width: int
    height: int

    @property
    def long_side(self) -> int:
        """The longer side of the full picture, in its pixels."""
        return max(self.width, self.height)

    @property
    def from_full(self) -> Floats:
        """Maps pixels of the full picture to those of the reduced one, the centres of the corners kept in mind."""
        import numpy as np

        across, down = self.bgr.shape[1] / self.width, self.bgr.shape[0] / self.height
        return np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5]])


def sight(picture: Pixels | Bytes, size: tuple[int, int] | None = None, working_side: int = WORKING_SIDE) -> Sight:
    """Reduce an upright picture (Pixels, or an array of height × width × 3 or 4 bytes, blue first) for working on it.

    `size` is the full width and height when `picture` is itself a reduced copy of the photo.
    """
    import cv2

    whole = as_array(picture) if isinstance(picture, Pixels) else picture
    height, width = whole.shape[:2]
    factor = working_side / max(width, height)
    if factor < 1:
        reduced = max(1, round(width * factor)), max(1, round(height * factor))
        whole = cv2.resize(whole, reduced, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    bgr = cv2.cvtColor(whole, cv2.COLOR_BGRA2BGR) if whole.shape[2] == 4 else whole
    full_width, full_height = size or (width, height)
    return Sight(bgr, full_width, full_height)  # type: ignore[arg-type]


def square(x: float, y: float, side: float, angle: float, pixels: int) -> Floats:
    """Return the map from a patch of `pixels` × `pixels` to the photo, where it is centred on `x`, `y`.

    `side` is its side in photo pixels, `angle` (radians, clockwise as seen) the direction of its x axis.
    """
    import numpy as np

    turn = side / pixels * np.exp(1j * angle)
    middle = (pixels - 1) / 2 * (1 + 1j)
    return similarity.from_complex(turn, complex(x, y) - turn * middle)


def cut(sight: Sight, to_photo: Floats, pixels: int) -> Bytes:
    """Return the patch (blue, green, red) that `to_photo` places on the photo, black where it reaches beyond."""
    import cv2
    import numpy as np

    to_reduced = similarity.compose(sight.from_full, to_photo)
    shrink = float(np.sqrt(abs(np.linalg.det(to_reduced[:, :2]))))
    source, to_source = sight.bgr, to_reduced
    if shrink > 1.3:  # warping alone would skip pixels, and detail finer than the patch would flicker
        source, from_reduced = _shrunk(sight.bgr, to_reduced, pixels, shrink)
        to_source = similarity.compose(from_reduced, to_reduced)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(source, to_source, (pixels, pixels), flags=flags)  # type: ignore[return-value]


def _shrunk(picture: Bytes, to_picture: Floats, pixels: int, factor: float) -> tuple[Bytes, Floats]:
    """Reduce the part of `picture` that the patch covers; returns it and the map from `picture` to it."""
    import cv2
    import numpy as np

    edge = pixels - 1.0
    corners = similarity.apply(to_picture, np.array([[0, 0], [edge, 0], [0, edge], [edge, edge]]))
    height, width = picture.shape[:2]
    left, top = np.clip(np.floor(corners.min(0)) - 2 * factor, 0, [width - 1, height - 1]).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(0)) + 2 * factor, [left + 1, top + 1], [width, height]).astype(int)
    part = picture[top:bottom, left:right]
    size = max(1, round(part.shape[1] / factor)), max(1, round(part.shape[0] / factor))
    across, down = size[0] / part.shape[1], size[1] / part.shape[0]
    offset = [across * (0.5 - left) - 0.5, down * (0.5 - top) - 0.5]
    reduced = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return reduced, np.array([[across, 0, offset[0]], [0, down, offset[1]]])  # type: ignore[return-value]
