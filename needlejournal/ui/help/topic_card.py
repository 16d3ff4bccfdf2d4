"""One topic of the help as a card: its heading is a button that shows and hides the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.help.topics import Topic
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.pressable import Pressable
from needlejournal.ui.widgets.text import Label

MEASURE = 640  # pixels: lines of about 90 letters, which eyes follow well
INDENT = 40


class TopicCard(Card):
    """Folded to its heading until it is pressed, or `unfold` is called."""

    def __init__(self, topic: Topic, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.topic = topic
        self.setAccessibleName(topic.title)
        self.set_padding(theme.SPACE_S)
        self._heading = _TopicHeading(topic.title)
        self._heading.toggled.connect(self.unfold)
        self.body.addWidget(self._heading)
        self._text = _reading_column(topic.paragraphs)
        self._text.hide()
        self.body.addWidget(self._text)

    def unfold(self, shown: bool) -> None:
        """Show the text, or the heading alone."""
        self._heading.setChecked(shown)
        self._text.setVisible(shown)


def _reading_column(paragraphs: Sequence[str]) -> QWidget:
    """The paragraphs, no wider than eyes can follow."""
    whole, text = QWidget(), QWidget()
    text.setMaximumWidth(theme.px(MEASURE))
    column = QVBoxLayout(text)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE_M)
    for paragraph in paragraphs:
        column.addWidget(Label(paragraph).selectable())
    row = QHBoxLayout(whole)
    row.setContentsMargins(theme.px(INDENT), 0, theme.SPACE_L, theme.SPACE_M)
    row.addWidget(text, 1)
    row.addStretch(0)
    return whole


class _TopicHeading(Pressable):
    """The heading, as wide as its card, with an arrow that says whether the text is shown."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.text_size().width() + theme.px(INDENT + 12), self.text_size().height() + theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where, side = QRectF(self.rect()), theme.px(16)
            painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour("hover", self.glow.value), None)
            arrow = QRectF(theme.px(12), (self.height() - side) / 2, side, side)
            icons.paint(
                painter, "chevron_down" if self.isChecked() else "chevron_right", arrow, theme.colour("ink_soft")
            )
            painter.setFont(self.font())
            painter.setPen(theme.colour("ink"))
            room = where.adjusted(theme.px(INDENT), 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
            if self.ringed:
                painting.focus_ring(painter, where, theme.RADIUS_CONTROL)
