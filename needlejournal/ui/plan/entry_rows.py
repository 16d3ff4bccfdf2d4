"""Entries of the agenda as rows: sign, words, state, and what can be done about it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from needlejournal.journal.planning.agenda import AgendaEntry
from needlejournal.ui import icons, theme
from needlejournal.ui.destinations import Go
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.plan.entry_look import EntryLook, leads_to, look_of, standing_of, when_words
from needlejournal.ui.plan.parts import stack_of
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import Label


class EntrySign(QWidget):
    """The icon of an entry on its colour."""

    def __init__(self, look: EntryLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(32), theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            if self._look.dotted:
                painting.dotted_box(painter, where, theme.RADIUS_CONTROL, theme.colour("ink_faint"))
            else:
                painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour(self._look.ground))
            side = theme.px(17)
            middle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            icons.paint(painter, self._look.icon, middle, theme.colour(self._look.ink))


class EntryRow(QWidget):
    """One entry; `dated` says its day too."""

    def __init__(self, entry: AgendaEntry, go: Go, today: date, *, dated: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_M)
        row.addWidget(EntrySign(look_of(entry)), 0, Qt.AlignmentFlag.AlignTop)
        small = [when_words(entry, today) if dated or entry.until != entry.day else "", standing_of(entry)]
        lines = (
            " · ".join(part for part in small if part),
            entry.text if isinstance(entry.text, str) else tr_message(entry.text),
        )
        small_print = [Label(words, "small", "ink_soft") for words in lines if words]
        row.addWidget(stack_of(Label(tr_message(entry.title), "strong"), *small_print), 1)
        way = leads_to(entry, today)
        if way:
            button = Button(way[0])
            button.setAccessibleName(tr("{button}: {entry}").format(button=way[0], entry=tr_message(entry.title)))
            button.clicked.connect(lambda: go(way[1]))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
