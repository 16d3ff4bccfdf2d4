"""Says what a picture knows about itself, from its header alone: size, date, camera, colour. Decodes no pixels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from PIL.Image import Image

from needlejournal.imaging.reading import exif, matrix_profiles, other_dates, tiff_tags, written_profiles
from needlejournal.imaging.reading.formats import Format
from needlejournal.imaging.reading.opening import MAX_MEGAPIXELS, decoding, format_of, opened
from needlejournal.journal.dating import DateSource, Doubt, Proposal, doubt, may_be_proposed
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Camera

_TIFF_BITS = 258
_COLOURED = {"RGB", "RGBA", "YCbCr"}  # modes that an RGB profile is about
_SIDEWAYS = 5  # from this EXIF orientation on, width and height change places
_FIRST_PHONES = 2001  # a later New Year's first minute may be a party as well as a clock that was reset


class DateAnswer(Enum):
    """What the picture's own date is worth."""

    WRITTEN = "written"
    MISSING = "missing"
    IMPLAUSIBLE = "implausible"
    UNUSUAL = "unusual"  # it is not written as it should be, and can be read all the same
    RESET = "reset"  # the camera's clock had forgotten the time


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture says about itself. Width and height are upright pixels.

    `orientation` is EXIF's 1 to 8: how the decoder's pixels are still to be turned. `when` is the local moment of the
    photograph as the camera wrote it, None unless `date_answer` is WRITTEN; `clock` is what the camera's clock said,
    right or wrong, and `microsecond` its part of a second; `written_date` is what was written, sense or nonsense.
    Where there is no `when`, `proposals` are dates found elsewhere, most trusted first. `further` counts pictures after
    the first; `depth` is whether it holds a depth map.
    An empty `profile` means that sRGB is assumed.
    """

    format: Format
    width: int
    height: int
    orientation: int
    when: When | None
    clock: When | None
    microsecond: int
    proposals: tuple[Proposal, ...]
    date_answer: DateAnswer
    written_date: str
    camera: Camera
    has_gps: bool
    profile: str
    bit_depth: int
    further: int
    depth: bool

    @property
    def mime(self) -> str:
        """The media type, such as `image/jpeg`."""
        return self.format.mime


def inspect(data: bytes, *, now: datetime | None = None) -> PictureFacts:
    """Read the facts of the picture in `data`; a date later than a day after `now` counts as implausible.

    Says nothing about whether the pixels are whole: only decoding shows that. Raises UnreadablePicture.
    """
    kind = format_of(data)
    with opened(data, max_megapixels=MAX_MEGAPIXELS) as image, decoding(data, kind):
        found = exif.read(image)
        turn = orientation_of(image, kind)
        width, height = image.size if turn < _SIDEWAYS else image.size[::-1]
        when, answer, proposals = _dates(image, found, now or datetime.now())  # noqa: DTZ005 local camera dates
        return PictureFacts(
            format=kind,
            width=width,
            height=height,
            orientation=turn,
            when=when,
            clock=(clock := exif.taken(found)),
            microsecond=exif.microsecond(found) if clock else 0,
            proposals=proposals,
            date_answer=answer,
            written_date=exif.written_date(found),
            camera=exif.camera(found),
            has_gps=found.has_gps,
            profile=matrix_profiles.name_of(_profile(image, found) or b""),
            bit_depth=_bit_depth(data, image, kind),
            further=_further(data, image, kind),
            depth=bool(image.info.get("depth_images")),
        )


def orientation_of(image: Image, kind: Format) -> int:
    """How an opened picture's pixels must still be turned; those of HEIC and TIFF leave the decoder upright."""
    return 1 if kind in {Format.HEIC, Format.TIFF} else exif.orientation(exif.read(image))


def profile_of(image: Image) -> bytes | None:
    """The colour profile by which an opened picture is to be shown: the embedded one, or the one its EXIF names."""
    return _profile(image, exif.read(image))


def _profile(image: Image, found: exif.Exif) -> bytes | None:
    embedded: bytes | None = image.info.get("icc_profile")
    return embedded or (written_profiles.adobe_rgb() if found.adobe_rgb and image.mode in _COLOURED else None)


def _dates(image: Image, found: exif.Exif, now: datetime) -> tuple[When | None, DateAnswer, tuple[Proposal, ...]]:
    """The camera's own date where it can be right, else what is proposed instead."""
    when = exif.taken(found)
    against = doubt(when, now) if when else None
    if when and against is None:
        return when, DateAnswer.WRITTEN, ()
    proposals = [one for one in other_dates.proposals(image, found) if may_be_proposed(one.when, now)]
    if when is None:
        return _without_date(found, now, proposals)
    if against is Doubt.RESET and when.day.year >= _FIRST_PHONES:
        proposals.append(Proposal(when, DateSource.CAMERA))
    return None, DateAnswer.RESET if against is Doubt.RESET else DateAnswer.IMPLAUSIBLE, tuple(proposals)


def _without_date(
    found: exif.Exif, now: datetime, proposals: list[Proposal]
) -> tuple[When | None, DateAnswer, tuple[Proposal, ...]]:
    """Where the camera wrote no date that can be taken as it stands; one written unusually is proposed first."""
    unusual = exif.taken_unusually(found)
    if unusual and may_be_proposed(unusual, now):
        return None, DateAnswer.UNUSUAL, (Proposal(unusual, DateSource.UNUSUAL), *proposals)
    answer = DateAnswer.IMPLAUSIBLE if exif.written_date(found) else DateAnswer.MISSING
    return None, answer, tuple(proposals)


def _further(data: bytes, image: Image, kind: Format) -> int:
    """How many pictures stand behind the one that is shown."""
    if kind is Format.TIFF:
        return max(0, tiff_tags.pages(data) - 1)
    return max(0, int(getattr(image, "n_frames", 1)) - 1) if kind in {Format.HEIC, Format.GIF} else 0


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
