"""The face as numbers: its zones, lines and places, read from resources/face_map.toml. No Qt, no colours, no names.

x runs to the viewer's right from the middle, y down. The patient's left is at x > 0; a mirror is the view's matter.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from needlejournal import paths

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """Cubic curves from `start`, each with two control points and an end."""

    start: Point
    steps: tuple[tuple[Point, Point, Point], ...]

    @property
    def end(self) -> Point:
        """Where it ends."""
        return self.steps[-1][2]

    def turned(self) -> Curve:
        """The same line from its end to its start."""
        ends = [self.start, *(step[2] for step in self.steps)]
        steps = [(second, first, ends[index]) for index, (first, second, _) in enumerate(self.steps)]
        return Curve(self.end, tuple(reversed(steps)))

    def mirrored(self) -> Curve:
        """The same line on the other side of the middle."""
        steps = tuple(((-a[0], a[1]), (-b[0], b[1]), (-c[0], c[1])) for a, b, c in self.steps)
        return Curve((-self.start[0], self.start[1]), steps)

    def joined(self, other: Curve) -> Curve:
        """This line and `other`, which begins where this one ends."""
        return Curve(self.start, self.steps + other.steps)

    def points(self, pieces: int = 12) -> list[Point]:
        """Points along the line, `pieces` to each curve, start and end included."""
        found = [self.start]
        for first, second, end in self.steps:
            start = found[-1]
            found.extend(_on_cubic(start, first, second, end, part / pieces) for part in range(1, pieces))
            found.append(end)
        return found


def _on_cubic(start: Point, first: Point, second: Point, end: Point, part: float) -> Point:
    rest = 1 - part
    weights = (rest**3, 3 * rest * rest * part, 3 * rest * part * part, part**3)
    anchors = (start, first, second, end)
    x = sum(weight * anchor[0] for weight, anchor in zip(weights, anchors, strict=True))
    y = sum(weight * anchor[1] for weight, anchor in zip(weights, anchors, strict=True))
    return x, y


@dataclass(frozen=True, slots=True)
class FaceZone:
    """One zone: its closed outline and where its value is written."""

    key: str
    outline: Curve
    place: Point


@dataclass(frozen=True, slots=True)
class Face:
    """The whole drawing. `silhouette` is the outline of all zones together."""

    width: float
    height: float
    zones: tuple[FaceZone, ...]
    behind: dict[str, tuple[Curve, ...]]
    lines: dict[str, tuple[Curve, ...]]

    def zone(self, key: str) -> FaceZone:
        """The zone `key`; KeyError when the face has none of that name."""
        for zone in self.zones:
            if zone.key == key:
                return zone
        raise KeyError(key)

    def zone_keys(self) -> tuple[str, ...]:
        """All zones, from the forehead down."""
        return tuple(zone.key for zone in self.zones)


def read_curve(path: str) -> Curve:
    """An SVG path of one "M" and any number of absolute "C". ValueError for anything else."""
    tokens = path.replace(",", " ").split()
    if len(tokens) < 10 or tokens[0] != "M":
        raise ValueError(f"a curve begins with M and goes on with C: {path}")
    start = (float(tokens[1]), float(tokens[2]))
    steps = []
    for at in range(3, len(tokens), 7):
        if tokens[at] != "C":
            raise ValueError(f"only C is read after M: {path}")
        n = [float(token) for token in tokens[at + 1 : at + 7]]
        steps.append(((n[0], n[1]), (n[2], n[3]), (n[4], n[5])))
    return Curve(start, tuple(steps))


def _chain(edges: dict[str, Curve], names: list[str]) -> Curve:
    parts = [edges[name.removeprefix("-")].turned() if name.startswith("-") else edges[name] for name in names]
    for one, next_one in pairwise(parts):
        if math.dist(one.end, next_one.start) > 1e-6:
            raise ValueError(f"edges do not meet: {names}")
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.joined(part)
    return whole


def _middle_zone(key: str, half: Curve, place: Point) -> FaceZone:
    return FaceZone(key, half.joined(half.turned().mirrored()), place)


def _side_zones(key: str, outline: Curve, place: Point) -> list[FaceZone]:
    return [
        FaceZone(f"{key}_right", outline.mirrored(), (-place[0], place[1])),
        FaceZone(f"{key}_left", outline, place),
    ]


def _both(curve: Curve) -> tuple[Curve, ...]:
    return curve, curve.mirrored()


def _face_from(raw: dict[str, Any]) -> Face:
    edges = {name: read_curve(path) for name, path in raw["edges"].items()}
    places = {key: (float(x), float(y)) for key, (x, y) in raw["places"].items()}
    zones = [_middle_zone(key, _chain(edges, names), places[key]) for key, names in raw["middle"].items()]
    for key, names in raw["sides"].items():
        zones += _side_zones(key, _chain(edges, names), places[key])
    zones.sort(key=lambda zone: (zone.place[1], zone.place[0]))
    behind = {name: _both(read_curve(path)) for name, path in raw["behind"].items()}
    lines = {name: _both(read_curve(path)) for name, path in raw["lines"].items()}
    width, height = raw["size"]
    return Face(width, height, tuple(zones), behind, lines)


@cache
def face() -> Face:
    """The face as shipped. ValueError when its edges do not meet."""
    text = (paths.resources() / "face_map.toml").read_text(encoding="utf-8")
    return _face_from(tomllib.loads(text))


def area(outline: list[Point]) -> float:
    """The area within a closed polygon."""
    closed = [*outline, outline[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(closed))) / 2


def contains(outline: list[Point], point: Point) -> bool:
    """Whether `point` lies within a closed polygon."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise([*outline, outline[0]]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def neighbour(key: str, dx: int, dy: int) -> str:
    """The zone next to `key` in a direction, (1, 0) right, (0, -1) up; `key` itself where the face ends."""
    here = face().zone(key).place
    best, least = key, math.inf
    for zone in face().zones:
        along = (zone.place[0] - here[0]) * dx + (zone.place[1] - here[1]) * dy
        aside = abs((zone.place[0] - here[0]) * dy) + abs((zone.place[1] - here[1]) * dx)
        if along > 4 and aside <= 1.6 * along and along + 2 * aside < least:
            best, least = zone.key, along + 2 * aside
    return best
