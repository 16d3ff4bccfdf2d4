"""What is kept about two photos seen together: alignment, spots that are followed, reasons to compare all the same."""

from __future__ import annotations

from dataclasses import field

from needlejournal.journal.alignments import Alignment, Point
from needlejournal.journal.frozen import frozen


@frozen
class KeptAlignment:
    """An alignment of two photos that the person confirmed, or made through `points` set on BEFORE and on AFTER.

    `zone` "" means the whole picture. Hand-made ones (method "hand") are never overwritten by automatic ones.
    """

    before_id: int
    after_id: int
    alignment: Alignment
    zone: str = ""
    points: tuple[tuple[Point, Point], ...] = ()
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class Spot:
    """A box of skin on one photo, followed through others. Box in fractions of the upright picture."""

    photo_id: int
    name: str
    left: float
    top: float
    width: float
    height: float
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class SpotPlace:
    """Where the patient put a spot by hand on another photo: centre and size relative to the box, in fractions."""

    spot_id: int
    photo_id: int
    x: float
    y: float
    scale: float = 1.0
    angle: float = 0.0  # degrees, clockwise
    id: int = 0
    uid: str = field(default="", compare=False)


@frozen
class PairOverride:
    """Why the patient compares a pair in spite of what differs; printed with every export."""

    before_id: int
    after_id: int
    reason: str
    id: int = 0
    uid: str = field(default="", compare=False)
