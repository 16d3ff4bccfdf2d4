"""Opens picture bytes that nobody vouches for: whatever a decoder does, the answer is a picture or a sentence.

Knows Pillow's classes for the five formats; not what the pixels are wanted for.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

from needlejournal.imaging.reading import formats
from needlejournal.imaging.reading.formats import Format
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture

MEGAPIXEL = 1_000_000
MAX_MEGAPIXELS = 260

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
    struct.error,
    zlib.error,
)
_DNG_VERSION = 50706


def format_of(data: bytes) -> Format:
    """Tell the format of `data`. Raises UnreadablePicture when it is empty or no picture."""
    if formats.is_blank(data):
        raise UnreadablePicture(Reason.EMPTY)
    kind = formats.sniff(data)
    if kind is None:
        raise UnreadablePicture(Reason.NOT_A_PICTURE)
    return kind


@contextmanager
def opened(data: bytes, *, max_megapixels: float = MAX_MEGAPIXELS) -> Iterator[ImageFile]:
    """Open the picture in `data` without decoding its pixels; the first frame, of several.

    Decode within `decoding`. Raises UnreadablePicture.
    """
    kind = format_of(data)
    with decoding(data, kind):
        image = _open(data, kind)
    with image:
        _check_size(image.size, max_megapixels)
        if kind is Format.TIFF and _DNG_VERSION in image.tag_v2:  # type: ignore[attr-defined]
            raise UnreadablePicture(Reason.RAW)
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
        cut = formats.breaks_off(data, kind or format_of(data)) or "truncated" in str(error)
        raise UnreadablePicture(Reason.TRUNCATED if cut else Reason.DAMAGED) from error


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


def load(image: ImageFile, data: bytes) -> None:
    """Decode the pixels of `image`, opened from `data`. Raises UnreadablePicture."""
    with decoding(data):
        image.load()


def _open(data: bytes, kind: Format) -> ImageFile:
    """Construct the format's own class: `Image.open` would guess, and take phones' two-frame JPEGs for MPO."""
    stream = io.BytesIO(data)
    match kind:
        case Format.JPEG:
            return JpegImageFile(stream)
        case Format.PNG:
            png = PngImageFile(stream)
            if "exif" not in png.info and (found := formats.png_exif(data)):  # it stands behind the pixels
                png.info["exif"] = b"Exif\0\0" + found
            return png
        case Format.WEBP:
            return WebPImageFile(stream)
        case Format.TIFF:
            return TiffImageFile(stream)
        case Format.HEIC:
            return HeifImageFile(stream)  # type: ignore[no-untyped-call]


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
