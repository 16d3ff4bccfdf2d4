"""Writing things down: a session, and a day with its side effects. Saved as one types."""

from needlejournal.ui.writing.day_page import DayPage
from needlejournal.ui.writing.session_page import SessionPage

__all__ = ["DayPage", "SessionPage"]
