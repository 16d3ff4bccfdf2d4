"""What only makes sense in a journal that can be written: greyed where it cannot, with the reason as its tip."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from needlejournal.store import Journal
from needlejournal.ui.language import tr
from needlejournal.ui.tips import set_tip


def for_writing(journal: Journal, *widgets: QWidget) -> None:
    """Grey these widgets where the journal is open for viewing only."""
    if journal.read_only:
        for widget in widgets:
            widget.setEnabled(False)
            set_tip(widget, journal.why_read_only or tr("This journal is open for viewing only."))
