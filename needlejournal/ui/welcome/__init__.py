"""The first page: what the app is, and the ways to a journal."""

from needlejournal.ui.welcome.page import WelcomePage

__all__ = ["WelcomePage"]
