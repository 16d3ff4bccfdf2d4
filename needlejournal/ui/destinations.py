"""Where a page may send the person next, as values: pages know these and never each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from needlejournal.journal.frozen import frozen

if TYPE_CHECKING:
    from needlejournal.workflows.photos_in.import_plan import ImportSource


@frozen
class ShowPage:
    """A page of the rail by its key: timeline, photos, compare, effects, progress, plan, help, settings."""

    key: str


@frozen
class GoBack:
    """The page one came from."""


@frozen
class SearchTimeline:
    """The timeline's search field."""

    key: ClassVar[str] = "timeline"


@frozen
class EditSession:
    """The session editor; id 0 starts a new session (on `day`, else today)."""

    key: ClassVar[str] = "session"
    session_id: int = 0
    day: date | None = None


@frozen
class EditDay:
    """The day note with its side effects; no day means today."""

    key: ClassVar[str] = "day"
    day: date | None = None


@frozen
class ShowDay:
    """The timeline, at this day."""

    key: ClassVar[str] = "timeline"
    day: date


@frozen
class ShowPhotos:
    """The contact sheet, with this photo selected (0: none)."""

    key: ClassVar[str] = "photos"
    photo_id: int = 0


@frozen
class ComparePhotos:
    """The comparison of two photos; 0 lets the page choose the fairest it knows."""

    key: ClassVar[str] = "compare"
    before_id: int = 0
    after_id: int = 0


@frozen
class ImportPhotos:
    """The import sheet with these files or folders (none: ask for them), proposed for a session or a day; or with
    those that are `waiting` from an earlier import."""

    key: ClassVar[str] = "importing"
    sources: tuple[ImportSource, ...] = ()
    session_id: int = 0
    day: date | None = None
    waiting: bool = False


@frozen
class PreviewPhoto:
    """One photo, large, over the page; `among` are the ids that the arrow keys page through."""

    photo_id: int
    among: tuple[int, ...] = ()


@frozen
class ShowSideEffects:
    """The side effects page for a session (0: the last one)."""

    key: ClassVar[str] = "effects"
    session_id: int = 0


@frozen
class MakeReport:
    """What is handed to the clinic; with a session or symptom, the report of a reaction."""

    key: ClassVar[str] = "report"
    session_id: int = 0
    symptom: str = ""


# `key` is the page each of them is on; PreviewPhoto lies over whichever page is in front, GoBack asks the workspace.
OnPage = (
    ShowPage
    | EditSession
    | EditDay
    | ShowDay
    | SearchTimeline
    | ShowPhotos
    | ComparePhotos
    | ImportPhotos
    | ShowSideEffects
    | MakeReport
)
Destination = OnPage | PreviewPhoto | GoBack
Go = Callable[[Destination], None]
