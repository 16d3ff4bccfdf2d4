"""How a photo is turned for viewing: quarter turns and a mirror. Nothing of this is ever written to a photo."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QTransform


@dataclass(frozen=True, slots=True)
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
