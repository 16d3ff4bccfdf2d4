"""What leaves the journal holds pixels and nothing else, by the word of other software that reads it back."""

from __future__ import annotations

import hashlib
import io
import re
import struct

import numpy as np
import piexif
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.composing.scrubbing import encode, encode_animation, jpeg_srgb_segment, scrub
from needlejournal.imaging.reading.arrays import as_array, from_array
from needlejournal.imaging.reading.colour_management import conversion
from needlejournal.imaging.reading.decoding import decode_upright
from tests.imaging.profiles import srgb_profile

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><Secret>Anna Patient</Secret></rdf:RDF></x:xmpmeta>'
HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "srgb", "icc_profile"}
PERSONAL = (b"Anna", b"SecretPhone", b"2026:03:01")
MARKS = (
    b"Exif EXIF GPS xmpmeta ns.adobe.com Photoshop ICC_PROFILE iCCP ICCP lcms tEXt iTXt zTXt eXIf tIME Software".split()
)


def traces_in(data: bytes) -> list[bytes]:
    """What of the source is found, but for the one segment, the same in all, that calls a JPEG sRGB."""
    rest = data.replace(jpeg_srgb_segment(), b"", 1)
    return [trace for trace in (*PERSONAL, *MARKS) if trace in rest]


@pytest.fixture(params=["JPEG", "PNG", "WEBP", "HEIF", "TIFF"])
def telling(request, pictures) -> bytes:
    """A photo that tells everything: place, date, camera, comment, profile, edits."""
    exif = pictures.exif(
        orientation=6, gps=True, DateTimeOriginal=b"2026:03:01 10:00:00", Make=b"SecretPhone", Artist=b"Anna Patient"
    )
    options: dict[str, object] = {"exif": exif, "icc_profile": srgb_profile()}
    if request.param in {"JPEG", "WEBP", "HEIF"}:
        options["xmp"] = XMP
    if request.param == "JPEG":
        options["comment"] = b"Anna's face"
    if request.param == "PNG":
        text = PngInfo()
        text.add_text("Comment", "Anna's face")
        options["pnginfo"] = text
    data = pictures.saved(pictures.quarters(), request.param, **options)
    assert b"Anna" in data
    return data


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_no_trace_of_the_source_is_in_an_export(telling, kind):
    assert traces_in(scrub(telling, kind)) == []


def test_piexif_finds_nothing(telling):
    found = piexif.load(scrub(telling, ExportFormat.JPEG))
    assert {name: entries for name, entries in found.items() if entries} == {}
    with pytest.raises(ValueError, match="have exif"):
        piexif.load(scrub(telling, ExportFormat.WEBP))


@pytest.mark.parametrize("kind", [ExportFormat.PNG, ExportFormat.JPEG, ExportFormat.WEBP, ExportFormat.GIF])
def test_pillow_finds_nothing_and_the_picture_stands_upright(telling, kind):
    image = Image.open(io.BytesIO(scrub(telling, kind)))
    assert image.size == (48, 64)
    assert not image.getexif()
    assert ("icc_profile" in image.info) == (kind is ExportFormat.JPEG)
    assert set(image.info) <= {*HARMLESS, "background", "version", "loop", "timestamp", "duration"}
    red, green, blue = image.convert("RGB").getpixel((44, 4))
    assert (red, green, blue) == pytest.approx((200, 30, 30), abs=12)


def test_a_jpeg_holds_only_what_decoding_needs(telling):
    markers, at, data = [], 2, scrub(telling, ExportFormat.JPEG)
    while data[at + 1] != 0xDA:
        markers.append(data[at + 1])
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    assert set(markers) <= {0xE0, 0xE2, 0xDB, 0xC0, 0xC4, 0xDD}
    assert markers.count(0xE2) == 1


def test_every_jpeg_is_called_srgb_by_the_same_bytes(telling):
    exports = [scrub(telling, ExportFormat.JPEG), encode(noise(1), ExportFormat.JPEG)]
    assert all(data.count(jpeg_srgb_segment()) == 1 for data in exports)
    assert hashlib.sha256(jpeg_srgb_segment()).hexdigest().startswith("995234bfe1626944")
    profile = Image.open(io.BytesIO(exports[1])).info["icc_profile"]
    assert ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.profile_description == "sRGB"
    assert conversion(profile, "RGB") is None


def test_a_png_holds_only_what_decoding_needs(telling):
    names, at, data = [], 8, scrub(telling, ExportFormat.PNG)
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        names.append(data[at + 4 : at + 8])
        at += 12 + size
    assert set(names) == {b"IHDR", b"sRGB", b"IDAT", b"IEND"}
    Image.open(io.BytesIO(data)).verify()


def test_a_pdf_does_not_tell_when_it_was_made(telling):
    data = scrub(telling, ExportFormat.PDF)
    assert data.startswith(b"%PDF")
    assert re.findall(rb"/(?:CreationDate|ModDate|Author|Title)", data) == []


def noise(seed: int, size: tuple[int, int] = (40, 30)):
    array = np.full((size[1], size[0], 4), 255, np.uint8)
    array[:, :, :3] = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3))
    return from_array(array)


def test_a_png_is_exact():
    pixels = noise(1)
    assert np.array_equal(as_array(decode_upright(encode(pixels, ExportFormat.PNG))), as_array(pixels))


def test_higher_quality_is_larger():
    low, high = (encode(noise(1), ExportFormat.JPEG, quality) for quality in (50, 98))
    assert len(low) < len(high)


@pytest.mark.parametrize("kind", [ExportFormat.WEBP, ExportFormat.GIF])
def test_an_animation_holds_its_frames_their_time_and_nothing_else(kind):
    data = encode_animation([noise(1), noise(2), noise(3)], kind, seconds=0.5)
    image = Image.open(io.BytesIO(data))
    image.load()
    assert (image.n_frames, image.size, image.info["duration"], image.info["loop"]) == (3, (40, 30), 500, 0)
    assert traces_in(data) == []


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [(ExportFormat.PNG, [(40, 30)]), (ExportFormat.GIF, [(40, 30), (30, 40)]), (ExportFormat.GIF, [])],
)
def test_what_cannot_be_animated_is_refused(kind, sizes):
    with pytest.raises(ValueError, match="animate"):
        encode_animation([noise(1, size) for size in sizes], kind)
