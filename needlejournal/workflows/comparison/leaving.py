"""Photos as they leave the window, with what must be said of each: turned back where it is mirrored, and whether
only its small copy is there.

For workers. Knows no pages and no widgets.
"""

from __future__ import annotations

from dataclasses import dataclass

from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.alignments import Matrix, of_mirror_images
from needlejournal.journal.message import Message, message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison.aligning import scaled
from needlejournal.workflows.photos_in.previewing import small_of, why_only_small

MIRRORED_BACK = message("mirrored back")
SMALL_COPY = message("only a small copy, as the original cannot be read")
Shown = tuple[Photo, int]  # and how wide the small one is


@dataclass(frozen=True, slots=True, eq=False)
class Leaving:
    """The pixels of a photo, and what must stand beside them."""

    pixels: Pixels
    said: tuple[Message, ...] = ()


def leaving(journal: Journal, photo: Photo, long_side: int) -> Leaving:
    """The photo, small, and turned back where it is marked as mirrored. Raises WorldError when it cannot be read."""
    small = small_of(journal, photo, long_side)
    said = [MIRRORED_BACK] if photo.mirrored else []
    if why_only_small(journal, photo):
        said.append(SMALL_COPY)
    return Leaving(turned_back(small) if photo.mirrored else small, tuple(said))


def turned_back(pixels: Pixels) -> Pixels:
    """A mirrored picture as a camera would have taken it."""
    from needlejournal.imaging.reading.turning import mirror_image

    return mirror_image(pixels)


def between_small(matrix: Matrix, before: Shown, after: Shown) -> Matrix:
    """A matrix between two photos of the journal as one between the small ones, each turned back where it is marked."""
    scales = (width / max(1, photo.original.width) for photo, width in (before, after))
    widths = (width if photo.mirrored else None for photo, width in (before, after))
    return of_mirror_images(scaled(matrix, *scales), *widths)
