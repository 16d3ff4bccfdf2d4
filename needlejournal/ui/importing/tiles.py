"""The photos of an import as tiles: a list model, how a tile is painted, and a view as high as its content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
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
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.importing.captions import FileCaption, said
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.tips import plain
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pictures.photo_thumb import ThumbLook, paint_thumb
from needlejournal.workflows.photos_in.import_plan import ImportItem
from needlejournal.workflows.photos_in.import_views import as_seen

ITEM = Qt.ItemDataRole.UserRole
PICTURE_WIDTH, PICTURE_SHAPE = 150, 1.2  # least width, and height in parts of the width
LINE, LINES, PADDING, GAP = 18, 4, 8, 6
Index = QModelIndex | QPersistentModelIndex


class TileModel(QAbstractListModel):
    """The items of one section. `describe` gives the caption of an item."""

    def __init__(self, describe: Callable[[ImportItem], FileCaption], parent: QWidget) -> None:
        super().__init__(parent)
        self.describe = describe
        self._items: list[ImportItem] = []
        self._saved: set[int] = set()

    def show_items(self, items: Sequence[ImportItem]) -> None:
        """Show these; where only their decisions changed, nothing moves and the selection stays."""
        if [item.key for item in items] == [item.key for item in self._items]:
            self._items = list(items)
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()

    def show_saved(self, keys: Collection[int]) -> None:
        """Tick these: they are saved."""
        self._saved = set(keys)
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def is_saved(self, item: ImportItem) -> bool:
        """Whether this one has its tick."""
        return item.key in self._saved

    def items(self) -> list[ImportItem]:
        """What is shown."""
        return self._items

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole}:
            return self._spoken(item)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain("\n".join(part for part in (item.name, said(item.reason)) if part))
        return None

    def _spoken(self, item: ImportItem) -> str:
        said = f"{item.name}: {self.describe(item).spoken}"
        return tr("{photo}, saved").format(photo=said) if self.is_saved(item) else said


class TilePainter(QStyledItemDelegate):
    """Paints one tile: picture, tick, and four lines below."""

    def __init__(self, model: TileModel, thumbnails: Thumbnails, view: QListView) -> None:
        super().__init__(view)
        self._model = model
        self._thumbnails = thumbnails
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: ImportItem = index.data(ITEM)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        where = QRectF(rect).adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)
        painting.smooth(painter)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painting.box(painter, where, theme.RADIUS_CARD, theme.colour("accent_ground"), theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painting.box(painter, where, theme.RADIUS_CARD, theme.colour("hover"))
        self._paint_picture(painter, item, where)
        self._paint_lines(painter, self._model.describe(item), where)
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
    chosen without Ctrl or Shift: other lists then let go of theirs."""

    picked = Signal()
    pressed_alone = Signal()
    wanted_in_view = Signal(object)  # a QRect in this widget

    def __init__(self, name: str, model: TileModel, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._tiles = model
        self.setModel(model)
        self.setItemDelegate(TilePainter(model, thumbnails, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for set_policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())
        self.selectionModel().currentChanged.connect(self._ask_for_view)
        model.modelReset.connect(self._fit)
        thumbnails.arrived.connect(self.viewport().update)
        theme.on_change(self._fit)
        self._fit()

    def tiles(self) -> TileModel:
        """The model."""
        return self._tiles

    def keys(self) -> set[int]:
        """The keys of what is selected."""
        return {index.data(ITEM).key for index in self.selectionModel().selectedIndexes()}

    def select(self, keys: Collection[int]) -> None:
        """Select these tiles, the first of them ready for the keyboard."""
        rows = [row for row, item in enumerate(self._tiles.items()) if item.key in keys]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self._tiles.index(row), self._tiles.index(row))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        if rows:
            self.selectionModel().setCurrentIndex(self._tiles.index(rows[0]), flags.NoUpdate)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            self.pressed_alone.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.keys():
            self.clearSelection()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the width among as many tiles as fit, and be as high as their rows."""
        least, room = least_width(), max(self.viewport().width() - 2, least_width())
        columns = room // least
        width = min(room // columns, round(least * 1.35))
        rows = -(-self.tiles().rowCount() // columns)
        self.setGridSize(QSize(width, height_for(width)))
        self.setFixedHeight(rows * height_for(width) + 4)

    def _ask_for_view(self, current: QModelIndex) -> None:
        if current.isValid() and self.hasFocus():
            self.wanted_in_view.emit(self.visualRect(current))
