"""How days and photos are named everywhere: "day 3 after session 2", "from the front · 15 March 2025". No widget."""

from __future__ import annotations

from collections.abc import Callable

from needlejournal.journal.catalogue import Catalogue, Statement
from needlejournal.journal.healing import Healing, healing_at
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import DayNumber, SessionCalendar
from needlejournal.journal.photos import Photo
from needlejournal.ui import language
from needlejournal.ui.language import tr, tr_message


def day_after(number: DayNumber | None) -> str:
    """ "Day 3 after session 2", "Day of session 2", "7 days before session 1"; empty while there is no session."""
    if number is None:
        return ""
    if number.days < 0:
        return tr("%n day(s) before session {k}", -number.days).format(k=number.number)
    if number.days == 0:
        return tr("Day of session {k}").format(k=number.number)
    return tr("Day {n} after session {k}").format(n=number.days, k=number.number)


def moment_after(when: When, calendar: SessionCalendar) -> str:
    """The same for a moment: one before session 1 on its very day is still the time before."""
    number = calendar.place(when)
    if number is not None and number.days == 0 and not calendar.done_by(when):
        return tr("On the day of session {k}, before it").format(k=number.number)
    return day_after(number)


def day_parts(number: DayNumber | None) -> tuple[str, str]:
    """The same in two parts, the first to stand out: ("Day 3", "after session 2"), ("Baseline", "7 days before …")."""
    if number is None:
        return "", ""
    if number.days < 0:
        return tr("Baseline"), day_after(number)
    if number.days == 0:
        return tr("Day 0"), tr("day of session {k}").format(k=number.number)
    return tr("Day {n}").format(n=number.days), tr("after session {k}").format(k=number.number)


def short_day(number: DayNumber | None, fits: Callable[[str], bool] = bool) -> str:
    """For narrow places: "day 3 · session 2", "day 3" where that does not fit, "baseline"; empty without a session."""
    if number is None:
        return ""
    if number.days < 0:
        return tr("baseline")
    words = tr("day {n} · session {k}").format(n=number.days, k=number.number)
    return words if fits(words) else tr("day {n}").format(n=number.days)


def with_sources(statement: Statement) -> str:
    """What is known and who says so: "Serums with retinol sting on treated skin. · PMC8008152 (study)".

    The dot stays with the sources: no line ends in it.
    """
    return tr("{statement} ·\u00a0{sources}").format(statement=statement.text, sources=tr_message(statement.cited))


def place_words(view: str, zone: str, catalogue: Catalogue) -> tuple[str, str]:
    """Name and small print of a series: ("From the front", "frontal"), ("Inner cheek, left", "Close-up · malar")."""
    shown = catalogue.view(view) if view else None
    if zone:
        found = catalogue.zone(zone)
        close = shown.clinical.capitalize() if shown and shown.clinical else shown.name if shown else ""
        return found.name, " · ".join(part for part in (close, found.clinical) if part)
    if shown is None:
        return tr("View not chosen yet"), ""
    return shown.name, shown.clinical


def photo_place(photo: Photo, catalogue: Catalogue) -> str:
    """What a photo shows in one line: "From the front", "Close-up · Inner cheek, left"."""
    name, small = place_words(photo.view, photo.zone, catalogue)
    return f"{small.split(' · ')[0]} · {name}" if photo.zone and small else name


def photo_caption(photo: Photo, calendar: SessionCalendar, catalogue: Catalogue) -> str:
    """One line under a photo: what it shows, when, and the day after which session."""
    when = language.medium_date(photo.when.day)
    if photo.when.time:
        when = f"{when}, {language.clock_time(photo.when.time)}"
    number = moment_after(photo.when, calendar)
    return " · ".join(part for part in (photo_place(photo, catalogue), when, number) if part)


def healing_words(healing: Healing) -> str:
    """What is said of a photo of healing skin, with the session whose window it lies in; "" of others."""
    return tr("Healing photo, session {k}").format(k=healing.number) if healing.healing else ""


def healing_mark(healing: Healing, fits: Callable[[str], bool]) -> str:
    """The same in small letters for narrow places: with the session where it fits."""
    words = tr("healing, session {k}").format(k=healing.number)
    return words if fits(words) else tr("healing")


def is_healing(photo: Photo, calendar: SessionCalendar, catalogue: Catalogue) -> bool:
    """Whether the photo lies in the healing window of any session before it: it shows healing, not a result."""
    return bool(healing_at(photo.when, calendar, catalogue).healing)
