"""Colours matched for viewing: off until the person marks untreated skin, and only for the pair it was marked on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from needlejournal.imaging.composing.region import Region
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.jobs import SOON, JobControl
from needlejournal.ui.language import tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison import colour_match
from needlejournal.workflows.comparison.colour_match import ColourMatch


class Colours(QObject):
    """Knows the colour tables of pairs; `changed` tells that a pair is shown in other colours."""

    changed = Signal()

    def __init__(self, open_journal: OpenJournal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._tables: dict[tuple[int, int], bytes] = {}

    def tables(self, onto_id: int, photo_id: int) -> bytes:
        """The tables to show a photo with, or b"" for as taken."""
        return self._tables.get((onto_id, photo_id), b"")

    def match(
        self, onto: Photo, photo: Photo, regions: tuple[Region, Region], failed: Callable[[Exception], None]
    ) -> None:
        """Match `photo` to `onto` on the marked skin, in the background."""
        work = partial(_match, self._open.journal, onto, photo, regions)
        self._open.jobs.run(work, partial(self._take, (onto.id, photo.id)), failed, priority=SOON)

    def clear(self) -> None:
        """Show everything as taken."""
        self._tables.clear()
        self.changed.emit()

    def _take(self, pair: tuple[int, int], found: ColourMatch) -> None:
        self._tables[pair] = found.tables
        self.changed.emit()
        if found.warning is not None:
            self._open.say(tr_message(found.warning))


def _match(
    journal: Journal, onto: Photo, photo: Photo, regions: tuple[Region, Region], _control: JobControl
) -> ColourMatch:
    return colour_match.match(journal, onto, regions[0], photo, regions[1])
