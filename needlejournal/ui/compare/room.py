"""Who gets the room below the header: the photos first. The panel, the line above them and the strip give way."""

from __future__ import annotations

from PySide6.QtCore import QSize

from needlejournal.journal.frozen import frozen
from needlejournal.ui import theme
from needlejournal.ui.compare.filmstrip import Filmstrip
from needlejournal.ui.compare.foot import Foot
from needlejournal.ui.compare.panel.panel import ComparabilityPanel
from needlejournal.ui.compare.tools.tool_bar import ModeBar
from needlejournal.ui.compare.verdict import Verdict
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.preferences import Preferences

NARROW = 700  # below, the panel shows only when asked for
ALONE = 500  # below, it shows in the place of the photos
LOW = 480  # below, the strip of photos is slim, and goes while a tool is in hand
LOWEST = 260  # below, the lines below the photos give them their room: arrow keys page and turn, Photos chooses others
PANEL = "compare/details"


@frozen
class BesidePhotos:
    """What shares the page with the photos."""

    verdict: Verdict
    stage: Stage
    panel: ComparabilityPanel
    bar: ModeBar
    filmstrip: Filmstrip
    foot: Foot


class RoomForPhotos:
    """Shares the room out; `arrange` again whenever the page's size, a tool or the person's wish changed."""

    def __init__(self, beside: BesidePhotos, preferences: Preferences) -> None:
        self._beside = beside
        self._preferences = preferences
        self._asked = False
        self._size = QSize()

    def toggle_panel(self) -> None:
        """Show or hide what is said about the pair; where there is little room, for now only."""
        shown = self._beside.panel.isHidden()
        if self._narrow():
            self._asked = shown
        else:
            self._preferences.remember(PANEL, shown)

    def show_photos(self) -> None:
        """Put the panel away where it stands in the place of the photos."""
        if self._beside.stage.isHidden():
            self._asked = False

    def arrange(self, size: QSize, *, tool: bool, elsewhere: bool) -> None:
        """Share out the page's size; whether a `tool` is in hand, and the photos are on a screen `elsewhere`."""
        self._size = size
        beside = self._beside
        shown = self._asked if self._narrow() else self._preferences.flag(PANEL)
        alone = shown and not elsewhere and size.width() < theme.px(ALONE)
        low = size.height() < theme.px(LOW)
        held = beside.panel.focusWidget() if beside.panel.isVisible() else None
        by_panel = held is not None and held.hasFocus()
        beside.panel.stand_alone(alone=alone)
        beside.stage.setHidden(alone)
        beside.panel.setVisible(shown)
        if by_panel and not shown:
            beside.stage.setFocus()  # or the keyboard would be anywhere, and the page's keys dead
        beside.verdict.show_open(opened=shown)
        beside.filmstrip.show_slim(slim=low)
        beside.verdict.setHidden(low and tool)
        lowest = size.height() < theme.px(LOWEST)
        beside.foot.setHidden((low and tool) or lowest)
        beside.bar.spare(spared=alone or lowest)

    def _narrow(self) -> bool:
        """Whether the panel would leave too little room for the photos."""
        return self._size.width() < theme.px(NARROW)
