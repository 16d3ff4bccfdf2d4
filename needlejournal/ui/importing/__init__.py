"""The import sheet: what was brought is looked at, decided upon where it must be, and saved photo by photo."""

from needlejournal.ui.importing.page import ImportPage

__all__ = ["ImportPage"]
