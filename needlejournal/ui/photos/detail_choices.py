"""What can be chosen for a photo, in words, and the facts that only can be read: camera and file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from needlejournal.journal.dating import DateSource
from needlejournal.journal.photos import Photo
from needlejournal.ui import language
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.models.photo_edit import shared
from needlejournal.ui.session import OpenJournal

Choices = list[tuple[str, str]]
_SESSIONS_AROUND = 6


class DetailChoices:
    """Choices as (key, words); what a photo has and no file knows is among them."""

    def __init__(self, open_journal: OpenJournal) -> None:
        self._open = open_journal

    def views(self, photos: Sequence[Photo]) -> Choices:
        """Every view."""
        catalogue = self._open.catalogue
        keys = dict.fromkeys([view.key for view in catalogue.views] + [photo.view for photo in photos if photo.view])
        return [("", tr("Not chosen yet")), *((key, catalogue.view(key).label) for key in keys)]

    def zones(self, photos: Sequence[Photo]) -> Choices:
        """Every zone of the face and body."""
        catalogue = self._open.catalogue
        keys = dict.fromkeys([zone.key for zone in catalogue.zones] + [photo.zone for photo in photos if photo.zone])
        return [("", tr("No zone: the whole view")), *((key, catalogue.zone(key).name) for key in keys)]

    def sessions(self, photos: Sequence[Photo]) -> Choices:
        """The sessions around the photos' days, the latest first, and those the photos belong to."""
        calendar = self._open.calendar
        numbers: set[int] = set()
        for photo in photos:
            with suppress(KeyError):  # a session in the trash has no number
                numbers.add(calendar.number(photo.session_id or 0))
            place = calendar.day_number(photo.when.day)
            if place:
                numbers |= set(range(place.number - _SESSIONS_AROUND, place.number + _SESSIONS_AROUND + 1))
        found: Choices = [("0", tr("None: it belongs to its day"))]
        for number in sorted(numbers, reverse=True):
            mark = calendar.find(number)
            if mark:
                day = language.short_date(mark.when.day)
                found.append((str(mark.id), tr("Session {k} · {day}").format(k=number, day=day)))
        return found

    @staticmethod
    def expressions() -> Choices:
        """How the face was held."""
        return [
            ("", tr("Not noted")),
            ("neutral", tr("Neutral")),
            ("smiling", tr("Smiling")),
            ("frowning", tr("Frowning")),
            ("other", tr("Other")),
        ]

    @staticmethod
    def lights() -> Choices:
        """What the light was."""
        return [
            ("", tr("Not noted")),
            ("daylight", tr("Daylight")),
            ("lamp", tr("Lamp")),
            ("flash", tr("Flash")),
            ("mixed", tr("Mixed")),
        ]


def camera_words(photos: Sequence[Photo]) -> str:
    """ "Example Phone 12 · 26 mm": what the pictures say about how they were made."""
    found = shared(photos, lambda photo: photo.camera)
    if found.differs or found.value is None:
        return tr("Different cameras") if found.differs else ""
    camera = found.value
    model = camera.model if camera.model.startswith(camera.make) else f"{camera.make} {camera.model}".strip()
    focal = camera.focal_35mm or camera.focal_mm
    lens = tr("{n} mm").format(n=f"{focal:g}") if focal else ""
    software = tr("edited with {name}").format(name=camera.software) if camera.software else ""
    return " · ".join(part for part in (model, camera.lens, lens, software) if part)


def file_words(photos: Sequence[Photo]) -> str:
    """ "IMG_1.jpg · 3000 × 4000 · 2.1 MB"; for several their number and size."""
    size = sum(photo.original.size for photo in photos)
    if len(photos) > 1:
        return f"{tr('%n photo(s)', len(photos))} · {_size(size)}"
    original = photos[0].original
    pixels = f"{original.width} × {original.height}" if original.readable else tr("cannot be shown")
    return f"{original.file_name} · {pixels} · {_size(size)}"


def origin_words(photos: Sequence[Photo]) -> str:
    """What is to be known of where a photo's date comes from, and of what is broken in it; nothing for most."""
    words = []
    source = shared(photos, lambda photo: photo.date_source).value
    if source:
        words.append(tr("Its date was taken {source}.").format(source=_source_words(source)))
    broken = sum(1 for photo in photos if photo.damage)
    if broken:
        words.append(tr("Kept although part of (it|them) is damaged: %n photo(s).", broken))
    return " ".join(words)


def _source_words(key: str) -> str:
    found = next((source for source in DateSource if source.value == key), None)
    return tr_message(found.words) if found else key


def _size(number: int) -> str:
    if number >= 100_000:
        return tr("{n} MB").format(n=f"{number / 1_000_000:.1f}")
    return tr("{n} kB").format(n=f"{number / 1000:.0f}")
