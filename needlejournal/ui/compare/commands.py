"""What can be done on the comparison page, as commands: one place for words, icons and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from needlejournal.ui.actions import Command
from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.compare.view.gaze import Gaze
from needlejournal.ui.compare.view.viewport import STEP
from needlejournal.ui.language import tr


def looking_commands(looking: Gaze, whole: Callable[[], object]) -> tuple[Command, ...]:
    """Zoom and what belongs to it; `whole` shows all of the photos, or again what both of them show."""
    return (
        Command("zoom_in", tr("Zoom in"), lambda: looking.zoom(STEP), "zoom_in", ("+", "=", "Ctrl++")),
        Command("zoom_out", tr("Zoom out"), lambda: looking.zoom(1 / STEP), "zoom_out", ("-", "Ctrl+-")),
        Command("fit", tr("Show whole photos, or what both show"), whole, "fit", ("0", "Ctrl+0")),
        Command("actual_size", tr("Actual pixels, 1:1"), looking.actual_size, "actual_size", ("Z",)),
        Command("relink", tr("Put both sides together again"), looking.relink, "link", ("Shift+L",)),
    )


def pair_commands(comparison: Comparison, places: Callable[[], tuple[int, ...]]) -> tuple[Command, ...]:
    """Which photos, and how they are turned; `places` are those that turn and mirror apply to."""
    return (
        Command("swap", tr("Swap left and right"), comparison.swap, "swap", ("X",)),
        Command("pin_other", tr("Pin the other photo"), comparison.pin_other, "pin", ("P",)),
        Command("next", tr("Next photo (also →)"), lambda: comparison.page(1), "chevron_right", ("PgDown",)),
        Command("previous", tr("Previous photo (also ←)"), lambda: comparison.page(-1), "chevron_left", ("PgUp",)),
        Command(
            "turn_right",
            tr("Turn clockwise for viewing"),
            lambda: comparison.turn_by(1, places()),
            "rotate_right",
            ("R",),
        ),
        Command(
            "turn_left",
            tr("Turn counter-clockwise for viewing"),
            lambda: comparison.turn_by(-1, places()),
            "rotate_left",
            ("Shift+R",),
        ),
        Command("mirror", tr("Mirror for viewing"), lambda: comparison.mirror(places()), "mirror", ("M",)),
    )


def mode_commands(modes: Sequence[Mode], choose: Callable[[str], None]) -> tuple[Command, ...]:
    """One key for each mode."""
    return tuple(
        Command(f"mode_{mode.key}", mode.words(), lambda key=mode.key: choose(key), _icon(mode.key), (str(number),))  # type: ignore[misc]
        for number, mode in enumerate(modes, 1)
    )


def _icon(mode: str) -> str:
    """The picture of a way to compare."""
    return f"mode_{mode}"
