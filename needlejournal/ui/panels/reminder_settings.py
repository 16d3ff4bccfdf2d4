"""What the person set about reminders, read from and kept in the preferences."""

from __future__ import annotations

from datetime import time

from needlejournal.journal.planning.reminders import ReminderSettings
from needlejournal.ui.preferences import Preferences

ENABLED, AT, FROM, TO = (
    "reminders/enabled", "reminders/at", "reminders/quiet_from", "reminders/quiet_to"
)  # fmt: skip
_USUAL = ReminderSettings()


def reminder_settings(preferences: Preferences) -> ReminderSettings:
    """The settings as remembered; what cannot be read is as usual."""
    return ReminderSettings(
        enabled=preferences.flag(ENABLED, default=_USUAL.enabled),
        at=_time(preferences.text(AT), _USUAL.at),
        quiet_from=_time(preferences.text(FROM), _USUAL.quiet_from),
        quiet_to=_time(preferences.text(TO), _USUAL.quiet_to),
    )


def remember_settings(preferences: Preferences, settings: ReminderSettings) -> None:
    """Keep the settings."""
    preferences.remember(ENABLED, settings.enabled)
    for key, value in ((AT, settings.at), (FROM, settings.quiet_from), (TO, settings.quiet_to)):
        preferences.remember(key, value.isoformat("minutes"))


def _time(written: str, usual: time) -> time:
    try:
        return time.fromisoformat(written)
    except ValueError:
        return usual
