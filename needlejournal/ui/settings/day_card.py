"""When the person's day begins: what is written in the night may still belong to the evening before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from PySide6.QtWidgets import QWidget

from needlejournal.ui.language import clock_time, tr
from needlejournal.ui.preferences import DAY_BEGINS, Preferences
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.frame.card import Card

LATEST_HOUR = 6


class DayCard(Card):
    """`begin` is told at once."""

    def __init__(self, preferences: Preferences, begin: Callable[[time], None], parent: QWidget | None = None) -> None:
        super().__init__(tr("Your day"), parent)
        self._preferences, self._begin = preferences, begin
        hours = [(f"{hour:02}:00", clock_time(time(hour))) for hour in range(1, LATEST_HOUR + 1)]
        kept = preferences.day_begins().isoformat("minutes")
        self._hour = Select(tr("My day begins at"), [("00:00", tr("Midnight")), *hours], kept)
        form = Form()
        form.add(
            tr("My day begins at"),
            row_of(self._hour),
            tr("Until then, Today is still the evening before. Days you have written keep their dates."),
        )
        self.body.addWidget(form)
        self._hour.changed.connect(self._keep)

    def _keep(self) -> None:
        self._preferences.remember(DAY_BEGINS, self._hour.value() or "00:00")
        self._begin(self._preferences.day_begins())
