"""Tells files that are no picture to be shown here by their first bytes: camera raws, films, kinds not read. No names.

Standard library only.
"""

from __future__ import annotations

from needlejournal.imaging.reading import tiff_tags
from needlejournal.imaging.reading.formats import TIFF_STARTS

HEAD = 4096
_RAW_STARTS = (b"FUJIFILMCCD-RAW", b"FOVb", b"\0MRM", b"II\x1a\0\0\0HEAPCCDR", b"IIRO", b"IIRS", b"MMOR", b"IIU\0")
_FILM_STARTS = (b"\x1aE\xdf\xa3", b"\0\0\x01\xba", b"\0\0\x01\xb3", b"FLV\x01", b"0&\xb2u\x8ef\xcf\x11", b"G@\0\x10")
_FILM_BOXES = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_JXL_STARTS = (b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")
_OTHER_PICTURES = ((b"8BPS", "Photoshop"), (b"gimp xcf", "GIMP"), (b"DDS ", "DDS"), (b"v/1\x01", "OpenEXR"))


def is_raw(data: bytes) -> bool:
    """Whether these bytes are a camera raw, told by content: NEF, CR2, CR3, ARW, PEF, ORF, RW2, RAF, DNG and others."""
    if data.startswith(_RAW_STARTS) or (data[4:8] == b"ftyp" and data[8:12] == b"crx "):
        return True
    if data.startswith(TIFF_STARTS):
        return data[8:12] in {b"IIII", b"MMMM"} or tiff_tags.is_raw(data)
    return False


def is_film(head: bytes) -> bool:
    """Whether these first bytes begin a film, such as a phone's MOV or MP4."""
    if head[4:8] == b"ftyp":
        return not _brands(head) & {b"jxl ", b"jp2 ", b"jpx "}
    avi = head.startswith(b"RIFF") and head[8:12] == b"AVI "
    return avi or head.startswith(_FILM_STARTS) or head[4:8] in _FILM_BOXES


def unread_kind(head: bytes) -> str:
    """The name of a kind of picture that is known and not read here, "JPEG XL"; empty for everything else."""
    if head.startswith(_JXL_STARTS):
        return "JPEG XL"
    if head.lstrip()[:5].lower() in {b"<?xml", b"<svg "} and b"<svg" in head[:HEAD]:
        return "SVG"
    return next((name for start, name in _OTHER_PICTURES if head.startswith(start)), "")


def _brands(head: bytes) -> set[bytes]:
    end = min(int.from_bytes(head[:4], "big"), len(head), 512)
    return {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}
