"""Asks whether a photo of a face is a mirror image of another: how much skin is found again when it is turned back.

Skin is as unlike its mirror image as it is unlike another person's. Knows face readings and sights.
"""

from __future__ import annotations

import numpy as np

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.patches import Sight, cut
from needlejournal.imaging.aligning.similarity import Floats
from needlejournal.imaging.aligning.skin_matching import match_skin
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.patch import PATCH, face_square, skin_mask
from needlejournal.imaging.faces.pose import facing
from needlejournal.imaging.faces.zones import TWINS
from needlejournal.journal.comparing.pair_measures import LITTLE_FOUND, MORE_OF_LITTLE

_LEAST_OVER_MIRRORED = 0.10  # of the skin
# The smoother the skin moved, the less more than mirrored does: of two people at least 30 % were never found, and of a
# mirrored photo never more than of its mirror image, but once where little was found. Agreement, roughness, what does:
_LITTLE_DOES = ((0.45, 0.42, 0.03), (LITTLE_FOUND, 0.72, 0.04))
_PLACES = np.array(sorted(TWINS))
_OPPOSITE = np.array([TWINS[place] for place in sorted(TWINS)])


def found_mirrored(before: Sight, after: Sight, first: FaceReading, second: FaceReading) -> float:
    """Return the share of BEFORE's skin that is found again in the mirror image of AFTER."""
    flip = np.array([[-1.0, 0, after.width - 1], [0, 1, 0]])  # the patch is mirrored as it is cut: no photo is copied
    to_before = face_square(first)
    to_flipped = similarity.compose(similarity.invert(_by_twins(first, second)), to_before)
    patches = cut(before, to_before, PATCH), cut(after, similarity.compose(flip, to_flipped), PATCH)
    return match_skin(*patches, skin_mask(first, to_before)).agreement


def least_over_mirrored(found: float, roughness: float) -> float:
    """Return by how much more than in the mirror image `found` must be, where neighbours disagree by `roughness`.

    Where little is found, by as much as tells left from right: then no mirror image is laid as if it were none.
    """
    if found < LITTLE_FOUND:
        return MORE_OF_LITTLE
    enough = (over for least, roughest, over in _LITTLE_DOES if found >= least and roughness <= roughest)
    return next(enough, _LEAST_OVER_MIRRORED)


def _by_twins(first: FaceReading, second: FaceReading) -> Floats:
    """Fit each place of AFTER's mirror image to the same place in BEFORE: it was read on the other side.

    Weighted as the photos themselves are, so that neither way is fitted better than the other.
    """
    places = second.xy * (-1, 1) + (second.width - 1, 0)
    weights = facing(second.xyz)[_OPPOSITE] * facing(first.xyz)[_PLACES]
    return similarity.robust_fit(places[_OPPOSITE], first.xy[_PLACES], weights)
