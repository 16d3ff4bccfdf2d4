"""Draws the program's icon in every size a desktop asks for: `python -m release.icons FOLDER`, run with Qt's Python."""

from __future__ import annotations

import os
import sys
from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_GROUND, _INK = "#1F6B66", "#FFFFFF"
_GLYPH = Path(__file__).resolve().parents[1] / "resources" / "icons" / "app.svg"


def scalable() -> str:
    """Return the icon as SVG: the app's sign on a rounded square of its accent colour."""
    strokes = _GLYPH.read_text(encoding="utf-8").split(">", 1)[1].removesuffix("</svg>\n")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">'
        f'<rect x="4" y="4" width="120" height="120" rx="28" fill="{_GROUND}"/>'
        f'<g transform="translate(24 24) scale(3.3)" fill="none" stroke="{_INK}" stroke-width="1.8" '
        f'stroke-linecap="round" stroke-linejoin="round">{strokes}</g></svg>\n'
    )


def main(folder: Path) -> None:
    """Write `hicolor/…/apps/needlejournal.png` of each size and the SVG below `folder`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QByteArray, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication([])
    renderer = QSvgRenderer(QByteArray(scalable().encode()))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        place = folder / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        if not image.save(str(place / "needlejournal.png")):
            raise OSError(place)
    place = folder / "hicolor" / "scalable" / "apps"
    place.mkdir(parents=True, exist_ok=True)
    (place / "needlejournal.svg").write_text(scalable(), encoding="utf-8")
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
