"""Help that needs no network: short topics to read and search, and the first steps."""

from needlejournal.ui.help.page import HelpPage

__all__ = ["HelpPage"]
