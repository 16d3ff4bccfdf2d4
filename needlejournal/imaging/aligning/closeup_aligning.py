"""Lays one close-up of skin over another: by spots and pores that are found again (SIFT), then by all of the texture.

Knows sights of photos, no faces. A similarity only, never a homography.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.alignment import at_least, at_most, refused
from needlejournal.imaging.aligning.patches import Sight, cut, halved, square
from needlejournal.imaging.aligning.skin_area import SkinArea, skin_area
from needlejournal.imaging.aligning.skin_matching import Matches, flattened, match_skin
from needlejournal.imaging.reading.arrays import Bytes
from needlejournal.journal.alignments import CLOSE_UP, Alignment, Gate
from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.message import Message, message, sentences

Floats = NDArray[np.float64]

LEAST_INLIERS = 20  # spots that one similarity must explain
# Pixels of the longer side in which spots are looked for, and how many: large spots first, which change least with
# light and redness; smooth skin needs the small ones too.
_LOOKS = ((280, 1000), (640, 3000))
_PLENTY = 24  # inliers that spare the second look
_DISTINCT = 0.9  # a spot's best partner must be this much nearer than its second best
_TOLERANCE = 0.015  # of the long side: a curved cheek moves by about this much against itself
_PATCH = 416  # pixels, as of a face (`faces.patch`)
_LEAST_AGREEMENT = 0.15  # of the skin both photos show
_FARTHEST = 2.5  # % of the long side between what spots and texture say
_ROUGHEST = 0.4  # % of the long side
_SMALLEST = 160  # pixels of the longer side
_SCALES = 2.5  # one photo may show the skin up to this much larger

_FIRST, _SECOND = message("The first photo"), message("The second photo")
_TOO_SMALL = message("{photo} is too small to find the same skin in. Use a larger version of the photo.")
_NOT_FOUND = message(
    "Too few spots and pores of one photo were found again in the other. It helps to show the same piece of skin, "
    "sharp, from the same side and in similar light. You can mark two points by hand."
)
_UNSURE = message(
    "Some spots were found again, but the skin around them does not confirm it. Check it by blinking, or align by hand."
)
_NO_SKIN = message(
    "Skin could not be told apart from its surroundings in one of the photos, so this may be aligned to cloth or a "
    "wall. "
    "Check it by blinking, or align by hand."
)
_TWO_WAYS = message(
    "The spots that were found again moved in two different ways, as when a cloth lies beside the skin. Check this by "
    "blinking, or align by hand."
)
_ALIGNED = message("Aligned by {inliers} spots and pores found again. Blink to check.")
_TURNED = message("One of the photos is upside down or on its side and was turned to fit.")
_QUARTER = 60.0  # degrees in the picture from which a photo counts as lying on its side
_RIVAL = 0.5  # of the first similarity's spots; another one that explains so many leaves open which is the skin's

Areas = tuple[SkinArea, SkinArea]


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """What one look for spots found: the similarity most matches obey, how many do, how many obey another one."""

    matrix: Floats | None = None
    inliers: int = 0
    rivals: int = 0


def align_closeups(before: Sight, after: Sight, areas: Areas | None = None) -> Alignment:
    """Align two photos by the skin alone; `areas` is where their skin is, if that is known."""
    for which, sight in ((_FIRST, before), (_SECOND, after)):
        if min(sight.bgr.shape[:2]) < _SMALLEST / 2 or max(sight.bgr.shape[:2]) < _SMALLEST:
            return refused(_TOO_SMALL.filled(photo=which))
    areas = areas or (skin_area(before), skin_area(after))
    known = all(area.known for area in areas)
    look = _best_look(before, after, areas if known else None)
    gate = at_least("spots found again", look.inliers, LEAST_INLIERS, "")
    if look.matrix is None or not gate.passed:
        return refused(_NOT_FOUND, (gate,))
    found = _match(before, after, look.matrix, areas if known else None)
    rivals = at_most("spots that moved another way", look.rivals, _RIVAL * look.inliers, "")
    answer = _judged(before, after, look.matrix, found, (gate, rivals))
    return answer if known else replace(answer, confident=False, reason=_NO_SKIN)


def _judged(before: Sight, after: Sight, rough: Floats, found: Matches, spots: tuple[Gate, Gate]) -> Alignment:
    """Prefer the texture's answer when enough of it was found and it stays near that of the spots."""
    agreement = at_least("skin found again", 100 * found.agreement, 100 * _LEAST_AGREEMENT, "%")
    if not agreement.passed or len(found.weights) < LEAST_INLIERS:
        return Alignment(CLOSE_UP, similarity.rows(rough), reason=_UNSURE, gates=(*spots, agreement))
    fitted = similarity.robust_fit(found.after, found.before, found.weights)
    moved = _percent(_moved(fitted, rough, after), before)
    gates = (
        *spots,
        agreement,
        at_most("spots and texture disagree", moved, _FARTHEST, "%"),
        at_most("neighbours disagree", _percent(found.roughness(fitted), before), _ROUGHEST, "%"),
    )
    sure = all(gate.passed for gate in gates)
    matrix = fitted if sure else rough
    residual = _percent(similarity.distances(matrix, found.after, found.before), before)
    reason = _reason(gates, matrix)
    measures = PairMeasures(round(found.agreement, 3))
    return Alignment(CLOSE_UP, similarity.rows(matrix), {}, residual, sure, reason, gates, measures=measures)


def _reason(gates: tuple[Gate, ...], matrix: Floats) -> Message:
    if not gates[1].passed:
        return _TWO_WAYS
    angle = abs(math.degrees(math.atan2(matrix[1, 0], matrix[0, 0])))
    sentence = _ALIGNED.filled(inliers=f"{gates[0].value:.0f}") if all(gate.passed for gate in gates) else _UNSURE
    return sentences(sentence, _TURNED) if angle > _QUARTER else sentence


def _best_look(before: Sight, after: Sight, areas: Areas | None) -> _Look:
    found = _Look()
    for side, most in _LOOKS:
        found = max(found, _by_spots(before, after, (side, most), areas), key=lambda look: look.inliers)
        if found.inliers >= _PLENTY:
            break
    return found


def _by_spots(before: Sight, after: Sight, look: tuple[int, int], areas: Areas | None) -> _Look:
    """Return the similarity that most matched spots of skin obey."""
    first, first_signs = _spots(before, look, areas[0] if areas else None)
    second, second_signs = _spots(after, look, areas[1] if areas else None)
    if first_signs is None or second_signs is None or min(len(first), len(second)) < LEAST_INLIERS:
        return _Look()
    ends, starts = _pairs(first_signs, second_signs)
    tolerance = _TOLERANCE * before.long_side
    matrix, obey = _most_obeyed(second[starts], first[ends], tolerance)
    if matrix is None or not _plausible(matrix, before, after):
        return _Look()
    left = similarity.distances(matrix, second[starts], first[ends]) > 2 * tolerance
    other, rivals = _most_obeyed(second[starts][left], first[ends][left], tolerance)
    rival = 0 if other is None or not _plausible(other, before, after) else rivals
    return _Look(matrix, obey, rival if rival >= LEAST_INLIERS / 2 else 0)


def _most_obeyed(source: Floats, target: Floats, tolerance: float) -> tuple[Floats | None, int]:
    """Return the similarity that most of the pairs obey, and how many do."""
    if len(source) < LEAST_INLIERS / 2:
        return None, 0
    cv2.setRNGSeed(1)
    found, inliers = cv2.estimateAffinePartial2D(
        source, target, ransacReprojThreshold=tolerance, maxIters=5000, confidence=0.999
    )
    matrix = np.asarray(found, np.float64)
    return (matrix, int(inliers.sum())) if matrix.shape == (2, 3) else (None, 0)


def _plausible(matrix: Floats, before: Sight, after: Sight) -> bool:
    size_change = similarity.scale_of(matrix) * after.long_side / before.long_side
    return 1 / _SCALES < size_change < _SCALES


def _spots(sight: Sight, look: tuple[int, int], area: SkinArea | None) -> tuple[Floats, Floats | None]:
    """Return where spots lie (pixels of the photo) and the signs by which each is known again."""
    side, most = look
    patch, to_photo = _reduced(sight, side)
    finder = cv2.SIFT_create(  # type: ignore[attr-defined]
        nfeatures=most, nOctaveLayers=4, contrastThreshold=0.02, edgeThreshold=15
    )
    skin = None if area is None else _mask_of(area, to_photo, patch.shape[:2])
    points, signs = finder.detectAndCompute(flattened(patch, grain=10), skin)
    places = np.array([point.pt for point in points], np.float64).reshape(-1, 2)
    return similarity.apply(to_photo, places), None if signs is None else _root(signs)


def _mask_of(area: SkinArea, to_photo: Floats, shape: tuple[int, ...]) -> Bytes:
    way = similarity.compose(area.from_photo, to_photo)
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(area.mask, way, (shape[1], shape[0]), flags=flags)  # type: ignore[return-value]


def _root(signs: Floats) -> Floats:
    """Return signs whose plain distance compares their histograms fairly: no single edge outweighs the rest."""
    return np.sqrt(signs / np.maximum(signs.sum(axis=1, keepdims=True), 1e-9)).astype(np.float32)  # type: ignore[no-any-return]


def _reduced(sight: Sight, side: int) -> tuple[Bytes, Floats]:
    """Return the photo in its own shape at the size for finding spots, and the map from there to the photo."""
    height, width = sight.bgr.shape[:2]
    factor = min(1.0, side / max(width, height))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    near = halved(sight.bgr, max(0, int(math.log2(1 / factor))))
    patch: Bytes = cv2.resize(near, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    small = Sight(patch, sight.width, sight.height, sight.across * size[0] / width, sight.down * size[1] / height)
    return patch, similarity.invert(small.from_full)


def _pairs(first: Floats, second: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the indices of spots that are each other's best partner and clearly better than the next."""
    likeness = first @ second.T  # of signs of length 1: distance² is 2 - 2 × likeness
    ends, certain_ends = _best(likeness)
    starts, certain_starts = _best(likeness.T)
    own = np.arange(len(ends))
    mutual = (starts[ends] == own) & certain_ends & certain_starts[ends]
    return own[mutual], ends[mutual]


def _best(likeness: Floats) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return each row's best column, and whether it is clearly better than the second best."""
    best = likeness.argmax(axis=1)
    rows = np.arange(len(best))
    top = likeness[rows, best].copy()
    likeness[rows, best] = -1
    second = likeness.max(axis=1)
    likeness[rows, best] = top
    return best, np.asarray(1 - top < _DISTINCT**2 * (1 - second))


def _match(before: Sight, after: Sight, rough: Floats, areas: Areas | None) -> Matches:
    """Match the texture of all skin that both photos show; the pairs come back in pixels of the photos."""
    to_before = square((before.width - 1) / 2, (before.height - 1) / 2, before.long_side, 0.0, _PATCH)
    to_after = similarity.compose(similarity.invert(rough), to_before)
    mask = _inside(before, to_before) & _inside(after, to_after)
    if areas is not None:
        mask &= areas[0].patch(to_before, _PATCH) & areas[1].patch(to_after, _PATCH)
    found = match_skin(cut(before, to_before, _PATCH), cut(after, to_after, _PATCH), mask)
    return found.mapped(to_before, to_after)


def _inside(sight: Sight, to_photo: Floats) -> Bytes:
    edge = np.array([[0, 0], [sight.width, 0], [sight.width, sight.height], [0, sight.height]], np.float64) - 0.5
    mask = np.zeros((_PATCH, _PATCH), np.uint8)
    corners = similarity.apply(similarity.invert(to_photo), edge)
    cv2.fillConvexPoly(mask, corners.round().astype(np.int32), 1)
    return mask


def _moved(fitted: Floats, rough: Floats, after: Sight) -> Floats:
    """Return how far apart the two answers lie, over the photo."""
    places = np.array([[x, y] for x in (0.2, 0.5, 0.8) for y in (0.2, 0.5, 0.8)]) * [after.width, after.height]
    return np.asarray(np.linalg.norm(similarity.apply(fitted, places) - similarity.apply(rough, places), axis=1))


def _percent(distances: Floats, sight: Sight) -> float:
    return round(100 * float(np.median(distances)) / sight.long_side, 3)
