"""What an import leaves out, with the reason: what is there already, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.message import in_a_row
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.text import Divider, ElidedLabel, Label
from needlejournal.workflows.photos_in.import_plan import ImportItem

LISTED = 20


@dataclass(frozen=True, slots=True)
class Keep:
    """Whether a file that cannot be read is to be kept as an original all the same."""

    key: int
    keep: bool


class LeftOut(Card):
    """A card that lists files with their reasons, the first twenty of them. `kept` carries Keep."""

    kept = Signal(object)

    def __init__(self, *, can_keep: bool) -> None:
        super().__init__("")
        self._can_keep = can_keep
        self._rows: list[QWidget] = []
        self._shown: list[tuple[int, str]] = []
        self.hide()

    def show_items(self, title: str, items: Sequence[tuple[ImportItem, str]]) -> None:
        """Show these with their reasons; none hides the card. Rows that stay keep the keyboard where it is.

        Those whose reason is "", as the title says all, stand together in one line.
        """
        shown = [(item.key, reason) for item, reason in items]
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = list(self._made(items))
        for row in self._rows:
            self.body.addWidget(row)
        self.set_title(title)
        self.setVisible(bool(items))

    def _made(self, items: Sequence[tuple[ImportItem, str]]) -> Iterable[QWidget]:
        with_reasons = [(item, reason) for item, reason in items if reason]
        plain = [item.name for item, reason in items if not reason]
        for position, (item, reason) in enumerate(with_reasons[:LISTED]):
            if position:
                yield Divider()
            yield self._row(item, reason)
        if len(with_reasons) > LISTED:
            yield Label(tr("… and %n more.", len(with_reasons) - LISTED), "text", "ink_soft")
        if with_reasons and plain:
            yield Divider()
        if plain:
            yield ElidedLabel(tr_message(in_a_row(plain[:LISTED])))
            if len(plain) > 1:
                yield Label(tr("%n file(s)", len(plain)), "text", "ink_soft")

    def _row(self, item: ImportItem, reason: str) -> QWidget:
        said = QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(ElidedLabel(item.name, "strong"))
        words.addWidget(Label(reason, "text", "ink_soft"))
        if not (self._can_keep and item.size):
            return said
        row = Columns(3, 2)
        row.show_cards([said], [self._box(item)])
        return row

    def _box(self, item: ImportItem) -> CheckBox:
        box = CheckBox(tr("Keep the file as an original anyway"), checked=item.keep)
        box.setAccessibleDescription(item.name)
        box.clicked.connect(lambda checked: self.kept.emit(Keep(item.key, bool(checked))))
        return box
