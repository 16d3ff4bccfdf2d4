"""Asks why a pair is compared in spite of what differs; the reason is kept and printed with every export."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from needlejournal.ui.drafts import SheetDraft
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.comparison import judging


class ReasonSheet(Sheet):
    """One text; leaving it empty takes the reason back."""

    def __init__(self, open_journal: OpenJournal, ids: tuple[int, int], parent: QWidget) -> None:
        super().__init__(tr("Compare anyway"), parent)
        self._open = open_journal
        self._ids = ids
        self.body.addWidget(
            Label(tr("Say why, for yourself and for whoever sees the pair. It is printed with every export."), "text")
        )
        self._reason = TextArea(tr("Reason"), tr("For instance: there is no better photo of the first months."))
        there = judging.override_of(open_journal.journal, *ids)
        self._reason.set_text(there.reason if there else "")
        self.body.addWidget(self._reason)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self.add_button(tr("Keep the reason"), "filled").clicked.connect(self._save)
        SheetDraft(open_journal, self, self._reason, f"reason:{min(ids)}:{max(ids)}")

    def _save(self) -> None:
        reason = self._reason.text()
        label = tr("Reason to compare")
        if self._open.write(label, lambda journal: judging.keep_override(journal, *self._ids, reason)):
            self.accept()
