"""What is said about a photo on the comparison: date, day after session, time between. Words only."""

from __future__ import annotations

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.frozen import frozen
from needlejournal.journal.photos import Photo
from needlejournal.ui import language
from needlejournal.ui.compare.view.layers import Picture
from needlejournal.ui.language import tr
from needlejournal.ui.models.wording import healing_words
from needlejournal.workflows.comparison.comparing import Between, SeriesPhoto


@frozen
class Caption:
    """`head` is what is read first; `date` follows it on the same line, `place` on the next; `badge` is a warning."""

    head: str
    date: str
    place: str = ""
    badge: str = ""
    short_date: str = ""

    def __str__(self) -> str:
        return " · ".join(part for part in (self.head, self.date, self.place, self.badge) if part)


def caption(photo: SeriesPhoto, picture: Picture | None = None) -> Caption:
    """The caption of a photo: "Day 42 · 19 April 2025, 10:20 · after session 1, before session 2"."""
    when = photo.photo.when
    date = language.medium_date(when.day)
    if when.time is not None:
        date = f"{date}, {language.clock_time(when.time)}"
    badges = (healing_words(photo.window), tr("Damaged") if photo.photo.damage else "", small_copy_words(picture))
    badge = " · ".join(filter(None, badges))
    return Caption(_head(photo), date, _place(photo), badge, language.short_date(when.day))


def small_copy_words(picture: Picture | None) -> str:
    """That what is seen is a kept preview only, as the original cannot be read; nothing where it can."""
    return tr("A small copy: the original cannot be read") if picture and picture.problem and picture.levels else ""


def short_caption(photo: SeriesPhoto) -> str:
    """The two words beside a small picture: "Day 42" or "Baseline", none without a session to count from."""
    return _head(photo) if photo.day else ""


def _head(photo: SeriesPhoto) -> str:
    if photo.day is None:
        return tr("No session yet")
    if photo.baseline:
        return tr("Baseline")
    return tr("Day {n}").format(n=photo.day.days)


def _place(photo: SeriesPhoto) -> str:
    if photo.day is None:
        return ""
    if photo.baseline and photo.day.days == 0:
        return tr("on the day of session 1, before it")
    if photo.baseline:
        return tr("%n day(s) before session 1", -photo.day.days)
    if photo.before_session:
        words = tr("after session {k}, before session {next_session}")
        return words.format(k=photo.day.number, next_session=photo.before_session)
    return tr("after session {k}").format(k=photo.day.number)


def between_words(between: Between) -> str:
    """ "126 days, 3 sessions between"."""
    if between.days == 0 and between.sessions == 0:
        return tr("Taken on the same day")
    days = tr("%n day(s)", between.days)
    if between.sessions == 0:
        return tr("{days}, no session between").format(days=days)
    return tr("{days}, {sessions} between").format(days=days, sessions=tr("%n session(s)", between.sessions))


def series_name(photo: Photo, catalogue: Catalogue) -> str:
    """The view, and for a close-up its zone: "From the front", "Close-up · Left outer cheek"."""
    if not photo.view and not photo.zone:
        return tr("View not decided")
    zone = catalogue.zone(photo.zone).name if photo.zone else ""
    if photo.view == "close_up" and zone:
        return tr("Close-up: {zone}").format(zone=zone)
    view = catalogue.view(photo.view).name if photo.view else ""
    return ": ".join(part for part in (view, zone) if part)
