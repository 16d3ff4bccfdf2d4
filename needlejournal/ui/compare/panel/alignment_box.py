"""What the panel says about the alignment: found how, or why not and what helps; confirm, or do it by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.comparison.aligning import HAND, Alignment


class AlignmentBox(QWidget):
    """One sentence and up to three links."""

    suggestion_wanted = Signal()
    confirmed = Signal()
    by_hand = Signal()
    switched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label("", "small", "ink_soft")
        self._suggest = self._link(tr("Show the suggestion"), self.suggestion_wanted)
        self._confirm = self._link(tr("Looks right"), self.confirmed)
        self._hand = self._link(tr("By hand…"), self.by_hand)
        self._switch = self._link(tr("Show unaligned"), self.switched)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._words)
        row = FlowLayout(gap=0)
        for button in (self._suggest, self._confirm, self._hand, self._switch):
            row.addWidget(button)
        column.addLayout(row)

    def show_state(self, found: Alignment | None, *, off: bool, finding: bool, shown: bool, zone: str = "") -> None:
        """Say how the pair is aligned now; whether what was found is `shown`, or only suggested; by which `zone`."""
        self._words.setText(_sentence(found, zone, off=off, finding=finding))
        there = found is not None and found.matrix is not None
        fits = found is not None and there and found.confident
        self._suggest.setVisible(there and not shown)
        self._confirm.setVisible(found is not None and shown and not found.confirmed)
        self._hand.setVisible(not off and not finding and not fits)
        self._switch.setVisible(off or shown)
        self._switch.set_text(tr("Align") if off else tr("Show unaligned"))

    @staticmethod
    def _link(text: str, signal: object) -> Button:
        link = Button(text, "link")
        link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        link.clicked.connect(signal)
        return link


def _sentence(found: Alignment | None, zone: str, *, off: bool, finding: bool) -> str:
    if off or finding:
        return tr("Shown as taken, not aligned.") if off else tr("Looking for the same places on both photos…")
    if found is None:
        return tr("Not aligned yet.")
    if found.method == HAND:
        return tr("Aligned by hand, through the points you set.")
    if found.confirmed:
        return tr("Aligned, and you said it looks right.")
    if zone and found.confident:
        words = tr("Lined up by one zone, {zone}: the rest of the face may be a little off. Switch to Blink to check.")
        return words.format(zone=zone)
    doubtful = found.matrix is not None and not found.confident
    reason = tr_message(found.reason) if found.reason else ""
    return tr("A suggestion that may not fit. {reason}").format(reason=reason) if doubtful else reason
