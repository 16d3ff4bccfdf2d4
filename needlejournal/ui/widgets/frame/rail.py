"""The rail at the left: the app's name and its pages, icon and word, with a group at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr
from needlejournal.ui.theme import mix
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.frame.tab_order import keep_one_stop
from needlejournal.ui.widgets.pressable import Pressable
from needlejournal.ui.widgets.text import ElidedLabel

NARROW = 3.4  # times the rail's width: a window less wide shows only icons


@frozen
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
        self.spoken_role = QAccessible.Role.PageTab if item.page else QAccessible.Role.Button
        self.setCheckable(item.page)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(item.text)

    def sizeHint(self) -> QSize:
        return QSize(self.text_size().width() + theme.px(56), max(theme.px(36), self.text_size().height() + 12))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.text_size().height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
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


class _JournalHeading(Pressable):
    """The journal's name and a line about it, as a button that opens a menu; folded, only the name's first letter."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.below = ""
        self._folded = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fold(self, *, folded: bool) -> None:
        """Show the name, or its first letter."""
        self._folded = folded
        self.setAccessibleName(tr("Journal: {name}").format(name=self.text()))
        set_tip(self, self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(40), theme.px(theme.HEADER_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect()).adjusted(1, theme.px(8), -1, -theme.px(8))
            if not self._folded:
                painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour("card"), theme.colour("line"))
            if self.glow.value > 0:
                painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour("ink", 0.05 * self.glow.value))
            side = theme.px(26)
            mark = QRectF(where.left() + theme.px(7), where.center().y() - side / 2, side, side)
            painting.box(painter, mark, theme.RADIUS_CONTROL, theme.colour("accent_ground"))
            painter.setFont(theme.font("small_strong"))
            painter.setPen(theme.colour("accent"))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, self.text()[:1].upper())
            if not self._folded:
                arrow = theme.px(14)
                sign = QRectF(where.right() - arrow - theme.px(8), where.center().y() - arrow / 2, arrow, arrow)
                icons.paint(painter, "chevron_down", sign, theme.colour("ink_soft"))
                left = mark.right() + theme.px(9)
                self._paint_words(painter, QRectF(left, where.top(), sign.left() - theme.px(4) - left, where.height()))
            if self.ringed:
                painting.focus_ring(painter, where, theme.RADIUS_CONTROL)

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        """The name, and below it the line about it; the name alone in the middle where there is none."""
        lines: list[tuple[str, theme.TextStyle, str]] = [(self.text(), "strong", "ink")]
        lines += [(self.below, "small", "ink_soft")] if self.below else []
        heights = [QFontMetricsF(theme.font(style)).height() for _, style, _ in lines]
        top = room.center().y() - sum(heights) / 2
        for (text, style, role), height in zip(lines, heights, strict=True):
            painter.setFont(theme.font(style))
            painter.setPen(theme.colour(role))
            shown = painting.elided(painter, text, room.width())
            painter.drawText(QRectF(room.left(), top, room.width(), height), Qt.AlignmentFlag.AlignVCenter, shown)
            top += height


class Rail(QWidget):
    """Pages above, `bottom` entries below; above all a button with `title`, which `pressed` tells of.

    `chosen` tells that the person pressed a page, now `current()`; `acted` carries the `RailItem` of an action.

    Arrow keys move between pages; each entry takes its key sequence from the main window's actions, not from here.
    """

    chosen = Signal()
    acted = Signal(object)
    pressed = Signal()
    spoken_role = QAccessible.Role.PageTabList

    def __init__(
        self, title: str, items: Sequence[RailItem], bottom: Sequence[RailItem] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Pages"))
        self._group = QButtonGroup(self)
        keep_one_stop(self._group)
        self._buttons: dict[str, _RailButton] = {}
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE_XS - 2)
        self._heading = _JournalHeading(title)
        self._heading.clicked.connect(self.pressed)
        column.addWidget(self._heading)
        for item in items:
            column.addWidget(self._button(item))
        column.addStretch(1)
        self._note, self._said = ElidedLabel("", "small", "ink_soft"), ("", "")
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(11), 0, 0, theme.SPACE_XS)
        line.addWidget(self._note)
        column.addLayout(line)
        for item in bottom:
            column.addWidget(self._button(item))
        column.setContentsMargins(12, 0, 12, 16)
        self._group.buttonClicked.connect(self._emit_chosen)
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

    def set_title(self, title: str, below: str = "") -> None:
        """Show another name at the top, and a line about it."""
        self._heading.setText(title)
        self._heading.below = below
        self._heading.setAccessibleDescription(below)
        self._heading.fold(folded=self._folded)

    def note(self, words: str, short: str = "") -> None:
        """Say one quiet line above the bottom entries, if there is room: `short` beside icons only; "" is silence."""
        self._said = words, short or words
        self._size()

    def below_heading(self) -> QPoint:
        """Where a menu of the heading opens, on the screen."""
        return self._heading.mapToGlobal(self._heading.rect().bottomLeft())

    def current(self) -> str:
        """The key of the page shown; empty when none is."""
        checked = self._group.checkedButton()
        return checked.item.key if isinstance(checked, _RailButton) else ""

    def select(self, key: str) -> None:
        """Mark the page `key` as the one shown. KeyError for an unknown key."""
        self._buttons[key].setChecked(True)

    def _button(self, item: RailItem) -> _RailButton:
        button = _RailButton(item, self)
        self._buttons[item.key] = button
        if item.page:
            self._group.addButton(button)
        else:
            button.clicked.connect(lambda: self.acted.emit(item))
        return button

    def _emit_chosen(self) -> None:
        self.chosen.emit()

    def _size(self) -> None:
        whole = theme.px(theme.RAIL_WIDTH)
        narrow = self._folded or 0 < self._room.width() < whole * NARROW
        for button in self._buttons.values():
            set_tip(button, button.item.text if narrow else "")
        wanted = sum(button.minimumSizeHint().height() for button in self._buttons.values()) + theme.px(
            theme.HEADER_HEIGHT
        )
        self._heading.setVisible(not 0 < self._room.height() < wanted)
        self._heading.fold(folded=narrow)
        self._say_note(wanted, narrow=narrow)
        self.setFixedWidth(theme.px(41) + 24 if narrow else whole)

    def _say_note(self, beside: int, *, narrow: bool) -> None:
        words, short = self._said
        self._note.set_text(short if narrow else words)
        self._note.setAccessibleName(words)
        set_tip(self._note, words)
        wanted = beside + self._note.sizeHint().height() + theme.SPACE_S
        self._note.setVisible(bool(words) and not 0 < self._room.height() < wanted)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("rail"))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colour("line"))
