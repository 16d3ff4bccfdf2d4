"""How one photo lies on another, as one value with one JSON form: found, made by hand, kept, read back.

Knows no pixels and no rows; who finds an alignment and where it is kept is theirs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field, replace
from typing import Any

from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message

Matrix = tuple[tuple[float, float, float], tuple[float, float, float]]
Point = tuple[float, float]

IDENTITY: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
AUTO, FACE, CLOSE_UP, HAND, NONE = "auto", "face", "close-up", "hand", "none"


@frozen
class Gate:
    """One measured value, the limit it was held against, and whether it passed. `unit` is "%", "°", "px" or ""."""

    name: str
    value: float
    limit: float
    unit: str
    passed: bool


@frozen
class Alignment:
    """How AFTER lies on BEFORE, or why it could not be told.

    `matrix` ((a, -b, tx), (b, a, ty)) maps pixels of AFTER to pixels of BEFORE, both upright, origin at the centre of
    the top-left pixel; ((a, b, tx), (b, -a, ty)) where one of the two is a mirror image and is turned back; None when
    `method` is "none". `zones` holds a matrix of its own for each zone that both photos
    show. `residual` is the median distance of matched skin after aligning, in % of the eye distance (close-ups: of
    the long side) in BEFORE; by hand, the mean distance of the points in BEFORE pixels. When not `confident`, the
    matrix is a proposal that needs looking at; `confirmed` is the person's word. `reason` says to the
    person how it was found, or why not. `measures` is what was measured on both photos together.
    """

    method: str
    matrix: Matrix | None = None
    zones: Mapping[str, Matrix] = field(default_factory=dict)
    residual: float | None = None
    confident: bool = False
    reason: Message | None = None
    gates: tuple[Gate, ...] = ()
    confirmed: bool = False
    measures: PairMeasures | None = None

    @property
    def aligned(self) -> bool:
        """Whether there is a matrix."""
        return self.matrix is not None

    def inverse(self) -> Alignment:
        """How BEFORE lies on AFTER, as far as that follows from this."""
        return replace(
            self,
            matrix=inverted(self.matrix) if self.matrix else None,
            zones={zone: inverted(matrix) for zone, matrix in self.zones.items()},
            measures=self.measures.inverse() if self.measures else None,
        )

    def of_mirror_image(self, width: int) -> Alignment:
        """The same for AFTER as it is, where this was found for its mirror image: a photo `width` pixels wide."""
        return replace(
            self,
            matrix=_mirrored(self.matrix, width) if self.matrix else None,
            zones={zone: _mirrored(matrix, width) for zone, matrix in self.zones.items()},
        )

    def to_json(self) -> str:
        """Write the alignment as compact JSON."""
        values = asdict(replace(self, reason=None))
        return json.dumps({**values, "reason": self.reason and self.reason.to_values()}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Alignment:
        """Read back what `to_json` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        values = json.loads(text)
        measures, reason = values.pop("measures"), values.pop("reason")
        return cls(
            matrix=None if values["matrix"] is None else _rows(values.pop("matrix")),
            zones={str(zone): _rows(rows) for zone, rows in values.pop("zones").items()},
            gates=tuple(Gate(**gate) for gate in values.pop("gates")),
            measures=None if measures is None else PairMeasures.from_values(measures),
            reason=Message.from_values(reason) if reason else None,
            **{name: value for name, value in values.items() if name != "matrix"},
        )


def inverted(matrix: Matrix) -> Matrix:
    """The way back."""
    (a, c, tx), (b, d, ty) = matrix
    area = a * d - b * c
    a, b, c, d = d / area, -b / area, -c / area, a / area
    return ((a, c, -(a * tx + c * ty)), (b, d, -(b * tx + d * ty)))


def is_mirrored(matrix: Matrix) -> bool:
    """Whether left and right change places."""
    (a, c, _), (b, d, _) = matrix
    return a * d < b * c


def of_mirror_images(matrix: Matrix, before: int | None, after: int | None) -> Matrix:
    """The same where BEFORE, AFTER or both are shown as mirror images: so many pixels wide, None for one as it is."""
    if after is not None:
        matrix = _mirrored(matrix, after)
    if before is not None:
        (a, c, tx), second = matrix
        matrix = ((-a, -c, before - 1 - tx), second)
    return matrix


def _mirrored(matrix: Matrix, width: int) -> Matrix:
    (a, c, tx), (b, d, ty) = matrix
    return ((-a, c, tx + a * (width - 1)), (-b, d, ty + b * (width - 1)))


def _rows(rows: Any) -> Matrix:
    (a, c, tx), (b, d, ty) = rows
    return ((float(a), float(c), float(tx)), (float(b), float(d), float(ty)))
