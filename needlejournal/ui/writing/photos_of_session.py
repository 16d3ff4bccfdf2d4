"""The photos taken for a session, and the place to drop more."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from needlejournal.journal.photos import Photo
from needlejournal.journal.sessions import Session
from needlejournal.ui.destinations import Go, PreviewPhoto
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.models.thumbnails import thumbnails_of
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.drop_zone import Dropped, DropZone
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pictures.photo_thumb import PhotoThumb

THUMB = QSize(86, 112)


class PhotosOfSession(Card):
    """Thumbnails that open large. `wanted` carries Dropped: bring these photos in for this session (none: ask)."""

    wanted = Signal(object)

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(tr("Photos of this session"), parent)
        self._open = open_journal
        self._go = go
        self._thumbnails = thumbnails_of(open_journal)
        self._thumbnails.arrived.connect(self._show_pictures)
        self._photos: list[Photo] = []
        self._thumbs: list[PhotoThumb] = []
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=8, row_gap=8)
        self.body.addWidget(holder)
        self._drop = DropZone(tr("Drop photos here or choose files"))
        self._drop.clicked.connect(lambda: self.wanted.emit(Dropped(())))
        self._drop.dropped.connect(self.wanted)
        self._drop.setVisible(not open_journal.journal.read_only)
        self.body.addWidget(self._drop)

    def show_session(self, session: Session) -> None:
        """Show the photos of a session; one that is not stored yet has none."""
        photos = self._open.journal.photos.of_sessions([session.id]) if session.id else []
        if photos == self._photos:
            return
        self._photos = photos
        for thumb in self._thumbs:
            self._flow.removeWidget(thumb)
            thumb.hide()
            thumb.deleteLater()
        self._thumbs = [self._thumb(photo) for photo in photos]
        self._show_pictures()

    def _thumb(self, photo: Photo) -> PhotoThumb:
        view = self._open.catalogue.view(photo.view).name if photo.view else tr("Photo")
        thumb = PhotoThumb(tr("{view}, {day}").format(view=view, day=medium_date(photo.when.day)), THUMB)
        among = tuple(other.id for other in self._photos)
        thumb.clicked.connect(lambda: self._go(PreviewPhoto(photo.id, among)))
        self._flow.addWidget(thumb)
        return thumb

    def _show_pictures(self) -> None:
        for photo, thumb in zip(self._photos, self._thumbs, strict=True):
            thumb.set_picture(self._thumbnails.picture(photo), QColor(photo.colour))
