"""How one photo lies on another, as one value with one JSON form: found, made by hand, kept, read back.

Knows no pixels and no rows; who finds an alignment and where it is kept is theirs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from needlejournal.journal.comparing.pair_measures import PairMeasures
from needlejournal.journal.message import Message

Matrix = tuple[tuple[float, float, float], tuple[float, float, float]]
Point = tuple[float, float]

IDENTITY: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
AUTO, FACE, CLOSE_UP, HAND, NONE = "auto", "face", "close-up", "hand", "none"


@dataclass(frozen=True, slots=True)
class Gate:
    """One measured value, the limit it was held against, and whether it passed. `unit` is "%", "°", "px" or ""."""

    name: str
    value: float
    limit: float
    unit: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """How AFTER lies on BEFORE, or why it could not be told.

    `matrix` ((a, -b, tx), (b, a, ty)) maps pixels of AFTER to pixels of BEFORE, both upright, origin at the centre of
    the top-left pixel; None when `method` is "none". `zones` holds a matrix of its own for each zone that both photos
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
    (a, _, tx), (b, _, ty) = matrix
    square = a * a + b * b
    c, d = a / square, -b / square
    return ((c, -d, -(c * tx - d * ty)), (d, c, -(d * tx + c * ty)))


def _rows(rows: Any) -> Matrix:
    (a, c, tx), (b, d, ty) = rows
    return ((float(a), float(c), float(tx)), (float(b), float(d), float(ty)))
