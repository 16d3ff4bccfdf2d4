"""Damaged photos of an import: each is shown as far as it goes, with the broken part marked, and asked about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.importing.captions import said
from needlejournal.ui.importing.left_out import Keep
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pictures.photo_thumb import ThumbLook, paint_thumb
from needlejournal.ui.widgets.text import ElidedLabel, Label
from needlejournal.workflows.photos_in.import_plan import ImportItem
from needlejournal.workflows.photos_in.import_views import as_seen

_SIDE = 108


class BrokenPicture(QWidget):
    """A damaged photo, small, its broken part hatched."""

    def __init__(self, item: ImportItem, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._item, self._thumbnails = item, thumbnails
        self.setAccessibleName(tr("Preview of {name}, damaged").format(name=item.name))
        self.setFixedSize(self.sizeHint())
        thumbnails.arrived.connect(self.update)

    def sizeHint(self) -> QSize:
        wide, high = max(self._item.width, 1), max(self._item.height, 1)
        side = theme.px(_SIDE)
        return QSize(min(side, side * wide // high) or 1, min(side, side * high // wide) or 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where, photo = QRectF(self.rect()), as_seen(self._item)
            picture = None
            if photo.original.readable:
                ratio = self.devicePixelRatioF()
                picture = self._thumbnails.tile(photo, where.width(), where.height(), theme.RADIUS_CONTROL, ratio)
            paint_thumb(painter, where, picture, ThumbLook(), QColor(self._item.colour))
            if self._item.harmed:
                paint_harmed(painter, where, self._item.harmed)
            elif picture is None:
                side = theme.px(28)
                middle = QRectF(where.center().x() - side / 2, where.center().y() - side / 2, side, side)
                icons.paint(painter, "warning", middle, theme.colour("on_surround"))


def paint_harmed(painter: QPainter, where: QRectF, part: tuple[float, float, float, float]) -> None:
    """Hatch the broken part of a picture that fills `where`."""
    left, top, width, height = part
    box = QRectF(
        where.left() + left * where.width(), where.top() + top * where.height(),
        width * where.width(), height * where.height(),
    )  # fmt: skip
    painter.setPen(QPen(theme.colour("danger"), 1.5))
    painter.setBrush(theme.colour("card", 0.7))
    painter.drawRect(box.adjusted(1, 1, -1, -1))
    painter.setBrush(QBrush(theme.colour("danger"), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(box.adjusted(1, 1, -1, -1))


class Broken(Card):
    """A card of damaged photos. `kept` carries Keep; `again` the key of one copied once more, `left_out` of one not
    wanted."""

    kept = Signal(object)
    again = Signal(int)
    left_out = Signal(int)

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__("")
        self._thumbnails = thumbnails
        self._shown: tuple[tuple[int, bool], ...] = ()
        self._rows: list[QWidget] = []
        self.hide()

    def show_items(self, items: Sequence[ImportItem]) -> None:
        """Show these; none hides the card."""
        shown = tuple((item.key, item.keep) for item in items)
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(item) for item in items]
        for row in self._rows:
            self.body.addWidget(row)
        self.set_title(tr("%n photo(s) (is|are) damaged", len(items)))
        self.setVisible(bool(items))

    def _row(self, item: ImportItem) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_L)
        row.addWidget(BrokenPicture(item, self._thumbnails), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE_XS)
        words.addWidget(ElidedLabel(item.name, "strong"))
        words.addWidget(Label(said(item.reason), "text", "ink_soft"))
        words.addWidget(self._ways(item))
        words.addStretch(1)
        row.addLayout(words, 1)
        return holder

    def _ways(self, item: ImportItem) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=theme.SPACE_S)
        again, keep = Button(tr("I copied it again")), Button(self._keeping(item), "quiet")
        leave = Button(tr("Leave it out"), "quiet")
        again.clicked.connect(lambda: self.again.emit(item.key))
        keep.clicked.connect(lambda: self.kept.emit(Keep(item.key, not item.keep)))
        leave.clicked.connect(lambda: self.left_out.emit(item.key))
        for button in (again, keep, leave):
            button.setAccessibleDescription(item.name)
            flow.addWidget(button)
        keep.setVisible(item.size > 0)
        return holder

    def _keeping(self, item: ImportItem) -> str:
        return tr("Don’t keep it after all") if item.keep else tr("Keep it as it is, marked as damaged")
