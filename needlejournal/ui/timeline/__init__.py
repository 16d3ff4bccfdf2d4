"""The timeline: sessions and days as cards, newest first, with search, filters and a jump to a date."""

from needlejournal.ui.timeline.page import TimelinePage

__all__ = ["TimelinePage"]
