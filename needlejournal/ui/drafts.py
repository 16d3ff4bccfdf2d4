"""What is typed into a sheet that asks for a sentence, when the journal is closed under it: a lock while nobody is
there, the end of the session. It stands there again when the same sheet is opened, until it is saved or cancelled.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

from needlejournal.ui.session import OpenJournal


class SheetDraft(QObject):
    """Keeps the text of one field of a sheet beside the diary. Make it last, when the sheet shows what is stored."""

    def __init__(self, open_journal: OpenJournal, sheet: QDialog, field: QLineEdit | QPlainTextEdit, key: str) -> None:
        super().__init__(sheet)
        self._open, self._field, self._key = open_journal, field, key
        self._asking = True
        self._stored = self._text()
        there = open_journal.journal.draft(key)
        self._was_there = isinstance(there, str)
        if self._was_there:
            field.setText(there) if isinstance(field, QLineEdit) else field.setPlainText(there)
        open_journal.closing.connect(self._keep)
        sheet.finished.connect(self._end)

    def _text(self) -> str:
        field = self._field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def _keep(self) -> None:
        """The journal goes: however the sheet ends after this, it is no answer of the person's."""
        if not self._asking:
            return
        self._asking = False
        draft = self._text() if self._text() != self._stored else None
        if (draft is not None or self._was_there) and not self._open.journal.read_only:
            self._open.keep_aside(lambda journal: journal.keep_draft(self._key, draft))

    def _end(self) -> None:
        if self._asking and self._was_there:
            self._open.keep_aside(lambda journal: journal.keep_draft(self._key, None))
        self._asking = False
