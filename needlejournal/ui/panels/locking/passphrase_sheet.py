"""Choosing a passphrase: how strong it is, six words to take, and what happens when it is lost."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.panels.locking.secret_field import SecretField
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label

WEAKEST_TAKEN = 2
_ROLES = ("pill", "danger", "warning", "accent", "accent")


class StrengthBar(QWidget):
    """Four steps, filled as far as the passphrase is strong; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._level = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, level: int) -> None:
        """0 to 4."""
        self._level = level
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            gap = 4.0
            width = (self.width() - 3 * gap) / 4
            for step in range(4):
                role = _ROLES[self._level] if step < self._level else "pill"
                painting.box(painter, QRectF(step * (width + gap), 0, width, self.height()), 3, theme.colour(role))


class PassphraseSheet(Sheet):
    """Asks for a new passphrase twice; with `ask_old` for the one there is too. `passphrase` and `old` hold them."""

    def __init__(self, title: str, action: str, parent: QWidget | None = None, *, ask_old: bool = False) -> None:
        super().__init__(title, parent, width=540)
        self._old = SecretField(tr("Current passphrase"))
        self._first = SecretField(tr("New passphrase"))
        self._again = SecretField(tr("Once more"))
        self._bar = StrengthBar()
        self._words = Label("", "small", "ink_soft")
        self._trouble = Label("", "small", "danger")
        self._trouble.hide()
        self._lay_out(ask_old=ask_old)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self._act = self.add_button(action, "filled")
        self._act.clicked.connect(self._accept_if_right)
        self._again.entered.connect(self._accept_if_right)
        self._first.changed.connect(self._judge)
        for field in (self._first, self._again):
            field.changed.connect(self._trouble.hide)
        self._judge()
        (self._old if ask_old else self._first).setFocus()

    @property
    def passphrase(self) -> str:
        """What was chosen."""
        return self._first.text()

    @property
    def old(self) -> str:
        """The passphrase there was, as typed."""
        return self._old.text()

    def _lay_out(self, *, ask_old: bool) -> None:
        self.body.addWidget(
            Label(
                tr(
                    "The passphrase encrypts everything: notes, photos, previews. It is kept nowhere. If you lose both "
                    "the passphrase and the recovery sheet, the journal is gone, and nobody can bring it back."
                ),
                "text",
            )
        )
        form = Form()
        if ask_old:
            form.add(tr("Current passphrase"), self._old)
        form.add(tr("New passphrase"), self._first)
        form.add(tr("Once more"), self._again)
        form.add(tr("Strength"), self._bar)
        self.body.addWidget(form)
        self.body.addWidget(self._words)
        propose = Button(tr("Suggest six words"), "link", "restore")
        propose.clicked.connect(self._propose)
        self.body.addWidget(row_of(propose))
        self.body.addWidget(self._trouble)

    def _propose(self) -> None:
        from needlejournal.workflows.safekeeping.passphrases import proposed

        words = proposed()
        self._first.set_text(words)
        self._first.hide_text(hidden=False)
        self._again.clear()
        sentence = tr("Write these six words down before you go on, and type them once more: {words}")
        self._words.setText(sentence.format(words=words))

    def _judge(self) -> None:
        from needlejournal.workflows.safekeeping.passphrases import strength

        found = strength(self.passphrase)
        self._level = found.level
        self._bar.show_level(found.level)
        self._bar.setAccessibleName(tr("Strength"))
        self._words.setText(tr_message(found.sentence))
        self._bar.setAccessibleDescription(self._words.text())

    def _accept_if_right(self) -> None:
        if self._level < WEAKEST_TAKEN:
            self._refuse(tr("This is too easy to guess. Use several words that do not belong together."))
        elif self._first.text() != self._again.text():
            self._refuse(tr("The two are not the same. Please type it once more."))
        else:
            self.accept()

    def _refuse(self, why: str) -> None:
        self._trouble.setText(why)
        self._trouble.show()
