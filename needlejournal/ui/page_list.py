"""Which pages there are: key, title, icon, where they stand in the rail, and how each is made when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from needlejournal.ui.destinations import Go
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal

Place = Literal["rail", "bottom", "none"]
Maker = Callable[[OpenJournal, Go, Preferences], Page]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as the rail knows it. `made_by` is "module:class" and loaded when the page is first shown.

    A `roomy` page wants the room: the rail folds beside it until the person says otherwise.
    """

    key: str
    title: str
    icon: str
    made_by: str
    place: Place = "rail"
    roomy: bool = False

    def make(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> Page:
        """The page itself."""
        module, name = self.made_by.split(":")
        maker: Maker = getattr(import_module(f"needlejournal.ui.{module}"), name)
        return maker(open_journal, go, preferences)


PAGES = (
    PageEntry("timeline", "Timeline", "timeline", "timeline:TimelinePage"),
    PageEntry("photos", "Photos", "photos", "photos:PhotosPage"),
    PageEntry("compare", "Compare", "compare", "compare.page:ComparePage", roomy=True),
    PageEntry("effects", "Side effects", "effects", "effects:EffectsPage"),
    PageEntry("progress", "Progress", "progress", "progress:ProgressPage"),
    PageEntry("plan", "Plan", "plan", "plan:PlanPage"),
    PageEntry("report", "For the clinic", "print", "report:ReportPage", roomy=True),
    PageEntry("settings", "Settings", "settings", "settings:SettingsPage", "bottom"),
    PageEntry("session", "Session", "session", "writing:SessionPage", "none"),
    PageEntry("day", "Day note", "note", "writing:DayPage", "none"),
    PageEntry("importing", "Import photos", "import", "importing:ImportPage", "none"),
)
BY_KEY = {page.key: page for page in PAGES}
