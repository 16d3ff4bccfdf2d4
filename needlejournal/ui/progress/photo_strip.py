"""Photos below a chart, each at its day on the chart's time axis."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.photos import Photo
from needlejournal.ui import theme
from needlejournal.ui.destinations import ComparePhotos, Go
from needlejournal.ui.models.thumbnails import thumbnails_of
from needlejournal.ui.models.wording import photo_caption
from needlejournal.ui.progress.chart import Chart, plot_rect, x_of
from needlejournal.ui.progress.chart_view import screen_style
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.pictures.photo_thumb import PhotoThumb

THUMB = QSize(56, 70)
GAP = 6


class PhotoStrip(QWidget):
    """A press compares a photo with the first one."""

    def __init__(self, open_journal: OpenJournal, go: Go, chart: Chart, photos: Sequence[Photo]) -> None:
        super().__init__()
        self._chart = chart
        self._photos = photos
        self._pictures = thumbnails_of(open_journal)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._thumbs = []
        for photo in photos:
            thumb = PhotoThumb(photo_caption(photo, open_journal.calendar, open_journal.catalogue), THUMB, self)
            thumb.clicked.connect(lambda _=False, photo=photo: go(ComparePhotos(photos[0].id, photo.id)))
            self._thumbs.append(thumb)
        self._pictures.arrived.connect(self._show_pictures)
        self._show_pictures()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), theme.px(THUMB.height()) + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        plot = plot_rect(QRectF(0, 0, self.width(), theme.px(190)), screen_style())
        wide, high = theme.px(THUMB.width()), theme.px(THUMB.height())
        centres = [x_of(photo.when.day, self._chart, plot) for photo in self._photos]
        most = max(int((self.width() + GAP) // (wide + GAP)), 1)
        shown = spread_places(len(self._thumbs), most)
        lefts = apart([centres[place] for place in shown], wide, GAP, self.width())
        for place, thumb in enumerate(self._thumbs):
            thumb.setVisible(place in shown)
        for place, left in zip(shown, lefts, strict=True):
            self._thumbs[place].setGeometry(round(left), 2, wide, high)

    def _show_pictures(self) -> None:
        for photo, thumb in zip(self._photos, self._thumbs, strict=True):
            thumb.set_picture(self._pictures.picture(photo), QColor(photo.colour))


def spread_places(count: int, most: int) -> list[int]:
    """The places of at most `most` of `count` things, spread evenly, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return [round(place * (count - 1) / max(most - 1, 1)) for place in range(most)]


def apart(centres: Sequence[float], width: float, gap: float, room: float) -> list[float]:
    """Left edges of boxes as near to their centres as they can be without touching, from left to right.

    Where the room runs out, those at the right push the others to the left.
    """
    lefts: list[float] = []
    for centre in centres:
        free = lefts[-1] + width + gap if lefts else 0.0
        lefts.append(max(centre - width / 2, free))
    limit = room - width
    for place in reversed(range(len(lefts))):
        lefts[place] = min(lefts[place], limit)
        limit = lefts[place] - width - gap
    return lefts
