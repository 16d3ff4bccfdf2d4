"""The guide on one sheet of paper: as a PDF, or through the printer where Qt can print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from needlejournal.imaging.faces.lines import FaceLines
from needlejournal.ui import theme
from needlejournal.ui.compare.guide.drawing import frame_in, paint_guide, paper_inks

DOTS = 96.0  # units of the page for an inch
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_INK, _SOFT = QColor(32, 32, 32), QColor(90, 90, 90)


@dataclass(frozen=True, slots=True, eq=False)
class GuidePage:
    """What stands on the sheet. `proportions` are the photo's width over its height."""

    title: str
    steps: Sequence[str]
    advice: Sequence[str]
    proportions: float
    lines: FaceLines | None = None
    picture: QPixmap | None = None


def as_pdf(page: GuidePage) -> bytes:
    """The sheet as a PDF file."""
    body = QByteArray()
    buffer = QBuffer(body)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Needle Journal")
    writer.setTitle(page.title)
    writer.setResolution(300)
    writer.setPageLayout(_layout())
    with QPainter(writer) as painter:
        _paint_on(painter, 300, QSizeF(writer.width(), writer.height()), page)
    buffer.close()
    return bytes(body.data())


def can_print() -> bool:
    """Whether this build of Qt can print."""
    return find_spec("PySide6.QtPrintSupport") is not None


def print_page(page: GuidePage, parent: QWidget) -> None:
    """Ask for a printer and print the sheet."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(_layout())
    printer.setDocName(page.title)
    dialog = QPrintDialog(printer, parent)

    def print_it() -> None:
        with QPainter(printer) as painter:
            _paint_on(painter, printer.resolution(), QSizeF(printer.width(), printer.height()), page)

    dialog.accepted.connect(print_it)
    QDialog.open(dialog)  # its own wants a receiver


def _layout() -> QPageLayout:
    imperial = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if imperial else QPageSize.PageSizeId.A4)
    unit = QPageLayout.Unit.Millimeter
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(16, 16, 16, 16), unit)


def _paint_on(painter: QPainter, resolution: int, size: QSizeF, page: GuidePage) -> None:
    scale = resolution / DOTS
    painter.scale(scale, scale)
    paint_page(painter, QRectF(0, 0, size.width() / scale, size.height() / scale), page)


def paint_page(painter: QPainter, room: QRectF, page: GuidePage) -> None:
    """Draw the sheet into `room`, in units of 1/96 inch: title, outline, what to do, advice."""
    top = room.top() + _write(painter, page.title, room, _font(22, 600), _INK) + 12
    words = [(step, _INK) for step in page.steps] + [(line, _SOFT) for line in page.advice]
    foot = sum(_height(painter, text, room.width() - 18) + 5 for text, _ in words)
    frame = frame_in(QRectF(room.left(), top, room.width(), room.bottom() - top - foot - 18), page.proportions)
    frame.moveTop(top)
    paint_guide(painter, frame, page.lines, paper_inks(), page.picture)
    at = frame.bottom() + 18
    for text, ink in words:
        _write(painter, "•", QRectF(room.left(), at, 18, 30), _font(13), _SOFT)
        at += _write(painter, text, QRectF(room.left() + 18, at, room.width() - 18, 400), _font(13), ink) + 5


def _font(pixels: int, weight: int = 400) -> QFont:
    made = QFont(theme.FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    return made


def _height(painter: QPainter, text: str, width: float) -> float:
    painter.setFont(_font(13))
    return painter.boundingRect(QRectF(0, 0, width, 400), _WRAP, text).height()


def _write(painter: QPainter, text: str, room: QRectF, font: QFont, ink: QColor) -> float:
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(room, _WRAP, text)
    return painter.boundingRect(room, _WRAP, text).height()
