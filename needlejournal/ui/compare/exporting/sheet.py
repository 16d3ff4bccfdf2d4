"""The export dialog: a picture of what will be in the file, and the few things there are to choose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.ui import theme
from needlejournal.ui.compare.exporting.exporter import Exporter
from needlejournal.ui.compare.exporting.preview import Preview
from needlejournal.ui.compare.exporting.snapshot import as_image
from needlejournal.ui.compare.exporting.wish import LARGE, MEDIUM, SMALL, ExportWish
from needlejournal.ui.language import tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.widgets.where_to_save import ask_where_to_save
from needlejournal.workflows.progress import Progress

PREVIEW_WIDTH = 700


class ExportSheet(Sheet):
    """Chooses format, size, captions, what is hidden and a watermark; then copies or saves."""

    def __init__(
        self,
        open_journal: OpenJournal,
        exporter: Exporter,
        zones: list[tuple[str, str]],
        name: str,
        parent: QWidget,
        *,
        moves: bool,
    ) -> None:
        super().__init__(tr("Export what is on the screen"), parent, width=820)
        self._open = open_journal
        self._exporter = exporter
        self._name = name
        self._preview = Preview()
        self._problem = Label("", "small", "danger")
        self._problem.hide()
        self._form = QWidget()
        self._strip = ProgressStrip(tr("Making the file…"))
        self._strip.cancelled.connect(self._stop)
        self._strip.hide()
        self._make_fields(zones, moves=moves)
        self._lay_out()
        self._cancel = self.add_button(tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._leaving = (self.add_button(tr("Copy")), self.add_button(tr("Save…"), "filled"))
        self._leaving[0].clicked.connect(self._copy)
        self._leaving[1].clicked.connect(self._ask_where)
        self.finished.connect(exporter.stop)
        self._show()

    def wish(self) -> ExportWish:
        """What is chosen now."""
        return ExportWish(
            ExportFormat(self._kind.value()),
            int(self._size.value() or MEDIUM),
            self._captions.isChecked(),
            self._eyes.isChecked(),
            self._zone.value() or "",
            self._watermark.text().strip(),
        )

    def save_to(self, path: Path) -> None:
        """Write the file and close when it is there; the name's ending, where it is one of ours, says the format."""
        endings = {kind.value: kind for kind in ExportFormat}
        wish = self.wish()
        kind = endings.get(path.suffix.lower().lstrip("."), wish.kind)
        self._work(under_way=True)
        self._exporter.save(replace(wish, kind=kind), path, self._saved, self._show_failure, self._progress)

    def _work(self, *, under_way: bool) -> None:
        """Show how far it is instead of what can be chosen; a single picture is there before anybody reads this."""
        self._problem.hide()
        self._form.setEnabled(not under_way)
        for button in self._leaving:
            button.setEnabled(not under_way)
        self._strip.reset(tr("Making the file…"))
        self._strip.setVisible(under_way)
        self._cancel.setHidden(under_way)

    def _progress(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self._strip.show_progress(progress.done, progress.total)

    def _stop(self) -> None:
        self._exporter.stop()
        self._work(under_way=False)

    def _make_fields(self, zones: list[tuple[str, str]], *, moves: bool) -> None:
        kinds = [("png", tr("PNG, full quality")), ("jpg", tr("JPEG, smaller")), ("pdf", tr("PDF page"))]
        if moves:
            kinds += [("webp", tr("Animation (WebP)")), ("gif", tr("Animation (GIF)"))]
        sizes = [(str(SMALL), tr("Small, to send")), (str(MEDIUM), tr("Medium")), (str(LARGE), tr("Large, to print"))]
        self._kind = Select(tr("Format"), kinds, "png")
        self._size = Select(tr("Size"), sizes, str(MEDIUM))
        self._zone = Select(tr("Show"), [("", tr("What is on the screen")), *zones], "")
        self._captions = CheckBox(tr("With captions"), checked=True)
        self._eyes = CheckBox(tr("Cover the eyes"))
        self._watermark = TextField(tr("Watermark line"), tr("None"))
        for select in (self._kind, self._size, self._zone):
            select.changed.connect(self._show)
        for box in (self._captions, self._eyes):
            box.clicked.connect(self._show)
        self._watermark.editingFinished.connect(self._show)

    def _lay_out(self) -> None:
        self.setMinimumHeight(theme.px(540))
        column = QVBoxLayout(self._form)
        column.setContentsMargins(2, 0, theme.SPACE_S, 0)
        column.setSpacing(theme.SPACE_M)
        for words, field in (
            (tr("Format"), self._kind),
            (tr("Size"), self._size),
            (tr("Show"), self._zone),
            (tr("Watermark line"), self._watermark),
        ):
            column.addLayout(_named(words, field))
        column.addWidget(self._captions)
        column.addWidget(self._eyes)
        column.addStretch(1)
        column.addWidget(self._problem)
        words = tr(
            "The file holds only what you see, and nothing else your photos carry, such as place or camera. Notes "
            "on what differs are always included. It is a plain file outside the journal, so the "
            "journal cannot protect it."
        )
        column.addWidget(Label(words, "small", "ink_soft"))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_XL)
        row.addWidget(self._preview, 3)
        row.addWidget(ScrollArea(self._form), 2)
        self.body.addLayout(row, 1)
        self.body.addWidget(self._strip)

    def _show(self) -> None:
        self._problem.hide()
        wish = self.wish()
        small = replace(wish, width=PREVIEW_WIDTH)
        self._exporter.pages(small, self._show_pages, self._show_failure)

    def _show_pages(self, pages: list[Pixels]) -> None:
        self._preview.show_pages(pages, self._exporter.seconds)

    def _ask_where(self) -> None:
        ending = ExportFormat(self._kind.value()).value
        if path := ask_where_to_save(self, tr("Save the picture"), f"{self._name}.{ending}", ending, f"*.{ending}"):
            self.save_to(path)

    def _saved(self, path: Path) -> None:
        self._open.say(tr("Saved as {name}.").format(name=path.name))
        self.accept()

    def _copy(self) -> None:
        still = ExportFormat.PNG if self.wish().kind.moves else self.wish().kind
        self._exporter.pages(replace(self.wish(), kind=still), self._to_clipboard, self._show_failure)

    def _to_clipboard(self, pages: list[Pixels]) -> None:
        QGuiApplication.clipboard().setImage(as_image(pages[0]))
        self._open.say(tr("Copied. Paste it where you want it."))
        self.accept()

    def _show_failure(self, error: Exception) -> None:
        self._work(under_way=False)
        self._problem.setText(message_for(error).sentence)
        self._problem.show()


def _named(words: str, field: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.SPACE_XS)
    label = Label(words, "small", "ink_soft")
    label.setBuddy(field)
    column.addWidget(label)
    column.addWidget(field)
    return column
