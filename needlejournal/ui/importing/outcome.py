"""How an import went, in one card: what is saved, what is not and why, and where to go from here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.importing.left_out import LeftOut
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.widgets import spoken
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.sign import Sign
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.photos_in.import_run import NOTHING_SAVED, ImportRun
from needlejournal.workflows.photos_in.importing import Imported


class Outcome(QWidget):
    """`to_timeline`, `to_compare` and `to_session` are what the person may do next."""

    to_timeline = Signal()
    to_compare = Signal()
    to_session = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        card = Card(tone="accent")
        self._sign = Sign("check", 22, "good")
        self._headline = Label("", "title")
        self._words = Label("", "text", "ink_soft")
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE_XS)
        words.addWidget(self._headline)
        words.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_M)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._compare = Button(tr("Compare"), icon="compare")
        self._session = Button(tr("Back to the session"))
        self._timeline = Button(tr("See them on the timeline"), "filled")
        self._ways = QWidget()
        ways = FlowLayout(self._ways, gap=theme.SPACE_M)
        buttons = (
            (self._compare, self.to_compare),
            (self._session, self.to_session),
            (self._timeline, self.to_timeline),
        )
        for button, signal in buttons:
            button.clicked.connect(signal)
            ways.addWidget(button)
        row.addWidget(self._ways, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        column.addWidget(card)
        self._not_saved = LeftOut(can_keep=False)
        self._shown = NOTHING_SAVED
        column.addWidget(self._not_saved)
        self.hide()

    def show_run(self, run: ImportRun, *, can_compare: bool) -> None:
        """Tell how it went, once; when there is nothing to tell it is hidden."""
        if run.last == self._shown:
            return
        self._shown = run.last
        self.setVisible(run.has_outcome)
        if run.has_outcome:
            self._show(run, can_compare=can_compare)

    def _show(self, run: ImportRun, *, can_compare: bool) -> None:
        result = run.last
        undecided = sum(1 for item in run.plan.items if item.needs)
        good = not result.failed and not result.left
        self._sign.show_icon(*(("check", "good") if good else ("warning", "warning")))
        self._headline.setText(_headline(result))
        self._words.setText(_details(result, undecided))
        self._compare.setVisible(can_compare)
        self._session.setVisible(bool(run.session_id))
        self._timeline.setVisible(bool(result.saved))
        failed = [(failure.item, tr_message(failure.reason)) for failure in result.failed]
        self._not_saved.show_items(tr("%n photo(s) (was|were) not saved", len(failed)), failed)
        spoken.announce(self, f"{self._headline.text()}. {self._words.text()}")
        self._timeline.setFocus(Qt.FocusReason.OtherFocusReason)


def _headline(result: Imported) -> str:
    if not result.saved:
        return tr("Nothing was saved")
    return tr("%n photo(s) (is|are) saved in your journal", len(result.saved))


def _details(result: Imported, undecided: int) -> str:
    if result.left:
        return tr("%n photo(s) (was|were) left for later. You can go on with (it|them) below.", len(result.left))
    if result.failed:
        return tr("What could not be saved is listed below; your files are untouched.")
    if undecided:
        return tr("%n photo(s) still (waits|wait) for a date below.", undecided)
    return tr("Each was written, read back and compared. Your files are untouched.")
