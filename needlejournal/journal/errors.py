"""The world's errors, in sentences a patient understands. Our own bugs are ordinary exceptions."""

from __future__ import annotations

from needlejournal.journal.message import Message


class WorldError(Exception):
    """Something outside the app went wrong; `str()` says what happened, what is safe and what to do next."""

    def __init__(self, message: Message | str) -> None:
        super().__init__(message)
        self.message = message if isinstance(message, Message) else Message(message)


class NotAllowed(WorldError):
    """The journal is open for viewing only, and something tried to change it."""


class BadInput(WorldError):
    """What was typed or given cannot be kept as it is."""
