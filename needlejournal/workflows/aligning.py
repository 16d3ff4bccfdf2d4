"""How one photo of the journal lies on another: found automatically, made by hand, kept, read back either way round.

What was found automatically is cached beside the previews; what the person confirmed or made is kept in the journal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from needlejournal.imaging.aligning.alignment import NONE, AlignmentResult, Gate
from needlejournal.imaging.aligning.similarity import IDENTITY, Point
from needlejournal.journal.pairs import Matrix, StoredAlignment
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.readings import face_of, sight_of

VERSION = 1  # of what is found automatically and how
AUTO, FACE, CLOSE_UP, HAND = "auto", "face", "close-up", "hand"


@dataclass(frozen=True, slots=True)
class PairAlignment:
    """How AFTER lies on BEFORE: `matrix` maps pixels of AFTER to pixels of BEFORE; None where it could not be told.

    `residual` as the result says it; for one made by hand in BEFORE pixels. `reason` is a sentence for the person.
    """

    method: str
    matrix: Matrix | None = None
    residual: float | None = None
    confident: bool = False
    confirmed: bool = False
    reason: str = ""
    gates: tuple[Gate, ...] = field(default=())


def find(journal: Journal, before: Photo, after: Photo, method: str = AUTO, zone: str = "") -> PairAlignment:
    """Align two photos, or read what was found before. For workers. Raises WorldError when a photo cannot be read."""
    from needlejournal.imaging.aligning.automatic import align

    kept = found_before(journal, before, after, method, zone)
    if kept is not None:
        return kept
    first, second = sight_of(journal, before), sight_of(journal, after)
    readings = (
        (None, None) if method == CLOSE_UP else (face_of(journal, before, first), face_of(journal, after, second))
    )
    found = _told(align(
        first, second, method=method, zone=zone or None, before_reading=readings[0], after_reading=readings[1]
    ))  # fmt: skip
    if not journal.read_only and (None not in readings or method == CLOSE_UP):
        body = json.dumps(asdict(found))
        journal.previews.put_reading(before.original.sha256, _kind(after, method, zone), VERSION, body)
    return found


def found_before(
    journal: Journal, before: Photo, after: Photo, method: str = AUTO, zone: str = ""
) -> PairAlignment | None:
    """What `find` found at an earlier time, at once; None when it was not asked."""
    kept = journal.previews.reading(before.original.sha256, _kind(after, method, zone), VERSION)
    return None if kept is None else _from_json(kept)


def _kind(after: Photo, method: str, zone: str) -> str:
    return f"align:{after.original.sha256}:{method}:{zone}"


def kept_alignment(journal: Journal, before_id: int, after_id: int, zone: str = "") -> PairAlignment | None:
    """What the person confirmed or made for this pair, in whichever order it was kept; None when nothing is."""
    there = journal.alignments.of_pair(before_id, after_id, zone)
    if there:
        return _of_stored(there, there.matrix)
    back = journal.alignments.of_pair(after_id, before_id, zone)
    return _of_stored(back, inverted(back.matrix)) if back else None


def to_keep(
    before_id: int, after_id: int, found: PairAlignment, zone: str = "", pairs: Sequence[tuple[Point, Point]] = ()
) -> StoredAlignment:
    """The row to keep for an alignment that the person confirmed or made; `pairs` are the points set by hand."""
    details = {"reason": found.reason, "gates": [asdict(gate) for gate in found.gates], "pairs": list(pairs)}
    return StoredAlignment(
        before_id,
        after_id,
        found.method,
        found.matrix or IDENTITY,
        zone,
        found.residual,
        json.dumps(details),
        confirmed=True,
    )


def forget(journal: Journal, before_id: int, after_id: int, zone: str = "") -> None:
    """Give up what was kept for a pair, in whichever order. Belongs inside a step."""
    for kept in (
        journal.alignments.of_pair(before_id, after_id, zone),
        journal.alignments.of_pair(after_id, before_id, zone),
    ):
        if kept:
            journal.alignments.trash(kept.id)


def keep_instead(journal: Journal, row: StoredAlignment) -> StoredAlignment:
    """Keep an alignment in place of what was kept for its pair. Belongs inside a step."""
    forget(journal, row.before_id, row.after_id, row.zone)
    return journal.alignments.save(row)


def kept_points(journal: Journal, before_id: int, after_id: int) -> list[tuple[Point, Point]]:
    """The point pairs that the person set by hand for this pair, on BEFORE and on AFTER."""
    for first, second, swapped in ((before_id, after_id, False), (after_id, before_id, True)):
        kept = journal.alignments.of_pair(first, second)
        if kept and kept.method == HAND:
            pairs = [(tuple(one), tuple(other)) for one, other in json.loads(kept.details).get("pairs", [])]
            return [(other, one) if swapped else (one, other) for one, other in pairs]
    return []


def by_hand(pairs: Sequence[tuple[Point, Point]]) -> tuple[PairAlignment, tuple[float, ...]]:
    """Align through points set on both photos; also how far each then lies from its partner, in BEFORE pixels.

    Raises BadInput for fewer than two pairs, or points too close together.
    """
    from needlejournal.imaging.aligning.similarity import similarity_from_pairs

    fit = similarity_from_pairs(pairs)
    residual = sum(fit.residuals) / len(fit.residuals)
    return PairAlignment(HAND, fit.matrix, residual, confident=True, confirmed=True), fit.residuals


def inverted(matrix: Matrix) -> Matrix:
    """The way back."""
    (a, _, tx), (b, _, ty) = matrix
    square = a * a + b * b
    c, d = a / square, -b / square
    return ((c, -d, -(c * tx - d * ty)), (d, c, -(d * tx + c * ty)))


def scaled(matrix: Matrix, before: float, after: float) -> Matrix:
    """A matrix between full photos as one between smaller copies, whose sides have these shares."""
    (a, b, tx), (c, d, ty) = matrix
    ratio = before / after
    shift = 0.5 / after - 0.5
    return (
        (a * ratio, b * ratio, before * (a * shift + b * shift + tx + 0.5) - 0.5),
        (c * ratio, d * ratio, before * (c * shift + d * shift + ty + 0.5) - 0.5),
    )


def _told(result: AlignmentResult) -> PairAlignment:
    matrix = result.matrix if result.method != NONE else None
    return PairAlignment(
        result.method, matrix, result.residual, result.confident, reason=result.reason, gates=result.gates
    )


def _of_stored(stored: StoredAlignment, matrix: Matrix) -> PairAlignment:
    reason = json.loads(stored.details or "{}").get("reason", "")
    return PairAlignment(
        stored.method, matrix, stored.residual, confident=True, confirmed=stored.confirmed, reason=reason
    )


def _from_json(text: str) -> PairAlignment:
    values = json.loads(text)
    gates = tuple(Gate(**gate) for gate in values.pop("gates"))
    rows = values.pop("matrix")
    matrix = None if rows is None else ((*rows[0],), (*rows[1],))
    return PairAlignment(**values, matrix=matrix, gates=gates)
