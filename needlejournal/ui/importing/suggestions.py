"""What the import proposes, a line each: dates found in names and notes, and views the photos look like.

It decides nothing: every line waits for "Use" or "Right", and what is meant is always said.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui import language, theme
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.photos_in.import_run import DatesFound, ImportRun, Look


@dataclass(frozen=True, slots=True)
class ViewMeant:
    """These photos show this view, as proposed."""

    keys: frozenset[int]
    view: str
    zone: str


@dataclass(frozen=True, slots=True)
class DatesMeant:
    """These photos have the dates that are proposed for them."""

    keys: frozenset[int]


class Suggestions(Card):
    """`accepted` carries ViewMeant or DatesMeant, `looked_at` the keys of photos to be chosen for a closer look.

    `left_out` carries the keys of copies that are not wanted beside what they are copies of.
    """

    accepted = Signal(object)
    left_out = Signal(object)
    looked_at = Signal(object)

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(tr("Suggested"))
        self._names = {view.key: view.name for view in catalogue.views}
        self._rows: list[QWidget] = []
        self._shown: tuple[DatesFound | Look | frozenset[int], ...] = ()
        self.hide()

    def show_run(self, run: ImportRun) -> None:
        """Show what the run proposes; nothing hides the card."""
        copies = (run.copies,) if run.copies else ()
        shown = (*run.dates_found, *run.looks, *copies) if run.deciding else ()
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row_of(one) for one in shown]
        for row in self._rows:
            self.body.addWidget(row)
        self.setVisible(bool(shown))

    def _row_of(self, one: DatesFound | Look | frozenset[int]) -> QWidget:
        if isinstance(one, DatesFound):
            return self._date_row(one)
        return self._view_row(one) if isinstance(one, Look) else self._copies_row(one)

    def _copies_row(self, keys: frozenset[int]) -> QWidget:
        words = tr("%n photo(s) (is|are) probably another copy of one that is here or in the journal", len(keys))
        return self._row(words, tr("Leave out"), keys, tr("Look first"), keys, self.left_out)

    def _date_row(self, found: DatesFound) -> QWidget:
        first, last = language.medium_date(found.first), language.medium_date(found.last)
        days = first if first == last else tr("{first} to {last}").format(first=first, last=last)
        words = tr("%n date(s) {source}: {days}", len(found.keys)).format(
            source=tr_message(found.source.words), days=days
        )
        use = tr("Use (this date|these %n dates)", len(found.keys))
        return self._row(words, use, DatesMeant(found.keys), tr("Look first"), found.keys)

    def _view_row(self, look: Look) -> QWidget:
        name = self._names.get(look.view, look.view)
        words = tr("Looks like “{view}”: %n photo(s)", len(look.keys)).format(view=name)
        return self._row(words, tr("Right"), ViewMeant(look.keys, look.view, look.zone), tr("Change"), look.keys)

    def _row(
        self,
        words: str,
        use: str,
        meant: object,
        other: str,
        keys: Collection[int],
        signal: SignalInstance | None = None,
    ) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_M)
        row.addWidget(Label(words), 1, Qt.AlignmentFlag.AlignVCenter)
        change, accept = Button(other, "quiet"), Button(use)
        for button in (change, accept):
            button.setAccessibleDescription(words)
            row.addWidget(button)
        accept.clicked.connect(lambda: (signal or self.accepted).emit(meant))
        change.clicked.connect(lambda: self.looked_at.emit(frozenset(keys)))
        return holder
