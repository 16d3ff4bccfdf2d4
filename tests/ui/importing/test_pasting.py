"""A picture on the clipboard becomes bytes: as copied where it can, else as PNG."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QImage

from needlejournal.imaging.reading.formats import Format, sniff
from needlejournal.ui.widgets.pictures.pasting import pasted_picture
from tests.workflows.pictures import jpeg


def test_a_copied_jpeg_keeps_its_bytes_and_so_its_date(qapp: object) -> None:
    data = QMimeData()
    data.setData("image/jpeg", QByteArray(jpeg(1)))
    (pasted,) = pasted_picture(data)
    assert (pasted.name, pasted.data) == ("Pasted picture.jpg", jpeg(1))


def test_a_picture_without_a_file_becomes_a_png(qapp: object) -> None:
    data = QMimeData()
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    data.setImageData(image)
    (pasted,) = pasted_picture(data)
    assert sniff(pasted.data) is Format.PNG


def test_words_are_no_picture(qapp: object) -> None:
    data = QMimeData()
    data.setText("Dear diary")
    assert pasted_picture(data) == ()
