"""Opens picture bytes that nobody vouches for: whatever a decoder does, the answer is a picture or a sentence.

Knows Pillow's classes for the formats; not what the pixels are wanted for.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image, features
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

from needlejournal.imaging.reading import formats, other_files, tiff_tags
from needlejournal.imaging.reading.formats import Format
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture, unread_kind

MEGAPIXEL = 1_000_000
MAX_MEGAPIXELS = 260  # more than the 200 of the largest phone cameras; 1 GB of pixels

DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    AttributeError,
    SystemError,
    struct.error,
    zlib.error,
)
_CLASSES: dict[Format, Callable[[io.BytesIO], ImageFile]] = {
    Format.JPEG: JpegImageFile,
    Format.WEBP: WebPImageFile,
    Format.TIFF: TiffImageFile,
    Format.HEIC: HeifImageFile,
    Format.AVIF: AvifImageFile,
    Format.GIF: GifImageFile,
    Format.BMP: BmpImageFile,
    Format.JPEG2000: Jpeg2KImageFile,
}
_FEATURES = {Format.AVIF: ("avif", "AVIF"), Format.JPEG2000: ("jpg_2000", "JPEG 2000")}  # not in every Pillow


def format_of(data: bytes) -> Format:
    """Tell the format of `data`. Raises UnreadablePicture when it is empty or no picture that can be read."""
    if formats.is_blank(data):
        raise UnreadablePicture(Reason.EMPTY)
    kind = formats.sniff(data)
    if kind is None:
        raise _named(data)
    if kind in _FEATURES and not features.check(_FEATURES[kind][0]):
        raise unread_kind(_FEATURES[kind][1])
    return kind


def _named(data: bytes) -> UnreadablePicture:
    """What these bytes are instead of a picture that can be read."""
    if other_files.is_raw(data):
        return UnreadablePicture(Reason.RAW)
    if name := other_files.unread_kind(data):
        return unread_kind(name)
    return UnreadablePicture(Reason.VIDEO if other_files.is_film(data) else Reason.NOT_A_PICTURE)


@contextmanager
def opened(data: bytes, *, max_megapixels: float = MAX_MEGAPIXELS) -> Iterator[ImageFile]:
    """Open the picture in `data` without decoding its pixels; the first frame, of several.

    Decode within `decoding`. Raises UnreadablePicture.
    """
    kind = format_of(data)
    if kind is Format.TIFF and other_files.is_raw(data):
        raise UnreadablePicture(Reason.RAW)
    with decoding(data, kind):
        image = _open(data, kind)
    with image:
        _check_size(image.size, max_megapixels)
        yield image


@contextmanager
def decoding(data: bytes, kind: Format | None = None) -> Iterator[None]:
    """Turn whatever decoders raise over `data` within this block into UnreadablePicture, and keep their warnings in."""
    Image.MAX_IMAGE_PIXELS = MAX_MEGAPIXELS * MEGAPIXEL // 2  # Pillow itself refuses what is twice as large
    _keep_decoder_warnings_in()
    try:
        yield
    except UnreadablePicture:
        raise
    except Image.DecompressionBombError:
        raise UnreadablePicture(Reason.TOO_LARGE) from None
    except MemoryError:
        raise UnreadablePicture(Reason.NO_MEMORY) from None
    except DECODER_ERRORS as error:
        raise UnreadablePicture(_why(data, kind or format_of(data), str(error))) from error


def _why(data: bytes, kind: Format, said: str) -> Reason:
    """What a decoder's complaint means."""
    if formats.breaks_off(data, kind):
        return Reason.TRUNCATED
    if _is_unusual(data, kind) or "not available" in said:
        return Reason.UNSUPPORTED
    return Reason.TRUNCATED if "truncated" in said else Reason.DAMAGED


def _is_unusual(data: bytes, kind: Format) -> bool:
    return formats.jpeg_is_unusual(data) if kind is Format.JPEG else kind is Format.TIFF and tiff_tags.is_unusual(data)


@contextmanager
def converting() -> Iterator[None]:
    """Answer for pixels that are decoded but cannot be made plain colour, or do not fit into memory.

    Narrower than `decoding`: mistakes of our own come through. Raises UnreadablePicture.
    """
    try:
        yield
    except MemoryError:
        raise UnreadablePicture(Reason.NO_MEMORY) from None
    except (OSError, ValueError) as error:
        raise UnreadablePicture(Reason.DAMAGED) from error


def load(image: ImageFile, data: bytes, *, patient: bool = False) -> None:
    """Decode the pixels of `image`, opened from `data`; if `patient`, what is there of a picture that breaks off.

    Raises UnreadablePicture.
    """
    with decoding(data):
        try:
            image.load()
        except DECODER_ERRORS:
            if not patient or isinstance(image, TiffImageFile):  # a TIFF is turned only once it is whole
                raise
            image.tile = []  # what was decoded so far stays, the rest is black or grey
            image.load()


def _open(data: bytes, kind: Format) -> ImageFile:
    """Construct the format's own class: `Image.open` would guess, and take phones' two-frame JPEGs for MPO."""
    if kind is Format.PNG:
        return _open_png(data)
    return _CLASSES[kind](io.BytesIO(data))


def _open_png(data: bytes) -> ImageFile:
    png = PngImageFile(io.BytesIO(formats.png_without_broken_extras(data)))
    if "exif" not in png.info and (found := formats.png_exif(data)):  # it stands behind the pixels
        png.info["exif"] = b"Exif\0\0" + found
    return png


def _check_size(size: tuple[int, int], max_megapixels: float) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise UnreadablePicture(Reason.DAMAGED)
    if width * height > max_megapixels * MEGAPIXEL:
        raise UnreadablePicture(Reason.TOO_LARGE)


def _keep_decoder_warnings_in() -> None:
    """Ignore Pillow's warnings about odd files.

    A filter rather than `catch_warnings`, which swaps process-wide state and would race between workers.
    """
    warnings.filterwarnings("ignore", module=r"PIL\.")
    warnings.filterwarnings("ignore", module=r"pillow_heif\.")
