"""The contact sheet under keys and mouse: choosing photos, turning stacks, and telling what is wanted of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui import theme
from needlejournal.ui.models.sheet_model import SheetModel
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.photos.cell_view import CellView, FirstDate, MoreBeside
from needlejournal.ui.photos.sheet_painter import CellSize, DateHead, SeriesHead

Index = QModelIndex | QPersistentModelIndex
LEAST_COLUMNS = 3  # where fewer fit, the first date scrolls away with the others


class SheetView(CellView):
    """`chosen_changed` tells that other photos are chosen; `previewed` and `trashed` what is wanted of them."""

    trashed = Signal()
    _pinned: FirstDate | None = None  # Qt scrolls already while the view is made

    def __init__(
        self, model: SheetModel, thumbnails: Thumbnails, catalogue: Catalogue, parent: QWidget | None = None
    ) -> None:
        self._cells = CellSize()
        super().__init__(model, thumbnails, self._cells, parent)
        self._kept: tuple[int, ...] = ()
        self._marking = False  # what is marked stays while the arrow keys move on
        self._heads = DateHead(model, catalogue, self._cells, self), SeriesHead(model, catalogue, self._cells, self)
        self.setHorizontalHeader(self._heads[0])
        self.setVerticalHeader(self._heads[1])
        model.modelAboutToBeReset.connect(self._keep_choice)
        self.setModel(model)
        model.photos_changed.connect(self._show_changed)
        self._pinned = FirstDate(self, model, thumbnails, DateHead(model, catalogue, self._cells, self), self._cells)
        self._more = MoreBeside(self)
        model.modelReset.connect(self._take_choice)  # after both views have dropped what was chosen
        self._cells.changed.connect(self._restyle)
        self.horizontalScrollBar().valueChanged.connect(self._show_edges)
        self.horizontalScrollBar().rangeChanged.connect(self._show_edges)
        theme.on_change(self._restyle)

    def set_cell_factor(self, factor: float) -> None:
        """Show the photos `factor` times as large as usual."""
        self._cells.set_factor(factor)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, beside the date that stays."""
        bar = self.horizontalScrollBar()
        before, in_sight = bar.value(), self._pinned is not None and not self._pinned.isHidden()
        super().scrollTo(index, hint)
        if in_sight and not index.column():
            bar.setValue(before)
            return
        if self._pinned is not None and not self._pinned.isHidden():
            covered = self._pinned.width() - self.visualRect(index).left()
            bar.setValue(bar.value() - max(0, covered))

    def _show_edges(self) -> None:
        """Keep the first date in sight while the others move, and shade where there is more beside."""
        bar, room, column = self.horizontalScrollBar(), self.viewport().geometry(), self._heads[0].defaultSectionSize()
        if self._pinned is None:
            return
        self._pinned.setVisible(bar.value() > 0 and room.width() >= LEAST_COLUMNS * column)
        if not self._pinned.isHidden():
            self._pinned.fit(QRect(room.left(), 0, column, room.bottom() + 1))
        left = room.left() + (0 if self._pinned.isHidden() else column)
        hidden = bar.value() > (0 if self._pinned.isHidden() else column), bar.value() < bar.maximum()
        self._more.shade(QRect(left, 0, room.right() + 1 - left, room.bottom() + 1), *hidden)

    def chosen(self) -> list[int]:
        """The ids of the photos chosen, the oldest first."""
        cells = sorted(self.selectionModel().selectedIndexes(), key=lambda index: (index.column(), index.row()))
        return [self._sheet.top(index) for index in cells]

    def choose(self, ids: Iterable[int]) -> None:
        """Choose these photos, as far as they are here, and bring the last into view."""
        selection = QItemSelection()
        index = QModelIndex()
        for photo_id in ids:
            found = self._sheet.place(photo_id)
            if found.isValid():
                selection.select(found, found)
                index = found
        model = self.selectionModel()
        if index.isValid():
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self._marking = self._marking and selection.count() > 1
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def show_newest(self) -> None:
        """Bring the newest dates into view."""
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())

    def _keep_choice(self) -> None:
        self._kept = tuple(self.chosen())
        self._scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    _scrolled = (0, 0)

    def _take_choice(self) -> None:
        """After the sheet was laid out anew the same photos are chosen, and the same part is shown."""
        self.updateGeometries()
        self.horizontalScrollBar().setValue(self._scrolled[0])
        self.verticalScrollBar().setValue(self._scrolled[1])
        self.choose(self._kept)
        self.chosen_changed.emit()

    def _show_changed(self) -> None:
        self.viewport().update()
        self.chosen_changed.emit()

    def _restyle(self) -> None:
        bar = self.horizontalScrollBar()
        at_newest = bar.value() == bar.maximum()
        for head in self._heads:
            head.resize_sections(self.viewport().width())
            head.updateGeometry()
        self.updateGeometries()
        column = self._heads[0].defaultSectionSize()
        bar.setSingleStep(column)
        bar.setValue(bar.maximum() if at_newest else round(bar.value() / column) * column)
        self._show_edges()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._restyle()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def turn_current(self, by: int) -> None:
        """Put the next photo of the current cell on top."""
        self._sheet.turn(self.currentIndex(), by)
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.currentIndex()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain and self._sheet.top(current):
            self.previewed.emit()
        elif key in {Qt.Key.Key_M, Qt.Key.Key_Space} and self._sheet.top(current):
            self._mark(current)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.trashed.emit()
        elif key in {Qt.Key.Key_Comma, Qt.Key.Key_Period}:
            self.turn_current(1 if key == Qt.Key.Key_Period else -1)
        else:
            super().keyPressEvent(event)

    def _mark(self, current: QModelIndex) -> None:
        """Keep this photo chosen while the arrow keys go on, or let go of it."""
        flags = QItemSelectionModel.SelectionFlag
        first = not self._marking and self.selectionModel().isSelected(current)
        self.selectionModel().select(current, flags.Select if first else flags.Toggle)
        self._marking = bool(self.chosen())

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        plain = isinstance(event, QKeyEvent) and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self._marking and plain:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        self._marking = self._marking and event is None
        return super().selectionCommand(index, event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are keys here."""

    def moveCursor(self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Arrow keys go on to the next photo in their direction, over empty cells."""
        move = QTableView.CursorAction
        steps = {move.MoveLeft: (0, -1), move.MoveRight: (0, 1), move.MoveUp: (-1, 0), move.MoveDown: (1, 0)}
        current = self.currentIndex()
        if action not in steps or not current.isValid():
            return self._first() if not current.isValid() else super().moveCursor(action, modifiers)
        down, right = steps[action]
        row, column = current.row() + down, current.column() + right
        while 0 <= row < self._sheet.rowCount() and 0 <= column < self._sheet.columnCount():
            index = self._sheet.index(row, column)
            if self._sheet.stack(index):
                return index
            row, column = row + down, column + right
        return current

    def _first(self) -> QModelIndex:
        cells = self._sheet.sheet.cells
        return self._sheet.index(*min(cells)) if cells else QModelIndex()
