"""What was read in a face, as plain values that are kept with the photo.

Loads no numpy before its points are wanted as an array.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from needlejournal.journal.frozen import frozen

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

VERSION = 2  # of what a reading holds; an older one is to be read anew
NO_FACE, TOO_SMALL, CUT_OFF, TWO_FACES = "no-face", "too-small", "cut-off", "two-faces"


@frozen
class FaceReading:
    """What the face models see in one photo; all in pixels of the upright photo of `width` × `height`.

    `points` are x, y and depth (away from the camera, same unit); empty when `problem` says why. Degrees as in
    `pose.Pose`. `score` is the detector's, `others` counts further, smaller faces.
    """

    width: int
    height: int
    score: float = 0.0
    points: tuple[tuple[float, float, float], ...] = ()
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    others: int = 0
    problem: str = ""
    version: int = VERSION

    @property
    def found(self) -> bool:
        """Whether there is one face that can be aligned by."""
        return not self.problem

    @property
    def xy(self) -> Floats:
        """The points in the photo's plane, as an array."""
        return self.xyz[:, :2]

    @property
    def xyz(self) -> Floats:
        """The points in space, as an array."""
        import numpy as np

        return np.array(self.points, np.float64)

    def to_json(self) -> str:
        """Write the reading as compact JSON."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> FaceReading:
        """Read back what `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        values = json.loads(text)
        if values["version"] != VERSION:
            raise ValueError("a face reading of another version")
        points = tuple((float(x), float(y), float(z)) for x, y, z in values.pop("points"))
        return cls(points=points, **values)
