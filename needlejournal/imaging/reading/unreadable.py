"""Why a picture cannot be read, in sentences a patient understands. Knows no decoder."""

from __future__ import annotations

from enum import Enum

from needlejournal.journal.errors import WorldError


class Reason(Enum):
    """What is wrong with the bytes; the value is the sentence shown to the person."""

    EMPTY = "This file is empty: nothing was written into it. Copy it once more from the phone or camera."
    TRUNCATED = (
        "This picture breaks off: the end of the file is missing, as after an interrupted copy. "
        "Copy it once more from the phone or camera."
    )
    NOT_A_PICTURE = (
        "This file is not a picture that can be read here, whatever its name says. "
        "JPEG, PNG, WebP, HEIC and TIFF can. It was left as it is."
    )
    RAW = (
        "This is a raw file, as cameras write it before developing. "
        "Save it as JPEG, HEIC or TIFF with the camera's software and use that picture. It was left as it is."
    )
    TOO_LARGE = (
        "This picture is larger than 260 megapixels, more than can be shown. "
        "Save a smaller copy of it and use that. It was left as it is."
    )
    DAMAGED = (
        "This picture is damaged: its contents make no sense from some point on. "
        "Copy it once more from the phone or camera; if it stays like this, look for an older copy."
    )
    NO_MEMORY = (
        "There is not enough memory free to open this picture. "
        "Close other programs and try again. It was left as it is."
    )


class UnreadablePicture(WorldError):
    """A picture that cannot be read; `reason` tells why, `str()` is its sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
