"""Keys a text field would take and that may be meant for the journal: Ctrl+Z with nothing to undo in the field, and
Ctrl+V with a photo on the clipboard.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from needlejournal.ui.typing_steps import BY_JOURNAL
from needlejournal.ui.widgets.frame.drop_zone import are_photos

Key = QKeySequence.StandardKey


class TextKeys(QObject):
    """Watches the text field that has the keyboard, and no other widget."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        application.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit | QTextEdit | QPlainTextEdit):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """An override that is not accepted leaves the key to the window's action."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            for key, can in ((Key.Undo, _can_undo), (Key.Redo, _can_redo)):
                if event.matches(key) and not can(watched):
                    event.ignore()
                    return True
            if event.matches(Key.Paste) and are_photos(QGuiApplication.clipboard().mimeData()):
                event.ignore()
                return True
        return False


def _by_journal(field: QObject) -> bool:
    """Whether a field is undone by the journal: what it says itself, else what the nearest around it says."""
    widget: QObject | None = field
    while widget is not None and widget.property(BY_JOURNAL) is None:
        widget = widget.parent()
    return widget is not None and bool(widget.property(BY_JOURNAL))


def _can_undo(widget: QObject) -> bool:
    if _by_journal(widget):
        return False
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable()
    return isinstance(widget, QTextEdit | QPlainTextEdit) and widget.document().isUndoAvailable()


def _can_redo(widget: QObject) -> bool:
    if _by_journal(widget):
        return False
    if isinstance(widget, QLineEdit):
        return widget.isRedoAvailable()
    return isinstance(widget, QTextEdit | QPlainTextEdit) and widget.document().isRedoAvailable()
