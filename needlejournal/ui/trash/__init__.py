"""The trash: what was deleted, and for how long it can still be restored."""

from needlejournal.ui.trash.page import TrashPage

__all__ = ["TrashPage"]
