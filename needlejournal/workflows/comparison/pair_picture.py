"""A before/after picture without a window: two photos, aligned where that is sure, with their dates below.

Bytes in, a file's bytes out. Knows no journal and no window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.composing.lettering import Note
from needlejournal.imaging.composing.panels import Panel, PanelSheet
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.alignments import NONE, Alignment, of_mirror_images
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.workflows.comparison.leaving import MIRRORED_BACK, turned_back

ALIGNED = "aligned: moved, turned and scaled, never reshaped"
AS_TAKEN = Alignment(NONE, reason=message("Both photos are shown as they were taken."))


@dataclass(frozen=True, slots=True)
class PairSide:
    """One photo of the pair: its bytes, when it was taken where that is known, what else to say of it, the zone of a
    close-up where its view is said to be one, and whether it is marked as mirrored: it is turned back then.
    """

    data: bytes
    when: When | None = None
    caption: str = ""
    close_up_of: str | None = None
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class PairPicture:
    """The finished file, its size in pixels, and how the two photos were laid over one another."""

    data: bytes
    width: int
    height: int
    alignment: Alignment

    @property
    def aligned(self) -> bool:
        """Whether AFTER was moved onto BEFORE."""
        return self.alignment.confident


def side_of_file(data: bytes) -> PairSide:
    """A photo as it tells of itself. Raises UnreadablePicture."""
    from needlejournal.imaging.reading.apart import workers

    return PairSide(data, workers.facts(data).when)


def picture_of_pair(
    before: PairSide,
    after: PairSide,
    kind: ExportFormat,
    *,
    align: bool = True,
    kept: Alignment | None = None,
    notes: tuple[Note, ...] = (),
) -> PairPicture:
    """Put two photos side by side with `notes` below them, as they are known to lie where that is `kept`. An alignment
    that is not sure is not used. Raises UnreadablePicture.
    """
    from needlejournal.imaging.aligning.automatic import align as align_photos
    from needlejournal.imaging.composing.pictures import compose_pair
    from needlejournal.imaging.composing.scrubbing import encode

    first, second = _shown(before), _shown(after)
    close_up = before.close_up_of is not None and before.close_up_of == after.close_up_of
    if not align:
        result = AS_TAKEN
    elif kept is not None:
        widths = (pixels.width if side.mirrored else None for side, pixels in ((before, first), (after, second)))
        result = replace(kept, matrix=of_mirror_images(kept.matrix, *widths)) if kept.matrix else kept
    else:
        result = align_photos(first, second, close_up=close_up)
    matrix = result.matrix if result.confident else None
    panels = (
        Panel(first, "Before", _caption(before)),
        Panel(second, "After", _caption(after), matrix=matrix),
    )
    page = compose_pair(*panels, PanelSheet(labels=(ALIGNED,) if matrix else (), notes=notes))
    return PairPicture(encode(page, kind), page.width, page.height, result)


def _shown(side: PairSide) -> Pixels:
    from needlejournal.imaging.reading.apart import workers

    pixels = workers.upright(side.data)
    return turned_back(pixels) if side.mirrored else pixels


def _caption(side: PairSide) -> str:
    day = f"{side.when.day.day} {side.when.day:%B %Y}" if side.when else "date unknown"
    return " · ".join(part for part in (day, side.caption, str(MIRRORED_BACK) if side.mirrored else "") if part)
