"""Settings: how the app looks, what the journal is, and the trash."""

from needlejournal.ui.settings.page import SettingsPage

__all__ = ["SettingsPage"]
