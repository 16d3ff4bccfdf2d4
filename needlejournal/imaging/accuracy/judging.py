"""Judges automatic alignment against known truth: skin error of each pair beside the floor of any similarity.

Takes the truth as parsed JSON and pictures as arrays; writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from needlejournal.imaging.aligning import similarity
from needlejournal.imaging.aligning.automatic import align
from needlejournal.imaging.aligning.patches import Sight
from needlejournal.imaging.faces.face_reading import FaceReading
from needlejournal.imaging.faces.landmarks import read_face
from needlejournal.imaging.faces.models import FaceModels
from needlejournal.journal.alignments import FACE, NONE

Floats = NDArray[np.float64]

LEAST_ZONE_POINTS = 3  # two points are met exactly by any similarity


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair: errors and floors are medians in % of the pair's unit; NaN where nothing was aligned."""

    name: str
    group: str  # frontal | oblique | close-up
    fair: bool
    confident: bool
    method: str
    error: float
    floor: float
    zones: tuple[tuple[str, float, float], ...] = ()  # zone, error, floor

    @property
    def ratio(self) -> float:
        """The error as a multiple of the floor."""
        return self.error / self.floor

    @property
    def refused(self) -> bool:
        """Whether no sure answer was given."""
        return not self.confident


def judge_all(truth: Mapping[str, Any], sights: Callable[[str], Sight], models: FaceModels) -> list[Judged]:
    """Align every pair of `truth` and measure it; `sights` gives the photo of a name in `truth["images"]`."""
    names = {name for pair in truth["pairs"] for name in (pair["before"], pair["after"])}
    photos = {name: sights(name) for name in sorted(names)}
    readings = {name: read_face(photo, models) for name, photo in photos.items()}
    return [judge(truth, pair, photos, readings) for pair in truth["pairs"]]


def judge(
    truth: Mapping[str, Any],
    pair: Mapping[str, Any],
    photos: Mapping[str, Sight],
    readings: Mapping[str, FaceReading],
) -> Judged:
    """Align one pair and measure it."""
    before, after = pair["before"], pair["after"]
    result = align(
        photos[before],
        photos[after],
        before_reading=readings[before],
        after_reading=readings[after],
        close_up=pair["kind"] != "face",
    )
    points = (truth["images"][before]["points"], truth["images"][after]["points"])
    unit = float(pair["unit_px"])
    error, floor = errors(result.matrix, *shared_points(*points), unit)
    zones = []
    for zone, matrix in result.zones.items() if result.method == FACE and pair["kind"] == "face" else ():
        first, second = shared_points(*points, zone)
        if len(first) >= LEAST_ZONE_POINTS:
            zones.append((zone, *errors(matrix, first, second, unit)))
    confident = result.confident and result.method != NONE
    return Judged(
        pair["name"], group_of(pair), bool(pair["fair"]), confident, result.method, error, floor, tuple(zones)
    )


def group_of(pair: Mapping[str, Any]) -> str:
    """Return "frontal", "oblique" or "close-up"."""
    if pair["kind"] != "face":
        return str(pair["kind"])
    return "frontal" if "frontal" in pair["name"] else "oblique"


def shared_points(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], zone: str | None = None
) -> tuple[Floats, Floats]:
    """Return where the points that both photos show lie in BEFORE and in AFTER."""
    seen = {point["id"]: point for point in after if point["visible"]}
    first = [point for point in before if point["visible"] and point["id"] in seen and zone in (None, point["zone"])]
    second = [seen[point["id"]] for point in first]
    return (
        np.array([[point["x"], point["y"]] for point in first], np.float64).reshape(-1, 2),
        np.array([[point["x"], point["y"]] for point in second], np.float64).reshape(-1, 2),
    )


def errors(matrix: object, before: Floats, after: Floats, unit: float) -> tuple[float, float]:
    """Return the median error of `matrix` and of the best similarity through the points, in % of `unit`."""
    best = similarity.fit(after, before)
    floor = 100 * float(np.median(similarity.distances(best, after, before))) / unit
    if matrix is None:
        return float("nan"), floor
    found = np.array(matrix, np.float64)
    return 100 * float(np.median(similarity.distances(found, after, before))) / unit, floor
