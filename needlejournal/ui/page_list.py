"""Which pages there are: key, title, icon, where they stand in the rail, and how each is made when first shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Literal

from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import EditDay, EditSession, Go, ImportPhotos, SearchTimeline, ShowPage
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal

Place = Literal["rail", "bottom", "none"]
Maker = Callable[[OpenJournal, Go, Preferences], Page]


@frozen
class PageEntry:
    """A page as the rail knows it. `made_by` is "module:class" and loaded when the page is first shown.

    A `roomy` page wants the room: the rail folds beside it until the person says otherwise.
    """

    key: str
    title: Message
    icon: str
    made_by: str
    place: Place = "rail"
    roomy: bool = False
    pixels: bool = False  # needs the pixel libraries to be made
    part_of: str = ""  # the page of the rail that is marked while this one, which has no place there, is in front

    @property
    def module(self) -> str:
        """Where its class is."""
        return f"needlejournal.ui.{self.made_by.split(':')[0]}"

    def make(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> Page:
        """The page itself."""
        maker: Maker = getattr(import_module(self.module), self.made_by.split(":")[1])
        return maker(open_journal, go, preferences)


PAGES = (
    PageEntry("timeline", message("Timeline"), "timeline", "timeline:TimelinePage"),
    PageEntry("photos", message("Photos"), "photos", "photos:PhotosPage"),
    PageEntry("compare", message("Compare"), "compare", "compare.page:ComparePage", roomy=True),
    PageEntry("effects", message("Side effects"), "effects", "effects:EffectsPage"),
    PageEntry("progress", message("Progress"), "progress", "progress:ProgressPage"),
    PageEntry("plan", message("Plan"), "plan", "plan:PlanPage"),
    PageEntry("report", message("For the clinic"), "print", "report:ReportPage", roomy=True, pixels=True),
    PageEntry("trash", message("Trash"), "trash", "trash:TrashPage", "bottom"),
    PageEntry("help", message("Help"), "question", "help:HelpPage", "bottom"),
    PageEntry("settings", message("Settings"), "settings", "settings:SettingsPage", "bottom"),
    PageEntry("session", message("Session"), "session", "writing:SessionPage", "none", part_of="timeline"),
    PageEntry("day", message("Day note"), "note", "writing:DayPage", "none", part_of="timeline"),
    PageEntry(
        "importing", message("Add photos"), "import", "importing:ImportPage", "none", pixels=True, part_of="photos"
    ),
)
BY_KEY = {page.key: page for page in PAGES}


def leading_commands(go: Go) -> tuple[Command, ...]:
    """The commands that lead to a page, from wherever the person is."""
    pages = [page for page in PAGES if page.place == "rail"]
    return (
        Command("new_session", tr("New session"), lambda: go(EditSession()), "session", ("Ctrl+N",)),
        Command("day_note", tr("Day note for today"), lambda: go(EditDay()), "note", ("Ctrl+D",)),
        Command("import", tr("Add photos"), lambda: go(ImportPhotos()), "import", ("Ctrl+I",)),
        Command("search", tr("Search the timeline"), lambda: go(SearchTimeline()), "search", ("Ctrl+F",)),
        *(
            Command(
                f"page_{page.key}", tr_message(page.title), partial(go, ShowPage(page.key)), page.icon, (f"Ctrl+{n}",)
            )
            for n, page in enumerate(pages, 1)
        ),
        Command("help", tr("Help"), lambda: go(ShowPage("help")), "question", ("F1",)),
        Command("settings", tr("Settings"), lambda: go(ShowPage("settings")), "settings", ("Ctrl+,",)),
    )
