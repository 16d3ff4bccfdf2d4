"""What an automatic alignment says: the matrix, how sure it is, and why. Plain values, no pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from needlejournal.journal.pairs import Matrix

FACE, CLOSE_UP, NONE = "face", "close-up", "none"


@dataclass(frozen=True, slots=True)
class Gate:
    """One measured value, the limit it was held against, and whether it passed. `unit` is "%", "°", "px" or ""."""

    name: str
    value: float
    limit: float
    unit: str
    passed: bool


@dataclass(frozen=True, slots=True)
class AlignmentResult:
    """How AFTER lies on BEFORE, or why it could not be told.

    `matrix` ((a, -b, tx), (b, a, ty)) maps pixels of AFTER to pixels of BEFORE, both upright, origin at the centre of
    the top-left pixel; None when `method` is "none". `zones` holds a matrix of its own for each zone that both photos
    show. `residual` is the median distance of matched skin after aligning, in % of the eye distance (close-ups: of
    the long side) in BEFORE. When not `confident`, the matrix is a proposal that needs looking at. `reason` is a
    sentence for the person.
    """

    method: str
    matrix: Matrix | None = None
    zones: Mapping[str, Matrix] = field(default_factory=dict)
    residual: float | None = None
    confident: bool = False
    reason: str = ""
    gates: tuple[Gate, ...] = ()

    @property
    def aligned(self) -> bool:
        """Whether there is a matrix."""
        return self.matrix is not None


def refused(reason: str, gates: tuple[Gate, ...] = ()) -> AlignmentResult:
    """Return the answer that nothing could be aligned, and why."""
    return AlignmentResult(NONE, reason=reason, gates=gates)


def at_most(name: str, value: float, limit: float, unit: str) -> Gate:
    """Return a gate that passes up to and including `limit`."""
    return Gate(name, round(value, 3), limit, unit, value <= limit)


def at_least(name: str, value: float, limit: float, unit: str) -> Gate:
    """Return a gate that passes from `limit` on."""
    return Gate(name, round(value, 3), limit, unit, value >= limit)
