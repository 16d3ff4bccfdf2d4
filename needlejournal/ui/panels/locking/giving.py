"""The steps of giving a passphrase: choose it, keep the recovery sheet, and only then does anything happen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from needlejournal.store.age_keys import Identity
from needlejournal.store.keys import Keyring, make_keyring
from needlejournal.ui.language import tr
from needlejournal.ui.panels.locking.secret_field import SecretField
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label

Given = Callable[[str, tuple[Keyring, Identity]], object]


def give_passphrase(name: str, parent: QWidget, then: Given) -> None:
    """Ask for a passphrase and show the recovery sheet of new keys; `then` hears both when neither was cancelled."""
    from needlejournal.ui.panels.locking.passphrase_sheet import PassphraseSheet  # most journals are plain
    from needlejournal.ui.panels.locking.recovery_sheet import RecoverySheet

    choosing = PassphraseSheet(tr("A passphrase for this journal"), tr("Go on"), parent)

    def show_sheet() -> None:
        keys = make_keyring()
        sheet = RecoverySheet(keys[1], name, parent)
        sheet.accepted.connect(lambda: then(choosing.passphrase, keys))
        sheet.open()

    choosing.accepted.connect(show_sheet)
    choosing.open()


class AskSheet(Sheet):
    """Asks for the passphrase there is, before something that needs it; `passphrase` holds what was typed."""

    def __init__(self, title: str, sentence: str, action: str, parent: QWidget, *, final: bool = False) -> None:
        super().__init__(title, parent)
        self._field = SecretField(tr("Current passphrase"))
        self.body.addWidget(Label(sentence, "text", "ink_soft"))
        form = Form()
        form.add(tr("Current passphrase"), self._field)
        self.body.addWidget(form)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self.add_button(action, "danger" if final else "filled").clicked.connect(self._accept)
        self._field.entered.connect(self._accept)
        self._field.setFocus()

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self._field.text()

    def _accept(self) -> None:
        if self.passphrase:
            self.accept()
