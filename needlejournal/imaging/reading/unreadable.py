"""Why a picture cannot be read, in sentences a patient understands. Knows no decoder."""

from __future__ import annotations

from enum import Enum

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message, message

DAMAGED_KIND = "damaged"


class Reason(Enum):
    """What is wrong with the bytes: the word the command line gives for it, and the sentence shown to the person."""

    EMPTY = (
        DAMAGED_KIND,
        message("This file is empty: nothing was written into it. Copy it once more from the phone or camera."),
    )
    TRUNCATED = (
        DAMAGED_KIND,
        message(
            "This picture breaks off: the end of the file is missing, as after an interrupted copy. "
            "Copy it once more from the phone or camera."
        ),
    )
    NOT_A_PICTURE = (
        "not a picture",
        message(
            "This file is not a picture that can be read here, whatever its name says. "
            "JPEG, PNG, WebP, HEIC, AVIF, TIFF and a few others can. It was left as it is."
        ),
    )
    RAW = (
        "raw",
        message(
            "This is a raw file, as cameras write it before developing. "
            "Save it as JPEG, HEIC or TIFF with the camera's software and use that picture. It was left as it is."
        ),
    )
    VIDEO = (
        "video",
        message("This is a video. Only photos go into the journal; save a still from it and use that."),
    )
    UNSUPPORTED = (
        "unsupported",
        message(
            "This is a valid picture of a kind that cannot be read here. "
            "Save it as JPEG or PNG with the program it comes from and use that. It was left as it is."
        ),
    )
    TOO_LARGE = (
        "too large",
        message(
            "This picture is larger than 260 megapixels, more than can be shown. "
            "Save a smaller copy of it and use that. It was left as it is."
        ),
    )
    DAMAGED = (
        DAMAGED_KIND,
        message(
            "This picture is damaged: its contents make no sense from some point on. "
            "Copy it once more from the phone or camera; if it stays like this, look for an older copy."
        ),
    )
    UNBEARABLE = (
        DAMAGED_KIND,
        message(
            "Reading this picture failed or took far too long, as damaged ones can make it. "
            "Copy it once more from the phone or camera. Nothing else was affected."
        ),
    )
    NO_MEMORY = (
        "no memory",
        message(
            "There is not enough memory free to open this picture. "
            "Close other programs and try again. It was left as it is."
        ),
    )

    @property
    def kind(self) -> str:
        """The word for it on the command line: raw, video, damaged, unsupported, not a picture …"""
        return self.value[0]

    @property
    def sentence(self) -> Message:
        """What the person reads."""
        return self.value[1]


class UnreadablePicture(WorldError):
    """A picture that cannot be read; `reason` tells why, `str()` is its sentence."""

    def __init__(self, reason: Reason, sentence: Message | None = None) -> None:
        """Say why; `sentence` says it more closely than the reason alone."""
        super().__init__(sentence or reason.sentence)
        self.reason = reason


def unread_kind(name: str) -> UnreadablePicture:
    """A picture of a kind that is known by name and not read here, such as JPEG XL."""
    return UnreadablePicture(
        Reason.UNSUPPORTED,
        message(
            "{kind} pictures can’t be read here yet. Save it as JPEG or PNG and use that. It was left as it is.",
            kind=name,
        ),
    )
