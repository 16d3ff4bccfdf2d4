"""A line for a passphrase: hidden unless the person wants to see it, and never in the clipboard or an undo list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets.buttons import IconButton
from needlejournal.ui.widgets.fields.text_fields import TextField

HINTS = (
    Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoAutoUppercase | Qt.InputMethodHint.ImhNoPredictiveText
)


class SecretField(QWidget):
    """`changed` tells each change, `entered` that the person pressed Enter."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = TextField(name)
        self.line.setInputMethodHints(HINTS)
        self._eye = IconButton("eye", tr("Show what is typed: {field}").format(field=name), outlined=True)
        self._eye.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_S)
        row.addWidget(self.line, 1)
        row.addWidget(self._eye)
        self.setFocusProxy(self.line)
        self.hide_text(hidden=True)
        self._eye.toggled.connect(lambda shown: self.hide_text(hidden=not shown))
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.line.returnPressed.connect(self.entered)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put something there."""
        self.line.setText(text)

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()
        self._eye.setChecked(False)

    def hide_text(self, *, hidden: bool) -> None:
        """Show dots in the place of letters, or the letters."""
        self.line.setEchoMode(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)
