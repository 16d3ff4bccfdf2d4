"""What every page of an open journal promises to the workspace that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Destination, ImportPhotos
from needlejournal.ui.keeping import Unsaved

if TYPE_CHECKING:
    from needlejournal.workflows.photos_in.import_plan import ImportSource


class Page(QWidget):
    """A page: made once with `(open_journal, go, preferences)`, then arrived at and left again and again."""

    def arrive(self, destination: Destination) -> None:
        """Show what the destination names; called when the page has been put in front."""

    def first(self) -> QWidget:
        """What has the keyboard when the page is first shown: the page itself, for its title to be read."""
        return self

    def leave(self) -> tuple[Unsaved, ...]:
        """Store what is being typed, now. Gives what could not be stored; it stays on the page."""
        return ()

    def step_back(self, step: str) -> bool:
        """Take back ("undo"), or do again, what was decided here and is not in the journal yet; whether it was."""
        return False

    def photos_for(self, sources: tuple[ImportSource, ...]) -> ImportPhotos | None:
        """Where photos belong that are dropped or pasted while this page is in front; None when they cannot be now."""
        return ImportPhotos(sources)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here, with its keys."""
        return ()
