"""Draws one picture: the visible rectangle of its best level, through one transform that holds turn and alignment.

A turn is for viewing: quarter turns and a mirror; nothing of it is ever written to a photo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.alignments import Matrix
from needlejournal.journal.frozen import frozen


@frozen
class Turn:
    """Quarter turns clockwise, then left and right exchanged where `mirrored`."""

    quarters: int = 0
    mirrored: bool = False

    def turned(self, quarters: int) -> Turn:
        """Turned on by so many quarters clockwise, as seen."""
        return Turn((self.quarters + (-quarters if self.mirrored else quarters)) % 4, self.mirrored)

    def flipped(self) -> Turn:
        """With left and right exchanged, as seen."""
        return Turn(self.quarters, not self.mirrored)

    def size(self, picture: QSizeF) -> QSizeF:
        """How large the picture is when turned."""
        return picture.transposed() if self.quarters % 2 else picture

    def onto(self, picture: QSizeF) -> QTransform:
        """Maps pixels of the picture to those of the turned one, whose top left corner is the origin again."""
        turned = self.size(picture)
        shown = QTransform.fromTranslate(turned.width() / 2, turned.height() / 2)
        shown.scale(-1 if self.mirrored else 1, 1)
        shown.rotate(90 * self.quarters)
        shown.translate(-picture.width() / 2, -picture.height() / 2)
        return shown


UPRIGHT = Turn()


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """A copy of the whole picture at some size. `pixels` keeps the buffer alive that `image` draws from."""

    image: QImage
    pixels: Pixels | None = None

    @property
    def size(self) -> QSizeF:
        """Width and height in its own pixels."""
        return QSizeF(self.image.size())


def level_of(pixels: Pixels) -> Level:
    """Wrap decoded pixels without copying them."""
    image = QImage(pixels.buffer, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
    return Level(image, pixels)


@dataclass(slots=True, eq=False)
class Picture:
    """A photo as far as it is decoded: its full size, the levels there are (largest first), else its average colour.

    `problem` is the sentence why it cannot be shown, or not at its full size; `whole`: every pixel is there.
    `proven`: its original is what was saved.
    """

    size: QSizeF
    colour: QColor
    levels: tuple[Level, ...] = ()
    problem: str = ""
    whole: bool = False
    proven: bool = False

    def best(self, scale: float) -> Level | None:
        """The smallest level not below `scale` of the full size; the largest there is when none is large enough."""
        wanted = self.size.width() * scale
        enough = [level for level in self.levels if level.size.width() >= wanted * 0.99]
        return (enough or self.levels[:1] or (None,))[-1] if self.levels else None

    def sharp_at(self, scale: float) -> bool:
        """Whether a level holds all that can be seen at `scale` of the full size."""
        return bool(self.levels) and self.levels[0].size.width() >= self.size.width() * min(1.0, scale) * 0.99


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """How a picture lies on its sheet: `sheet` is the sheet's size, `onto` maps the picture's pixels to the sheet's.

    The sheet is the picture itself, turned; of an aligned photo it is the photo that it is aligned to.
    """

    sheet: QSizeF
    onto: QTransform = field(default_factory=QTransform)


def alone(size: QSizeF, turn: Turn = UPRIGHT) -> Placement:
    """A picture on a sheet of its own."""
    return Placement(turn.size(size), turn.onto(size))


def aligned(matrix: Matrix, onto_size: QSizeF, turn: Turn = UPRIGHT) -> Placement:
    """A picture on the sheet of another of `onto_size`, to whose pixels `matrix` maps its own (centres of pixels)."""
    (a, c, tx), (b, d, ty) = matrix
    similarity = QTransform(a, b, c, d, tx, ty)
    by_centres = QTransform.fromTranslate(-0.5, -0.5) * similarity * QTransform.fromTranslate(0.5, 0.5)
    return Placement(turn.size(onto_size), by_centres * turn.onto(onto_size))


def scale_of(transform: QTransform) -> float:
    """How many pixels one becomes."""
    return hypot(transform.m11(), transform.m12())


def draw(
    painter: QPainter,
    picture: Picture,
    to_cell: QTransform,
    clip: QRectF,
    *,
    coarser: bool = False,
    tables: bytes = b"",
) -> None:
    """Draw what of `picture` falls into `clip`; `to_cell` maps its full pixels into the coordinates of the painter.

    `coarser` takes one level less: while something moves, where two pictures lie over each other. `tables` replace
    colours, for what is visible only.
    """
    scale = scale_of(to_cell * painter.transform()) * painter.device().devicePixelRatio()
    level = picture.best(scale / 2 if coarser else scale)
    if level is None:
        whole = QRectF(QPointF(0, 0), picture.size)
        painter.fillRect(to_cell.mapRect(whole).intersected(clip), picture.colour)
        return
    size = level.size
    from_level = QTransform.fromScale(picture.size.width() / size.width(), picture.size.height() / size.height())
    to_cell = from_level * to_cell
    back, _ = to_cell.inverted()
    seen = QRectF(back.mapRect(clip).toAlignedRect().adjusted(-1, -1, 1, 1)).intersected(QRectF(QPointF(0, 0), size))
    if seen.isEmpty():
        return
    painter.save()
    painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(to_cell, True)
    if tables and level.pixels is not None:
        part = _recoloured(level.pixels, seen, tables)
        painter.drawImage(seen, part.image, QRectF(QPointF(0, 0), part.size))
    else:
        painter.drawImage(seen, level.image, seen)
    painter.restore()


def _recoloured(pixels: Pixels, seen: QRectF, tables: bytes) -> Level:
    from needlejournal.imaging.composing.recolouring import recoloured

    where = seen.toRect()
    return level_of(recoloured(pixels, (where.left(), where.top(), where.width(), where.height()), tables))
