"""Says what a picture knows about itself, from its header alone: size, date, camera, colour. Decodes no pixels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from PIL.Image import Image

from needlejournal.imaging.reading import exif, icc
from needlejournal.imaging.reading.formats import Format
from needlejournal.imaging.reading.opening import MAX_MEGAPIXELS, decoding, format_of, opened
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Camera

EARLIEST_YEAR = 1990  # no camera wrote a date into a picture before
_TIFF_BITS = 258
_SIDEWAYS = 5  # from this EXIF orientation on, width and height change places


class DateAnswer(Enum):
    """What the picture's own date is worth."""

    WRITTEN = "written"
    MISSING = "missing"
    IMPLAUSIBLE = "implausible"


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture says about itself. Width and height are upright pixels; `taken` is local and has no offset in it.

    `orientation` is EXIF's 1 to 8: how the decoder's pixels are still to be turned. `taken` is None unless
    `date_answer` is WRITTEN; `written_date` is what the camera wrote, sense or nonsense. An empty `profile` means
    that sRGB is assumed.
    """

    format: Format
    width: int
    height: int
    orientation: int
    taken: datetime | None
    offset_minutes: int | None
    date_answer: DateAnswer
    written_date: str
    camera: Camera
    has_gps: bool
    profile: str
    bit_depth: int

    @property
    def mime(self) -> str:
        """The media type, such as `image/jpeg`."""
        return self.format.mime

    @property
    def when(self) -> When | None:
        """The moment of the photograph as the journal keeps it; None when the picture does not tell."""
        if self.taken is None:
            return None
        return When(self.taken.date(), self.taken.time(), self.offset_minutes)


def inspect(data: bytes, *, now: datetime | None = None) -> PictureFacts:
    """Read the facts of the picture in `data`; a date later than a day after `now` counts as implausible.

    Says nothing about whether the pixels are whole: only decoding shows that. Raises UnreadablePicture.
    """
    kind = format_of(data)
    with opened(data, max_megapixels=MAX_MEGAPIXELS) as image, decoding(data, kind):
        found = exif.read(image)
        turn = orientation_of(image, kind)
        width, height = image.size if turn < _SIDEWAYS else image.size[::-1]
        taken, answer = _judged_date(found, now or datetime.now())  # noqa: DTZ005 compared with local camera dates
        return PictureFacts(
            format=kind,
            width=width,
            height=height,
            orientation=turn,
            taken=taken,
            offset_minutes=exif.offset_minutes(found) if taken else None,
            date_answer=answer,
            written_date=exif.written_date(found),
            camera=exif.camera(found),
            has_gps=found.has_gps,
            profile=icc.name(image.info.get("icc_profile") or b""),
            bit_depth=_bit_depth(data, image, kind),
        )


def orientation_of(image: Image, kind: Format) -> int:
    """How an opened picture's pixels must still be turned; those of HEIC and TIFF leave the decoder upright."""
    return 1 if kind in {Format.HEIC, Format.TIFF} else exif.orientation(exif.read(image))


def _judged_date(found: exif.Exif, now: datetime) -> tuple[datetime | None, DateAnswer]:
    taken = exif.taken(found)
    if taken is None:
        return None, DateAnswer.IMPLAUSIBLE if exif.written_date(found) else DateAnswer.MISSING
    if taken.year < EARLIEST_YEAR or taken > now.replace(tzinfo=None) + timedelta(days=1):
        return None, DateAnswer.IMPLAUSIBLE
    return taken, DateAnswer.WRITTEN


def _bit_depth(data: bytes, image: Image, kind: Format) -> int:
    match kind:
        case Format.PNG:
            return data[24]
        case Format.TIFF:
            bits = image.tag_v2.get(_TIFF_BITS, (1,))  # type: ignore[attr-defined]
            return int(bits[0] if isinstance(bits, tuple) else bits)
        case Format.HEIC:
            return int(image.info.get("bit_depth", 8))
        case _:
            return int(getattr(image, "bits", 8))
