"""What is kept about pairs of photos: alignments, followed spots, overrides."""

from __future__ import annotations

import json
from dataclasses import replace

from needlejournal.journal.alignments import HAND, IDENTITY, NONE, Alignment, Point, is_mirrored
from needlejournal.journal.message import Message
from needlejournal.journal.pairs import KeptAlignment, PairOverride, Spot, SpotPlace
from needlejournal.store.database import Row
from needlejournal.store.rows import Rows, Table


def _alignment_to(kept: KeptAlignment) -> tuple[object, ...]:
    found = kept.alignment
    (a, _, tx), (b, _, ty) = found.matrix or IDENTITY
    details = json.dumps({"alignment": found.to_json(), "pairs": kept.points}, separators=(",", ":"))
    return (
        kept.before_id, kept.after_id, kept.zone, found.method, a, b, tx, ty, found.residual, details,
        int(found.confirmed),
    )  # fmt: skip


def _alignment_from(row_id: int, uid: str, row: Row) -> KeptAlignment:
    """The columns count; `details` adds what has none, as far as it can be read (older journals kept less)."""
    before_id, after_id, zone, method, a, b, tx, ty, residual, details, confirmed = row
    alignment, points = _details(details)
    sign = -1 if alignment.matrix and is_mirrored(alignment.matrix) else 1
    matrix = ((a, -sign * b, tx), (b, sign * a, ty))
    found = replace(alignment, method=method, matrix=matrix, residual=residual, confirmed=bool(confirmed))
    return KeptAlignment(before_id, after_id, found, zone, points, row_id, uid)


def _details(text: str) -> tuple[Alignment, tuple[tuple[Point, Point], ...]]:
    nothing = Alignment(NONE, confident=True)
    try:
        values = json.loads(text)
        points = tuple(
            ((float(x), float(y)), (float(right), float(down))) for (x, y), (right, down) in values.get("pairs", ())
        )
        kept = values.get("alignment")
        if kept:
            return Alignment.from_json(kept), points
        return replace(nothing, reason=Message.from_values(values.get("reason", ""))), points
    except (ValueError, KeyError, TypeError, AttributeError):
        return nothing, ()


ALIGNMENTS = Table(
    "alignment",
    ("before_id", "after_id", "zone", "method", "a", "b", "tx", "ty", "residual", "details", "confirmed"),
    _alignment_to,
    _alignment_from,
)
SPOTS = Table(
    "spot",
    ("photo_id", "name", "x", "y", "width", "height"),
    lambda s: (s.photo_id, s.name, s.left, s.top, s.width, s.height),
    lambda row_id, uid, row: Spot(row[0], row[1], row[2], row[3], row[4], row[5], row_id, uid),
)
SPOT_PLACES = Table(
    "spot_place",
    ("spot_id", "photo_id", "x", "y", "scale", "angle"),
    lambda p: (p.spot_id, p.photo_id, p.x, p.y, p.scale, p.angle),
    lambda row_id, uid, row: SpotPlace(row[0], row[1], row[2], row[3], row[4], row[5], row_id, uid),
)
OVERRIDES = Table(
    "pair_override",
    ("before_id", "after_id", "reason"),
    lambda o: (o.before_id, o.after_id, o.reason),
    lambda row_id, uid, row: PairOverride(row[0], row[1], row[2], row_id, uid),
)


class AlignmentRows(Rows[KeptAlignment]):
    """Alignments, one for each ordered pair and zone."""

    def of_pair(self, before_id: int, after_id: int, zone: str = "") -> KeptAlignment | None:
        """The alignment of a pair, or None."""
        found = self._where("before_id = ? AND after_id = ? AND zone = ?", (before_id, after_id, zone))
        return found[0] if found else None

    def save(self, value: KeptAlignment) -> KeptAlignment:
        """Write an alignment. An automatic one never replaces one made by hand: that one is returned."""
        there = self.of_pair(value.before_id, value.after_id, value.zone)
        if there and there.alignment.method == HAND != value.alignment.method:
            return there
        return super().save(replace(value, id=there.id, uid=there.uid) if there and not value.id else value)
