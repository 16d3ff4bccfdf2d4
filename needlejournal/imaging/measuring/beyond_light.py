"""Tells where a face changed from one photo to another beyond what another light does to it: in colour, lightness
and texture, and how much of it was found again. Knows two patches that nearly lie over each other and their flow.

Light changes smoothly over a face: how its logarithm changed is fitted by a smooth surface through the skin that was
found again; what lies off that surface is no light.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning.patches import halved
from needlejournal.imaging.aligning.similarity import Floats
from needlejournal.imaging.aligning.skin_matching import Flow
from needlejournal.imaging.reading.arrays import Bytes

Map = NDArray[np.float32]
Mask = NDArray[np.bool_]

_HALVED = 2  # times a patch is halved; what is looked at in one pixel of that is a cell
CELL = 2**_HALVED
_DARKEST = 0.004  # of linear light; below, a logarithm tells of noise
_BLACK, _BURNT = 0.004, 0.98  # of 1: beyond its edge a photo is black; burnt out in both, skin tells nothing
_FROM_EDGE = 5  # cells
_SMOOTH = 4.0  # cells over which the movement of found skin is carried on to skin that was not found
_LEAST_SKIN = 500  # cells of skin that both patches show
_PLAINLY_FOUND, _LEAST_PLAIN = 0.6, 150  # share of a cell's surroundings; cells by which the usual change is told
_BEST_SHARE = 0.7  # quantile of the share found: the best third stands in where fewer were plainly found
_ROUNDS, _OUTLIERS = 8, 1.5  # of fitting again; times the median from which on a cell pulls less
_GRAIN, _AROUND = 3.0, 4.0  # pixels: texture is finer than the one, its strength that of so much around
_TAIL = 0.9  # quantile


@dataclass(frozen=True, slots=True, eq=False)
class BeyondLight:
    """Maps of cells: the share `found` again, and by how much hue, lightness (log2 of light) and texture (log2 of its
    strength) changed beyond the light, without sign. `face` tells which cells both patches show, `still` which of them
    are skin that hardly moves by itself. The numbers are medians and tails of cells plainly found again.
    """

    found: Map
    hue: Map
    lightness: Map
    texture: Map
    face: Mask
    still: Mask
    usual_hue: float
    tail_of_hue: float
    tail_of_lightness: float


def changes_beyond_light(flow: Flow, face: Bytes, still: Bytes, patches: Sequence[Bytes]) -> BeyondLight | None:
    """Return what changed; None where too little of the face is seen. `face` and `still` mask the first patch."""
    found = _in_cells((flow.returns & (face > 0)).astype(np.float32))
    before, after = _over_each_other(flow, found, patches)
    seen = _well_within(before) & _well_within(after)
    seen &= (before.max(2) < _BURNT) | (after.max(2) < _BURNT)
    faces, skin = (seen & (one[CELL // 2 :: CELL, CELL // 2 :: CELL] > 0) for one in (face, still))
    if skin.sum() < _LEAST_SKIN:
        return None
    around = np.asarray(cv2.GaussianBlur(found, (0, 0), _SMOOTH / 2), np.float32)
    plain = skin & (around > _PLAINLY_FOUND)
    if plain.sum() < _LEAST_PLAIN:
        plain = skin & (around >= np.quantile(around[skin], _BEST_SHARE))
    left = _off_the_light(_log_light(after) - _log_light(before), skin, around)
    shift = left.mean(2)
    hue = np.sqrt(((left - shift[..., None]) ** 2).sum(2))
    strengths = [_in_cells(_strength(patch)) for patch in patches]
    texture = np.log2((strengths[1] + 0.01) / (strengths[0] + 0.01))
    return BeyondLight(
        found, hue, np.abs(shift), np.abs(texture - np.median(texture[plain])), faces, skin,
        float(np.median(hue[plain])), float(np.quantile(hue[plain], _TAIL)),
        float(np.quantile(np.abs(shift[plain]), _TAIL)),
    )  # fmt: skip


def _well_within(patch: Map) -> Mask:
    """Return the cells that lie so far within a photo that its edge is not taken for texture or for skin not found."""
    inside = np.asarray(patch.max(2) > _BLACK, np.uint8)
    return np.asarray(cv2.erode(inside, np.ones((2 * _FROM_EDGE + 1,) * 2, np.uint8), borderValue=1) > 0)


def _in_cells(layer: Map) -> Map:
    size = layer.shape[1] // CELL, layer.shape[0] // CELL
    return np.asarray(cv2.resize(layer, size, interpolation=cv2.INTER_AREA), np.float32)


def _over_each_other(flow: Flow, found: Map, patches: Sequence[Bytes]) -> tuple[Map, Map]:
    """Return both patches in cells, as parts of 1, the second bent smoothly to where skin around was found again."""
    before, after = (np.asarray(halved(patch, _HALVED), np.float32) / np.float32(255) for patch in patches)
    weights = found + 1e-3
    weight = cv2.GaussianBlur(weights, (0, 0), _SMOOTH)
    rows, columns = np.indices(found.shape, np.float32)
    right, down = (
        cv2.GaussianBlur(_in_cells(np.ascontiguousarray(moved, np.float32)) * weights, (0, 0), _SMOOTH) / weight / CELL
        for moved in flow.moved.transpose(2, 0, 1)
    )
    bent = cv2.remap(after, columns + right, rows + down, cv2.INTER_LINEAR)
    return before, np.asarray(bent, np.float32)


def _log_light(patch: Map) -> Map:
    return np.asarray(np.log2(cv2.GaussianBlur(patch, (0, 0), 1.0) ** 2.2 + _DARKEST), np.float32)


def _off_the_light(change: Map, skin: Mask, around: Map) -> Map:
    """Return what a smooth surface through the change of found skin leaves over, for each channel."""
    surface = _surface(skin.shape)
    terms, wanted, trusted = surface[skin], change[skin].astype(np.float64), around[skin] + 0.02
    fit: Floats = np.zeros((surface.shape[2], change.shape[2]))
    pulls = np.ones(len(terms))
    for _ in range(_ROUNDS):
        weighted = terms * (trusted * pulls)[:, None]
        normal = terms.T @ weighted + 1e-6 * np.eye(terms.shape[1])
        fit = np.asarray(np.linalg.solve(normal, weighted.T @ wanted), np.float64)
        away = np.sqrt(((wanted - terms @ fit) ** 2).sum(1))
        pulls = np.asarray(1 / (1 + (away / (_OUTLIERS * (np.median(away) + 1e-3))) ** 2) ** 2, np.float64)
    return np.asarray(change - surface @ fit, np.float32)


@lru_cache(maxsize=2)
def _surface(shape: tuple[int, ...]) -> Floats:
    """Return the terms of a surface of second order at each cell; only to be read."""
    y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).astype(np.float64)
    terms.setflags(write=False)
    return terms


def _strength(patch: Bytes) -> Map:
    """Return how strong the texture is around each pixel, whatever the light."""
    light = np.log2(cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY).astype(np.float32) + 8)
    detail = light - cv2.GaussianBlur(light, (0, 0), _GRAIN)
    return np.asarray(np.sqrt(cv2.GaussianBlur(detail * detail, (0, 0), _AROUND)), np.float32)
