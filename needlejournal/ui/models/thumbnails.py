"""Thumbnails of photos, decoded in jobs and kept in memory only, until the journal is locked.

The last asked for comes first; what nobody asks for any more is never decoded. Knows no widget.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.photos import Photo
from needlejournal.store import PROXY, THUMBNAIL, Journal
from needlejournal.ui.jobs import SOON, Job, JobControl
from needlejournal.ui.session import OpenJournal

if TYPE_CHECKING:
    from needlejournal.imaging.reading.pixels import Pixels

CACHE_BYTES = 30_000_000  # some twenty screens; with more a large journal would need more than 200 MB
LARGEST_SIDE = 512  # what the stored thumbnails have
_WAITING_AT_MOST = 96
_AT_ONCE = 2
# Portraits keep their face when cropped: a little above the middle.
_CENTRE_DOWN = 0.46


@frozen
class _Wanted:
    """One picture, cropped to fill `width` × `height` device pixels, its corners rounded by `radius`."""

    sha256: str
    width: int
    height: int
    radius: int = 0


class Thumbnails(QObject):
    """Gives pictures at once when they are there, else fetches them and tells through `arrived`."""

    arrived = Signal()

    def __init__(self, open_journal: OpenJournal, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(open_journal)
        self._open = open_journal
        self._cache_bytes = cache_bytes
        self._kept: OrderedDict[_Wanted, QPixmap] = OrderedDict()
        self._held = 0
        self._waiting: OrderedDict[_Wanted, Photo] = OrderedDict()
        self._running: dict[_Wanted, Job[Pixels]] = {}
        self._unshowable: set[str] = set()
        self._locked = False
        # Jobs start after the frame that asked for pictures: the last asked for is known only then.
        self._starting = QTimer(self)
        self._starting.setSingleShot(True)
        self._starting.setInterval(0)
        self._starting.timeout.connect(self._start)
        open_journal.locked.connect(self.drop_all)

    def picture(self, photo: Photo, long_side: int = 256) -> QPixmap | None:
        """The whole photo, `long_side` device pixels along its longer side (512 at most); None until it is there."""
        full_width, full_height = max(1, photo.original.width), max(1, photo.original.height)
        scale = min(1.0, min(long_side, LARGEST_SIDE) / max(full_width, full_height))
        wide, high = max(1, round(full_width * scale)), max(1, round(full_height * scale))
        return self._give(_Wanted(photo.original.sha256, wide, high), photo)

    def tile(self, photo: Photo, width: float, height: float, radius: float = 0, ratio: float = 1.0) -> QPixmap | None:
        """The photo cropped to fill `width` × `height` with round corners, ready to be drawn; None until it is there.

        Lengths are in device-independent pixels of a screen of `ratio`; the pixmap has that ratio.
        """
        wanted = _Wanted(photo.original.sha256, round(width * ratio), round(height * ratio), round(radius * ratio))
        found = self._give(wanted, photo)
        if found is not None and found.devicePixelRatio() != ratio:
            found.setDevicePixelRatio(ratio)
        return found

    def can_show(self, photo: Photo) -> bool:
        """Whether there is hope: False for an original that cannot be read as a picture."""
        return photo.original.readable and photo.original.sha256 not in self._unshowable

    def drop_all(self) -> None:
        """Forget every picture and every request, for good: the journal is being locked."""
        self._locked = True
        for job in self._running.values():
            job.drop()
        self._running.clear()
        self._waiting.clear()
        self._kept.clear()
        self._held = 0

    def _give(self, wanted: _Wanted, photo: Photo) -> QPixmap | None:
        found = self._kept.get(wanted)
        if found is not None:
            self._kept.move_to_end(wanted)
            return found
        if not self._locked and self.can_show(photo) and wanted not in self._running:
            self._ask(wanted, photo)
        return None

    def _ask(self, wanted: _Wanted, photo: Photo) -> None:
        self._waiting[wanted] = photo
        self._waiting.move_to_end(wanted)
        while len(self._waiting) > _WAITING_AT_MOST:
            self._waiting.popitem(last=False)
        if not self._starting.isActive():
            self._starting.start()

    def _start(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            self._decode(*self._waiting.popitem())

    def _decode(self, wanted: _Wanted, photo: Photo) -> None:
        journal = self._open.journal

        def decode(_control: JobControl) -> Pixels:
            return _decoded(journal, photo, wanted)

        self._running[wanted] = self._open.jobs.run(
            decode, partial(self._arrive, wanted), partial(self._fail, wanted), priority=SOON
        )

    def _arrive(self, wanted: _Wanted, pixels: Pixels) -> None:
        self._running.pop(wanted, None)
        self._keep(wanted, _cropped(pixels, wanted))
        self._start()
        self.arrived.emit()

    def _fail(self, wanted: _Wanted, error: Exception) -> None:
        self._running.pop(wanted, None)
        self._unshowable.add(wanted.sha256)
        if not isinstance(error, WorldError):
            self._open.jobs.fault.emit(error)
        self._start()
        self.arrived.emit()

    def _keep(self, wanted: _Wanted, picture: QPixmap) -> None:
        self._kept[wanted] = picture
        self._held += _bytes(picture)
        while self._held > self._cache_bytes and len(self._kept) > 1:
            self._held -= _bytes(self._kept.popitem(last=False)[1])


def thumbnails_of(open_journal: OpenJournal) -> Thumbnails:
    """The thumbnails of an open journal: one cache for all pages."""
    found = open_journal.findChild(Thumbnails)
    return found if isinstance(found, Thumbnails) else Thumbnails(open_journal)


def _decoded(journal: Journal, photo: Photo, wanted: _Wanted) -> Pixels:
    """The kept thumbnail at a size that covers what is wanted; a missing or damaged one is made anew."""
    from needlejournal.imaging.reading.kept_thumbnail import decode_kept
    from needlejournal.imaging.reading.unreadable import UnreadablePicture

    body = journal.previews.get(photo.original.sha256)
    with suppress(UnreadablePicture):
        if body is not None:
            return decode_kept(body, wanted.width, wanted.height)
    return decode_kept(_made(journal, photo), wanted.width, wanted.height)


def _made(journal: Journal, photo: Photo) -> bytes:
    """Make the previews that are missing and keep them; a disk that refuses does not keep anybody from seeing."""
    from needlejournal.workflows.photos_in.previewing import made_previews

    made = made_previews(journal, photo)
    with suppress(WorldError):
        journal.previews.put(photo.original.sha256, {THUMBNAIL: made.thumbnail_jpeg, PROXY: made.proxy_jpeg})
    return made.thumbnail_jpeg


def _cropped(pixels: Pixels, wanted: _Wanted) -> QPixmap:
    """The picture drawn to fill the wanted box, corners rounded."""
    image = QImage(pixels.buffer, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
    tile = QPixmap(wanted.width, wanted.height)
    tile.fill(Qt.GlobalColor.transparent)
    with QPainter(tile) as painter:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        where = QRectF(0, 0, wanted.width, wanted.height)
        if wanted.radius:
            path = QPainterPath()
            path.addRoundedRect(where, wanted.radius, wanted.radius)
            painter.setClipPath(path)
        scale = max(wanted.width / image.width(), wanted.height / image.height())
        width, height = wanted.width / scale, wanted.height / scale
        top = min(max(0.0, image.height() * _CENTRE_DOWN - height / 2), image.height() - height)
        painter.drawImage(where, image, QRectF((image.width() - width) / 2, top, width, height))
    return tile


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
