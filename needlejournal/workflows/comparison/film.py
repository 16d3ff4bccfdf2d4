"""A film of a series: all photos of one view aligned to the first, one after another, each with its date.

Healing photos are left out unless wanted, and say so where they are in. Rows are read first; pixels are for workers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress
from pathlib import Path

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.composing.lettering import Note
from needlejournal.imaging.composing.panels import Panel, PanelSheet
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.alignments import Matrix
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.message import Message, message
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.store import Journal
from needlejournal.store.durable import add
from needlejournal.workflows.comparison import aligning, comparing, judging, readings
from needlejournal.workflows.comparison.comparing import SeriesPhoto, healing_words
from needlejournal.workflows.comparison.comparison_export import Stopped, notes_of_series
from needlejournal.workflows.comparison.leaving import Leaving, between_small, leaving
from needlejournal.workflows.progress import Control, Progress
from needlejournal.workflows.reporting.wording import Language
from needlejournal.workflows.saving import new_export_folder, save_export

HEIGHT = 900  # pixels of a photo in the film
ALIGNED = message("Aligned photos: moved, turned and scaled, never reshaped")
AS_TAKEN = message("as taken, not aligned")
FIRST = message("The photos that follow are compared with this one.")
THIS_ONE = message("This photo")
LEFT_OUT = message("Not in this film, as they cannot be read")
BESIDE_FIRST = message("Beside the first photo")
PNG = "png"


@dataclass(frozen=True, slots=True)
class FilmWish:
    """A film as it is wanted: "webp", "gif", or "png" for one picture after another in a folder."""

    kind: str = "webp"
    seconds: float = 1.0
    healing: bool = False


@dataclass(frozen=True, slots=True)
class Film:
    """The photos of a film with their words, oldest first; `kept` are alignments that the person confirmed or made."""

    title: Message
    photos: tuple[SeriesPhoto, ...]
    details: tuple[Message | str, ...]
    kept: tuple[Matrix | None, ...]

    def only(self, numbers: Collection[int]) -> Film:
        """The film of these photos. Without its first one, no alignment that the person made holds any more."""
        chosen = [number in numbers for number in range(len(self.photos))]
        photos, details = compress(self.photos, chosen), compress(self.details, chosen)
        kept = compress(self.kept, chosen) if 0 in numbers else (None for _ in numbers)
        return replace(self, photos=tuple(photos), details=tuple(details), kept=tuple(kept))


@dataclass(frozen=True, slots=True, eq=False)
class FilmShot:
    """One photo of a film as it is set on its page, and what stands below it."""

    panel: Panel
    notes: tuple[Note, ...]


def read_film(journal: Journal, catalogue: Catalogue, calendar: SessionCalendar, photo_id: int, wish: FilmWish) -> Film:
    """The film of the series that a photo belongs to. Raises BadInput when it has fewer than two photos, PhotoGone."""
    series = comparing.series_of(journal, catalogue, calendar, photo_id)
    shown = [photo for photo in series if wish.healing or photo.healing is False]
    if len(shown) < 2:
        raise BadInput(message("A film needs two photos of this view that show no healing. Take another one later."))
    photo = shown[0].photo
    title = message("{view}", view=catalogue.view(photo.view).label)
    if photo.zone:
        title = message("{view}: {zone}", view=catalogue.view(photo.view).name, zone=catalogue.zone(photo.zone).name)
    first = shown[0].id
    kept = (aligning.kept_alignment(journal, first, one.id) for one in shown)
    matrices = tuple(one.matrix if one else None for one in kept)
    return Film(title, tuple(shown), tuple(_day(one) for one in shown), matrices)


def _day(shown: SeriesPhoto) -> Message | str:
    if shown.day is None:
        return ""
    if shown.baseline:
        return message("before session 1") if shown.day.days < 0 or shown.ahead else ""
    return message("day {n} after session {k}", n=shown.day.days, k=shown.day.number)


def frames(journal: Journal, film: Film, language: Language, control: Control) -> list[Pixels]:
    """Each photo on a page of its own, all of one size with the skin in one place.

    Raises Stopped, and BadInput when fewer than two photos can be read.
    """
    from needlejournal.imaging.composing.pictures import compose_film

    shots = shots_of(journal, film, language, control)
    labels = (_words(ALIGNED, language),) if any(shot.panel.matrix for shot in shots) else ()
    sheet = PanelSheet(title=_words(film.title, language), labels=labels, photo_height=HEIGHT)
    return list(compose_film([shot.panel for shot in shots], [shot.notes for shot in shots], sheet))


def shots_of(journal: Journal, film: Film, language: Language, control: Control) -> list[FilmShot]:
    """Each photo that can be read, with all that is said of it; the first tells which ones cannot. Raises as above."""
    read: dict[int, Leaving] = {}
    for number, shown in enumerate(film.photos):
        if control.cancelled:
            raise Stopped
        control.report(Progress(number, 2 * len(film.photos)))
        with suppress(WorldError):  # what cannot be measured stays unknown
            readings.read_ahead(journal, shown.photo)
        with suppress(WorldError):
            read[number] = leaving(journal, shown.photo, round(HEIGHT * 1.2))
    left = film.only(read)
    if len(left.photos) < 2:
        raise BadInput(message("A film needs two photos, and of these fewer can be read. Your journal is unchanged."))
    shots = [_shot(journal, left, number, photo, language) for number, photo in enumerate(read.values())]
    gone = [shown.photo.when.day for number, shown in enumerate(film.photos) if number not in read]
    return _told_of(shots, gone, language)


def _told_of(shots: list[FilmShot], gone: Sequence[date], language: Language) -> list[FilmShot]:
    """The same with the days of photos that are not in the film told on the first page."""
    if not gone:
        return shots
    words = f"{_words(LEFT_OUT, language)}: {', '.join(language.day(day) for day in gone)}"
    return [replace(shots[0], notes=(*shots[0].notes, Note(words))), *shots[1:]]


def _shot(journal: Journal, film: Film, number: int, photo: Leaving, language: Language) -> FilmShot:
    shown = film.photos[number]
    panel = _panel(journal, film, number, photo.pixels, language)
    done = [*photo.said] if number == 0 or panel.matrix else [*photo.said, AS_TAKEN]
    said = ", ".join(_words(words, language) for words in done)
    notes = (Note(f"{_words(THIS_ONE, language)}: {said}"),) if said else ()
    return FilmShot(panel, notes + _notes(journal, film, shown, language))


def _notes(journal: Journal, film: Film, shown: SeriesPhoto, language: Language) -> tuple[Note, ...]:
    """How a photo may be compared with the first."""
    first = film.photos[0]
    if shown is first:
        return (Note(_words(FIRST, language)),)
    judged = [(_words(BESIDE_FIRST, language), judging.judge(journal, first, shown))]
    return notes_of_series(judged, lambda words: _words(words, language))


def _panel(journal: Journal, film: Film, number: int, pixels: Pixels, language: Language) -> Panel:
    shown = film.photos[number]
    matrix = _matrix(journal, film, number)
    if matrix is not None:
        first = film.photos[0].photo
        wide = _width(first.original.width, first.original.height)
        matrix = between_small(matrix, (first, wide), (shown.photo, pixels.width))
    return Panel(
        pixels,
        heading=language.day(shown.photo.when.day),
        detail=_words(film.details[number], language),
        badge=_words(healing_words(shown), language) if shown.healing is not False else "",
        matrix=matrix,
    )


def _width(width: int, height: int) -> int:
    """How wide a photo is that is decoded for a film."""
    from needlejournal.imaging.reading.resizing import fitted

    return fitted((width, height), round(HEIGHT * 1.2))[0]


def _matrix(journal: Journal, film: Film, number: int) -> Matrix | None:
    if number == 0:
        return None
    if film.kept[number] is not None:
        return film.kept[number]
    found = aligning.find(journal, film.photos[0].photo, film.photos[number].photo)
    return found.matrix if found.confident else None


def _words(words: Message | str, language: Language) -> str:
    return words if isinstance(words, str) else words.render(language.translate, language.day)


def save_film(journal: Journal, film: Film, wish: FilmWish, path: Path, language: Language, control: Control) -> None:
    """Write the film: one file that moves, or a new folder of numbered PNGs. Raises Stopped, WorldError."""
    from needlejournal.imaging.composing.scrubbing import encode, encode_animation

    pages = frames(journal, film, language, control)

    def step(number: int) -> None:
        if control.cancelled:
            raise Stopped
        control.report(Progress(len(pages) + number, 2 * len(pages)))

    if wish.kind == PNG:
        with new_export_folder(path, message("Your journal is unchanged, but the film was not saved")) as folder:
            for number, page in enumerate(pages):
                step(number)
                add(folder, f"{number + 1:03}.png", encode(page, ExportFormat.PNG))
    else:
        save_export(path, encode_animation(pages, ExportFormat(wish.kind), wish.seconds, before_frame=step))
