"""What a picture can be exported as."""

from __future__ import annotations

from enum import Enum


class ExportFormat(Enum):
    """What a picture can be exported as; the value is the file name's ending."""

    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"
    GIF = "gif"
    PDF = "pdf"

    @property
    def moves(self) -> bool:
        """Whether it can hold an animation."""
        return self in {ExportFormat.WEBP, ExportFormat.GIF}
