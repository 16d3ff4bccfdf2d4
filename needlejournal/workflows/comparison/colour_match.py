"""Matches the colours of a pair on skin that the person marks as untreated: a view, never written into a photo.

For workers. What was measured on the marked skin is kept with the measures of both photos, for the panel.
"""

from __future__ import annotations

from dataclasses import replace

from needlejournal.imaging.composing.region import Region
from needlejournal.journal.comparing.comparability import DIFFERS, facts_of
from needlejournal.journal.comparing.measured import light_side
from needlejournal.journal.comparing.measures import VERSION, PhotoMeasures
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.comparison.readings import MEASURES, kept_face, kept_measures, sight_of

# Degrees from which skin is near the edge of the face. With the lamp on another side, colours matched there were 12 %
# off on rendered heads.
_NEAR_THE_EDGE = 40.0
AT_THE_EDGE = message(
    "This skin lies near the edge of the face, and the light came from another side: what you see can be a tenth too "
    "bright or too dark. Skin that faces the camera, such as the forehead, does better."
)


@frozen
class ColourMatch:
    """The colour tables (256 × 3 bytes, blue, green, red) to show AFTER with, and what to mind about them."""

    tables: bytes
    warning: Message | None = None


def match(journal: Journal, before: Photo, before_region: Region, after: Photo, after_region: Region) -> ColourMatch:
    """How AFTER is to be shown so that its untreated skin looks as BEFORE's.

    Raises NoColourMatch with the reason where the marked skin does not do, WorldError for unreadable photos.
    """
    from needlejournal.imaging.composing.colour import colour_gains, gain_tables, untreated_skin

    first, second = sight_of(journal, before), sight_of(journal, after)
    gains = colour_gains(first, before_region, second, after_region)
    if not journal.read_only:
        for photo, seen, region in ((before, first, before_region), (after, second, after_region)):
            measures = replace(kept_measures(journal, photo) or PhotoMeasures(), untreated=untreated_skin(seen, region))
            journal.previews.put_reading(photo.original.sha256, MEASURES, VERSION, measures.to_json())
    marked = (before, before_region), (after, after_region)
    doubted = _lit_from_another_side(journal, before, after) and any(_at_the_edge(journal, *one) for one in marked)
    return ColourMatch(gain_tables(gains).tobytes(), AT_THE_EDGE if doubted else None)


def _lit_from_another_side(journal: Journal, before: Photo, after: Photo) -> bool:
    first, second = (facts_of(photo, measures=kept_measures(journal, photo)) for photo in (before, after))
    return light_side(first, second).answer == DIFFERS


def _at_the_edge(journal: Journal, photo: Photo, region: Region) -> bool:
    from needlejournal.imaging.faces.turned_away import turned_away

    face = kept_face(journal, photo)
    if face is None:
        return False
    x, y = (region.left + region.width / 2) * face.width, (region.top + region.height / 2) * face.height
    turned = turned_away(face, x, y)
    return turned is not None and turned > _NEAR_THE_EDGE
