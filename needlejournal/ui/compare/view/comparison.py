"""Which photos are compared: two places, the series they are paged through, which one stays, how they are turned.

Tells `changed` and nothing else; knows no pixels and no widget.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from needlejournal.journal.changes import Changes
from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.view.layers import Turn
from needlejournal.ui.language import tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison import comparing
from needlejournal.workflows.comparison.comparing import PhotoGone, SeriesPhoto

_Change = Callable[[Turn], Turn]


class Comparison(QObject):
    """Two photos of an open journal, place 0 and place 1; empty until there are two that can be shown."""

    changed = Signal()

    def __init__(self, open_journal: OpenJournal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self.pair: tuple[SeriesPhoto, SeriesPhoto] | None = None
        self.series: list[SeriesPhoto] = []
        self.offered: list[SeriesPhoto] = []  # as it is paged: healing skin only where it is shown or wanted
        self.pinned = 0
        self.healing_wanted = False
        self.gone: dict[int, str] = {}
        self._turns: dict[int, Turn] = {}
        open_journal.changed.connect(self._follow)

    @property
    def moving(self) -> int:
        """The place that is paged."""
        return 1 - self.pinned

    def ids(self) -> tuple[int, ...]:
        """The photos in the two places."""
        return tuple(shown.id for shown in self.pair or ())

    def want_healing(self, *, wanted: bool) -> None:
        """Offer photos of healing skin too, or leave them out again."""
        self.healing_wanted = wanted
        self._tell()

    def turn(self, photo: Photo) -> Turn:
        """How a photo is turned for viewing; one that is marked as mirrored is mirrored back until told otherwise."""
        return self._turns.get(photo.id, Turn(0, photo.mirrored))

    def show(self, before_id: int = 0, after_id: int = 0) -> None:
        """Compare these two; what is 0 is chosen from the series of the other, else from the longest series.

        Raises PhotoGone.
        """
        journal, catalogue, calendar = self._open.journal, self._open.catalogue, self._open.calendar
        largest = comparing.all_series(journal)[:1] if not (before_id or after_id) else []
        meant = after_id or before_id or (largest[0].first.id if largest else 0)
        self.series = comparing.series_of(journal, catalogue, calendar, meant) if meant else []
        ids = self._completed(before_id, after_id)
        self.gone.clear()
        self.pair = (self._placed(ids[0]), self._placed(ids[1])) if ids else None
        self.pinned = 0
        self._tell()

    def show_series(self, photo_id: int) -> None:
        """Compare the first and the last of the series of this photo. Raises PhotoGone."""
        journal = self._open.journal
        series = comparing.series_of(journal, self._open.catalogue, self._open.calendar, photo_id)
        ids = comparing.first_pair(series)
        if ids:
            self.show(*ids)
        else:
            self.show(photo_id)

    def page(self, by: int) -> None:
        """Show the photo `by` places further in the series on the side that is not pinned."""
        if self.pair is None:
            return
        others = [photo for photo in self.offered if photo.id != self.pair[self.pinned].id]
        at = next((index for index, photo in enumerate(others) if photo.id == self.pair[self.moving].id), None)
        if at is not None:
            self.choose(others[min(max(at + by, 0), len(others) - 1)].id)
        elif others:
            self.choose(others[0 if by > 0 else -1].id)

    def choose(self, photo_id: int) -> None:
        """Show this photo of the series on the side that is not pinned; the pinned one itself changes nothing."""
        found = next((photo for photo in self.series if photo.id == photo_id), None)
        if self.pair is None or found is None or photo_id in self.ids():
            return
        self._put(self.moving, found)

    def swap(self) -> None:
        """Exchange the two places; the pin stays with its photo."""
        if self.pair is not None:
            self.pair = (self.pair[1], self.pair[0])
            self.pinned = self.moving
            self._tell()

    def pin_other(self) -> None:
        """Let the other photo stay while this one is paged."""
        self.pinned = self.moving
        self._tell()

    def turn_by(self, quarters: int, places: tuple[int, ...]) -> None:
        """Turn the photos in these places clockwise, for viewing."""
        self._turn(places, lambda turn: turn.turned(quarters))

    def mirror(self, places: tuple[int, ...]) -> None:
        """Exchange left and right of the photos in these places, for viewing."""
        self._turn(places, Turn.flipped)

    def _tell(self) -> None:
        shown = self.ids()
        self.offered = [one for one in self.series if self.healing_wanted or not one.healing or one.id in shown]
        self.changed.emit()

    def _turn(self, places: tuple[int, ...], change: _Change) -> None:
        for place in places:
            if self.pair is not None:
                photo = self.pair[place].photo
                self._turns[photo.id] = change(self.turn(photo))
        self._tell()

    def _put(self, place: int, photo: SeriesPhoto) -> None:
        if self.pair is not None:
            self.pair = (photo, self.pair[1]) if place == 0 else (self.pair[0], photo)
            self._tell()

    def _completed(self, before_id: int, after_id: int) -> tuple[int, int] | None:
        if before_id and after_id and before_id != after_id:
            return before_id, after_id
        proposed = comparing.first_pair(self.series)
        given = before_id or after_id
        if not given or proposed is None:
            return proposed
        if after_id:
            return (proposed[0], given) if proposed[0] != given else (given, proposed[1])
        return (given, proposed[1]) if proposed[1] != given else (proposed[0], given)

    def _placed(self, photo_id: int) -> SeriesPhoto:
        photo = comparing.find_photo(self._open.journal, photo_id)
        return comparing.placed(photo, self._open.calendar, self._open.catalogue)

    def _follow(self, changes: Changes) -> None:
        """Photos or sessions changed: read them anew, and notice when one that is shown is gone."""
        if not changes.has("photo", "session"):
            return
        if self.pair is None:
            self.show()
            return
        self.gone.clear()
        self.pair = (self._read_again(self.pair[0]), self._read_again(self.pair[1]))
        there = [shown for shown in (self.pair[self.moving], self.pair[self.pinned]) if shown.id not in self.gone]
        self.series = self._series_of(there[0].photo) if there else []
        self._tell()

    def _read_again(self, shown: SeriesPhoto) -> SeriesPhoto:
        try:
            return self._placed(shown.id)
        except PhotoGone as gone:
            self.gone[shown.id] = tr_message(gone.message)
            return shown

    def _series_of(self, photo: Photo) -> list[SeriesPhoto]:
        return comparing.series_of(self._open.journal, self._open.catalogue, self._open.calendar, photo.id)
