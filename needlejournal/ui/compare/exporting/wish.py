"""What the person wants to have exported, as a value."""

from __future__ import annotations

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.journal.frozen import frozen

SMALL, MEDIUM, LARGE = 1200, 2000, 3600
MOVING_WIDEST = 2000  # more is slow to play anywhere


@frozen
class ExportWish:
    """`width` in pixels; `zone` crops to one zone of the face, `cover_eyes` hides the eyes."""

    kind: ExportFormat = ExportFormat.PNG
    width: int = MEDIUM
    captions: bool = True
    cover_eyes: bool = False
    zone: str = ""
    watermark: str = ""
    seconds: float = 1.0

    @property
    def drawn_width(self) -> int:
        """How wide what is on the stage is drawn, in pixels."""
        return min(self.width, MOVING_WIDEST) if self.kind.moves else self.width
