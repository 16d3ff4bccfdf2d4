"""What long work sees of the outside: whether it should stop, and where it says how far it is."""

from __future__ import annotations

from typing import Protocol

from needlejournal.journal.frozen import frozen


@frozen
class Progress:
    """`done` of `total` things are finished; `name` is the one looked at now."""

    done: int
    total: int
    name: str = ""


class Control(Protocol):
    """The other end of a long piece of work."""

    @property
    def cancelled(self) -> bool: ...
    def report(self, progress: object, /) -> None: ...


class Unattended:
    """Nobody watches and nobody stops it."""

    cancelled = False

    def report(self, progress: object, /) -> None:
        """Tell nobody."""
