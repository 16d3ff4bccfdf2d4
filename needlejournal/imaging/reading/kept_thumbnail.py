"""A kept thumbnail on its way to the screen. Loads none of the libraries that photographs need."""

from __future__ import annotations

import simplejpeg

from needlejournal.imaging.reading.arrays import from_array
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture

_REDUCTIONS = (8, 4, 2)  # what a JPEG offers almost for free


def decode_kept(jpeg: bytes, width: int, height: int) -> Pixels:
    """Decode a kept preview as small as can be, though not below `width` × `height` where it has as many pixels.

    Safe in a worker. Raises UnreadablePicture when it is damaged: then it is to be made anew.
    """
    try:
        full_height, full_width = simplejpeg.decode_jpeg_header(jpeg)[:2]
        sizes = [(-(-full_width // part), -(-full_height // part)) for part in _REDUCTIONS]
        fitting = [size for size in sizes if size[0] >= width and size[1] >= height]
        wanted = {"min_width": fitting[0][0], "min_height": fitting[0][1], "min_factor": 1} if fitting else {}
        return from_array(simplejpeg.decode_jpeg(jpeg, "BGRA", fastdct=True, **wanted))
    except ValueError as error:
        raise UnreadablePicture(Reason.DAMAGED) from error
