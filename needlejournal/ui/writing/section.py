"""A part of the session editor: it shows a session, and gives it back with what the person changed in this part."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from needlejournal.journal.sessions import Session
from needlejournal.ui.widgets.frame.card import Card


class EditorSection(Card):
    """One card of the editor. `edited` tells that the person changed something."""

    edited = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)

    def show_session(self, session: Session) -> None:
        """Show a session without emitting."""
        raise NotImplementedError

    def follow(self, session: Session) -> None:
        """Show what goes with the treatment and setting that are chosen now, in whatever card."""

    def apply(self, session: Session) -> Session:
        """The session with this part as it stands in the fields."""
        raise NotImplementedError
