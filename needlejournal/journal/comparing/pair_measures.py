"""What was measured on two photos laid over each other, as plain values: is one a mirror image, was the shape changed.

Numbers only, which `measured` judges; None where they could not be measured. Knows no pixels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from needlejournal.journal.frozen import frozen

LEAST_FOUND, WELL_FOUND, PLAINLY_MORE = 0.40, 0.48, 0.20  # of the skin
# By so much less must be found in the mirror image to say that there is none. Where about as much is, nobody knows: of
# 188 mirrored pairs two were said to lie the same way though more was found in the mirror image.
PLAINLY_LESS = 0.04
# Where less is found, one way must find this share, by so much more, and so many times what the other way finds. Of
# 111 pairs of two people at most 29 % were found either way (docs/accuracy.md).
LITTLE_FOUND, MORE_OF_LITTLE, TIMES_MORE = 0.33, 0.14, 1.7


@frozen
class PairMeasures:
    """Shares of the skin both photos show (0 to 1): `found` again as it is, `found_mirrored` in the mirror image.

    `lens_distance` tells how much nearer the camera stood for AFTER (above 0) than for BEFORE: what the nearest parts
    of the face grew against the farthest, per eye distance of depth. `shape` is by how much features changed that
    neither pose, lens distance nor expression explains, in % of its size; `shape_of` names which, and
    `shape_seen_from` from where on a change is seen. `covered` are the zones hidden in one of the photos,
    `perhaps_covered` those that may be; both None where nobody can tell.
    """

    found: float | None = None
    found_mirrored: float | None = None
    lens_distance: float | None = None
    shape: float | None = None
    shape_of: str = ""
    shape_seen_from: float | None = None
    covered: tuple[str, ...] | None = None
    perhaps_covered: tuple[str, ...] | None = None

    @property
    def seems_mirrored(self) -> bool | None:
        """Whether one photo is a mirror image of the other; None where too little skin was found either way, or not
        plainly more of it mirrored: smooth skin of an even face is found as well in its mirror image.

        Of 154 mirrored pairs of real faces and as many plain ones none was judged wrongly where 40 % was found.
        """
        if self.found is None:
            return None
        if not self.found_well:
            return self._seems_mirrored_by_little(self.found, self.found_mirrored)
        more = -1.0 if self.found_mirrored is None else self.found_mirrored - self.found
        return None if -PLAINLY_LESS < more <= PLAINLY_MORE else more > PLAINLY_MORE

    @property
    def found_well(self) -> bool:
        """Whether enough skin was found one way or the other to ask for mirroring."""
        return max(self.found or 0.0, self.found_mirrored or 0.0) >= LEAST_FOUND

    @staticmethod
    def _seems_mirrored_by_little(found: float, mirrored: float | None) -> bool | None:
        if mirrored is None:
            return None
        less, more = sorted((found, mirrored))
        plain = more >= LITTLE_FOUND and more - less >= MORE_OF_LITTLE and more >= TIMES_MORE * less
        return mirrored > found if plain else None

    def inverse(self) -> PairMeasures:
        """The same for the two photos the other way about."""
        return replace(self, lens_distance=None if self.lens_distance is None else -self.lens_distance)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> PairMeasures:
        """Read back what was kept. Raises TypeError for anything else."""
        zones = {key: values.get(key) for key in ("covered", "perhaps_covered")}
        return cls(**{**values, **{key: None if named is None else tuple(named) for key, named in zones.items()}})
