"""The ways to look at photos. A new one is a subclass of `Mode` and a line in `all_modes`."""

from __future__ import annotations

from needlejournal.ui.compare.modes.base import Dial, Mode
from needlejournal.ui.compare.modes.blink import Blink
from needlejournal.ui.compare.modes.magnifier import Magnifier
from needlejournal.ui.compare.modes.overlay import Overlay
from needlejournal.ui.compare.modes.side_by_side import SideBySide
from needlejournal.ui.compare.modes.strip import Strip
from needlejournal.ui.compare.modes.wipe import Wipe


def all_modes() -> tuple[Mode, ...]:
    """One of each, in the order in which they are offered."""
    return SideBySide(), Wipe(), Overlay(), Blink(), Strip(), Magnifier()


__all__ = ["Dial", "Mode", "all_modes"]
