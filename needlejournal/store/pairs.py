"""What is kept about pairs of photos: alignments, followed spots, overrides."""

from __future__ import annotations

from dataclasses import replace

from needlejournal.journal.pairs import PairOverride, Spot, SpotPlace, StoredAlignment
from needlejournal.store.database import Row
from needlejournal.store.rows import Rows, Table


def _alignment_to(kept: StoredAlignment) -> tuple[object, ...]:
    (a, _, tx), (b, _, ty) = kept.matrix
    return (
        kept.before_id, kept.after_id, kept.zone, kept.method, a, b, tx, ty, kept.residual, kept.details,
        int(kept.confirmed),
    )  # fmt: skip


def _alignment_from(row_id: int, uid: str, row: Row) -> StoredAlignment:
    before_id, after_id, zone, method, a, b, tx, ty, residual, details, confirmed = row
    matrix = ((a, -b, tx), (b, a, ty))
    return StoredAlignment(before_id, after_id, method, matrix, zone, residual, details, bool(confirmed), row_id, uid)


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


class AlignmentRows(Rows[StoredAlignment]):
    """Alignments, one for each ordered pair and zone."""

    def of_pair(self, before_id: int, after_id: int, zone: str = "") -> StoredAlignment | None:
        """The alignment of a pair, or None."""
        found = self.where("before_id = ? AND after_id = ? AND zone = ?", (before_id, after_id, zone))
        return found[0] if found else None

    def save(self, value: StoredAlignment) -> StoredAlignment:
        """Write an alignment. An automatic one never replaces one made by hand: that one is returned."""
        there = self.of_pair(value.before_id, value.after_id, value.zone)
        if there and there.method == "hand" and value.method != "hand":
            return there
        return super().save(replace(value, id=there.id, uid=there.uid) if there and not value.id else value)
