"""Decodes the photos that are looked at, in the background and coarse first: thumbnail, proxy, then every pixel.

The thumbnail is there at once. Full pictures are kept only while they are shown; of others a proxy is kept for a
while, so that paging back is sharp at once. Nothing here draws.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import QObject, QSizeF, Signal
from PySide6.QtGui import QColor, QImage

from needlejournal.imaging.reading.pixels import BufferPool, Pixels
from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.compare.view.layers import Level, Picture, level_of
from needlejournal.ui.jobs import LATER, SOON, Job, JobControl
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.session import OpenJournal

Decode = Callable[[Journal, Photo, BufferPool], Pixels]
KEPT = 16
BUDGET_PIXELS = 100_000_000  # of full pictures at once: with their levels 530 MB
PROXY_LONG_SIDE = 2100
JPEG = b"\xff\xd8\xff"


class Pictures(QObject):
    """Hands out the pictures of photos and keeps making them better; `arrived` tells that some can be drawn anew,
    `refused` that the original of one turned out not to be readable.
    """

    arrived, refused = Signal(), Signal()

    def __init__(self, open_journal: OpenJournal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_journal = open_journal
        self._pool = BufferPool()
        self._kept: OrderedDict[int, Picture] = OrderedDict()
        self._jobs: dict[tuple[int, str], Job[tuple[Pixels, ...]] | Job[Message | None]] = {}
        open_journal.locked.connect(self.forget)

    def show(self, photos: Sequence[Photo], closely: Collection[int] = ()) -> list[Picture]:
        """The pictures of these photos, to be drawn now; of those in `closely` every pixel is decoded too."""
        closely = set(_within_budget(photos, closely))
        self._let_go(closely, {photo.id for photo in photos})
        pictures = [self._picture(photo) for photo in photos]
        for photo, picture in zip(photos, pictures, strict=True):
            if not _is_proxy_there(picture):
                self._decode(photo, "proxy", _decode_proxy, SOON)
        for photo, picture in zip(photos, pictures, strict=True):
            if photo.id in closely and not (_is_proxy_there(picture) and picture.whole):
                self._decode(photo, "full", _decode_full, LATER)
            elif not (picture.proven or picture.problem):
                self._prove(photo)
        return pictures

    def prepare(self, photos: Sequence[Photo]) -> None:
        """Decode the proxies of photos that may be looked at next, when nothing else is to be done."""
        for photo in photos:
            if not _is_proxy_there(self._picture(photo)):
                self._decode(photo, "proxy", _decode_proxy, LATER)

    def forget(self) -> None:
        """Drop every picture and all work on them."""
        for job in self._jobs.values():
            job.drop()
        self._jobs.clear()
        self._kept.clear()
        self._pool.release_idle()

    def held(self) -> int:
        """How many pictures are kept."""
        return len(self._kept)

    def _picture(self, photo: Photo) -> Picture:
        if photo.id not in self._kept:
            size = QSizeF(photo.original.width, photo.original.height)
            picture = Picture(size, QColor.fromRgb(photo.colour))
            thumbnail = self._open_journal.journal.previews.get(photo.original.sha256)
            if thumbnail and thumbnail.startswith(JPEG):  # Qt is let at no other kind
                image = QImage.fromData(thumbnail).convertToFormat(QImage.Format.Format_RGB32)
                picture.levels = () if image.isNull() else (Level(image),)
            if self._open_journal.journal.originals.size(photo.original.stored_name) is None:
                picture.problem = tr("The original of this photo is missing.")  # its kept preview may still be there
            self._kept[photo.id] = picture
        self._kept.move_to_end(photo.id)
        return self._kept[photo.id]

    def _decode(self, photo: Photo, step: str, decode: Decode, priority: int) -> None:
        key = photo.id, step
        if key in self._jobs:
            return
        self._jobs[key] = self._open_journal.jobs.run(
            partial(_work, decode, self._open_journal.journal, photo, self._pool),
            partial(self._take, photo.id, step),
            partial(self._refuse, photo.id, step),
            priority=priority,
        )

    def _prove(self, photo: Photo) -> None:
        """Ask whether more than its kept preview is there of a photo of which no more is decoded."""
        key = photo.id, "proof"
        if key not in self._jobs:
            self._jobs[key] = self._open_journal.jobs.run(
                partial(_why_only_small, self._open_journal.journal, photo), partial(self._take_proof, photo.id)
            )

    def _take_proof(self, photo_id: int, why: Message | None) -> None:
        self._jobs.pop((photo_id, "proof"), None)
        picture = self._kept.get(photo_id)
        if picture is not None and why is not None:
            self._say(picture, why)
        elif picture is not None:
            picture.proven = True

    def _say(self, picture: Picture, problem: Message) -> None:
        """The original of a photo turned out not to be readable."""
        known, picture.problem = picture.problem, tr_message(problem)
        self.arrived.emit()
        if not known:
            self.refused.emit()

    def _take(self, photo_id: int, step: str, decoded: tuple[Pixels, ...]) -> None:
        self._jobs.pop((photo_id, step), None)
        picture = self._kept.get(photo_id)
        if picture is None or not decoded:
            return
        if step == "full" or not picture.whole:
            picture.levels = tuple(level_of(pixels) for pixels in decoded)
        if step == "full":
            picture.whole, picture.proven, picture.problem = True, True, ""
        self.arrived.emit()

    def _refuse(self, photo_id: int, step: str, error: Exception) -> None:
        self._jobs.pop((photo_id, step), None)
        picture = self._kept.get(photo_id)
        if not isinstance(error, WorldError):
            self._open_journal.failed.emit(error)
        elif picture is not None:
            self._say(picture, error.message)

    def _let_go(self, full: set[int], wanted: set[int]) -> None:
        """Drop work nobody waits for, the large levels of what is not shown, and the oldest pictures."""
        for photo_id, step in list(self._jobs):
            if photo_id not in (full if step == "full" else wanted):
                self._jobs.pop((photo_id, step)).drop()
        for photo_id in [kept for kept in self._kept if kept not in full]:
            picture = self._kept[photo_id]
            if not picture.whole:
                continue
            picture.whole = False
            picture.levels = tuple(
                level for level in picture.levels if max(level.image.width(), level.image.height()) <= PROXY_LONG_SIDE
            )
        for photo_id in [kept for kept in self._kept if kept not in wanted][: -KEPT or None]:
            del self._kept[photo_id]


def _within_budget(photos: Sequence[Photo], closely: Collection[int]) -> list[int]:
    """As many of `closely`, in the order of `photos`, as fit into memory; one always does."""
    chosen: list[int] = []
    pixels = 0
    for photo in photos:
        pixels += photo.original.width * photo.original.height if photo.id in closely else 0
        if photo.id in closely and (not chosen or pixels <= BUDGET_PIXELS):
            chosen.append(photo.id)
    return chosen


def _is_proxy_there(picture: Picture) -> bool:
    return bool(picture.levels) and picture.levels[0].pixels is not None


def _decode_proxy(journal: Journal, photo: Photo, pool: BufferPool) -> Pixels:
    from needlejournal.workflows.photos_in.previewing import proxy_of

    return proxy_of(journal, photo, pool)


def _decode_full(journal: Journal, photo: Photo, pool: BufferPool) -> Pixels:
    from needlejournal.imaging.reading.apart import workers

    return workers.upright(journal.photo_bytes(photo), pool=pool, patient=bool(photo.damage))


def _why_only_small(journal: Journal, photo: Photo, _control: JobControl) -> Message | None:
    from needlejournal.workflows.photos_in.previewing import why_only_small

    return why_only_small(journal, photo)


def _work(decode: Decode, journal: Journal, photo: Photo, pool: BufferPool, control: JobControl) -> tuple[Pixels, ...]:
    """Decode and make the levels, unless nobody wants it any more."""
    from needlejournal.imaging.reading.resizing import build_levels

    return () if control.cancelled else build_levels(decode(journal, photo, pool))
