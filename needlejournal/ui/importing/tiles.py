"""The photos of an import as tiles below the headings of their days: a list model, how a tile is painted, and a view as
high as its content.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QInputEvent, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.importing.captions import FileCaption, said
from needlejournal.ui.importing.day_headings import HEIGHT, DayHeading, DayTick, Row, paint_heading
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.tips import plain
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.frame.scroll_area import own_viewport
from needlejournal.ui.widgets.pictures.photo_thumb import ThumbLook, paint_thumb
from needlejournal.ui.widgets.spoken import announce
from needlejournal.workflows.photos_in.import_plan import ImportItem
from needlejournal.workflows.photos_in.import_views import as_seen

ROW = Qt.ItemDataRole.UserRole
PICTURE_WIDTH, PICTURE_SHAPE = 150, 1.2  # least width, and height in parts of the width
LINE, LINES, PADDING, GAP = 18, 4, 8, 6
Index = QModelIndex | QPersistentModelIndex


class TileModel(QAbstractListModel):
    """The items of one section, and the headings between them. `describe` gives the caption of an item."""

    def __init__(self, describe: Callable[[ImportItem], FileCaption], parent: QWidget) -> None:
        super().__init__(parent)
        self.describe = describe
        self._rows: list[Row] = []
        self._saved: set[int] = set()
        self._chosen: set[int] = set()

    def show_rows(self, rows: Sequence[Row]) -> bool:
        """Show these; where only their decisions changed, nothing moves. Gives whether something did."""
        if [_identity(row) for row in rows] == [_identity(row) for row in self._rows]:
            self._rows = list(rows)
            self._tell_changed()
            return False
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()
        return True

    def show_saved(self, keys: Collection[int]) -> None:
        """Tick these: they are saved."""
        self._saved = set(keys)
        self._tell_changed()

    def show_chosen(self, keys: Collection[int]) -> None:
        """Let the headings say how much of their days is selected."""
        self._chosen = set(keys)
        if self.headed:
            self._tell_changed()

    def _tell_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    @property
    def headed(self) -> bool:
        """Whether the photos stand below headings."""
        return any(isinstance(row, DayHeading) for row in self._rows)

    def is_saved(self, item: ImportItem) -> bool:
        """Whether this one has its tick."""
        return item.key in self._saved

    def chosen(self, heading: DayHeading) -> DayTick:
        """How much of a day is selected."""
        return heading.chosen(self._chosen)

    def rows(self) -> Sequence[Row]:
        """Headings and photos, as they stand."""
        return self._rows

    def items(self) -> list[ImportItem]:
        """The photos that are shown."""
        return [row for row in self._rows if isinstance(row, ImportItem)]

    def indexes(self, keys: Collection[int]) -> list[QModelIndex]:
        """Where these photos stand."""
        rows = enumerate(self._rows)
        return [self.index(place) for place, row in rows if isinstance(row, ImportItem) and row.key in keys]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = index.isValid() and isinstance(self._rows[index.row()], DayHeading)
        return Qt.ItemFlag.ItemIsEnabled if heading else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole}:
            return row.spoken(self._chosen) if isinstance(row, DayHeading) else self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, ImportItem):
            return plain("\n".join(part for part in (row.name, said(row.reason)) if part))
        return None

    def _spoken(self, item: ImportItem) -> str:
        said = f"{item.name}: {self.describe(item).spoken}"
        return tr("{photo}, saved").format(photo=said) if self.is_saved(item) else said


def _identity(row: Row) -> object:
    return row if isinstance(row, DayHeading) else row.key


class TilePainter(QStyledItemDelegate):
    """Paints a heading, or one tile: picture, tick, and four lines below."""

    def __init__(self, model: TileModel, thumbnails: Thumbnails, view: TileList) -> None:
        super().__init__(view)
        self._model = model
        self._thumbnails = thumbnails
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.size_of(index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        where = QRectF(rect).adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)
        painting.smooth(painter)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painting.box(painter, where, theme.RADIUS_CARD, theme.colour("accent_ground"), theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painting.box(painter, where, theme.RADIUS_CARD, theme.colour("hover"))
        if isinstance(row, DayHeading):
            paint_heading(painter, row.words, self._model.chosen(row), where)
        else:
            self._paint_picture(painter, row, where)
            self._paint_lines(painter, self._model.describe(row), where)
        if state & QStyle.StateFlag.State_HasFocus:
            painting.focus_ring(painter, where, theme.RADIUS_CARD)

    def _paint_picture(self, painter: QPainter, item: ImportItem, where: QRectF) -> None:
        box = _picture_box(where)
        photo = as_seen(item)
        picture: QPixmap | None = None
        if photo.original.readable:
            ratio = painter.device().devicePixelRatio()
            picture = self._thumbnails.tile(photo, box.width(), box.height(), theme.RADIUS_CONTROL, ratio)
        paint_thumb(painter, box, picture, ThumbLook(), QColor(item.colour) if photo.original.readable else None)
        if not photo.original.readable and item.size:
            side = theme.px(30)
            middle = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            icons.paint(painter, "eye_off", middle, theme.colour("on_surround"))
        if self._model.is_saved(item):
            _paint_tick(painter, box)

    def _paint_lines(self, painter: QPainter, caption: FileCaption, where: QRectF) -> None:
        pad, line = theme.px(PADDING), theme.px(LINE)
        top = _picture_box(where).bottom() + theme.px(PADDING - 2)
        lines = (
            (caption.moment, "small_strong", "danger" if caption.date_missing else "ink"),
            (caption.view, "small", "warning" if caption.view_missing else "ink_soft"),
            (caption.day, "small", "ink_soft"),
            (caption.name, "small", "ink_soft"),
        )
        for text, style, role in lines:
            painter.setFont(theme.font("small_strong" if style == "small_strong" else "small"))
            painter.setPen(theme.colour(role))
            room = QRectF(where.left() + pad, top, where.width() - 2 * pad, line)
            shown = painting.elided(painter, text, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            top += line


def _paint_tick(painter: QPainter, box: QRectF) -> None:
    side = theme.px(24)
    where = QRectF(box.right() - side - 6, box.top() + 6, side, side)
    painter.setPen(theme.colour("card"))
    painter.setBrush(theme.colour("good"))
    painter.drawEllipse(where)
    icons.paint(painter, "check", where.adjusted(5, 5, -5, -5), theme.colour("card"))


def _picture_box(where: QRectF) -> QRectF:
    pad = theme.px(PADDING)
    width = where.width() - 2 * pad
    return QRectF(where.left() + pad, where.top() + pad, width, round(width * PICTURE_SHAPE))


def least_width() -> int:
    """The least width of a tile, its gap included."""
    return theme.px(PICTURE_WIDTH) + 2 * theme.px(PADDING) + GAP


def height_for(width: int) -> int:
    """The height of a tile of a width, its gap included."""
    picture = round((width - GAP - 2 * theme.px(PADDING)) * PICTURE_SHAPE)
    return picture + LINES * theme.px(LINE) + 3 * theme.px(PADDING) + GAP


class TileList(QListView):
    """Tiles in rows, as high as they need. `picked` tells that the selection changed, `pressed_alone` that a tile was
    chosen without Ctrl or Shift: other lists then let go of theirs. A heading selects its day, and lets go of it.
    `opened` carries the place of a photo among the photos."""

    picked = Signal()
    opened = Signal(int)
    pressed_alone = Signal()
    wanted_in_view = Signal(object)  # a QRect in this widget

    def __init__(self, name: str, model: TileModel, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._tiles = model
        self._tile, self._heading = QSize(), QSize()
        self.setModel(model)
        self.setItemDelegate(TilePainter(model, thumbnails, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for set_policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own_viewport(self)
        self.selectionModel().selectionChanged.connect(self._pass_on)
        self.activated.connect(self._open)
        self.selectionModel().currentChanged.connect(self._ask_for_view)
        model.modelReset.connect(self._fit)
        thumbnails.arrived.connect(self.viewport().update)
        theme.on_change(self._fit)
        self._fit()

    def tiles(self) -> TileModel:
        """The model."""
        return self._tiles

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; what is selected stays so, and the keyboard stays at its photo."""
        chosen, current = self.keys(), self.currentIndex().data(ROW)
        if self._tiles.show_rows(rows) and chosen:
            self.select(chosen)
            for index in self._tiles.indexes({current.key} if isinstance(current, ImportItem) else ()):
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def size_of(self, index: Index) -> QSize:
        """The room of a tile or a heading, the gap included."""
        return self._heading if isinstance(index.data(ROW), DayHeading) else self._tile

    def keys(self) -> set[int]:
        """The keys of what is selected."""
        return {index.data(ROW).key for index in self.selectionModel().selectedIndexes()}

    def select(self, keys: Collection[int]) -> None:
        """Select these tiles, the first of them ready for the keyboard."""
        indexes = self._tiles.indexes(keys)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(_selection(indexes), flags.ClearAndSelect)
        if indexes:
            self.selectionModel().setCurrentIndex(indexes[0], flags.NoUpdate)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """Coming to a heading selects nothing; by a key without Ctrl or Shift it lets go of the rest, as anywhere."""
        if isinstance(index.data(ROW), DayHeading):
            alone = isinstance(event, QKeyEvent) and not _is_held(event)
            return QItemSelectionModel.SelectionFlag.Clear if alone else QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.indexAt(event.position().toPoint()).data(ROW)
        if isinstance(row, DayHeading):
            super().mousePressEvent(event)
            self._toggle(row)
            return
        if not _is_held(event):
            self.pressed_alone.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(ROW)
        if event.key() == Qt.Key.Key_Escape and self.keys():
            self.clearSelection()
        elif isinstance(row, DayHeading) and event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._toggle(row)
        else:
            super().keyPressEvent(event)

    def _toggle(self, heading: DayHeading) -> None:
        flags = QItemSelectionModel.SelectionFlag
        flag = flags.Deselect if self._tiles.chosen(heading) is DayTick.ALL else flags.Select
        self.selectionModel().select(_selection(self._tiles.indexes(heading.keys)), flag)
        announce(self, heading.spoken(self.keys()))

    def _pass_on(self) -> None:
        self._tiles.show_chosen(self.keys())
        self.picked.emit()

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, ImportItem):
            self.opened.emit(self._tiles.items().index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the width among as many tiles as fit, and be as high as their rows."""
        least, room = least_width(), max(self.viewport().width() - 2, least_width())
        columns = room // least
        width = min(room // columns, round(least * 1.35))
        self._tile = QSize(width, height_for(width))
        self._heading = QSize(room, theme.px(HEIGHT))  # nothing has room beside it
        headed = self._tiles.headed
        self.setUniformItemSizes(not headed)
        self.setGridSize(QSize() if headed else self._tile)
        self.scheduleDelayedItemsLayout()
        rows = self._tiles.rows()
        days = [len(row.keys) for row in rows if isinstance(row, DayHeading)]
        lines = sum(-(-photos // columns) for photos in days or [len(rows)])
        self.setFixedHeight(lines * self._tile.height() + len(days) * self._heading.height() + 4)

    def _ask_for_view(self, current: QModelIndex) -> None:
        if current.isValid() and self.hasFocus():
            self.wanted_in_view.emit(self.visualRect(current))


def _is_held(event: QInputEvent) -> bool:
    """Whether Ctrl or Shift is: what is selected is added to."""
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))


def _selection(indexes: Sequence[QModelIndex]) -> QItemSelection:
    chosen = QItemSelection()
    for index in indexes:
        chosen.select(index, index)
    return chosen
