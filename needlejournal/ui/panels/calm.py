"""Looking at oneself less, as the person set it: thumbnails blurred until pointed at, no comparisons until a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label

COMPARE_FROM = "calm/compare_from"


def compare_from(preferences: Preferences) -> date | None:
    """The day from which comparisons are wanted again; None when they always are."""
    try:
        return date.fromisoformat(preferences.text(COMPARE_FROM))
    except ValueError:
        return None


def remember_compare_from(preferences: Preferences, day: date | None) -> None:
    """Keep that day."""
    if day is None:
        preferences.forget(COMPARE_FROM)
    else:
        preferences.remember(COMPARE_FROM, day.isoformat())


class CalmSheet(Sheet):
    """Says until when no comparison was wanted. Accepted: show it all the same."""

    def __init__(self, until: date, parent: QWidget | None = None) -> None:
        super().__init__(tr("No comparisons for now"), parent)
        words = tr("You chose to look at comparisons again from {day} on. You can change that in the settings.")
        self.body.addWidget(Label(words.format(day=medium_date(until)), "text", "ink_soft"))
        self.add_side_button(tr("Show anyway")).clicked.connect(self.accept)
        later = self.add_button(tr("Not now"), "filled")
        later.clicked.connect(self.reject)
        later.setFocus()
