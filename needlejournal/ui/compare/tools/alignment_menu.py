"""The button that says how the photos are aligned, and its menu: whole face, one zone, close-up, by hand, as taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui.compare.alignments import OFF, AlignmentWish
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.workflows.comparison.aligning import AUTO, CLOSE_UP, FACE, HAND

_ZONE = "zone"


class AlignmentButton(Button):
    """`wished` carries a Wish; `zone_wanted` asks for the face map, `hand_wanted` for the points."""

    wished = Signal(object)
    zone_wanted = Signal()
    hand_wanted = Signal()

    def __init__(self, catalogue: Catalogue, wish: AlignmentWish, parent: QWidget | None = None) -> None:
        super().__init__("", "plain", "align", parent)
        self._catalogue = catalogue
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._entries = menu = QMenu(self)
        self._group = QActionGroup(menu)
        self._entry(AUTO, tr("Automatically"), lambda: self.wished.emit(AlignmentWish()))
        self._entry(FACE, tr("By the whole face"), lambda: self.wished.emit(AlignmentWish(FACE)))
        self._entry(_ZONE, tr("By one zone of the face…"), self.zone_wanted.emit)
        self._entry(CLOSE_UP, tr("By the skin of a close-up"), lambda: self.wished.emit(AlignmentWish(CLOSE_UP)))
        self._entry(HAND, tr("By hand, with points…"), self.hand_wanted.emit)
        menu.addSeparator()
        self._entry(OFF, tr("Not at all: as taken"), lambda: self.wished.emit(AlignmentWish(OFF)))
        self.set_menu(menu)
        self.show_wish(wish)

    def show_wish(self, wish: AlignmentWish, way: str = "") -> None:
        """Say how the photos are aligned now: as wished, or in another `way`."""
        shown = _ZONE if wish.zone else way or wish.method
        for entry in self._entries.actions():  # asked for each time: Python may lose an entry that it only remembers
            entry.setChecked(entry.data() == shown)
        self.set_text(tr("Align: {how}").format(how=self._words(wish, shown)))

    def _words(self, wish: AlignmentWish, shown: str) -> str:
        if wish.zone:
            return self._catalogue.zone(wish.zone).name.lower()
        return {
            AUTO: tr("automatic"),
            FACE: tr("whole face"),
            CLOSE_UP: tr("close-up"),
            HAND: tr("by hand"),
            OFF: tr("as taken"),
        }[shown]

    def _entry(self, key: str, text: str, chosen: Callable[[], object]) -> None:
        entry = self._entries.addAction(text)
        entry.setData(key)
        entry.setCheckable(True)
        self._group.addAction(entry)
        entry.triggered.connect(lambda _checked=False: chosen())
