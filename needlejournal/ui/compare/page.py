"""The comparison page: header, stage, filmstrip, and what to do when there is nothing to compare yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.actions import Command
from needlejournal.ui.compare import commands
from needlejournal.ui.compare.comparison import Comparison
from needlejournal.ui.compare.filmstrip import Chosen, Filmstrip
from needlejournal.ui.compare.foot import Foot
from needlejournal.ui.compare.full_screen import FullScreen
from needlejournal.ui.compare.modes import all_modes
from needlejournal.ui.compare.pictures import Pictures
from needlejournal.ui.compare.stage import Paging, Stage
from needlejournal.ui.compare.staging import shots_of
from needlejournal.ui.destinations import Go, ImportPhotos
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import IconButton
from needlejournal.ui.widgets.empty_state import EmptyState
from needlejournal.ui.widgets.page_header import PageHeader
from needlejournal.ui.widgets.segmented import SegmentedControl
from needlejournal.workflows.comparing import PhotoGone, all_series

MODE = "compare/mode"


class ComparePage(QWidget):
    """Shows a pair: `show_pair` chooses it; without one, the baseline and the newest photo of the longest series."""

    def __init__(
        self, open_journal: OpenJournal, go: Go, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._go = go
        self._preferences = preferences
        self._modes = {mode.key: mode for mode in all_modes()}
        kept = preferences.text(MODE)
        self.comparison = Comparison(open_journal, self)
        self.pictures = Pictures(open_journal, self)
        self.stage = Stage(self._modes.get(kept) or next(iter(self._modes.values())), self)
        self._full_screen: FullScreen | None = None
        self._commands = self._all_commands()
        self._lay_out()
        self.stage.paged.connect(self._page)
        self.pictures.arrived.connect(self.stage.update)
        self.comparison.changed.connect(self._restage)

    def show_pair(self, before_id: int = 0, after_id: int = 0) -> None:
        """Compare two photos by id; 0 lets the page choose."""
        try:
            self.comparison.show(before_id, after_id)
        except PhotoGone as gone:
            self._open.failed.emit(gone)
        self.stage.looking.fit()
        self.stage.setFocus()

    def commands(self) -> tuple[Command, ...]:
        """The keys of this page."""
        return self._commands

    def choose_mode(self, key: str) -> None:
        """Look at the photos in another way."""
        self._segments.set_value(key)
        self._preferences.remember(MODE, key)
        self.stage.looking.set_mode(self._modes[key])
        self._foot.set_hint(self._hint())
        self._restage()

    def toggle_full_screen(self) -> None:
        """Show the photos on the whole screen, or put them back."""
        if self._full_screen is None:
            self._full_screen = FullScreen(self.stage, self._stage_row, self._commands)
            self._full_screen.destroyed.connect(self._left_full_screen)
        else:
            self._full_screen.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.comparison.pair is None:
            self.comparison.show()

    def _all_commands(self) -> tuple[Command, ...]:
        return (
            *commands.mode_commands(tuple(self._modes.values()), self.choose_mode),
            *commands.looking_commands(self.stage.looking),
            *commands.pair_commands(self.comparison, lambda: (self.comparison.moving,)),
            Command("full_screen", tr("Full screen"), self.toggle_full_screen, "fullscreen", ("F", "F11")),
        )

    def _lay_out(self) -> None:
        self._header = PageHeader(tr("Compare"))
        choices = [(key, mode.words()) for key, mode in self._modes.items()]
        self._segments = self._header.add_action(
            SegmentedControl(tr("Way to compare"), choices, self.stage.looking.mode.key)
        )
        self._segments.changed.connect(lambda: self.choose_mode(self._segments.value() or ""))
        for key in ("swap", "full_screen"):
            self._header.add_action(self._icon_button(key))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._content())
        self._stack.addWidget(self._empty())

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.PAGE_MARGIN, 0, theme.PAGE_MARGIN, theme.SPACE_M)
        column.setSpacing(theme.SPACE_M)
        self._stage_row = QHBoxLayout()
        self._stage_row.setSpacing(theme.CARD_GAP)
        self._stage_row.addWidget(self.stage, 1)
        column.addLayout(self._stage_row, 1)
        self.filmstrip = Filmstrip(self.comparison, Thumbnails.of(self._open))
        self.filmstrip.chosen.connect(self._choose)
        self._foot = Foot(self.comparison, self.filmstrip, self._open.catalogue, lambda: all_series(self._open.journal))
        self._foot.set_hint(self._hint())
        column.addWidget(self._foot)
        return content

    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "compare",
            tr("Two photos of the same view are needed"),
            tr(
                "Bring in photos taken from the same side on different days. The first one, taken before any "
                "treatment, is the one that all later ones are compared with."
            ),
            tr("Bring photos in"),
        )
        empty.acted.connect(lambda: self._go(ImportPhotos()))
        return empty

    def _icon_button(self, key: str) -> IconButton:
        command = next(command for command in self._commands if command.key == key)
        button = IconButton(command.icon, f"{command.text} ({command.keys[0]})", outlined=True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(command.run)
        return button

    def _hint(self) -> str:
        parts = (self.stage.looking.mode.hint(), tr("← → page · Space flips · Z 1:1 · 0 whole"))
        return " · ".join(part for part in parts if part)

    def _restage(self) -> None:
        shots = shots_of(self.comparison, self.pictures)
        self._stack.setCurrentIndex(0 if shots else 1)
        self.stage.set_shots(shots)

    def _page(self, paging: Paging) -> None:
        self.comparison.page(paging.by)

    def _choose(self, chosen: Chosen) -> None:
        self.comparison.choose(chosen.photo_id)
        self.stage.setFocus()

    def _left_full_screen(self) -> None:
        self._full_screen = None
