"""Thumbnails of photos, decoded in jobs and kept in memory only, until the journal is locked.

The last asked for comes first; what nobody asks for any more is never decoded. Knows no widget.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.store import PROXY, THUMBNAIL, Journal
from needlejournal.ui.jobs import SOON, Job, JobControl
from needlejournal.ui.session import OpenJournal

if TYPE_CHECKING:
    from needlejournal.imaging.pixels import Pixels

CACHE_BYTES = 64_000_000
LARGEST_SIDE = 512  # what the stored thumbnails have
_WAITING_AT_MOST = 96
_AT_ONCE = 2
# Portraits keep their face when cropped: a little above the middle.
_CENTRE_DOWN = 0.46


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One picture in one shape: whole, with `long_side`, or cropped to `width` × `height` (device pixels)."""

    sha256: str
    long_side: int
    width: int = 0
    height: int = 0
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
        open_journal.locked.connect(self.drop_all)

    @classmethod
    def of(cls, open_journal: OpenJournal) -> Thumbnails:
        """The one cache of an open journal, shared by all pages."""
        return open_journal.findChild(cls) or cls(open_journal)

    def picture(self, photo: Photo, long_side: int = 256) -> QPixmap | None:
        """The whole photo, `long_side` device pixels along its longer side (512 at most); None until it is there."""
        return self._give(_Wanted(photo.original.sha256, min(long_side, LARGEST_SIDE)), photo)

    def tile(self, photo: Photo, width: float, height: float, radius: float = 0, ratio: float = 1.0) -> QPixmap | None:
        """The photo cropped to fill `width` × `height` with round corners, ready to be drawn; None until it is there.

        Lengths are in device-independent pixels of a screen of `ratio`; the pixmap has that ratio.
        """
        wide, high = round(width * ratio), round(height * ratio)
        side = _covering_side(photo, wide, high)
        found = self._give(_Wanted(photo.original.sha256, side, wide, high, round(radius * ratio)), photo)
        if found is not None and found.devicePixelRatio() != ratio:
            found.setDevicePixelRatio(ratio)
        return found

    def can_show(self, photo: Photo) -> bool:
        """Whether there is hope: False for an original that cannot be read as a picture."""
        return photo.original.readable and photo.original.sha256 not in self._unshowable

    @property
    def held_bytes(self) -> int:
        """Memory of all pictures kept."""
        return self._held

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
        self._start()

    def _start(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            self._decode(*self._waiting.popitem())

    def _decode(self, wanted: _Wanted, photo: Photo) -> None:
        journal = self._open.journal

        def decode(_control: JobControl) -> Pixels:
            return _decoded(journal, photo, wanted.long_side)

        self._running[wanted] = self._open.jobs.run(
            decode, partial(self._arrive, wanted), partial(self._fail, wanted), priority=SOON
        )

    def _arrive(self, wanted: _Wanted, pixels: Pixels) -> None:
        self._running.pop(wanted, None)
        image = as_image(pixels)
        self._keep(wanted, _cropped(image, wanted) if wanted.width else QPixmap.fromImage(image))
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


def as_image(pixels: Pixels) -> QImage:
    """Decoded pixels as a QImage of its own; call it on the GUI thread (Qt's conversions hold the interpreter)."""
    shown = QImage(pixels.buffer, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
    return shown.copy()


def _decoded(journal: Journal, photo: Photo, long_side: int) -> Pixels:
    from needlejournal.imaging.decoding import decode_small

    body = journal.previews.get(photo.original.sha256) or _made(journal, photo)
    return decode_small(body, long_side)


def _made(journal: Journal, photo: Photo) -> bytes:
    """Make the previews that are missing and keep them; a disk that refuses does not keep anybody from seeing."""
    from needlejournal.imaging.previews import make_previews

    made = make_previews(journal.photo_bytes(photo))
    with suppress(WorldError):
        journal.previews.put(photo.original.sha256, {THUMBNAIL: made.thumbnail_jpeg, PROXY: made.proxy_jpeg})
    return made.thumbnail_jpeg


def _covering_side(photo: Photo, width: int, height: int) -> int:
    """The longer side at which the photo just covers a box; a little is rounded up so that tiles share it."""
    full_width, full_height = max(1, photo.original.width), max(1, photo.original.height)
    scale = max(width / full_width, height / full_height)
    return min(LARGEST_SIDE, math.ceil(max(full_width, full_height) * scale / 16) * 16)


def _cropped(image: QImage, wanted: _Wanted) -> QPixmap:
    """The image drawn to fill the wanted box, corners rounded."""
    tile = QPixmap(wanted.width, wanted.height)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
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
    painter.end()
    return tile


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4
