"""The guide for the next photo: outline and words on the screen, to be printed or kept as a PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.imaging.faces.lines import FaceLines
from needlejournal.journal.errors import WorldError
from needlejournal.journal.photos import Photo
from needlejournal.ui import theme
from needlejournal.ui.compare.guide.drawing import frame_in, paint_guide, screen_inks
from needlejournal.ui.compare.guide.paper import GuidePage, as_pdf, can_print, print_page
from needlejournal.ui.compare.guide.words import missing_words, steps_of, title_of
from needlejournal.ui.jobs import SOON
from needlejournal.ui.language import tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.models.thumbnails import thumbnails_of
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Divider, Label
from needlejournal.ui.widgets.where_to_save import ask_where_to_save
from needlejournal.workflows.comparison.photo_guide import PhotoGuide, guide_of
from needlejournal.workflows.saving import save_export

PICTURE_SIDE = 512


class GuideView(QWidget):
    """Shows the outline, or the photo itself where there is none."""

    def __init__(self, proportions: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proportions = proportions
        self._lines: FaceLines | None = None
        self._picture: QPixmap | None = None
        self.setAccessibleName(tr("Outline of the pose"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.on_change(self.update)

    def show_lines(self, lines: FaceLines | None) -> None:
        """Draw these lines."""
        self._lines = lines
        self.update()

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show the photo itself where there are no lines."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(330), theme.px(440))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 240)

    def paintEvent(self, _event: QPaintEvent) -> None:
        frame = frame_in(QRectF(self.rect()), self._proportions)
        with QPainter(self) as painter:
            paint_guide(painter, frame, self._lines, screen_inks(), self._picture)


class GuideSheet(Sheet):
    """Made for one photo, which the next one should be like."""

    def __init__(self, open_journal: OpenJournal, photo: Photo, parent: QWidget) -> None:
        super().__init__(tr("For the next photo"), parent, width=780)
        self._open = open_journal
        self._guide = PhotoGuide(photo)
        self._view = GuideView(self._guide.proportions)
        self._steps = QVBoxLayout()
        self._problem = Label("", "small", "danger")
        self._problem.hide()
        self._mirrored = CheckBox(tr("Mirrored, as a front camera shows it"))
        self._mirrored.toggled.connect(self._show_lines)
        self._lay_out()
        self._add_buttons()
        self._pictures = thumbnails_of(open_journal)
        self._pictures.arrived.connect(self._show_picture)
        work = partial(_read, open_journal, photo)
        self._job = open_journal.jobs.run(work, self._take, self._show_failure, priority=SOON)
        self.finished.connect(self._job.drop)

    def page(self) -> GuidePage:
        """What would be printed now."""
        guide = self._guide
        picture = None if guide.lines else self._picture()
        advice = self._open.catalogue.photo_plan.advice
        return GuidePage(title_of(guide), steps_of(guide), advice, guide.proportions, self._lines(), picture)

    def save_to(self, path: Path) -> None:
        """Write the card as a PDF."""
        try:
            save_export(path, as_pdf(self.page()))
        except WorldError as error:
            self._show_failure(error)
        else:
            self._open.say(tr("Saved as {name}.").format(name=path.name))
            self.accept()

    def _lay_out(self) -> None:
        self.setMinimumHeight(theme.px(560))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_XL)
        row.addWidget(self._view, 3)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, theme.SPACE_S, 0)
        column.setSpacing(theme.SPACE_M)
        column.addWidget(Label(title_of(self._guide), "subtitle"))
        self._steps.setSpacing(theme.SPACE_M)
        column.addLayout(self._steps)
        column.addWidget(Divider())
        for line in self._open.catalogue.photo_plan.advice:
            column.addWidget(Label(line, "small", "ink_soft"))
        column.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(theme.SPACE_M)
        scroll = ScrollArea(words).read_by_keyboard()
        scroll.setAccessibleName(tr("How to photograph"))
        side.addWidget(scroll, 1)
        side.addWidget(self._mirrored)
        side.addWidget(self._problem)
        row.addLayout(side, 2)
        self.body.addLayout(row, 1)

    def _add_buttons(self) -> None:
        self.add_button(tr("Close")).clicked.connect(self.reject)
        self._leaving: list[Button] = []
        if can_print():
            self._leaving.append(self.add_button(tr("Print…")))
            self._leaving[0].clicked.connect(lambda: print_page(self.page(), self))
        self._leaving.append(self.add_button(tr("Save as PDF…"), "filled"))
        self._leaving[-1].clicked.connect(self._ask_where)
        self._offer(ready=False)

    def _offer(self, *, ready: bool) -> None:
        """Nothing is printed before the photo is read."""
        for button in self._leaving:
            button.setEnabled(ready)

    def _take(self, guide: PhotoGuide) -> None:
        self._guide = guide
        missing = missing_words(guide)
        for words in [*([missing] if missing else []), *steps_of(guide)]:
            self._steps.addWidget(Label(words))
        self._mirrored.setVisible(guide.lines is not None)
        self._show_lines()
        self._show_picture()
        self._offer(ready=True)

    def _lines(self) -> FaceLines | None:
        lines = self._guide.lines
        return lines.mirrored() if lines and self._mirrored.isChecked() else lines

    def _show_lines(self) -> None:
        self._view.show_lines(self._lines())

    def _picture(self) -> QPixmap | None:
        return self._pictures.picture(self._guide.photo, PICTURE_SIDE)

    def _show_picture(self) -> None:
        if self._guide.lines is None:
            self._view.show_picture(self._picture())

    def _ask_where(self) -> None:
        day = self._guide.photo.when.day.isoformat()
        name = tr("Next photo like {day}").format(day=day)
        if path := ask_where_to_save(self, tr("Save the card"), f"{name}.pdf", "pdf", "*.pdf"):
            self.save_to(path)

    def _show_failure(self, error: Exception) -> None:
        self._problem.setText(message_for(error).sentence)
        self._problem.show()


def _read(open_journal: OpenJournal, photo: Photo, _control: object) -> PhotoGuide:
    return guide_of(open_journal.journal, photo)
