"""Spots of skin that are followed through a series: which there are, and where the person put them by hand.

Rows only; finding the same place on other photos is alignment's business. Knows no widgets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from needlejournal.journal.pairs import Spot, SpotPlace
from needlejournal.store import Journal

Centre = tuple[float, float]


def spots_on(journal: Journal, photo_ids: Iterable[int]) -> list[Spot]:
    """The spots that were boxed on any of these photos, in the order they were made."""
    wanted = set(photo_ids)
    return [spot for spot in journal.spots.all() if spot.photo_id in wanted]


def centres(journal: Journal, spot: Spot) -> dict[int, Centre]:
    """Where the person put a spot by hand: its centre in fractions of each photo, by photo id."""
    return {place.photo_id: (place.x, place.y) for place in _places(journal, spot)}


def put(journal: Journal, spot: Spot, photo_id: int, centre: Centre) -> None:
    """Keep where a spot lies on a photo. Belongs inside a step."""
    there = next((place for place in _places(journal, spot) if place.photo_id == photo_id), None)
    place = there or SpotPlace(spot.id, photo_id, *centre)
    journal.spot_places.save(replace(place, x=centre[0], y=centre[1]))


def restore(journal: Journal, spot: Spot, before: dict[int, Centre]) -> None:
    """Put the corrections of a spot back to what they were. Belongs inside a step."""
    for place in _places(journal, spot):
        if place.photo_id not in before:
            journal.spot_places.trash(place.id)
    for photo_id, centre in before.items():
        put(journal, spot, photo_id, centre)


def remove(journal: Journal, spot: Spot) -> None:
    """Put a spot and its places into the trash. Belongs inside a step."""
    for place in _places(journal, spot):
        journal.spot_places.trash(place.id)
    journal.spots.trash(spot.id)


def _places(journal: Journal, spot: Spot) -> list[SpotPlace]:
    return [place for place in journal.spot_places.all() if place.spot_id == spot.id]
