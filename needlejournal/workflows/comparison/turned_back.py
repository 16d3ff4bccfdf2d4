"""Photos as they leave the window: one that is marked as mirrored is turned back, as on the page Compare.

For workers. Knows no pages and no widgets.
"""

from __future__ import annotations

from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.alignments import Matrix, of_mirror_images
from needlejournal.journal.message import message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison.aligning import scaled
from needlejournal.workflows.photos_in.previewing import small_of

MIRRORED_BACK = message("mirrored back")
Shown = tuple[Photo, int]  # and how wide the small one is


def small_turned_back(journal: Journal, photo: Photo, long_side: int) -> Pixels:
    """The photo, small, and turned back where it is marked as mirrored. Raises WorldError when it cannot be read."""
    small = small_of(journal, photo, long_side)
    return turned_back(small) if photo.mirrored else small


def turned_back(pixels: Pixels) -> Pixels:
    """A mirrored picture as a camera would have taken it."""
    from needlejournal.imaging.reading.turning import mirror_image

    return mirror_image(pixels)


def between_small(matrix: Matrix, before: Shown, after: Shown) -> Matrix:
    """A matrix between two photos of the journal as one between the small ones, each turned back where it is marked."""
    scales = (width / max(1, photo.original.width) for photo, width in (before, after))
    widths = (width if photo.mirrored else None for photo, width in (before, after))
    return of_mirror_images(scaled(matrix, *scales), *widths)
