"""What touched the skin before: products with their lot, needle lengths, days since, across all sessions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary.touched import ProductUse, Touched
from needlejournal.ui import theme
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.models.session_words import device_words, needle_words, product_words
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label

SHOWN_FIRST = 3


class TouchedCard(Card):
    """Lists what was written down; it names no cause."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(tr("What touched the skin before"), parent)
        self._catalogue = catalogue
        self._known: tuple[str, Sequence[Touched], Sequence[ProductUse]] = ("", (), ())
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_S)
        self.body.addLayout(self._list)
        self._all = Button(tr("Show everything"), "link")
        self._all.clicked.connect(lambda: self._show(len(self._known[1]) + len(self._known[2])))
        self.body.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)

    def show_touched(self, symptom: str, touched: Sequence[Touched], products: Sequence[ProductUse]) -> None:
        """Show the sessions before, the latest first, and after which sessions each product was followed by it.

        The latest stand there at once; all others are one press away.
        """
        self._known = (symptom, touched, [use for use in products if use.followed])
        self._show(SHOWN_FIRST)

    def _show(self, most: int) -> None:
        symptom, touched, products = self._known
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for one in touched[:most]:
            self._add_session(one)
        for use in products[:most]:
            self._list.addWidget(Label(_followed(use, symptom), "small", "ink_soft"))
        self._all.setVisible(max(len(touched), len(products)) > most)
        if not touched:
            self._list.addWidget(Label(tr("No session was written down before."), "text", "ink_soft"))

    def _add_session(self, one: Touched) -> None:
        session = one.session
        head = tr("Session {number} · {date} · %n day(s) before", one.days_since)
        self._list.addWidget(Label(head.format(number=one.number, date=medium_date(session.when.day)), "strong"))
        facts = [
            *(product_words(product) for product in session.products),
            *needle_words(session.needles, self._catalogue),
            device_words(session),
        ]
        words = " · ".join(fact for fact in facts if fact)
        self._list.addWidget(Label(words or tr("Nothing was noted."), "small", "ink_soft"))


def _followed(use: ProductUse, symptom: str) -> str:
    name = ", ".join(part for part in (use.name or use.kind, use.brand) if part)
    if use.lot:
        name = tr("{product}, lot {lot}").format(product=name, lot=use.lot)
    words = tr("{product}: used at %n session(s); {symptom} was noted after {followed} of them.", len(use.used))
    words = words.format(product=name, symptom=symptom.lower(), followed=len(use.followed))
    if not use.unwritten:
        return words
    unknown = tr("After %n of the others no day was written, so nobody knows.", len(use.unwritten))
    return " ".join((words, unknown))
