"""Matches the colours of a pair on skin that the person marks as untreated: a view, never written into a photo.

For workers. What was measured on the marked skin is kept with the measures of both photos, for the panel.
"""

from __future__ import annotations

from dataclasses import replace

from needlejournal.imaging.composing.colour import Region
from needlejournal.journal.comparing.measures import VERSION, PhotoMeasures
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.workflows.readings import MEASURES, kept_measures, sight_of


def match(journal: Journal, before: Photo, before_region: Region, after: Photo, after_region: Region) -> bytes:
    """The colour tables (256 × 3 bytes, blue, green, red) with which AFTER's untreated skin looks as BEFORE's.

    Raises NoColourMatch with the reason where the marked skin does not do, WorldError for unreadable photos.
    """
    from needlejournal.imaging.composing.colour import colour_gains, gain_tables, untreated_skin

    first, second = sight_of(journal, before), sight_of(journal, after)
    gains = colour_gains(first, before_region, second, after_region)
    if not journal.read_only:
        for photo, seen, region in ((before, first, before_region), (after, second, after_region)):
            measures = replace(kept_measures(journal, photo) or PhotoMeasures(), untreated=untreated_skin(seen, region))
            journal.previews.put_reading(photo.original.sha256, MEASURES, VERSION, measures.to_json())
    return gain_tables(gains).tobytes()
