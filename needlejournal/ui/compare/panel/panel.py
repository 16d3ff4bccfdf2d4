"""The panel at the right: can these two be compared, what differs, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.comparing.comparability import Comparability
from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, UNKNOWN
from needlejournal.ui import theme
from needlejournal.ui.compare.panel.answers import AnswerRow
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Divider, Label

WIDTH = 284
ORDER = (DIFFERS, UNKNOWN, MATCHES)


class ComparabilityPanel(Card):
    """Shows a judgement; the signals tell what the person wants: note the state, give a reason, the fairest pair."""

    declare_wanted = Signal()
    reason_wanted = Signal()
    fairest_wanted = Signal()

    def __init__(self, alignment: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(tr("Can these be compared?"), parent)
        self._between = Label("", "small", "ink_soft")
        self._summary = Label("", "small")
        self._reason = Label("", "small", "ink_soft")
        self._declare = self._link(tr("Note what you know…"), self.declare_wanted)
        self._override = self._link(tr("Compare all the same…"), self.reason_wanted)
        self._rows: list[AnswerRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_M)
        self._lay_out(alignment)
        self._size()
        theme.on_change(self._size)

    def show_judgement(self, judgement: Comparability, between: str, reason: str) -> None:
        """Show what was found about a pair; `reason` is why the person compares it all the same."""
        self._between.setText(between)
        self._summary.setText(judgement.summary)
        items = [item for answer in ORDER for item in sorted(judgement.answered(answer), key=lambda one: not one.clear)]
        while len(self._rows) < len(items):
            self._rows.append(AnswerRow())
            self._list.addWidget(self._rows[-1])
        for row, item in zip(self._rows, items, strict=False):
            row.show_item(item)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(items))
        self._reason.setText(tr("Compared all the same, because: {reason}").format(reason=reason))
        self._reason.setVisible(bool(reason))
        self._override.setVisible(bool(judgement.answered(DIFFERS)))
        self._override.set_text(tr("Change the reason…") if reason else tr("Compare all the same…"))

    def _lay_out(self, alignment: QWidget) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.SPACE_S, 0)
        column.setSpacing(theme.SPACE_M)
        for widget in (self._between, self._summary, self._reason, alignment, Divider()):
            column.addWidget(widget)
        column.addLayout(self._list)
        for link in (self._declare, self._override):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.body.addWidget(ScrollArea(inner), 1)
        fairest = Button(tr("Show me the fairest pair"))
        fairest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        fairest.clicked.connect(self.fairest_wanted)
        fairest.setSizePolicy(fairest.sizePolicy().Policy.Expanding, fairest.sizePolicy().Policy.Fixed)
        self.body.addWidget(fairest)
        self.body.setSpacing(theme.SPACE_S)

    @staticmethod
    def _link(text: str, signal: object) -> Button:
        link = Button(text, "link")
        link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        link.clicked.connect(signal)
        return link

    def _size(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))
