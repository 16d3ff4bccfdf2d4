"""Whether single letters, digits and signs are keys: whoever dictates, or strikes keys by accident, turns them off."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from needlejournal.ui import actions
from needlejournal.ui.language import tr
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.form import Form
from needlejournal.ui.widgets.frame.card import Card


class KeyboardCard(Card):
    """Remembered, and followed at once."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(tr("Keyboard"), parent)
        self._preferences = preferences
        self._letters = CheckBox(tr("Use single-letter keys"), checked=actions.letters_used())
        form = Form()
        words = tr("Without them, typing a letter by accident, or dictating, does nothing. Menus and buttons stay.")
        form.add(tr("Letters"), self._letters, words)
        self.body.addWidget(form)
        self._letters.toggled.connect(self._use)

    def _use(self, used: bool) -> None:
        self._preferences.remember(actions.LETTERS, used)
        actions.use_letters(used)
