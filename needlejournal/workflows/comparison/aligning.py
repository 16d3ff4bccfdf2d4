"""How one photo of the journal lies on another: found automatically, made by hand, kept, read back either way round.

What was found automatically is cached beside the previews; what the person confirmed or made is kept in the journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from needlejournal.journal.alignments import AUTO, CLOSE_UP, FACE, HAND, Alignment, Matrix, Point, is_mirrored
from needlejournal.journal.message import message
from needlejournal.journal.pairs import KeptAlignment
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison.readings import face_of, sight_of

if TYPE_CHECKING:
    from needlejournal.imaging.aligning.patches import Sight
    from needlejournal.imaging.faces.face_reading import FaceReading

__all__ = ["AUTO", "CLOSE_UP", "FACE", "HAND", "Alignment"]

VERSION = 12  # of what is found automatically and how
CLOSE_UP_VIEW = "close_up"
_MARKED_WRONGLY = message(
    "One of the photos is marked as mirrored, but its skin is found again only as it is. Choose “As taken” for it, "
    "then compare again."
)


def find(journal: Journal, before: Photo, after: Photo, method: str = AUTO, zone: str = "") -> Alignment:
    """Align two photos, or read what was found before. For workers. Raises WorldError when a photo cannot be read."""
    kept = found_before(journal, before, after, method, zone)
    if kept is not None:
        return kept
    first, second = sight_of(journal, before), sight_of(journal, after)
    readings = (
        (None, None) if method == CLOSE_UP else (face_of(journal, before, first), face_of(journal, after, second))
    )
    found = as_marked((before, after), (first, second), readings, method, zone)
    if not journal.read_only and (None not in readings or method == CLOSE_UP):
        asked = question(before, after, method, zone)
        journal.previews.put_reading(before.original.sha256, asked, VERSION, found.to_json())
    return found


def as_marked(
    photos: tuple[Photo, Photo],
    sights: tuple[Sight, Sight],
    readings: tuple[FaceReading | None, FaceReading | None],
    method: str = AUTO,
    zone: str = "",
) -> Alignment:
    """Align two photos as the person has marked them: as close-ups of one zone, a mirror image turned back.

    Where only one of the two is marked as mirrored, AFTER is looked at with left and right exchanged.
    """
    from needlejournal.imaging.aligning.automatic import align
    from needlejournal.imaging.aligning.patches import mirror_image

    turned = one_is_mirrored(*photos)
    found = align(
        sights[0],
        mirror_image(sights[1]) if turned else sights[1],
        method=method,
        zone=zone or None,
        close_up=both_close_up(*photos),
        before_reading=readings[0],
        after_reading=None if turned else readings[1],
    )
    return _turned_back(found, photos[1]) if turned else found


def _turned_back(found: Alignment, after: Photo) -> Alignment:
    """What was found for the mirror image of AFTER, as it holds for AFTER itself."""
    as_it_is = found.of_mirror_image(after.original.width)
    wrong = found.measures is not None and found.measures.seems_mirrored
    return replace(as_it_is, reason=_MARKED_WRONGLY) if wrong else as_it_is


def one_is_mirrored(before: Photo, after: Photo) -> bool:
    """Whether the person says that one of the two, and not the other, is a mirror image."""
    return before.mirrored != after.mirrored


def both_close_up(before: Photo, after: Photo) -> bool:
    """Whether the person says that both photos are close-ups of one zone."""
    return before.view == after.view == CLOSE_UP_VIEW and before.zone == after.zone


def found_before(journal: Journal, before: Photo, after: Photo, method: str = AUTO, zone: str = "") -> Alignment | None:
    """What `find` found at an earlier time, at once; None when it was not asked, or cannot be read."""
    kept = journal.previews.reading(before.original.sha256, question(before, after, method, zone), VERSION)
    try:
        return None if kept is None else Alignment.from_json(kept)
    except (ValueError, KeyError, TypeError):
        return None


def question(before: Photo, after: Photo, method: str = AUTO, zone: str = "") -> str:
    """What is asked when AFTER is to be aligned to BEFORE: another one as soon as the photos are marked otherwise."""
    marked = ":mirrored" if one_is_mirrored(before, after) else ""
    close_up = ":close-up" if both_close_up(before, after) else ""
    return f"align:{after.original.sha256}:{method}:{zone}{close_up}{marked}"


def kept_alignment(journal: Journal, before_id: int, after_id: int, zone: str = "") -> Alignment | None:
    """What the person confirmed or made for this pair, in whichever order it was kept; None when nothing is."""
    there = journal.alignments.of_pair(before_id, after_id, zone)
    if there:
        return _as_marked_now(journal, there)
    back = journal.alignments.of_pair(after_id, before_id, zone)
    turned = _as_marked_now(journal, back) if back else None
    return turned.inverse() if turned else None


def _as_marked_now(journal: Journal, kept: KeptAlignment) -> Alignment | None:
    """What was kept, if one photo was marked as mirrored after that: made anew through the same points, or not used."""
    before, after = journal.photos.get(kept.before_id), journal.photos.get(kept.after_id)
    matrix = kept.alignment.matrix
    if not (before and after and matrix) or is_mirrored(matrix) == one_is_mirrored(before, after):
        return kept.alignment
    return by_hand(before, after, kept.points)[0] if len(kept.points) > 1 else None


def to_keep(
    before_id: int, after_id: int, found: Alignment, zone: str = "", points: Sequence[tuple[Point, Point]] = ()
) -> KeptAlignment:
    """The row to keep for an alignment that the person confirmed or made through `points` set by hand."""
    return KeptAlignment(before_id, after_id, replace(found, confident=True, confirmed=True), zone, tuple(points))


def forget(journal: Journal, before_id: int, after_id: int, zone: str = "") -> None:
    """Give up what was kept for a pair, in whichever order. Belongs inside a step."""
    for kept in (
        journal.alignments.of_pair(before_id, after_id, zone),
        journal.alignments.of_pair(after_id, before_id, zone),
    ):
        if kept:
            journal.alignments.trash(kept.id)


def keep_instead(journal: Journal, row: KeptAlignment) -> KeptAlignment:
    """Keep an alignment in place of what was kept for its pair. Belongs inside a step."""
    forget(journal, row.before_id, row.after_id, row.zone)
    return journal.alignments.save(row)


def kept_points(journal: Journal, before_id: int, after_id: int) -> list[tuple[Point, Point]]:
    """The point pairs that the person set by hand for this pair, on BEFORE and on AFTER."""
    for first, second, swapped in ((before_id, after_id, False), (after_id, before_id, True)):
        kept = journal.alignments.of_pair(first, second)
        if kept and kept.alignment.method == HAND:
            return [(other, one) if swapped else (one, other) for one, other in kept.points]
    return []


def by_hand(before: Photo, after: Photo, pairs: Sequence[tuple[Point, Point]]) -> tuple[Alignment, tuple[float, ...]]:
    """Align through points set on both photos; also how far each then lies from its partner, in BEFORE pixels.

    Raises BadInput for fewer than two pairs, or points too close together.
    """
    from needlejournal.imaging.aligning.similarity import similarity_from_pairs

    width, turned = after.original.width, one_is_mirrored(before, after)
    fit = similarity_from_pairs([(one, (width - 1 - x, y)) for one, (x, y) in pairs] if turned else pairs)
    residual = sum(fit.residuals) / len(fit.residuals)
    made = Alignment(HAND, fit.matrix, residual=residual, confident=True, confirmed=True)
    return made.of_mirror_image(width) if turned else made, fit.residuals


def scaled(matrix: Matrix, before: float, after: float) -> Matrix:
    """A matrix between full photos as one between smaller copies, whose sides have these shares."""
    (a, b, tx), (c, d, ty) = matrix
    ratio = before / after
    shift = 0.5 / after - 0.5
    return (
        (a * ratio, b * ratio, before * (a * shift + b * shift + tx + 0.5) - 0.5),
        (c * ratio, d * ratio, before * (c * shift + d * shift + ty + 0.5) - 0.5),
    )
