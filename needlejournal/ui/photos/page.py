"""The photos page: header, contact sheet, and at the right the photos chosen with their details."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QStackedWidget, QVBoxLayout, QWidget

from needlejournal.store import Journal
from needlejournal.ui import theme
from needlejournal.ui.actions import Command, action
from needlejournal.ui.destinations import (
    ComparePhotos,
    Destination,
    EditSession,
    Go,
    ImportPhotos,
    PreviewPhoto,
    ShowDay,
    ShowPhotos,
)
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.models.sheet_model import SheetModel
from needlejournal.ui.models.thumbnails import thumbnails_of
from needlejournal.ui.page import Page
from needlejournal.ui.photos.chosen_photos import ChosenPhotos
from needlejournal.ui.photos.dragging import Dragging
from needlejournal.ui.photos.originals_sheet import OriginalsSheet
from needlejournal.ui.photos.sheet_painter import LARGEST, SMALLEST
from needlejournal.ui.photos.sheet_view import SheetView
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.for_writing import for_writing
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.ui.widgets.frame.page_header import PageHeader

SIDE_WIDTH, NARROW = 316, 640
SLIDER_WIDTH = 96
SIZE = "photos/size_percent"
_UNLIMITED = 16_777_215


class PhotosPage(Page):
    """Series in rows, dates in columns; two photos chosen can be compared."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open, self._go, self._preferences = open_journal, go, preferences
        thumbnails = thumbnails_of(open_journal)
        self._model = SheetModel(open_journal, self)
        self._sheet = SheetView(self._model, thumbnails, open_journal.catalogue)
        self._sheet.setAccessibleName(tr("Contact sheet"))
        self._side = ChosenPhotos(open_journal, thumbnails)
        self._dragging = Dragging(open_journal, thumbnails, self)
        self._states = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_state()
        self._sheet.show_newest()

    # What others call

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, ShowPhotos):
            self.show_photo(destination.photo_id)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here, with its keys."""
        return (
            Command("compare_chosen", tr("Compare the two photos"), self._compare, "compare", ("Ctrl+Return",)),
            Command("save_files", tr("Save as files…"), self._save_files, "export", ("Ctrl+S",)),
        )

    def show_photo(self, photo_id: int) -> None:
        """Choose a photo and bring it into view; 0 leaves everything as it is."""
        self._model.wake()
        if photo_id:
            self._sheet.choose([photo_id])
        self._sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> tuple[Unsaved, ...]:
        """Write what is being typed. Gives what could not be stored."""
        return self._side.leave()

    def showEvent(self, event: QShowEvent) -> None:
        self._model.wake()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._model.sleep()

    # How it is made

    def _lay_out(self) -> None:
        self._header = PageHeader(tr("Photos"))
        self._import_button = Button(tr("Add photos"))
        for_writing(self._open.journal, self._import_button)
        self._compare_button = Button(tr("Compare"), "filled", "compare")
        self._details_button = Button(tr("Details"))
        self._details_button.setCheckable(True)
        self._details_button.hide()
        self._size = self._header.add_action(self._size_slider())
        self._header.add_action(self._details_button)
        self._header.add_action(self._import_button)
        self._header.add_action(self._compare_button)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sheet, 1)
        row.addWidget(self._side)
        empty = EmptyState(
            "photos",
            tr("No photos yet"),
            tr(
                "Drop photos anywhere in this window. Photos of the same view are in one row here, so that two of "
                "them are easy to compare."
            ),
            tr("Add photos"),
        )
        empty.acted.connect(lambda: self._go(ImportPhotos()))
        self._states.addWidget(content)
        self._states.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._states, 1)

    def _size_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setAccessibleName(tr("Size of the photos"))
        set_tip(slider, tr("Size of the photos"))
        slider.setRange(round(SMALLEST * 100), round(LARGEST * 100))
        slider.setSingleStep(5)
        slider.setPageStep(20)
        slider.setFixedWidth(SLIDER_WIDTH)
        slider.setValue(round(self._preferences.number(SIZE, 100)))
        self._sheet.set_cell_factor(slider.value() / 100)
        slider.valueChanged.connect(self._resize_cells)
        return slider

    def _resize_cells(self, percent: int) -> None:
        self._preferences.remember(SIZE, percent)
        self._sheet.set_cell_factor(percent / 100)

    def _connect(self) -> None:
        self._import_button.clicked.connect(lambda: self._go(ImportPhotos()))
        self._compare_button.clicked.connect(self._compare)
        self._details_button.clicked.connect(self._arrange)
        self._sheet.chosen_changed.connect(self._show_chosen)
        self._sheet.previewed.connect(self._preview)
        self._sheet.trashed.connect(self._trash)
        self._sheet.dragged.connect(self._drag)
        self._sheet.customContextMenuRequested.connect(self._open_menu)
        self._side.trash_wanted.connect(self._trash)
        self._side.files_wanted.connect(self._save_files)
        self._model.modelReset.connect(self._show_state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Sheet and details beside each other; where there is little room one at a time."""
        narrow = self.width() < theme.px(NARROW)
        alone = narrow and self._details_button.isChecked()
        self._details_button.setVisible(narrow and bool(self._model.rowCount()))
        self._details_button.set_text(tr("All photos") if alone else tr("Details"))
        self._side.setVisible(alone or not narrow)
        self._sheet.setVisible(not alone)
        self._side.setMinimumWidth(0 if narrow else theme.px(SIDE_WIDTH))
        self._side.setMaximumWidth(_UNLIMITED if narrow else theme.px(SIDE_WIDTH))

    # What the person does

    def _show_state(self) -> None:
        some = bool(self._model.rowCount())
        self._states.setCurrentIndex(0 if some else 1)
        self._arrange()
        self._compare_button.setVisible(some)
        self._import_button.setVisible(some)
        self._size.setVisible(some)
        self._show_chosen()

    def _show_chosen(self) -> None:
        photos = self._model.photos(self._sheet.chosen())
        self._side.show_photos(photos)
        self._compare_button.setEnabled(len(photos) == 2)
        if not self._model.rowCount():
            self._header.set_state("")
            return
        hints = {0: tr("Select two photos to compare"), 1: tr("Select a second one with Ctrl and a click")}
        self._header.set_state(hints.get(len(photos), tr("%n photo(s) selected", len(photos))))

    def _compare(self) -> None:
        photos = self._model.photos(self._sheet.chosen())
        if len(photos) == 2:
            self.leave()
            self._go(ComparePhotos(photos[0].id, photos[1].id))

    def _preview(self) -> None:
        """The photo the keyboard is on, among its series."""
        index = self._sheet.currentIndex()
        columns = range(self._model.columnCount())
        cells = [self._model.index(index.row(), column) for column in columns]
        among = tuple(photo_id for cell in cells for photo_id in self._model.stack(cell))
        self._go(PreviewPhoto(self._model.top(index), among))

    def _trash(self) -> None:
        ids = self._sheet.chosen()
        if not ids or self._open.journal.read_only:
            return
        self.leave()

        def trash(journal: Journal) -> None:
            for photo_id in ids:
                journal.photos.trash(photo_id)

        gone = tr("%n photo(s) moved to the trash", len(ids))
        self._open.write(tr("Move %n photo(s) to the trash", len(ids)), trash, say=gone)

    def _drag(self) -> None:
        photos = self._model.photos(self._sheet.chosen())
        if photos:
            self._dragging.start(photos, self._sheet)

    def _save_files(self) -> None:
        """Ask what of the chosen photos is saved outside the journal, and where."""
        photos = self._model.photos(self._sheet.chosen())
        if photos:
            OriginalsSheet(self._open, photos, self).open()

    def _open_menu(self, where: QPoint) -> None:
        photo = self._model.photo(self._sheet.currentIndex())
        if photo is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        commands = [
            Command("preview", tr("See the photo large"), self._preview, "eye"),
            Command(
                "on_timeline", tr("Show the day on the timeline"), lambda: self._go(ShowDay(photo.when.day)), "timeline"
            ),
        ]
        if photo.session_id:
            session_id = photo.session_id
            commands.append(
                Command("session", tr("Open its session"), lambda: self._go(EditSession(session_id)), "session")
            )
        commands.append(Command("save_files", tr("Save as files…"), self._save_files, "export"))
        if len(self._model.stack(self._sheet.currentIndex())) > 1:
            commands.append(Command("turn", tr("Show the next photo of this day"), lambda: self._sheet.turn_current(1)))
        for command in commands:
            menu.addAction(action(command, menu))
        menu.addSeparator()
        trash = action(Command("trash", tr("Move to the trash"), self._trash, "trash"), menu)
        trash.setEnabled(not self._open.journal.read_only)
        menu.addAction(trash)
        menu.popup(self._sheet.viewport().mapToGlobal(where))
