"""One choice of a few that all stay visible: segments in one frame, arrow keys between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.theme import TextStyle, mix
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pickers.options import Option, OptionGroup

WORDLESS, SLIM = 40, 31  # how wide a picture is: beside words, and where there is no room for any


class _Segment(Option):
    text_style: TextStyle = "strong"

    def __init__(self, key: str, text: str, icon: str | None, parent: QWidget, *, picture: bool = False) -> None:
        self._icon = icon
        self._picture = picture
        self._spared = False
        super().__init__(key, text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def _wordless(self) -> bool:
        """Whether only the picture is shown: of all that are not chosen, where pictures tell enough."""
        return self._picture and (self._spared or not self.isChecked())

    def spare_words(self, *, spared: bool) -> None:
        """Show the picture alone, chosen or not."""
        if spared != self._spared:
            self._spared = spared
            self.updateGeometry()

    def words_width(self) -> int:
        """How wide it is with its words."""
        return self.text_size().width() + theme.px(26) + (theme.px(24) if self._icon else 0)

    def checkStateSet(self) -> None:
        super().checkStateSet()
        self.updateGeometry()

    def nextCheckState(self) -> None:
        super().nextCheckState()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        if self._wordless:
            return QSize(theme.px(SLIM if self._spared else WORDLESS), theme.px(theme.CONTROL_HEIGHT) - 2)
        return QSize(self.words_width(), theme.px(theme.CONTROL_HEIGHT) - 2)

    def minimumSizeHint(self) -> QSize:
        """Its words alone where a page is narrow: an icon can be spared, but not where it stands for the words."""
        words = self.text_size().width() + theme.px(8)
        return self.sizeHint() if self._picture else QSize(words, self.sizeHint().height())

    @property
    def _drawn(self) -> bool:
        """Whether its icon has room."""
        return self._icon is not None and (self._picture or self.width() >= self.words_width() - theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where, chosen = QRectF(self.rect()), self.isChecked()
            if chosen:
                painting.box(
                    painter, where.adjusted(2, 2, -2, -2), theme.RADIUS_CONTROL - 3, theme.colour("accent_ground")
                )
            elif self.glow.value:
                hover = theme.colour("hover", self.glow.value)
                painting.box(painter, where.adjusted(2, 2, -2, -2), theme.RADIUS_CONTROL - 3, hover)
            rest = mix(theme.colour("ink_soft"), theme.colour("ink"), self.glow.value)
            ink = theme.colour("accent") if chosen else rest
            ink = ink if self.isEnabled() else theme.colour("ink_faint")
            room = where
            if self._icon and self._drawn:
                side = theme.px(17)
                words = 0 if self._wordless else self.text_size().width() + theme.px(24)
                left = (self.width() - (words or side)) / 2
                icons.paint(painter, self._icon, QRectF(left, (self.height() - side) / 2, side, side), ink)
                room = where.adjusted(theme.px(24), 0, 0, 0)
            painter.setFont(self.font())
            painter.setPen(ink)
            if not self._wordless:
                shown = painting.elided(painter, self.text(), room.width() - 4)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
            if self.ringed:
                painting.focus_ring(painter, where, theme.RADIUS_CONTROL - 2)


class SegmentedControl(QWidget):
    """`choices` are (key, words) or (key, words, icon). `changed` tells that the person chose another `value()`.

    With `pictures` only the chosen one shows its words; of the others the icon says enough, and the tooltip the rest.
    Without a first `value` nothing is chosen: the answer is unknown until the person gives one. With `clearable`
    it can become unknown again.
    """

    changed = Signal()

    def __init__(
        self, name: str, choices: Sequence[tuple[str, ...]], value: str | None = None, parent: QWidget | None = None,
        *, clearable: bool = False, pictures: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._segments = segments = [
            _Segment(key, words, icon[0] if icon else None, self, picture=pictures) for key, words, *icon in choices
        ]
        for segment in segments:
            segment.setAccessibleName(f"{name}: {segment.text()}")
            set_tip(segment, segment.text() if pictures else "")
            row.addWidget(segment)
        self._group = OptionGroup(segments, self, clearable=clearable)
        self._group.set_value(value)
        self._group.changed.connect(self.changed)

    def value(self) -> str | None:
        """The key chosen, None when nothing is."""
        return self._group.value()

    def spare_words(self, *, spared: bool) -> None:
        """Show pictures only, also of the chosen one."""
        for segment in self._segments:
            segment.spare_words(spared=spared)

    def sizes(self) -> tuple[int, int]:
        """How wide it is, whichever is chosen, with pictures: with the words of the chosen one, and without."""
        others = (len(self._segments) - 1) * theme.px(WORDLESS) + 2
        widest = max(segment.words_width() for segment in self._segments)
        return others + widest, len(self._segments) * theme.px(SLIM) + 2

    def set_value(self, key: str | None) -> None:
        """Choose `key`, or nothing with None, without emitting. KeyError for an unknown key."""
        self._group.set_value(key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painting.box(
                painter, QRectF(self.rect()), theme.RADIUS_CONTROL, theme.colour("field"), theme.colour("field_line")
            )
