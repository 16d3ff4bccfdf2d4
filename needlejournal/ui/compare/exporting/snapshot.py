"""Draws what is on the stage once more, at any size and without what only helps on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPainter, QPolygonF

from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.ui import theme
from needlejournal.ui.compare.exporting.wish import ExportWish
from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.modes.framing import PAPER
from needlejournal.ui.compare.view.gaze import Gaze
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.compare.view.viewport import showing
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting

if TYPE_CHECKING:
    from needlejournal.workflows.comparison.covering import Box, Polygon

CELL, CELL_MANY = 480, 150  # how wide a photo is drawn beside captions of ordinary size, in pixels
TALL = 500  # the same for how high one is
ROUNDS = 4
TALLEST = 3  # widths: a very tall photo gets narrower than was asked for


def snapshots(looking: Gaze, wish: ExportWish, covers: Mapping[int, Polygon], box: Box | None = None) -> list[QImage]:
    """The pictures of a file: one, or one for each frame of an animation.

    `covers` are hidden on the photos with these ids; `box` is what is shown instead of what is seen, in fractions
    of the first photo.
    """
    mode = looking.mode if wish.kind.moves else looking.mode.still()
    scene = replace(looking.scene(), paper=True, moving=False, captions=wish.captions)
    scene = replace(scene, shots=tuple(_covered(shot, covers.get(shot.photo_id)) for shot in scene.shots))
    scenes = mode.frames(scene) if wish.kind.moves else [scene]
    area = _on_paper(looking, mode, scenes[0])
    if box is not None:
        area = _shaped(mode, area, scenes[0], box)
        cell = mode.cell_of(0, area, scenes[0])
        view = showing(*box, scene.sheet, cell.size())
        scenes = [replace(each, viewport=view) for each in scenes]
    whole = mode.content(area, scenes[0])
    return [_drawn(mode, each, area, whole, wish.drawn_width) for each in scenes]


def as_pixels(image: QImage) -> Pixels:
    """The image as values that leave the GUI thread."""
    body = bytes(image.constBits())
    return Pixels(image.width(), image.height(), image.bytesPerLine(), memoryview(body))


def as_image(pixels: Pixels) -> QImage:
    """Decoded or composed pixels as an image of its own."""
    shown = QImage(pixels.buffer, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
    return shown.copy()


def _covered(shot: Shot, cover: Polygon | None) -> Shot:
    if cover is None:
        return shot
    return replace(shot, covers=(QPolygonF([QPointF(x + 0.5, y + 0.5) for x, y in cover]),))


def _shaped(mode: Mode, area: QRectF, scene: Scene, box: Box) -> QRectF:
    """The area in which a cell has just the shape of the box, so that nothing around it is shown.

    A tall cell is drawn narrower beside its caption, which can be read then at the size the whole is seen at.
    """
    sheet = scene.sheet
    ratio = box[3] * sheet.height() / (box[2] * sheet.width())
    high = mode.cell_of(0, area, scene).width() * ratio
    area = QRectF(area.topLeft(), QSizeF(area.width() * min(1.0, TALL * theme.text_scale() / high), area.height()))
    cell = mode.cell_of(0, area, scene)
    return QRectF(area.left(), area.top(), area.width(), area.height() - cell.height() + cell.width() * ratio)


def _on_paper(looking: Gaze, mode: Mode, scene: Scene) -> QRectF:
    """The area in which captions have one size beside the photos, whatever the window's size and the text's.

    A cell keeps the shape it has on the screen, so that it shows the same part of the photo.
    """
    seen = looking.mode.cell_of(0, looking.area, scene)
    area = QRectF(QPointF(0, 0), looking.area.size())
    for _ in range(ROUNDS):  # captions keep their height while cells grow, so that the last bit takes a few
        cell = mode.cell_of(0, area, scene)
        width = area.width() * (CELL_MANY if mode.many else CELL) * theme.text_scale() / max(1.0, cell.width())
        wider = mode.cell_of(0, QRectF(0, 0, width, area.height() * width / area.width()), scene)
        height = area.height() * width / area.width() + wider.width() * seen.height() / seen.width() - wider.height()
        area = QRectF(0, 0, width, max(1.0, height))
    return area


def _drawn(mode: Mode, scene: Scene, area: QRectF, whole: QRectF, width: int) -> QImage:
    scale = min(width / max(1.0, whole.width()), TALLEST * width / max(1.0, whole.height()))
    size = QSize(max(1, round(whole.width() * scale)), max(1, round(whole.height() * scale)))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    with QPainter(image) as painter:
        painting.smooth(painter)
        painter.scale(scale, scale)
        painter.translate(-whole.topLeft())
        painter.setClipRect(whole)
        mode.paint(painter, area, scene)
    return image


def all_labels(scene: Scene) -> tuple[str, ...]:
    """What was done to the photos for viewing, each said once; of how many, where not to all beside the first."""
    found: Sequence[str] = [label for shot in scene.shots for label in shot.labels]
    others = max(1, len(scene.shots) - 1)
    return tuple(_label(name, found.count(name), others) for name in dict.fromkeys(found))


def _label(name: str, count: int, others: int) -> str:
    if count >= others:
        return name
    return tr("{label}: {count} of {others}").format(label=name, count=count, others=others)
