"""The ways to look at photos. A new one is a subclass of `Mode` and a line in `all_modes`."""

from __future__ import annotations

from needlejournal.ui.compare.modes.base import Mode
from needlejournal.ui.compare.modes.side_by_side import SideBySide
from needlejournal.ui.compare.modes.wipe import Wipe


def all_modes() -> tuple[Mode, ...]:
    """One of each, in the order in which they are offered."""
    return SideBySide(), Wipe()


__all__ = ["Mode", "all_modes"]
