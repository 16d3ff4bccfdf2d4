"""The contact sheet under keys and mouse: choosing photos, turning stacks, and telling what is wanted of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QTableView, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui import theme
from needlejournal.ui.models.sheet_model import SheetModel
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.photos.sheet_painter import CellDelegate, DateHead, SeriesHead

Index = QModelIndex | QPersistentModelIndex


class SheetView(QTableView):
    """`chosen_changed` tells that other photos are chosen; `previewed` and `trashed` what is wanted of them."""

    chosen_changed = Signal()
    previewed = Signal()
    trashed = Signal()
    dragged = Signal()  # the chosen photos are being pulled out with the mouse

    def __init__(
        self, model: SheetModel, thumbnails: Thumbnails, catalogue: Catalogue, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet = model
        self._kept: tuple[int, ...] = ()
        self._marking = False  # what is marked stays while the arrow keys move on
        self._heads = DateHead(model, catalogue, self), SeriesHead(model, catalogue, self)
        self.setHorizontalHeader(self._heads[0])
        self.setVerticalHeader(self._heads[1])
        self.setItemDelegate(CellDelegate(model, thumbnails, self))
        self._prepare()
        model.modelAboutToBeReset.connect(self._keep_choice)
        self.setModel(model)
        model.modelReset.connect(self._take_choice)
        model.photos_changed.connect(self._show_changed)
        thumbnails.arrived.connect(self.viewport().update)
        theme.on_change(self._restyle)

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setTabKeyNavigation(False)
        # The ring says already what is chosen; the corner belongs to the ground.
        self.setStyleSheet(
            "QTableView { selection-background-color: transparent; }"
            "QTableCornerButton::section { background: transparent; border: none; }"
        )

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

    def startDrag(self, _actions: Qt.DropAction) -> None:
        self.dragged.emit()

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        several = index.isValid() and len(self._sheet.stack(index)) > 1
        if several and CellDelegate.stack_rect(self.visualRect(index)).contains(event.position()):
            self._sheet.turn(index)
            self.chosen_changed.emit()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._sheet.top(self.indexAt(event.position().toPoint())):
            self.previewed.emit()
