"""The button that says how the photos are aligned, and its menu: whole face, one zone, close-up, by hand, as taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui.compare.alignments import OFF, AlignmentWish
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button
from needlejournal.workflows.aligning import AUTO, CLOSE_UP, FACE, HAND


class AlignmentButton(Button):
    """`wished` carries a Wish; `zone_wanted` asks for the face map, `hand_wanted` for the points."""

    wished = Signal(object)
    zone_wanted = Signal()
    hand_wanted = Signal()

    def __init__(self, catalogue: Catalogue, wish: AlignmentWish, parent: QWidget | None = None) -> None:
        super().__init__("", "plain", "align", parent)
        self._catalogue = catalogue
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        self._group = QActionGroup(menu)
        self._entries = {
            AUTO: self._entry(menu, tr("Automatically"), lambda: self.wished.emit(AlignmentWish())),
            FACE: self._entry(menu, tr("By the whole face"), lambda: self.wished.emit(AlignmentWish(FACE))),
            "zone": self._entry(menu, tr("By one zone of the face…"), self.zone_wanted.emit),
            CLOSE_UP: self._entry(
                menu, tr("By the skin of a close-up"), lambda: self.wished.emit(AlignmentWish(CLOSE_UP))
            ),
            HAND: self._entry(menu, tr("By hand, with points…"), self.hand_wanted.emit),
        }
        menu.addSeparator()
        self._entries[OFF] = self._entry(menu, tr("Not at all: as taken"), lambda: self.wished.emit(AlignmentWish(OFF)))
        self.set_menu(menu)
        self.show_wish(wish)

    def show_wish(self, wish: AlignmentWish) -> None:
        """Say how the photos are aligned now."""
        self._entries["zone" if wish.zone else wish.method].setChecked(True)
        self.set_text(tr("Align: {how}").format(how=self._words(wish)))

    def _words(self, wish: AlignmentWish) -> str:
        if wish.zone:
            return self._catalogue.zone(wish.zone).name.lower()
        return {
            AUTO: tr("automatic"),
            FACE: tr("whole face"),
            CLOSE_UP: tr("close-up"),
            HAND: tr("by hand"),
            OFF: tr("as taken"),
        }[wish.method]

    def _entry(self, menu: QMenu, text: str, chosen: object) -> QAction:
        entry = menu.addAction(text)
        entry.setCheckable(True)
        self._group.addAction(entry)
        entry.triggered.connect(lambda _checked=False: chosen())  # type: ignore[operator]
        return entry
