"""Settings: how the app looks, what the journal is, and how it is kept."""

from needlejournal.ui.settings.page import SettingsPage

__all__ = ["SettingsPage"]
