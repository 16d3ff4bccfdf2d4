"""The pages as they will be, one at a time: a sheet of paper with arrows below it, and what goes wrong instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import IconButton
from needlejournal.ui.widgets.text import Label

_A4 = 297 / 210


class _Paper(QWidget):
    """One page on the ground, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.faded = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(430), theme.px(600))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 220)

    def _where(self) -> QRectF:
        shape = QSizeF(self._image.size()) if not self._image.isNull() else QSizeF(1, _A4)
        size = shape.scaled(QSizeF(self.size()) - QSizeF(8, 8), Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF(0, 0, size.width(), size.height())
        where.moveCenter(QRectF(self.rect()).center())
        return where

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = self._where()
            painting.soft_shadow(painter, where, 2, theme.tokens().shadow_card, 4)
            painter.fillRect(where, Qt.GlobalColor.white)
            if not self._image.isNull():
                ratio = self.devicePixelRatioF()
                pixels = QSize(max(1, round(where.width() * ratio)), max(1, round(where.height() * ratio)))
                kind = Qt.TransformationMode.SmoothTransformation
                painter.setOpacity(0.45 if self.faded else 1.0)
                painter.drawImage(where, self._image.scaled(pixels, Qt.AspectRatioMode.IgnoreAspectRatio, kind))
                painter.setOpacity(1.0)
            if self.hasFocus():
                painting.focus_ring(painter, where.adjusted(-3, -3, 3, 3), 3)


class PagesView(QWidget):
    """Shows PNG pages; arrow keys, Page Up and Page Down, the wheel and two buttons turn them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Sequence[bytes] = ()
        self._at = 0
        self._paper = _Paper()
        self._back = IconButton("chevron_left", tr("Page before"))
        self._on = IconButton("chevron_right", tr("Next page"))
        self._words = Label("", "small", "ink_soft").one_line()
        self._problem = Label("", "text", "ink_soft")
        self._problem.hide()
        self._back.clicked.connect(lambda: self.turn_to(self._at - 1))
        self._on.clicked.connect(lambda: self.turn_to(self._at + 1))
        foot = QHBoxLayout()
        foot.addStretch(1)
        for widget in (self._back, self._words, self._on):
            foot.addWidget(widget)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._problem)
        column.addWidget(self._paper, 1)
        column.addLayout(foot)
        self.turn_to(0)

    def show_pages(self, pages: Sequence[bytes]) -> None:
        """Show other pages, staying at the number of the page in front."""
        self._pages = pages
        self._problem.hide()
        self._paper.show()
        self._paper.faded = False
        self.turn_to(self._at)

    def show_making(self) -> None:
        """The pages are old by now; new ones are being made."""
        self._paper.faded = True
        self._words.setText(tr("Making the pages…"))
        self._paper.update()

    def show_problem(self, sentence: str) -> None:
        """There are no pages, and why."""
        self._pages = ()
        self._paper.hide()
        self._problem.setText(sentence)
        self._problem.show()
        self.turn_to(0)

    def forget(self) -> None:
        """Drop the pictures: the journal is being locked."""
        self._pages = ()
        self._paper.show_image(QImage())
        self.turn_to(0)

    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def page(self) -> int:
        """The page in front, from 0."""
        return self._at

    def turn_to(self, number: int) -> None:
        """Put a page in front; beyond the ends nothing happens."""
        self._at = max(0, min(number, len(self._pages) - 1))
        self._back.setEnabled(self._at > 0)
        self._on.setEnabled(self._at < len(self._pages) - 1)
        words = tr("Page {n} of {count}").format(n=self._at + 1, count=len(self._pages)) if self._pages else ""
        self._words.setText(words)
        self._paper.setAccessibleName(words or tr("No pages yet"))
        if self._pages:
            self._paper.show_image(QImage.fromData(self._pages[self._at]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Home: -len(self._pages), Qt.Key.Key_End: len(self._pages),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turn_to(self._at + step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if abs(event.angleDelta().y()) >= 60:
            self.turn_to(self._at + (-1 if event.angleDelta().y() > 0 else 1))
        event.accept()
