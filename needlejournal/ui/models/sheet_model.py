"""The contact sheet as a Qt model: where photos lie at once, the photos that are looked at read in blocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from needlejournal.journal.changes import Changes
from needlejournal.journal.healing import Healing, healing_at
from needlejournal.journal.moments import in_order
from needlejournal.journal.numbering import DayNumber
from needlejournal.journal.photos import Photo
from needlejournal.ui.models.contact_sheet import ContactSheet, SheetSeries, contact_sheet, turned
from needlejournal.ui.models.wording import healing_words, photo_caption, place_words
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.tips import plain

BLOCK = 12  # columns read at once
KEPT_PHOTOS = 3000
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class SheetModel(QAbstractTableModel):
    """Cells with photos can be chosen, empty ones cannot. Of several photos in a cell one lies on top."""

    photos_changed = Signal()  # other things are known of photos that stay where they are

    def __init__(self, open_journal: OpenJournal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._sheet = ContactSheet()
        self._photos: dict[int, Photo] = {}
        self._tops: dict[tuple[int, ...], int] = {}
        self._asleep = False
        self._missed = Changes()  # while nobody looked
        open_journal.changed.connect(self._follow)
        self.read()

    @property
    def sheet(self) -> ContactSheet:
        """Where every photo lies."""
        return self._sheet

    def read(self) -> None:
        """Lay out every photo anew."""
        self.beginResetModel()
        self._photos.clear()
        self._sheet = contact_sheet(self._open.journal.photos.places(), self._open.catalogue)
        self.endResetModel()

    def stack(self, index: Index) -> tuple[int, ...]:
        """The ids of a cell's photos."""
        return self._sheet.cells.get((index.row(), index.column()), ())

    def top(self, index: Index) -> int:
        """The id of the photo on top of a cell, 0 for an empty one."""
        ids = self.stack(index)
        return self._tops.get(ids, ids[0]) if ids else 0

    def turn(self, index: Index, by: int = 1) -> None:
        """Put the next photo of a cell on top."""
        ids = self.stack(index)
        if len(ids) > 1:
            self._tops[ids] = turned(ids, self.top(index), by)
            self.dataChanged.emit(index, index)

    def place(self, photo_id: int) -> QModelIndex:
        """The cell of a photo, which is put on top of it; an invalid index when it is not here."""
        cell = self._sheet.where.get(photo_id)
        if cell is None:
            return QModelIndex()
        ids = self._sheet.cells[cell]
        if len(ids) > 1:
            self._tops[ids] = photo_id
        return self.index(*cell)

    def photo(self, index: Index) -> Photo | None:
        """The photo on top of a cell."""
        photo_id = self.top(index)
        if photo_id and photo_id not in self._photos:
            self._fetch(index)
        return self._photos.get(photo_id)

    def photos(self, ids: Iterable[int]) -> list[Photo]:
        """These photos, oldest first."""
        found = self._open.journal.photos.many(ids).values()
        return in_order(found, lambda photo: photo.when, lambda photo: photo.id)

    def series(self, row: int) -> SheetSeries:
        """The series of a row."""
        return self._sheet.series[row]

    def day(self, column: int) -> date:
        """The day of a column."""
        return self._sheet.days[column]

    def day_number(self, column: int) -> DayNumber | None:
        """Where a column lies among the sessions; one whose photos were all taken before a session, before it."""
        calendar, rows = self._open.calendar, range(len(self._sheet.series))
        number = calendar.day_number(self._sheet.days[column])
        if number is None or number.days:
            return number
        photos = self.photos(one for row in rows for one in self._sheet.cells.get((row, column), ()))
        places = {calendar.place(photo.when) for photo in photos}
        return places.pop() if len(places) == 1 else number

    def healing(self, photo: Photo) -> Healing:
        """Whether a photo shows healing rather than a result, and in the window of which session."""
        return healing_at(photo.when, self._open.calendar, self._open.catalogue)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._sheet.series)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._sheet.days)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.stack(index):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        photo = self.photo(index)
        caption = self._caption(photo) if photo else None
        return plain(caption) if caption and role == Qt.ItemDataRole.ToolTipRole else caption

    def _caption(self, photo: Photo) -> str:
        caption = photo_caption(photo, self._open.calendar, self._open.catalogue)
        return " · ".join(filter(None, (caption, healing_words(self.healing(photo)))))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            series = self.series(section)
            return " · ".join(part for part in place_words(series.view, series.zone, self._open.catalogue) if part)
        return self.day(section).isoformat()

    def _fetch(self, index: Index) -> None:
        """Read the photos around a cell."""
        if len(self._photos) > KEPT_PHOTOS:
            self._photos.clear()
        first = index.column() // BLOCK * BLOCK
        columns = range(first, min(first + BLOCK, self.columnCount()))
        cells = self._sheet.cells
        ids = [one for column in columns for row in range(self.rowCount()) for one in cells.get((row, column), ())]
        self._photos.update(self._open.journal.photos.many(ids))

    def _stay(self, touched: frozenset[int]) -> bool:
        """Take over what was written about photos that stay in their cells; False when any comes, goes or moves."""
        if len(touched) > KEPT_PHOTOS:
            return False
        found = self._open.journal.photos.many(touched)
        for photo in found.values():
            if not self._sheet.lies_at(photo.id, SheetSeries(photo.view, photo.zone), photo.when.day):
                return False
        if any(photo_id in self._sheet.where for photo_id in touched - found.keys()):
            return False
        self._photos.update(found)
        return True

    def sleep(self) -> None:
        """Nobody looks: what is written meanwhile is read when somebody does."""
        self._asleep = True

    def wake(self) -> None:
        """Somebody looks again."""
        self._asleep = False
        changes, self._missed = self._missed, Changes()
        self._take(changes)

    def _follow(self, changes: Changes) -> None:
        if self._asleep:
            self._missed |= changes
        else:
            self._take(changes)

    def _take(self, changes: Changes) -> None:
        touched = changes.ids("photo")
        if touched and not self._stay(touched):
            self.read()
        elif touched:
            self.photos_changed.emit()
        elif changes.has("session"):
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, self.columnCount() - 1))
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
