"""What is shown while a journal is locked: a field for its passphrase, and nothing of the journal, not even a name."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.panels.locking.secret_field import SecretField
from needlejournal.ui.widgets import spoken
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import buttons_of, row_of
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.text import Label

LONGEST_PAUSE_MS = 30_000


class LockPage(QWidget):
    """`wanted` carries what was typed and whether it is a recovery key; `elsewhere` asks for another journal."""

    wanted = Signal(str, bool)
    elsewhere = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Locked"))
        self._wrong = 0
        self._by_recovery = False
        self._field = SecretField(tr("Passphrase"))
        self._key = TextField(tr("Recovery key"))
        self._unlock = Button(tr("Unlock"), "filled", "lock")
        self._forgotten = Button(tr("I have forgotten the passphrase"), "link")
        self._words = Label("", "text", "ink_soft")
        self._progress = ProgressStrip(tr("Unlocking…"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._resume)
        self._lay_out()
        self._unlock.clicked.connect(self._ask)
        self._field.entered.connect(self._ask)
        self._key.returnPressed.connect(self._ask)
        self._forgotten.clicked.connect(self._switch)
        self._progress.cancelled.connect(self.stopped)
        self._field.setFocus()

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(Label(tr("This journal is locked"), "page"))
        self._hint = Label(tr("Its passphrase opens it."), "text", "ink_soft")
        for widget in (self._hint, self._field, self._key, self._words, self._progress):
            card.body.addWidget(widget)
        card.body.addWidget(buttons_of(self._unlock, self._forgotten))
        other = Button(tr("Open another journal…"), "quiet", "folder")
        other.clicked.connect(self.elsewhere)
        for hidden in (self._key, self._words, self._progress):
            hidden.hide()
        column = QWidget()
        column.setMaximumWidth(theme.px(560))
        rows = QVBoxLayout(column)
        rows.addStretch(2)
        rows.addWidget(card)
        rows.addSpacing(theme.SPACE_S)
        rows.addWidget(row_of(other))
        rows.addStretch(3)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL)
        across.addStretch(1)
        across.addWidget(column, 10)
        across.addStretch(1)

    def busy(self, words: str, *, cancellable: bool = False) -> None:
        """Something is being done that takes a while."""
        self._progress.reset(words)
        self._progress.show_progress(0, None)
        self._progress.setVisible(True)
        self._show_fields(shown=False)

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self._progress.show_progress(done, total)

    def refuse(self, sentence: str) -> None:
        """It did not open: say so, and let the next try wait, longer each time."""
        self._wrong += 1
        self._ready(sentence)
        self._unlock.setEnabled(False)
        self._pause.start(min(LONGEST_PAUSE_MS, 500 * 2**self._wrong))

    def fail(self, sentence: str) -> None:
        """Something else went wrong."""
        self._ready(sentence)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        spoken.announce(self, tr("This journal is locked"))

    def _ready(self, sentence: str) -> None:
        self._progress.hide()
        self._show_fields(shown=True)
        self._field.clear()
        self._words.setText(sentence)
        spoken.announce(self, sentence)
        self._words.show()
        (self._key if self._by_recovery else self._field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _resume(self) -> None:
        self._unlock.setEnabled(True)

    def _show_fields(self, *, shown: bool) -> None:
        self._field.setVisible(shown and not self._by_recovery)
        self._key.setVisible(shown and self._by_recovery)
        self._words.setVisible(shown and bool(self._words.text()))
        for button in (self._unlock, self._forgotten):
            button.setVisible(shown)

    def _switch(self) -> None:
        """From the passphrase to the recovery key, and back."""
        self._by_recovery = not self._by_recovery
        self._forgotten.set_text(
            tr("Use the passphrase") if self._by_recovery else tr("I have forgotten the passphrase")
        )
        self._hint.setText(
            tr("Type the recovery key from your sheet. Then choose a new passphrase in the settings.")
            if self._by_recovery
            else tr("Its passphrase opens it.")
        )
        self._words.setText("")
        self._show_fields(shown=True)
        (self._key if self._by_recovery else self._field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        typed = self._key.text() if self._by_recovery else self._field.text()
        if self._unlock.isEnabled() and typed.strip():
            self.wanted.emit(typed, self._by_recovery)
