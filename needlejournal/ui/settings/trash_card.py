"""The trash: what was deleted in the last thirty days, to be taken back or removed for good."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.store import Trashed
from needlejournal.ui import theme
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.ui.widgets.text import ElidedLabel, Label
from needlejournal.workflows.writing import take_out_of_trash

SHOWN = 50


class TrashCard(Card):
    """Lists the trash, the latest deletion first."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(tr("Trash"), parent)
        self._open = open_journal
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_S)
        self._empty = Button(tr("Empty trash…"), "plain", "trash")
        self._empty.clicked.connect(self._ask)
        self.body.addWidget(
            Label(tr("Deleted things stay here for 30 days and can be restored until then."), "small", "ink_soft")
        )
        self.body.addLayout(self._list)
        self.body.addWidget(row_of(self._empty))
        open_journal.changed.connect(self._refresh)
        self._fill()

    def _refresh(self, changes: Changes) -> None:
        if changes:
            self._fill()

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        listing = self._open.journal.trash.listing()
        for trashed in listing[:SHOWN]:
            self._list.addWidget(self._row(trashed))
        if not listing:
            self._list.addWidget(Label(tr("The trash is empty."), "text", "ink_soft"))
        elif len(listing) > SHOWN:
            self._list.addWidget(Label(tr("And %n more.", len(listing) - SHOWN), "small", "ink_soft"))
        self._empty.setVisible(bool(listing) and not self._open.journal.read_only)

    def _row(self, trashed: Trashed) -> QWidget:
        words = " · ".join(part for part in (_kind(trashed.kind), self._what(trashed), _day(trashed.day)) if part)
        restore = Button(tr("Restore"), "quiet", "restore")
        restore.setAccessibleName(tr("Restore {what}").format(what=words))
        restore.setEnabled(not self._open.journal.read_only)
        restore.clicked.connect(lambda: self._restore(trashed))
        return row_of(ElidedLabel(words), restore, stretch=0)

    def _what(self, trashed: Trashed) -> str:
        if trashed.kind == "side_effect":
            return self._open.catalogue.symptom(trashed.what).name
        if trashed.kind in {"session", "course"}:
            key, _, rest = trashed.what.partition(" · ")
            return " · ".join(part for part in (self._open.catalogue.treatment(key).name, rest) if part)
        return trashed.what

    def _restore(self, trashed: Trashed) -> None:
        done = tr("It is back in your journal.")
        back = partial(take_out_of_trash, kind=trashed.kind, row_id=trashed.id)
        self._open.write(tr("Restore from the trash"), back, say=done)

    def _ask(self) -> None:
        count = len(self._open.journal.trash.listing())
        sheet = QuestionSheet(
            tr("Empty the trash?"),
            tr("%n thing(s) will be deleted for good, with (its|their) photos. This cannot be undone.", count),
            tr("Delete for good"),
            self,
            final=True,
        )
        sheet.accepted.connect(self._purge)
        sheet.open()

    def _purge(self) -> None:
        self._open.purge_trash()
        self._fill()


def _kind(kind: str) -> str:
    return {
        "session": tr("Session"),
        "photo": tr("Photo"),
        "day_note": tr("Day note"),
        "side_effect": tr("Side effect"),
        "course": tr("Plan"),
        "rating": tr("Rating"),
        "spot": tr("Spot"),
        "question": tr("Question for the clinic"),
    }.get(kind, kind)


def _day(day: str) -> str:
    return medium_date(date.fromisoformat(day)) if day else ""
