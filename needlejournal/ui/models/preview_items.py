"""Photos of a journal for the large preview: captions, and how their pixels are loaded in a job."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from needlejournal.journal.frozen import frozen
from needlejournal.journal.healing import healing_at
from needlejournal.journal.photos import Photo
from needlejournal.store import PROXY, Journal
from needlejournal.ui.language import tr
from needlejournal.ui.models.wording import healing_words, photo_caption
from needlejournal.ui.session import OpenJournal

if TYPE_CHECKING:
    from needlejournal.imaging.reading.pixels import Pixels


@frozen
class PhotoItem:
    """One photo of a journal as the large preview wants it."""

    journal: Journal
    photo: Photo
    caption: str
    details: str

    @property
    def width(self) -> int:
        """Upright pixels."""
        return self.photo.original.width

    @property
    def height(self) -> int:
        """Upright pixels."""
        return self.photo.original.height

    @property
    def colour(self) -> int:
        """The average colour, 0xRRGGBB."""
        return self.photo.colour

    def load_proxy(self) -> Sequence[Pixels]:
        """The kept preview, sharp on an ordinary screen; nothing when it is missing. Runs in a worker."""
        from needlejournal.imaging.reading.previews import kept_upright
        from needlejournal.imaging.reading.unreadable import UnreadablePicture

        body = self.journal.previews.get(self.photo.original.sha256, PROXY)
        with suppress(UnreadablePicture):
            return (kept_upright(body),) if body else ()
        return ()

    def load_levels(self) -> Sequence[Pixels]:
        """Every pixel, with coarser levels for smaller zooms. Runs in a worker; raises WorldError."""
        from needlejournal.imaging.reading.apart import workers
        from needlejournal.imaging.reading.resizing import build_levels

        return build_levels(workers.upright(self.journal.photo_bytes(self.photo), patient=bool(self.photo.damage)))


def preview_items(open_journal: OpenJournal, photo_id: int, among: Sequence[int] = ()) -> tuple[list[PhotoItem], int]:
    """The items for these photos, in their order, and the place of the one to show first. Missing ones are left out."""
    ids = list(among) if photo_id in among else [photo_id]
    photos = open_journal.journal.photos.many(ids)
    shown = [photos[wanted] for wanted in ids if wanted in photos]
    place = next((place for place, photo in enumerate(shown) if photo.id == photo_id), 0)
    return [_item(open_journal, photo) for photo in shown], place


def _item(open_journal: OpenJournal, photo: Photo) -> PhotoItem:
    calendar, catalogue = open_journal.calendar, open_journal.catalogue
    healing = healing_words(healing_at(photo.when, calendar, catalogue))
    mirrored = tr("mirrored") if photo.mirrored else ""
    details = [healing, mirrored, photo.note.replace("\n", " ")[:200], photo.original.file_name]
    caption = photo_caption(photo, calendar, catalogue)
    return PhotoItem(open_journal.journal, photo, caption, " · ".join(part for part in details if part))
