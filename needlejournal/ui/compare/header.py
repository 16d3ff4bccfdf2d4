"""The page's header: how the photos are shown and aligned, swap, full screen, what is rarer, and the export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from needlejournal.ui import theme
from needlejournal.ui.actions import Command, native, with_key, working
from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.tools.alignment_menu import AlignmentButton
from needlejournal.ui.icons import icon
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.frame.page_header import GAP, PageHeader
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl

IN_SIGHT = ("side_by_side", "wipe", "overlay", "blink", "strip", "magnifier")

SPARED = ("follow_spot", "swap", "fit")  # in the menu only, where there is little room


class CompareHeader(PageHeader):
    """`mode_chosen` tells that `mode()` is another one; the buttons run the page's commands."""

    mode_chosen = Signal()

    def __init__(
        self,
        modes: Mapping[str, Mode],
        alignment: AlignmentButton,
        commands: Sequence[Command],
        rarer: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Compare"), parent=parent)
        self._commands = {command.key: command for command in commands}
        self._named: list[tuple[IconButton, Command]] = []
        choices = [(key, modes[key].words(), f"mode_{key}") for key in IN_SIGHT]
        self._segments = self.add_action(SegmentedControl(tr("Way to compare"), choices, pictures=True))
        self._segments.changed.connect(self.mode_chosen)
        for segment in self._segments.findChildren(QWidget):
            segment.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._alignment = self.add_action(alignment)
        self._spared = [self.add_action(self._icon_button(self._commands[key])) for key in SPARED]
        self._full_screen = self.add_action(self._icon_button(self._commands["full_screen"]))
        self._more = self.add_action(self._more_button(rarer))
        self._export = self.add_action(self._export_button(self._commands["export"]))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for button, command in self._named:  # their keys may have been turned off in the meantime
            button.set_label(with_key(command))

    def minimumSizeHint(self) -> QSize:
        """With pictures in the place of words: where there is less room than for words, they are given up."""
        least = max(self._segments.sizes()[1], self._alignment.sizes()[1]) + 2 * theme.PAGE_MARGIN
        return QSize(least, super().minimumSizeHint().height())

    def spare(self, beside: int) -> None:
        """Give up, one after the other, what the menu has too and words that a picture can stand for."""
        over = beside + 2 * theme.PAGE_MARGIN + self._widest() - self.width()
        for saved, give_up in [*self._givings(), (beside, self.spare_title)]:
            give_up(over > 0)
            over -= saved if over > 0 else 0

    def _widest(self) -> int:
        buttons = (*self._spared, self._full_screen, self._more, self._export)
        words = self._segments.sizes()[0] + self._alignment.sizes()[0]
        return words + GAP + sum(button.sizeHint().width() + GAP for button in buttons)

    def _givings(self) -> list[tuple[int, Callable[[bool], None]]]:
        """What may be given up, the least missed first: how much room that makes, and how it is done."""
        pictures = [
            (whole.sizes()[0] - whole.sizes()[1], _wordless(whole)) for whole in (self._alignment, self._segments)
        ]
        buttons = [
            (one.sizeHint().width() + GAP, one.setHidden) for one in (*self._spared, self._full_screen, self._export)
        ]
        spared = len(self._spared)
        return [*buttons[:spared], *pictures, *buttons[spared:]]

    def mode(self) -> str:
        """The mode the person chose."""
        return self._segments.value() or ""

    def offer(self, *, pair: bool) -> None:
        """Grey what needs two photos; what helps to take the next one stays in the menu."""
        for part in (self._segments, self._alignment, *self._spared, self._full_screen, self._export):
            part.setEnabled(pair)

    def show_mode(self, key: str) -> None:
        """Mark the mode that is shown; none where it stands in the menu."""
        self._segments.set_value(key if key in IN_SIGHT else None)

    def _icon_button(self, command: Command) -> IconButton:
        button = IconButton(command.icon, command.text, outlined=True)
        self._named.append((button, command))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: command.run())
        return button

    def _more_button(self, rarer: Sequence[str]) -> IconButton:
        button = IconButton("more", tr("More ways to look"), outlined=True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(menu, rarer))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def _fill(self, menu: QMenu, rarer: Sequence[str]) -> None:
        menu.clear()
        for key in rarer:
            command = self._commands[key]
            keys = working(command.keys)
            entry = menu.addAction(f"{command.text}\t{native(keys[0])}" if keys else command.text)
            if command.icon:
                entry.setIcon(icon(command.icon))
            entry.triggered.connect(lambda _checked=False, run=command.run: run())

    def _export_button(self, command: Command) -> Button:
        button = Button(tr("Export…"), "filled")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: command.run())
        return button


def _wordless(widget: Button | SegmentedControl) -> Callable[[bool], None]:
    return lambda spared: widget.spare_words(spared=spared)
