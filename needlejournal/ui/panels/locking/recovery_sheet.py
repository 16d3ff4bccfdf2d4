"""The recovery sheet: shown once, to be printed or saved; a few characters typed back before it counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget

from needlejournal.store.age_keys import Identity
from needlejournal.ui import theme
from needlejournal.ui.language import medium_date, tr, tr_message
from needlejournal.ui.session import local_now
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.widgets.where_to_save import ask_where_to_save


class RecoverySheet(Sheet):
    """Accepted once the person typed the last group of the key back."""

    def __init__(self, recovery: Identity, journal: str, parent: QWidget | None = None) -> None:
        from needlejournal.workflows.safekeeping.passphrases import asked_back, in_groups, sheet_text

        super().__init__(tr("Recovery sheet"), parent, width=600)
        self._expected = asked_back(recovery)
        self._text = sheet_text(recovery, journal, medium_date(local_now().date()))
        key = Label(in_groups(recovery), "text").selectable()
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme.px(15))
        key.setFont(fixed)
        key.setAccessibleName(tr("Recovery key"))
        key.setAccessibleDescription(key.text())
        key.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Tab reaches it, so that it can be read and copied
        self._typed = TextField(tr("Last group of the key"))
        self._trouble = Label("", "small", "danger")
        self._trouble.hide()
        self._lay_out(key)
        self._typed.setFocus()
        self.add_side_button(tr("Save it as a file…")).clicked.connect(self._save)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self._act = self.add_button(tr("I have it"), "filled")
        self._act.clicked.connect(self._accept_if_typed)
        self._typed.returnPressed.connect(self._accept_if_typed)
        self._typed.textChanged.connect(lambda _text: self._trouble.hide())

    def _lay_out(self, key: Label) -> None:
        self.body.addWidget(
            Label(
                tr(
                    "This key opens the journal if the passphrase is forgotten. It is shown only now. Write it down, "
                    "or save it and print the file, and keep it where you keep papers, not on this computer."
                )
            )
        )
        self.body.addWidget(key)
        form = Form()
        form.add(
            tr("Type back"),
            self._typed,
            tr("The last group of the key, from your paper, so that you know you have it."),
        )
        self.body.addWidget(form)
        self.body.addWidget(self._trouble)

    def _save(self) -> None:
        from needlejournal.journal.errors import WorldError
        from needlejournal.workflows.saving import save_export

        proposed = tr("Recovery sheet.txt")
        path = ask_where_to_save(self, tr("Save the recovery sheet"), proposed, "txt", tr("Text (*.txt)"))
        if path is None:
            return
        try:
            save_export(path, self._text.encode())
            self._show_words(tr("Saved. Print it or move it to another disk, then remove the file from this computer."))
        except WorldError as error:
            self._show_words(tr_message(error.message))

    def _show_words(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.show()

    def _accept_if_typed(self) -> None:
        if self._typed.text().strip().upper() == self._expected:
            self.accept()
        else:
            self._show_words(tr("That is not the last group. Look at the end of the key."))
