"""One answer of the comparability panel as a row: a mark, what was looked at, the word, and one sentence.

What is answered in the very same words shares a row.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.comparing.answers import WORDS
from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, ComparabilityItem
from needlejournal.journal.message import listed
from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets import painting

MARK, GAP = 18, 9
FEW = 4  # things that are named before one sentence; more are counted
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def title(items: Sequence[ComparabilityItem]) -> str:
    """What was looked at: "Side of the light", "Expression and shape of the face"; of many how many."""
    if len(items) > FEW:
        return tr("%n thing(s)", len(items))
    words = tr_message(listed([WORDS[item.item] for item in items]))
    return words[:1].upper() + words[1:]


def answer_word(item: ComparabilityItem) -> str:
    """The answer in a word."""
    if item.answer == MATCHES:
        return tr("matches")
    if item.answer == DIFFERS:
        return tr("differs clearly") if item.clear else tr("differs slightly")
    return tr("unknown")


def answer_role(item: ComparabilityItem) -> str:
    """The role of the answer's colour; the word always stands beside it."""
    if item.answer == MATCHES:
        return "good"
    if item.answer == DIFFERS:
        return "danger" if item.clear else "warning"
    return "ink_soft"


class AnswerRow(QWidget):
    """Draws one item, or several of one sentence; as high as its sentence needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._items: Sequence[ComparabilityItem] = ()
        self._measured: dict[int, tuple[QRect, QRect]] = {}  # by width: a layout asks for each many times
        theme.on_change(self._measure_anew)

    @property
    def shown(self) -> bool:
        """Whether there is an answer to show."""
        return bool(self._items)

    @property
    def _item(self) -> ComparabilityItem | None:
        return self._items[0] if self._items else None

    def show_items(self, items: Sequence[ComparabilityItem]) -> None:
        """Show another answer, or none."""
        if list(items) == list(self._items):
            return
        self._items = items
        item = self._item
        self.setAccessibleName(f"{title(items)}: {answer_word(item)}. {self._words()}" if item else "")
        self._measure_anew()
        self.update()

    def _measure_anew(self) -> None:
        self._measured.clear()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[1].bottom() + 1

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.heightForWidth(theme.px(200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(MARK))

    def _places(self, width: int) -> tuple[QRect, QRect]:
        """Where the first line and the sentence stand."""
        if width not in self._measured:
            self._measured[width] = self._measure(width)
        return self._measured[width]

    def _measure(self, width: int) -> tuple[QRect, QRect]:
        left = theme.px(MARK + GAP)
        head = QFontMetrics(theme.font("strong")).boundingRect(
            QRect(left, 0, width - left, 10_000), WRAP, self._head() or "x"
        )
        top = head.bottom() + 2
        room = QRect(left, top, width - left, 10_000)
        words = QFontMetrics(theme.font("small")).boundingRect(room, WRAP, self._words("\n"))
        return head, QRect(left, top, width - left, words.height())

    def _words(self, between: str = " ") -> str:
        """The sentence; where the photos differ, with what to do next time."""
        if self._item is None:
            return ""
        advice = self._item.advice if self._item.answer == DIFFERS else None
        return between.join(tr_message(sentence) for sentence in (self._item.sentence, advice) if sentence)

    def _head(self) -> str:
        return f"{title(self._items)} – {answer_word(self._item)}" if self._item else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        item = self._item
        if item is None:
            return
        with QPainter(self) as painter:
            painting.smooth(painter)
            head, sentence = self._places(self.width())
            paint_mark(painter, QRectF(0, head.top(), theme.px(MARK), theme.px(MARK)), item)
            painter.setFont(theme.font("strong"))
            painter.setPen(theme.colour("ink"))
            painter.drawText(head.adjusted(0, 0, 8, 0), WRAP, self._head())
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("ink_soft"))
            painter.drawText(sentence, WRAP, self._words("\n"))


def paint_mark(painter: QPainter, where: QRectF, item: ComparabilityItem) -> None:
    """A disc with a tick, an exclamation mark or a question mark: told apart by shape as well as by colour."""
    painting.box(painter, where, where.width() / 2, theme.colour(answer_role(item)))
    ink = theme.ink_on(theme.colour(answer_role(item)))
    if item.answer == MATCHES:
        icons.paint(painter, "check", where.adjusted(3, 3, -3, -3), ink)
        return
    painter.setFont(theme.font("small_strong"))
    painter.setPen(ink)
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, "!" if item.answer == DIFFERS else "?")
