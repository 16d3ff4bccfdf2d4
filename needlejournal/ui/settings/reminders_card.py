"""Reminders: all on or off with one switch, when, the quiet hours, the tray, and starting at login."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from needlejournal.journal.planning.reminders import ReminderSettings
from needlejournal.ui.language import tr
from needlejournal.ui.panels.reminder_settings import remember_settings, reminder_settings
from needlejournal.ui.panels.reminder_tray import TRAY, Tray, current_tray
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.date_fields import TimeField
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows import starting


class RemindersCard(Card):
    """`failed` is told when the system refuses to start the app at login."""

    def __init__(
        self, preferences: Preferences, failed: Callable[[Exception], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Reminders"), parent)
        self._preferences, self._failed = preferences, failed
        kept = reminder_settings(preferences)
        self._enabled = CheckBox(tr("Remind me of what the plan suggests"), checked=kept.enabled)
        self._at = TimeField(tr("Time of reminders"), kept.at, needed=True)
        self._from = TimeField(tr("Quiet from"), kept.quiet_from, needed=True)
        self._to = TimeField(tr("Quiet until"), kept.quiet_to, needed=True)
        self._tray = CheckBox(
            tr("Show a sign in the system's tray, and reminders on the desktop while the app runs"),
            checked=preferences.flag(TRAY),
        )
        self._login = CheckBox(tr("Start when I log in"), checked=starting.starts_at_login())
        self.body.addWidget(self._form())
        self._enabled.toggled.connect(self._keep)
        for field in (self._at, self._from, self._to):
            field.changed.connect(self._keep)
        self._tray.toggled.connect(self._switch_tray)
        self._login.clicked.connect(self._switch_login)
        self._show_enabled()

    def _form(self) -> Form:
        form = Form()
        words = tr(
            "One notice at a time, however much is due. "
            "What came due while the computer was off is shown as one reminder."
        )
        form.add(tr("Reminders"), self._enabled, words)
        form.add(tr("Not before"), row_of(self._at))
        form.add(tr("Quiet hours"), row_of(self._from, Label(tr("to"), "text", "ink_soft").one_line(), self._to))
        form.add(tr("Tray"), self._tray, "" if Tray.can_be() else tr("This desktop has no tray."))
        self._tray.setEnabled(Tray.can_be())
        if starting.can_start_at_login():
            form.add(tr("At login"), self._login)
        return form

    def _keep(self) -> None:
        usual = ReminderSettings()
        settings = ReminderSettings(
            self._enabled.isChecked(),
            self._at.time_of_day() or usual.at,
            self._from.time_of_day() or usual.quiet_from,
            self._to.time_of_day() or usual.quiet_to,
        )
        remember_settings(self._preferences, settings)
        self._show_enabled()

    def _show_enabled(self) -> None:
        for field in (self._at, self._from, self._to):
            field.setEnabled(self._enabled.isChecked())

    def _switch_tray(self, on: bool) -> None:
        self._preferences.remember(TRAY, on)
        tray = current_tray()
        if tray is not None:
            tray.follow()

    def _switch_login(self, on: bool) -> None:
        try:
            starting.start_at_login(wanted=on)
        except Exception as error:  # noqa: BLE001 (shown to the person by the window)
            self._login.setChecked(not on)
            self._failed(error)
