"""The fairest pairs of a series: longest apart with the least that differs, and what differs in each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.comparing.fairest import FairPair
from needlejournal.ui import language, theme
from needlejournal.ui.compare.view.captions import between_words
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Divider, Label
from needlejournal.workflows.comparison.comparing import SeriesPhoto, between


class FairestSheet(Sheet):
    """Lists pairs; `chosen` carries the FairPair that the person wants to see."""

    chosen = Signal(object)

    def __init__(self, pairs: Sequence[FairPair], series: Sequence[SeriesPhoto], name: str, parent: QWidget) -> None:
        super().__init__(tr("The fairest pairs: {view}").format(view=name), parent, width=600)
        self._photos = {shown.id: shown for shown in series}
        self.body.addWidget(Label(_introduction(pairs), "text", "ink_soft"))
        if pairs:
            self.body.addWidget(self._list(pairs), 1)
            self.setMinimumHeight(theme.px(420))
        self.add_button(tr("Close")).clicked.connect(self.reject)

    def _list(self, pairs: Sequence[FairPair]) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.SPACE_S, 0)
        column.setSpacing(theme.SPACE_M)
        for number, pair in enumerate(pairs):
            if number:
                column.addWidget(Divider())
            column.addLayout(self._row(pair, first=number == 0))
        column.addStretch(1)
        return ScrollArea(inner)

    def _row(self, pair: FairPair, *, first: bool) -> QHBoxLayout:
        before, after = self._photos[pair.before_id], self._photos[pair.after_id]
        days = [language.medium_date(shown.photo.when.day) for shown in (before, after)]
        row, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Label(tr("{before} and {after}").format(before=days[0], after=days[1]), "strong"))
        words.addWidget(Label(between_words(between(before, after)), "small", "ink_soft"))
        said = pair.what_differs or (pair.comparability.summary,)
        words.addWidget(Label(" ".join(tr_message(sentence) for sentence in said), "small"))
        row.addLayout(words, 1)
        show = Button(tr("Show this pair"), "filled" if first else "plain")
        show.setAccessibleName(tr("Show {before} and {after}").format(before=days[0], after=days[1]))
        show.clicked.connect(lambda: self._choose(pair))
        row.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _choose(self, pair: FairPair) -> None:
        self.chosen.emit(pair)
        self.accept()


def _introduction(pairs: Sequence[FairPair]) -> str:
    if pairs:
        return tr(
            "The best pairs were taken far apart and differ in little else; no pair is perfect. Photos of healing "
            "skin are left out."
        )
    return tr(
        "There is no pair yet: two photos of this view on different days are needed, taken when the skin has healed."
    )
