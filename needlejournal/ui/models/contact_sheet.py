"""Photos laid out as a contact sheet: a row for each series (view and zone), a column for each date. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from needlejournal.journal.catalogue import Catalogue

PhotoPlace = tuple[int, date, str, str]  # id, day, view, zone
Cell = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True)
class SheetSeries:
    """Photos of one view and zone, which can be compared with each other."""

    view: str
    zone: str


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """`cells` gives the photos of a series and a day, by id, in the order they were taken; `where` each one's cell."""

    series: tuple[SheetSeries, ...] = ()
    days: tuple[date, ...] = ()
    cells: dict[Cell, tuple[int, ...]] = field(default_factory=dict)
    where: dict[int, Cell] = field(default_factory=dict)

    def lies_at(self, photo_id: int, series: SheetSeries, day: date) -> bool:
        """Whether a photo lies alone in the cell of this series and day."""
        cell = self.where.get(photo_id)
        if cell is None or len(self.cells[cell]) > 1:
            return False
        return self.series[cell[0]] == series and self.days[cell[1]] == day


def contact_sheet(places: Iterable[PhotoPlace], catalogue: Catalogue) -> ContactSheet:
    """Lay photos out: series in the catalogue's order, whole views before zones, undecided ones last; days in order."""
    found: defaultdict[tuple[str, str], defaultdict[date, list[int]]] = defaultdict(lambda: defaultdict(list))
    for photo_id, day, view, zone in places:
        found[view, zone][day].append(photo_id)
    series = sorted((SheetSeries(*names) for names in found), key=_order(catalogue))
    days = sorted(set().union(*found.values()))
    columns = {day: column for column, day in enumerate(days)}
    cells = {
        (row, columns[day]): tuple(ids)
        for row, one in enumerate(series)
        for day, ids in found[one.view, one.zone].items()
    }
    where = {photo_id: cell for cell, ids in cells.items() for photo_id in ids}
    return ContactSheet(tuple(series), tuple(days), cells, where)


def _order(catalogue: Catalogue) -> Callable[[SheetSeries], tuple[int, int, str, str]]:
    """The sort key of a series."""
    views = _places(view.key for view in catalogue.views)
    zones = _places(zone.key for zone in catalogue.zones)

    def key(series: SheetSeries) -> tuple[int, int, str, str]:
        undecided = len(views) + (0 if series.view else 1)
        zone = zones.get(series.zone, len(zones)) if series.zone else -1
        return views.get(series.view, undecided), zone, series.view, series.zone

    return key


def _places(keys: Iterable[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def turned(ids: Sequence[int], top: int, by: int) -> int:
    """The next photo of a stack after `top`, going round."""
    return ids[(ids.index(top) + by) % len(ids)] if top in ids else ids[0]
