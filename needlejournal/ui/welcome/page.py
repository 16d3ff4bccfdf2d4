"""The welcome: what the app is, that nothing leaves the computer, and three ways to begin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label

RECENT_SHOWN = 4


class _Mark(QWidget):
    """The app's mark on a soft ground."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.px(64), theme.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect())
            painting.box(painter, where, theme.px(18), theme.colour("accent_ground"))
            room = where.width() * 0.24
            icons.paint(painter, "app", where.adjusted(room, room, -room, -room), theme.colour("accent"))


class WelcomePage(QWidget):
    """Asks for a journal. `opened` carries the Path of one to open; the other signals ask the window.

    `lost` carries the Path of one that is not to be named any more; `again` asks to look once more what is there.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    opened = Signal(object)
    lost = Signal(object)
    again = Signal()

    def __init__(self, recent: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Welcome"))
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setSpacing(theme.SPACE_L)
        rows.addStretch(2)
        rows.addWidget(_Mark(), 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(Label(tr("Needle Journal"), "display"))
        rows.addWidget(Label(_what_it_is(), "text", "ink_soft"))
        rows.addSpacing(theme.SPACE_S)
        self._buttons = QWidget()
        self._buttons.setLayout(self._ways())
        rows.addWidget(self._buttons)
        self._waiting = Label("", "text", "ink_soft")
        self._waiting.hide()
        rows.addWidget(self._waiting)
        rows.addWidget(self._promise())
        self._known = self._recent(recent[:RECENT_SHOWN]) if recent else None
        if self._known:
            rows.addWidget(self._known)
        rows.addStretch(3)
        column.setMaximumWidth(theme.px(620))
        centred = QWidget()
        across = QHBoxLayout(centred)
        across.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL)
        across.addStretch(1)
        across.addWidget(column, 10)
        across.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(ScrollArea(centred))

    def busy(self, why: str) -> None:
        """Say what is being done instead of offering the ways."""
        for ways in (self._buttons, self._known):
            if ways:
                ways.setEnabled(False)
        self._waiting.setText(why)
        self._waiting.show()

    def _ways(self) -> QHBoxLayout:
        ways = QHBoxLayout()
        ways.setSpacing(10)
        ways.setContentsMargins(0, 0, 0, 0)
        for button, signal in (
            (Button(tr("New journal…"), "filled", "add"), self.new_wanted),
            (Button(tr("Open…"), "plain", "folder"), self.open_wanted),
            (Button(tr("Look around with a sample journal"), "plain", "eye"), self.sample_wanted),
        ):
            button.clicked.connect(signal)
            ways.addWidget(button)
        ways.addStretch(1)
        return ways

    def _promise(self) -> QWidget:
        card = Card(tone="accent")
        card.body.addWidget(Label(tr("Nothing leaves this computer"), "subtitle"))
        card.body.addWidget(
            Label(
                tr(
                    "There is no account, no network and no tracking. Your journal is a folder of your own: the photos "
                    "as your phone took them, and a database that can be opened without this app."
                ),
                "text",
            )
        )
        return card

    def _recent(self, journals: Sequence[Path]) -> QWidget:
        card = Card(tr("Opened recently"))
        for folder in journals:
            if not (folder / "journal.db").is_file():
                card.body.addLayout(self._missing(folder))
                continue
            row = QHBoxLayout()
            button = Button(folder.stem, "quiet", "timeline")
            button.setAccessibleName(tr("Open {journal}").format(journal=folder.stem))
            button.clicked.connect(partial(self.opened.emit, folder))
            row.addWidget(button)
            row.addWidget(Label(str(folder.parent), "small", "ink_soft").one_line(), 1)
            card.body.addLayout(row)
        return card

    def _missing(self, folder: Path) -> QVBoxLayout:
        """A journal that was there and is not now, with its place and what can be done."""
        rows = QVBoxLayout()
        words = tr("{journal} is not at {place} now. It may be on a disk that is not connected, or have been moved.")
        rows.addWidget(Label(words.format(journal=folder.stem, place=str(folder.parent)), "small", "ink_soft"))
        row = QHBoxLayout()
        for text, run in (
            (tr("Find…"), self.open_wanted.emit),
            (tr("Try again"), self.again.emit),
            (tr("Remove from this list"), partial(self._forget, folder)),
        ):
            button = Button(text, "link")
            button.setAccessibleName(f"{text} {folder.stem}")
            button.clicked.connect(lambda _checked=False, run=run: run())
            row.addWidget(button)
        row.addStretch(1)
        rows.addLayout(row)
        return rows

    def _forget(self, folder: Path) -> None:
        self.lost.emit(folder)
        self.again.emit()


def _what_it_is() -> str:
    return tr(
        "A private diary of micro-needling and similar skin treatments. Drop in your photos, note what the skin did, "
        "and see months later, side by side and honestly, what has changed."
    )
