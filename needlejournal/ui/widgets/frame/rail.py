"""The rail at the left: the app's name and its pages, icon and word, with a group at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.theme import mix
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pressable import Pressable
from needlejournal.ui.widgets.text import Label

NARROW = 3.4  # times the rail's width: a window less wide shows only icons


@dataclass(frozen=True, slots=True)
class RailItem:
    """One entry: a key of the page's, its words and its icon; one that is no page is an action."""

    key: str
    text: str
    icon: str
    page: bool = True


class _RailButton(Pressable):
    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(item.text, parent)
        self.item = item
        self.setCheckable(item.page)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(item.text)

    def sizeHint(self) -> QSize:
        return QSize(self.text_size().width() + theme.px(56), max(theme.px(36), self.text_size().height() + 12))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.text_size().height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painting.smooth(QPainter(self))
        where = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        if chosen:
            painting.soft_shadow(painter, where, theme.RADIUS_CONTROL, theme.tokens().shadow_card, 2)
            painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour("rail_selected"))
        elif self.glow.value > 0:
            painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour("ink", 0.05 * self.glow.value))
        ink = mix(theme.colour("ink_soft"), theme.colour("ink"), 1.0 if chosen else self.glow.value)
        side = theme.px(19)
        tint = theme.colour("accent") if chosen else ink
        icons.paint(painter, self.item.icon, QRectF(theme.px(11), (self.height() - side) / 2, side, side), tint)
        painter.setFont(self.font())
        painter.setPen(ink)
        room = QRectF(theme.px(40), 0, self.width() - theme.px(44), self.height())
        if room.width() > side:
            shown = painting.elided(painter, self.text(), room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if self.ringed:
            painting.focus_ring(painter, QRectF(self.rect()), theme.RADIUS_CONTROL)


class Rail(QWidget):
    """Pages above, `bottom` entries below.

    `chosen` tells that the person pressed a page, now `current()`; `acted` carries the `RailItem` of an action.

    Arrow keys move between pages; each entry takes its key sequence from the main window's actions, not from here.
    """

    chosen = Signal()
    acted = Signal(object)

    def __init__(
        self, title: str, items: Sequence[RailItem], bottom: Sequence[RailItem] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _RailButton] = {}
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE_XS - 2)
        column.addWidget(self._heading(title))
        for item in items:
            column.addWidget(self._button(item))
        column.addStretch(1)
        for item in bottom:
            column.addWidget(self._button(item))
        column.setContentsMargins(12, 0, 12, 16)
        self._group.buttonClicked.connect(self._tell)
        self._room = QSize()
        self._folded = False
        self._size()
        theme.on_change(self._size)

    def fit(self, room: QSize) -> None:
        """Show only icons, with their words as tooltips, where the words would take too much of a window this large."""
        self._room = room
        self._size()

    def fold(self, *, folded: bool) -> None:
        """Show only icons, so that the page gets the room."""
        self._folded = folded
        self._size()

    def current(self) -> str:
        """The key of the page shown; empty when none is."""
        checked = self._group.checkedButton()
        return checked.item.key if isinstance(checked, _RailButton) else ""

    def select(self, key: str) -> None:
        """Mark the page `key` as the one shown. KeyError for an unknown key."""
        self._buttons[key].setChecked(True)

    def _heading(self, title: str) -> QWidget:
        heading = QWidget()
        row = QHBoxLayout(heading)
        row.setContentsMargins(11, 0, 0, 0)
        row.setSpacing(10)
        self._mark = QLabel()
        row.addWidget(self._mark)
        self._title = Label(title, "title").one_line()
        row.addWidget(self._title, 1)
        self._heading_row = heading
        return heading

    def _button(self, item: RailItem) -> _RailButton:
        button = _RailButton(item, self)
        self._buttons[item.key] = button
        if item.page:
            self._group.addButton(button)
        else:
            button.clicked.connect(lambda: self.acted.emit(item))
        return button

    def _tell(self) -> None:
        self.chosen.emit()

    def _size(self) -> None:
        side = theme.px(20)
        self._mark.setPixmap(icons.pixmap("app", side, "accent", self.devicePixelRatioF()))
        whole = theme.px(theme.RAIL_WIDTH)
        narrow = self._folded or 0 < self._room.width() < whole * NARROW
        for button in self._buttons.values():
            button.setToolTip(button.item.text if narrow else "")
        wanted = sum(button.sizeHint().height() for button in self._buttons.values()) + theme.px(theme.HEADER_HEIGHT)
        self._heading_row.setMinimumHeight(theme.px(theme.HEADER_HEIGHT))
        self._heading_row.setVisible(not 0 < self._room.height() < wanted)
        self._title.setVisible(not narrow)
        self.setFixedWidth(theme.px(41) + 24 if narrow else whole)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("line"))
