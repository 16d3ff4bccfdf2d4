"""What a comparison needs without a window: the photos of a series in order, and what lies between two of them.

Reads rows only, so it may be called where a person waits. Knows no pixels and no widgets.
"""

from __future__ import annotations

from dataclasses import field

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.healing import Healing, healing_at
from needlejournal.journal.message import Message, message
from needlejournal.journal.moments import is_known_before
from needlejournal.journal.numbering import DayNumber, SessionCalendar
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal


class PhotoGone(WorldError):
    """A photo that was to be compared is not in the journal any more."""


@frozen
class SeriesPhoto:
    """A photo with its place among the sessions, and the healing window it lies in, if any.

    `day` is None where there are no sessions. `before_session` is the number of a session later the same day; `ahead`
    says that this is the first of all.
    """

    photo: Photo
    day: DayNumber | None = None
    window: Healing = field(default_factory=Healing)
    before_session: int | None = None
    ahead: bool = False

    @property
    def id(self) -> int:
        """The photo's id."""
        return self.photo.id

    @property
    def healing(self) -> bool | None:
        """Whether it shows healing, not a result. None: not known for a treatment just before it."""
        return self.window.healing

    @property
    def baseline(self) -> bool:
        """Whether it was taken before the first session (or there is none)."""
        return self.day is None or self.day.days < 0 or self.ahead

    @property
    def sessions_done(self) -> int:
        """How many sessions had been when it was taken."""
        return 0 if self.day is None or self.baseline else self.day.number


def healing_words(shown: SeriesPhoto) -> Message:
    """What an export says below a photo of healing skin: in the window of which session it lies, or that it may."""
    number = shown.window.number
    if shown.healing is None:
        return message("May still be healing after session {number}", number=number)
    return message("Healing after session {number}, not a result", number=number)


@frozen
class Between:
    """What lies between two photos: whole local days, and sessions; never negative."""

    days: int
    sessions: int


def placed(photo: Photo, calendar: SessionCalendar, catalogue: Catalogue) -> SeriesPhoto:
    """Place a photo among the sessions.

    A photo taken for a session on its own day, at an unknown time, counts as taken after it.
    """
    day = calendar.place(photo.when)
    if day is None or day.days < 0:
        return SeriesPhoto(photo, day, before_session=_session_later_that_day(photo, calendar, 0))
    mark = calendar.find(day.number)
    if mark and day.days == 0 and is_known_before(photo.when, mark.when):
        return SeriesPhoto(photo, day, before_session=day.number, ahead=True)
    return SeriesPhoto(
        photo, day, healing_at(photo.when, calendar, catalogue), _session_later_that_day(photo, calendar, day.number)
    )


def series_of(journal: Journal, catalogue: Catalogue, calendar: SessionCalendar, photo_id: int) -> list[SeriesPhoto]:
    """The readable photos of the same view and zone as this one, oldest first. Raises PhotoGone."""
    photo = find_photo(journal, photo_id)
    found = journal.photos.of_view(photo.view, photo.zone)
    return [placed(one, calendar, catalogue) for one in found if one.original.readable]


def find_photo(journal: Journal, photo_id: int) -> Photo:
    """The photo with this id. Raises PhotoGone when it was deleted or put into the trash."""
    photo = journal.photos.get(photo_id)
    if photo is None:
        raise PhotoGone(
            message(
                "This photo is not in the journal any more. If you deleted it in the last 30 days, it is in the trash "
                "and can be restored; choose another photo meanwhile."
            )
        )
    return photo


def between(one: SeriesPhoto, other: SeriesPhoto) -> Between:
    """What lies between two photos, whichever is the earlier."""
    days = abs((other.photo.when.day - one.photo.when.day).days)
    return Between(days, abs(other.sessions_done - one.sessions_done))


def first_pair(series: list[SeriesPhoto]) -> tuple[int, int] | None:
    """The ids to show when nobody chose: the baseline and the last photo that does not show healing.

    None where the series has fewer than two photos.
    """
    if len(series) < 2:
        return None
    later = [photo for photo in series[1:] if not photo.healing]
    return series[0].id, (later or series[1:])[-1].id


@frozen
class PhotoSeries:
    """The photos of one view and zone: the first of them stands for all; `count` has those that cannot be shown too."""

    first: Photo
    count: int


def all_series(journal: Journal) -> list[PhotoSeries]:
    """Every view and zone of which there are photos, the one with the most photos first."""
    photos = journal.photos
    return [
        PhotoSeries(first, count)
        for view, zone, count in photos.views()
        if (first := photos.first_of_view(view, zone)) is not None
    ]


def _session_later_that_day(photo: Photo, calendar: SessionCalendar, number: int) -> int | None:
    """The number of the next session when it is on the photo's day."""
    following = calendar.find(number + 1)
    return number + 1 if following and following.when.day == photo.when.day else None
