"""The export dialog: a picture of what will be in the file, and the few things there are to choose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.imaging.pixels import Pixels
from needlejournal.imaging.scrubbing import ExportFormat
from needlejournal.ui import theme
from needlejournal.ui.compare.exporting.exporter import Exporter
from needlejournal.ui.compare.exporting.snapshot import as_image
from needlejournal.ui.compare.exporting.wish import LARGE, MEDIUM, SMALL, ExportWish
from needlejournal.ui.language import tr
from needlejournal.ui.messages import message_for
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.check_box import CheckBox
from needlejournal.ui.widgets.choices import Select
from needlejournal.ui.widgets.fields import TextField
from needlejournal.ui.widgets.form import Form
from needlejournal.ui.widgets.sheets import Sheet
from needlejournal.ui.widgets.text import Label

PREVIEW_WIDTH = 700


class Preview(QWidget):
    """Shows the composed picture whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setAccessibleName(tr("What will be in the file"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_pixels(self, pixels: Pixels) -> None:
        """Show another picture."""
        self._image = as_image(pixels)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 160)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.drawImage(left, top, self._image.scaled(size * self.devicePixelRatioF()))


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
        self._make_fields(zones, moves=moves)
        self._lay_out()
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self.add_button(tr("Copy")).clicked.connect(self._copy)
        self.add_button(tr("Save…"), "filled").clicked.connect(self._ask_where)
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
        self._exporter.save(replace(wish, kind=kind), path, self._saved, self._tell)

    def _make_fields(self, zones: list[tuple[str, str]], *, moves: bool) -> None:
        kinds = [("png", tr("PNG, without loss")), ("jpg", tr("JPEG, smaller")), ("pdf", tr("PDF page"))]
        if moves:
            kinds += [("webp", tr("Moving picture (WebP)")), ("gif", tr("Moving picture (GIF)"))]
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
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_XL)
        row.addWidget(self._preview, 3)
        column = QVBoxLayout()
        form = Form()
        form.add(tr("Format"), self._kind)
        form.add(tr("Size"), self._size)
        form.add(tr("Show"), self._zone)
        form.add(tr("Watermark line"), self._watermark)
        form.add_wide(self._captions)
        form.add_wide(self._eyes)
        column.addWidget(form)
        column.addWidget(self._problem)
        column.addStretch(1)
        words = tr(
            "The file holds only what you see: no date, place or camera data of your photos. Notes on what differs "
            "always go along. Files outside the journal are not protected by it."
        )
        column.addWidget(Label(words, "small", "ink_soft"))
        row.addLayout(column, 2)
        self.body.addLayout(row, 1)

    def _show(self) -> None:
        self._problem.hide()
        wish = self.wish()
        small = ExportWish(ExportFormat.PNG, PREVIEW_WIDTH, wish.captions, wish.cover_eyes, wish.zone, wish.watermark)
        self._exporter.preview(small, self._preview.show_pixels, self._tell)

    def _ask_where(self) -> None:
        kind = ExportFormat(self._kind.value())
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the picture"), str(Path.home() / f"{self._name}.{kind.value}"), f"*.{kind.value}"
        )
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(f".{kind.value}"))

    def _saved(self, path: Path) -> None:
        self._open.say(tr("Saved as {name}.").format(name=path.name))
        self.accept()

    def _copy(self) -> None:
        wish = self.wish()
        self._exporter.picture(wish, self._to_clipboard, self._tell)

    def _to_clipboard(self, pixels: Pixels) -> None:
        QGuiApplication.clipboard().setImage(as_image(pixels))
        self._open.say(tr("Copied. Paste it where you want it."))
        self.accept()

    def _tell(self, error: Exception) -> None:
        self._problem.setText(message_for(error).sentence)
        self._problem.show()
