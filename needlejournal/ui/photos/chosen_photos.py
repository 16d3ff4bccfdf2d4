"""The side of the photos page: the chosen photos as pictures with their captions, and their details below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from needlejournal.journal.errors import BadInput
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui import theme
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.models import photo_edit
from needlejournal.ui.models.thumbnails import LARGEST_SIDE, Thumbnails
from needlejournal.ui.models.wording import photo_caption
from needlejournal.ui.panels.clock_sheet import ClockSheet
from needlejournal.ui.photos.details import PhotoDetails
from needlejournal.ui.photos.photo_line import PhotoLine
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.photos_in.previewing import why_only_small

_SHOWN = 4


class _Pictures(QWidget):
    """Up to four photos beside each other."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._photos: Sequence[Photo] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        thumbnails.arrived.connect(self.update)

    def show_photos(self, photos: Sequence[Photo], names: str) -> None:
        """Show these."""
        self._photos = photos[:_SHOWN]
        self.setAccessibleName(names)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(190))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(100), theme.px(190))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            whole = QRectF(self.rect())
            painting.box(painter, whole, theme.RADIUS_CONTROL, theme.colour("surround"))
            count = max(1, len(self._photos))
            width = (whole.width() - 8 * (count + 1)) / count
            for place, photo in enumerate(self._photos):
                room = QRectF(8 + place * (width + 8), 8, width, whole.height() - 16)
                size = photo.original.width or 3, photo.original.height or 4
                scale = min(room.width() / size[0], room.height() / size[1])
                where = QRectF(0, 0, size[0] * scale, size[1] * scale)
                where.moveCenter(room.center())
                picture = self._thumbnails.picture(photo, LARGEST_SIDE)
                if picture is None:
                    painter.fillRect(where, QColor(0xFF000000 | photo.colour))
                else:
                    painter.drawPixmap(where, picture, QRectF(picture.rect()))


class ChosenPhotos(QWidget):
    """What is chosen. `trash_wanted` asks to move it to the trash, `files_wanted` to save it as files."""

    trash_wanted = Signal()
    files_wanted = Signal()

    def __init__(self, open_journal: OpenJournal, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._pictures = _Pictures(thumbnails)
        self._caption = Label("", "text", "ink")
        self._original = PhotoLine(open_journal, why_only_small, "warning")
        self._details = PhotoDetails(open_journal)
        self._details.trash_wanted.connect(self.trash_wanted)
        self._photos: Sequence[Photo] = ()
        self._clock = Button(tr("The camera’s clock was wrong…"), "link")
        self._clock.clicked.connect(self._ask_for_right_time)
        self._clock.setEnabled(not open_journal.journal.read_only)
        self._files = Button(tr("Save as files…"), "link")
        self._files.clicked.connect(self.files_wanted)
        self._states = QStackedWidget()
        self._states.addWidget(self._make_hint())
        area = ScrollArea()
        column = area.column(theme.SPACE_M)
        column.setContentsMargins(theme.px(18), theme.px(6), theme.px(18), theme.PAGE_MARGIN)
        for widget in (self._pictures, self._caption, self._original, self._files, self._clock, self._details):
            column.addWidget(widget)
        column.addStretch(1)
        self._area = area
        self._states.addWidget(area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self._states)

    def show_photos(self, photos: Sequence[Photo]) -> None:
        """Show these photos and what they have in common."""
        self._photos = photos
        self._states.setCurrentIndex(1 if photos else 0)
        captions = [photo_caption(photo, self._open.calendar, self._open.catalogue) for photo in photos]
        shown = "\n".join(captions[:_SHOWN])
        if len(photos) > _SHOWN:
            shown += "\n" + tr("and %n more", len(photos) - _SHOWN)
        self._caption.setText(shown)
        self._pictures.show_photos(photos, shown)
        self._original.show_photos(photos)
        self._details.show_photos(photos)

    def leave(self) -> tuple[Unsaved, ...]:
        """Write what is being typed. Gives what could not be stored."""
        return self._details.leave()

    def _ask_for_right_time(self) -> None:
        sheet = ClockSheet(self._photos, self._open.today, self)

        def move(difference: timedelta) -> None:
            if self._move(difference):
                sheet.accept()

        sheet.moved.connect(move)
        sheet.open()

    def _move(self, difference: timedelta) -> bool:
        """Move all chosen photos; one undo takes it back, the originals are as they were. Gives whether it is done."""
        photos, change = tuple(self._photos), photo_edit.moved_by(difference)
        try:
            changed = [change(photo) for photo in photos]
        except (BadInput, OverflowError):
            self._open.say(tr("That would move a photo to an impossible date. Nothing was changed."))
            return False

        def write(journal: Journal) -> None:
            for photo in changed:
                journal.photos.save(photo)

        what, done = tr("Correct the clock of %n photo(s)", len(photos)), tr("The dates are corrected")
        return self._open.write(what, write, say=done) is not None

    @staticmethod
    def _make_hint() -> QWidget:
        hint = QWidget()
        column = QVBoxLayout(hint)
        column.setContentsMargins(theme.px(22), theme.px(12), theme.px(22), theme.px(12))
        column.setSpacing(theme.SPACE_S)
        column.addWidget(Label(tr("Select a photo"), "title"))
        for sentence in (
            tr("Its date, view and what you noted about it stand here and can be corrected."),
            tr("Select a second one with Ctrl and a click, or M, and press Compare."),
            tr("Space shows a photo large; the arrow keys go on along its series."),
        ):
            column.addWidget(Label(sentence, "text", "ink_soft"))
        column.addStretch(1)
        return hint

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("card"))
            painter.fillRect(0, 0, 1, self.height(), theme.colour("line"))
