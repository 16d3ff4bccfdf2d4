"""A picture on the clipboard as bytes: as it was copied where the other program gives that, else as PNG."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from needlejournal.ui.language import tr
from needlejournal.workflows.photos_in.import_plan import Pasted

_AS_COPIED = {
    "image/jpeg": "jpg",
    "image/heic": "heic",
    "image/webp": "webp",
    "image/tiff": "tif",
    "image/png": "png",
}


def pasted_picture(data: QMimeData) -> tuple[Pasted, ...]:
    """The picture in what is pasted, or nothing. It never touches the disk."""
    name = tr("Pasted picture")
    for kind, suffix in _AS_COPIED.items():
        if data.hasFormat(kind) and (copied := bytes(data.data(kind).data())):
            return (Pasted(f"{name}.{suffix}", copied),)
    image = data.imageData()
    if isinstance(image, QImage) and not image.isNull():
        return (Pasted(f"{name}.png", _png(image)),)
    return ()


def why_no_photo(data: QMimeData) -> str:
    """What to say when something else than a photo was pasted or dropped."""
    addresses = data.urls() or data.text().strip().lower().startswith(("http://", "https://"))
    if addresses:
        return tr(
            "That is a web address, and nothing is fetched from the internet. Save the picture first, then add it here."
        )
    return tr("There is no photo in what you copied. Copy a picture or a file, then paste it here.")


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
