"""The panel at the right: what differs, item by item, and what to do about it. The verdict stands above the photos."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from needlejournal.journal.comparing.comparability import Comparability
from needlejournal.journal.comparing.photo_facts import DIFFERS, MATCHES, UNKNOWN, ComparabilityItem
from needlejournal.journal.message import Message
from needlejournal.ui import theme
from needlejournal.ui.compare.panel.answers import AnswerRow
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Divider, Label

WIDTH, LOW = 284, 330
ANY = 16_777_215  # as wide as there is room: Qt's own greatest width
ORDER = (DIFFERS, UNKNOWN)


class ComparabilityPanel(Card):
    """Shows a judgement; the signals tell what the person wants: note the state, give a reason, the fairest pair."""

    declare_wanted = Signal()
    reason_wanted = Signal()
    fairest_wanted = Signal()

    def __init__(self, alignment: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(tr("In detail"), parent)
        self._between = Label("", "small", "ink_soft")
        self._reason = Label("", "small", "ink_soft")
        self._waiting = Label("", "small", "ink_soft")
        self._waiting.hide()
        self._declare = self._link(tr("Note what you know…"), self.declare_wanted)
        self._override = self._link(tr("Compare anyway…"), self.reason_wanted)
        self._rows, self._matching = _AnswerRows(), _AnswerRows()
        self._fairest = Button(tr("Show me the fairest pair"))
        self._fairest_spared = True
        self._unfold = self._link("", None)
        self._unfold.clicked.connect(self._toggle)
        self._unfolded = False
        self._lay_out(alignment)
        self.hide()  # until the page knows whether there is room: it would widen a narrow window
        self._size()
        theme.on_change(self._size)

    def show_judgement(self, judgement: Comparability, reason: str) -> None:
        """Show what was found about a pair; `reason` is why the person compares it all the same."""
        self._rows.show_items([item for answer in ORDER for item in judgement.answered(answer)])
        self._matching.show_items(judgement.answered(MATCHES))
        self._fold(len(judgement.answered(MATCHES)))
        self._reason.setText(tr("Compared anyway, because: {reason}").format(reason=reason))
        self._reason.setVisible(bool(reason))
        self._override.setVisible(bool(judgement.answered(DIFFERS)))
        self._override.set_text(tr("Change the reason…") if reason else tr("Compare anyway…"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._offer_fairest()

    def show_spared(self, spared: tuple[str, bool]) -> None:
        """Say what the line above the photos has no room for: the time between them, the way to the fairest pair."""
        between, self._fairest_spared = spared
        self._between.setText(between)
        self._between.setVisible(bool(between))
        self._offer_fairest()

    def _offer_fairest(self) -> None:
        """In a low panel the answers get the room."""
        self._fairest.setVisible(self._fairest_spared and self.height() >= theme.px(LOW))

    def show_waiting(self, count: int) -> None:
        """Say quietly that so many photos are still being read."""
        self._waiting.setText(tr("%n photo(s) (is|are) still being read in the background.", count))
        self._waiting.setVisible(count > 0)

    def _fold(self, count: int) -> None:
        """Show what matches in one line, or row by row where the person asked for that."""
        self._unfold.setVisible(count > 0)
        self._unfold.set_text(tr("%n thing(s) (matches|match)", count))
        self._unfold.setAccessibleDescription(tr("Shown below.") if self._unfolded else tr("Press to show each."))
        self._matching.setVisible(self._unfolded and count > 0)

    def _toggle(self) -> None:
        self._unfolded = not self._unfolded
        self._fold(self._matching.count)

    def _lay_out(self, alignment: QWidget) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.SPACE_S, 0)
        column.setSpacing(theme.SPACE_M)
        for widget in (self._between, self._reason, alignment, self._waiting, Divider()):
            column.addWidget(widget)
        column.addWidget(self._rows)
        column.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._matching)
        for link in (self._declare, self._override):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = ScrollArea(inner).read_by_keyboard()
        scroll.setAccessibleName(tr("What matches and what differs"))
        self.body.addWidget(scroll, 1)
        self._fairest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fairest.clicked.connect(self.fairest_wanted)
        self._fairest.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self._fairest)
        self.body.setSpacing(theme.SPACE_S)

    @staticmethod
    def _link(text: str, signal: object) -> Button:
        link = Button(text, "link")
        link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if signal is not None:
            link.clicked.connect(signal)
        return link

    def stand_alone(self, *, alone: bool) -> None:
        """Take all the room there is, where there is none for photos beside it."""
        self._alone = alone
        self._size()

    _alone = False

    def _size(self) -> None:
        self.setMinimumWidth(0 if self._alone else theme.px(WIDTH))
        self.setMaximumWidth(ANY if self._alone else theme.px(WIDTH))


class _AnswerRows(QWidget):
    """Answers below each other, read where they stand: a widget of their own among what else the panel holds."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[AnswerRow] = []
        self.count = 0  # of items, some of which share a row
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE_M)

    def show_items(self, items: Sequence[ComparabilityItem]) -> None:
        """Give each sentence a row, in the order of the items; rows that are left over are hidden."""
        self.count = len(items)
        said: dict[Message, list[ComparabilityItem]] = {}
        for item in items:
            said.setdefault(item.sentence, []).append(item)
        while len(self._rows) < len(said):
            self._rows.append(AnswerRow())
            self._column.addWidget(self._rows[-1])
        for row, together in zip(self._rows, chain(said.values(), repeat([])), strict=False):
            row.show_items(together)
            row.setVisible(row.shown)
        self.setVisible(bool(items))
