"""The trash: what was deleted in the last thirty days, to be taken back or removed for good."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.store import Trashed
from needlejournal.store.trash import KEEP
from needlejournal.ui import theme
from needlejournal.ui.destinations import Go
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.ui.widgets.text import ElidedLabel, Label
from needlejournal.workflows.writing import take_out_of_trash

SHOWN = 50


class TrashPage(Page):
    """Lists the trash, the latest deletion first. It is read anew when it is in front."""

    def __init__(self, open_journal: OpenJournal, _go: Go, _preferences: Preferences) -> None:
        super().__init__()
        self._open = open_journal
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_S)
        self._empty = Button(tr("Empty trash…"), "plain", "trash")
        self._empty.clicked.connect(self._ask)
        header = PageHeader(tr("Trash"))
        header.add_action(self._empty)
        self._card = Card()
        self._card.body.addWidget(
            Label(tr("Deleted things stay here for 30 days and can be restored until then."), "small", "ink_soft")
        )
        self._card.body.addLayout(self._list)
        scroll = ScrollArea()
        scroll.column().addWidget(self._card)
        scroll.column().addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(scroll, 1)
        open_journal.changed.connect(self._refresh)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _refresh(self, changes: Changes) -> None:
        if changes and self.isVisible():
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
        left = max(0, (trashed.deleted + KEEP - self._open.clock()).days)
        time = Label(tr("%n day(s) left", left) if left else tr("deleted soon"), "small", "ink_soft").one_line()
        restore = Button(tr("Restore"), "quiet", "restore")
        restore.setAccessibleName(tr("Restore {what}").format(what=words))
        restore.setEnabled(not self._open.journal.read_only)
        restore.clicked.connect(lambda: self._restore(trashed))
        return row_of(ElidedLabel(words), time, restore, stretch=0)

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
