"""Cells of the contact sheet under the mouse; the first date, which stays in sight; the shade where there is more."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.models.sheet_model import SheetModel
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.photos.sheet_painter import CellDelegate, CellSize, DateHead

Index = QModelIndex | QPersistentModelIndex
SHADE = 14  # how wide the shade at an edge is
ON_LIGHT, ON_DARK = 0.16, 0.6  # how strong it is on a light and on a dark ground


class CellView(QTableView):
    """Photos in cells: a press on a stack turns it, a double click shows a photo large, a drag pulls photos out."""

    chosen_changed = Signal()
    previewed = Signal()
    dragged = Signal()  # the chosen photos are being pulled out with the mouse

    def __init__(self, model: SheetModel, thumbnails: Thumbnails, cells: CellSize, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._sheet = model
        self.setItemDelegate(CellDelegate(model, thumbnails, cells, self))
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
        thumbnails.arrived.connect(self.viewport().update)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        self.dragged.emit()

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


class FirstDate(CellView):
    """The first date once more, over the left edge of a sheet that is scrolled: the same cells, the same choice."""

    def __init__(
        self, sheet: CellView, model: SheetModel, thumbnails: Thumbnails, head: DateHead, cells: CellSize
    ) -> None:
        super().__init__(model, thumbnails, cells, sheet)
        self._over = sheet
        self.setAccessibleName(tr("The first date, which stays in sight"))
        self.setFocusProxy(sheet)
        self.setAutoScroll(False)
        self.setAutoFillBackground(True)
        self.setHorizontalHeader(head)
        self.setModel(model)
        self.setSelectionModel(sheet.selectionModel())
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bars = self.verticalScrollBar(), sheet.verticalScrollBar()
        bars[0].valueChanged.connect(bars[1].setValue)
        bars[1].valueChanged.connect(bars[0].setValue)
        self.chosen_changed.connect(sheet.chosen_changed)
        self.previewed.connect(sheet.previewed)
        self.dragged.connect(sheet.dragged)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.hide()

    def fit(self, where: QRect) -> None:
        """Lie there in the sheet, with rows and column as large as its own."""
        self.setGeometry(where)
        self.horizontalHeader().setDefaultSectionSize(where.width())
        self.verticalHeader().setDefaultSectionSize(self._over.verticalHeader().defaultSectionSize())
        self.updateGeometries()
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(self._over.verticalScrollBar().value())

    def scrollTo(
        self, _index: Index, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """The sheet below scrolls, and this follows."""

    def _ask_menu(self, where: QPoint) -> None:
        there = self._over.viewport().mapFromGlobal(self.viewport().mapToGlobal(where))
        self._over.customContextMenuRequested.emit(there)


class MoreBeside(QWidget):
    """A soft shade at the edges behind which there are more dates."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._left = self._right = False

    def shade(self, where: QRect, left: bool, right: bool) -> None:
        """Lie there, shading the edges that hide something."""
        self._left, self._right = left, right
        self.setGeometry(where)
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        strength = ON_DARK if theme.colour("ground").lightness() < 128 else ON_LIGHT
        dark, clear = QColor(0, 0, 0, round(255 * strength)), QColor(0, 0, 0, 0)
        with QPainter(self) as painter:
            for shaded, edge, inward in ((self._left, 0, SHADE), (self._right, self.width(), -SHADE)):
                if shaded:
                    fade = QLinearGradient(edge, 0, edge + inward, 0)
                    fade.setColorAt(0, dark)
                    fade.setColorAt(1, clear)
                    painter.fillRect(QRectF(min(edge, edge + inward), 0, SHADE, self.height()), fade)
