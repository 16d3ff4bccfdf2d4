"""A list whose rows have heights of their own, measured only where somebody looks, and painted without widgets.

It keeps what is on the screen in its place when rows above it turn out taller, come or go. It reads nothing itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from needlejournal.store import CardKey
from needlejournal.ui import theme
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.models.timeline_model import Month, TimelineModel
from needlejournal.ui.timeline.card_layout import CardLayout, lay_out
from needlejournal.ui.timeline.card_painter import CardState, colour
from needlejournal.ui.timeline.geometry import ListGeometry
from needlejournal.ui.timeline.row_delegate import RowDelegate
from needlejournal.ui.widgets.frame.scroll_area import own_viewport

_LAYOUTS_KEPT = 60
Index = QModelIndex | QPersistentModelIndex


class RowList(QListView):
    """Months and cards of a timeline. Subclasses say how a card is shown (`card_state`) and what keys and mouse do."""

    def __init__(self, model: TimelineModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = model
        self._geometry = ListGeometry(self._measure)
        self._layouts: OrderedDict[int, CardLayout] = OrderedDict()
        self._above: QWidget | None = None
        self._prepare()
        self._rows = RowDelegate(self, model, thumbnails, self)
        self.setItemDelegate(self._rows)
        self.setModel(model)
        model.rowsAboutToBeRemoved.connect(self._rows_leave)
        thumbnails.arrived.connect(self.viewport().update)
        theme.on_change(self._restyle)

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)
        own_viewport(self)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(theme.px(28))

    def card_state(self, row: int) -> CardState:
        """How the card of a row is shown."""
        return CardState(chosen=self.currentIndex().row() == row)

    def set_above(self, widget: QWidget) -> None:
        """Show a widget above the first row, which scrolls with the rows; again, when it wants another height."""
        if widget is not self._above:
            self._above = widget
            widget.setParent(self.viewport())
            widget.show()
        self._settle()

    def show_above(self, *, shown: bool) -> None:
        """Show the widget above the first row, or leave its room to the rows."""
        if self._above is not None and self._above.isHidden() == shown:
            self._above.setVisible(shown)
            self._settle()

    def layout_of(self, row: int) -> CardLayout | None:
        """The layout of a card at the width of now; None for a month."""
        if row not in self._layouts:
            content = self._cards.content(row)
            if content is None:
                return None
            while len(self._layouts) > _LAYOUTS_KEPT:
                self._layouts.popitem(last=False)
            self._layouts[row] = lay_out(
                content, RowDelegate.card_width(self.viewport().width()), self._cards.filter.text
            )
        return self._layouts[row]

    # Rows and their places

    def _forget_looks(self) -> None:
        self._layouts.clear()
        self._rows.forget()

    def _measure(self, row: int) -> int:
        return RowDelegate.height(self.layout_of(row))

    def _estimates(self, first: int, last: int) -> list[int]:
        kinds = RowDelegate.usual_heights()
        return [kinds[_kind(self._cards.row(row))] for row in range(first, last + 1)]

    def _begin(self) -> None:
        self._forget_looks()
        self._geometry.heights.reset(self._estimates(0, self._cards.rowCount() - 1))
        self.verticalScrollBar().setValue(0)
        self._geometry.start()
        self._settle()

    def _restyle(self) -> None:
        self._forget_looks()
        self._geometry.heights.forget()
        self._settle()

    def _inset(self) -> int:
        if self._above is None:
            return 0
        width = self.viewport().width() - 2 * theme.PAGE_MARGIN + RowDelegate.SCROLLBAR
        self._above.resize(width, self._above.height())  # what lies beside or below something is known only then
        height = self._above.sizeHint().height()
        if self._above.hasHeightForWidth():
            height = self._above.heightForWidth(width)
        self._above.resize(width, height)
        return height + theme.px(theme.SPACE_S) if not self._above.isHidden() else theme.px(theme.SPACE_XS)

    def _settle(self) -> None:
        """Measure what is on the screen, keep it in its place, and put the scroll bar where that is."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        inset = self._inset()
        value = self._geometry.settle(bar.value(), height, inset)
        bar.blockSignals(True)
        bar.setPageStep(max(1, height))
        bar.setRange(0, max(0, self._geometry.heights.total + inset + theme.PAGE_MARGIN - height))
        bar.setValue(value)
        bar.blockSignals(False)
        self._geometry.keep(bar.value(), inset)
        if self._above is not None:
            self._above.move(theme.PAGE_MARGIN, -bar.value())
        self.viewport().update()

    # What Qt asks of a view

    def reset(self) -> None:
        super().reset()
        if hasattr(self, "_geometry"):
            self._begin()

    def doItemsLayout(self) -> None:
        self._settle()

    def updateGeometries(self) -> None:
        self._settle()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self._forget_looks()
            self._geometry.heights.forget()
        self._settle()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        self._forget_looks()
        self._geometry.insert(start, self._estimates(start, end))
        super().rowsInserted(parent, start, end)

    def _rows_leave(self, _parent: Index, start: int, end: int) -> None:
        self._forget_looks()
        self._geometry.remove(start, end)

    def dataChanged(self, first: Index, last: Index, _roles: Sequence[int] = ()) -> None:
        rows = range(first.row(), last.row() + 1)
        for row in rows:
            self._layouts.pop(row, None)
        self._rows.forget_rows(rows)
        self._geometry.heights.forget(first.row(), last.row())
        self._settle()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._geometry.heights):
            return QRect()
        return self._row_rect(index.row())

    def _row_rect(self, row: int) -> QRect:
        top = self._geometry.heights.top(row) + self._geometry.inset - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._geometry.heights[row])

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._geometry.row_at(point.y() + self.verticalScrollBar().value())
        return QModelIndex() if row < 0 else self._cards.index(row)

    def scrollTo(self, index: Index, hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        if not index.isValid():
            return
        where, height, bar = self._row_rect(index.row()), self.viewport().height(), self.verticalScrollBar()
        if where.top() < 0 or where.height() > height:
            bar.setValue(bar.value() + where.top() - theme.px(30))
        elif where.bottom() > height:
            bar.setValue(bar.value() + where.bottom() - height)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    def visualRegionForSelection(self, selection: object) -> QRegion:
        return QRegion(self.viewport().rect())

    def keyboardSearch(self, _search: str) -> None:
        """Letters search in the search field, not by going through every row."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(event.rect(), colour("ground"))
            y, height = self._geometry.first_y, self.viewport().height()
            row = self._geometry.first_row
            while row < len(self._geometry.heights) and y < height:
                rest = self._geometry.heights[row]
                if y + rest > event.rect().top():
                    self._rows.paint_row(painter, QRect(0, y, self.viewport().width(), rest), row)
                y += rest
                row += 1


def _kind(row: CardKey | Month) -> str:
    if isinstance(row, Month):
        return "month"
    return "session" if row.session_id else "day"
