"""The plan on the page: photos that ask for a decision, photos that are ready, and what is left out with its reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.importing.broken import Broken
from needlejournal.ui.importing.captions import FileCaption, said
from needlejournal.ui.importing.day_headings import Row, by_day
from needlejournal.ui.importing.left_out import LeftOut
from needlejournal.ui.importing.tiles import TileList, TileModel
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.photos_in.import_plan import ImportItem, Stored
from needlejournal.workflows.photos_in.import_run import ImportRun
from needlejournal.workflows.photos_in.scanning import IN_JOURNAL


class DaySection(QWidget):
    """A heading with a word on how far it is, "Select all", and the tiles by their days."""

    def __init__(self, title: str, describe: Callable[[ImportItem], FileCaption], thumbnails: Thumbnails) -> None:
        super().__init__()
        self.model = TileModel(describe, self)
        self.tiles = TileList(title, self.model, thumbnails)
        self._state = Label("", "small", "ink_soft")
        every = Button(tr("Select all"), "link")
        every.setAccessibleName(tr("Select all: {section}").format(section=title))
        every.clicked.connect(self._select_all)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_M)
        row.addWidget(Label(title, "title").one_line())
        row.addWidget(self._state, 1)
        row.addWidget(every)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addLayout(row)
        column.addWidget(self.tiles)
        self.hide()

    def show_items(self, items: list[ImportItem], state: str) -> None:
        """Show these; none hides the section."""
        self._show(by_day(items, self.model.describe), state)

    def show_undivided(self, items: list[ImportItem], state: str) -> None:
        """Show these, whose days nobody knows yet."""
        self._show(items, state)

    def _show(self, rows: Sequence[Row], state: str) -> None:
        self.tiles.show_rows(rows)
        self._state.setText(state)
        self.setVisible(bool(rows))

    def _select_all(self) -> None:
        self.tiles.pressed_alone.emit()
        self.tiles.select({item.key for item in self.model.items()})
        self.tiles.setFocus()


class Sections(QWidget):
    """All sections of a plan. `picked` tells that the selection changed; `kept` carries Keep.

    Which photos ask for a decision is fixed when they come: a tile does not run away while it is decided upon.
    """

    picked = Signal()
    kept = Signal(object)

    def __init__(self, describe: Callable[[ImportItem], FileCaption], thumbnails: Thumbnails) -> None:
        super().__init__()
        self._asking: set[int] = set()
        self._seen: set[int] = set()
        self.to_decide = DaySection(tr("Needs a decision"), describe, thumbnails)
        self.ready = DaySection(tr("Ready"), describe, thumbnails)
        self.looking = DaySection(tr("Looking at"), describe, thumbnails)
        self.done = DaySection(tr("Saved"), describe, thumbnails)
        self.broken = Broken(thumbnails)
        self.broken.kept.connect(self.kept)
        self._unreadable = LeftOut(can_keep=True)
        self._unreadable.kept.connect(self.kept)
        self._already = LeftOut(can_keep=False)
        self._companions = Label("", "small", "ink_soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_L)
        sections = (self.to_decide, self.ready, self.looking)
        cards = (self.broken, self._unreadable, self._already, self._companions)
        for part in (*sections, *cards, self.done):
            column.addWidget(part)
        column.addStretch(1)
        lists = (self.to_decide.tiles, self.ready.tiles)
        for one, other in (lists, lists[::-1]):
            one.picked.connect(self.picked)
            one.pressed_alone.connect(other.clearSelection)

    def show_run(self, run: ImportRun) -> None:
        """Show a run: its photos, what is left out of it, and what is still being looked at."""
        wanted = [item for item in run.plan.items if item.wanted]
        self._asking |= {item.key for item in wanted if item.key not in self._seen and item.open_questions}
        self._seen = {item.key for item in wanted}
        asking = [item for item in wanted if item.key in self._asking]
        self.to_decide.show_items(asking, _left_to_decide(asking))
        self.ready.show_items([item for item in wanted if item.key not in self._asking], "")
        self.show_glimpsed(run)
        self._show_done([item for item, _ in run.last.saved])
        self.broken.show_items(run.broken)
        unread = [(item, said(item.reason)) for item in run.unread]
        self._unreadable.show_items(tr("Cannot be read"), unread)
        already = [(item, "" if item.reason == IN_JOURNAL[Stored.WHOLE] else said(item.reason)) for item in run.already]
        self._already.show_items(tr("Already in the journal"), already)
        self._companions.setText(" ".join(said(line) for line in run.plan.about_companions))
        self._companions.setVisible(bool(run.plan.companions))

    def show_glimpsed(self, run: ImportRun) -> None:
        """Show what is being looked at, as far as it is."""
        self.looking.show_undivided(list(run.glimpsed), tr("%n file(s)", len(run.glimpsed)))

    def _show_done(self, items: list[ImportItem]) -> None:
        self.done.model.show_saved({item.key for item in items})
        self.done.show_items(items, "")

    def forget(self) -> None:
        """Begin with another plan."""
        self._asking.clear()
        self._seen.clear()

    def show_saved(self, keys: Collection[int]) -> None:
        """Tick these."""
        self.to_decide.model.show_saved(keys)
        self.ready.model.show_saved(keys)

    def keys(self) -> set[int]:
        """The keys of all that is selected."""
        return self.to_decide.tiles.keys() | self.ready.tiles.keys()

    def select(self, keys: Collection[int]) -> None:
        """Select these photos, wherever they stand, ready for the keyboard."""
        lists = (self.to_decide.tiles, self.ready.tiles)
        for tiles in lists:
            tiles.select(keys)
        first = next((tiles for tiles in lists if tiles.keys()), None)
        if first:
            first.setFocus()


def _left_to_decide(items: list[ImportItem]) -> str:
    undated = sum(1 for item in items if item.needs)
    if undated:
        return tr("%n photo(s) cannot be saved without a date", undated)
    unseen = sum(1 for item in items if item.open_questions)
    if unseen:
        return tr("%n photo(s) without a view; that can be decided later, too", unseen)
    return tr("All decided")
