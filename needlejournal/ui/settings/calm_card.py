"""Looking at oneself less: offered, never pressed."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from needlejournal.ui.language import tr
from needlejournal.ui.panels.calm import compare_from, remember_compare_from
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.date_fields import DateField
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.pictures import veil


class CalmCard(Card):
    """Blurred thumbnails, and a pause from comparing."""

    def __init__(self, preferences: Preferences, today: date, parent: QWidget | None = None) -> None:
        super().__init__(tr("Looking less"), parent)
        self._preferences = preferences
        self._blur = CheckBox(
            tr("Small photos stay blurred until you point at them"), checked=preferences.flag(veil.KEY)
        )
        self._until = DateField(tr("No comparisons before"), compare_from(preferences), today)
        self._again = Button(tr("Compare again now"), "quiet")
        form = Form()
        form.add(tr("Small photos"), self._blur)
        form.add(
            tr("Compare from"), row_of(self._until, self._again), tr("Until that day the app asks before it compares.")
        )
        self.body.addWidget(form)
        self._blur.toggled.connect(self._keep_blur)
        self._until.changed.connect(self._keep)
        self._again.clicked.connect(self._forget)
        self._again.setVisible(self._until.day() is not None)

    def _keep_blur(self, on: bool) -> None:
        self._preferences.remember(veil.KEY, on)
        veil.draw(on)

    def _keep(self) -> None:
        remember_compare_from(self._preferences, self._until.day())
        self._again.setVisible(self._until.day() is not None)

    def _forget(self) -> None:
        self._until.set_day(None)
        self._keep()
