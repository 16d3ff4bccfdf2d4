"""What a picture says about itself."""

from __future__ import annotations

from datetime import date, datetime, time

import piexif
import pytest
from PIL.PngImagePlugin import PngInfo

from needlejournal.imaging.reading.formats import Format
from needlejournal.imaging.reading.inspection import DateAnswer, inspect
from needlejournal.journal.dating import DateSource
from needlejournal.journal.moments import When
from tests.imaging.profiles import srgb_profile

NOW = datetime(2026, 6, 1, 12, 0)
KINDS = {"JPEG": Format.JPEG, "PNG": Format.PNG, "WEBP": Format.WEBP, "HEIF": Format.HEIC, "TIFF": Format.TIFF}


def facts_with(pictures, kind="JPEG", **details):
    return inspect(pictures.saved(pictures.quarters(), kind, exif=pictures.exif(**details)), now=NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_date_and_offset_come_from_the_picture_in_every_format(pictures, kind):
    facts = facts_with(pictures, kind, DateTimeOriginal=b"2026:03:01 09:15:19", OffsetTimeOriginal=b"-03:30")
    assert facts.when == When(date(2026, 3, 1), time(9, 15, 19), -210)
    assert facts.date_answer is DateAnswer.WRITTEN
    assert facts.proposals == ()


def test_a_picture_without_a_date_says_so(pictures):
    facts = inspect(pictures.every_format()["png"])
    assert (facts.when, facts.proposals) == (None, ())
    assert facts.date_answer is DateAnswer.MISSING


def test_the_date_of_editing_is_not_the_date_of_taking(pictures):
    assert facts_with(pictures, DateTime=b"2026:03:01 09:15:19").date_answer is DateAnswer.MISSING


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        (b"0000:00:00 00:00:00", DateAnswer.MISSING),
        (b"    :  :     :  :  ", DateAnswer.MISSING),
        (b"1970:01:01 00:00:00", DateAnswer.IMPLAUSIBLE),
        (b"2026:06:03 12:00:00", DateAnswer.IMPLAUSIBLE),
        (b"9999:12:31 23:59:59", DateAnswer.IMPLAUSIBLE),
        (b"2026:13:45 10:00:00", DateAnswer.IMPLAUSIBLE),
        (b"yesterday, at 9", DateAnswer.IMPLAUSIBLE),
        (b"2026:06:02 11:00:00", DateAnswer.WRITTEN),
        (b"2026-02-28T07:08:09", DateAnswer.WRITTEN),
        (b"2026:02:28 07:08", DateAnswer.WRITTEN),
    ],
)
def test_dates_that_cannot_be_right_are_not_believed(pictures, written, answer):
    facts = facts_with(pictures, DateTimeOriginal=written, OffsetTimeOriginal=b"+01:00")
    assert facts.date_answer is answer
    assert (facts.when is None) is (answer is not DateAnswer.WRITTEN)
    assert (facts.written_date != "") is (answer is not DateAnswer.MISSING)


@pytest.mark.parametrize(
    ("written", "minutes"),
    {
        b"+05:45": 345,
        b"Z": 0,
        b"+0930": 570,
        b"+25:00": None,
        b"+01:75": None,
        b"   :  ": None,
        b"+2:00": 120,
        b"+02": 120,
        b"UTC+02:00": 120,
        b"GMT-3": -180,
        b"+15:00": None,
    }.items(),
)
def test_offsets_are_read_or_left_unknown(pictures, written, minutes):
    facts = facts_with(pictures, DateTimeOriginal=b"2026:03:01 09:15:19", OffsetTimeOriginal=written)
    assert facts.when.offset_minutes == minutes


def test_an_offset_behind_the_time_is_read_and_a_date_without_a_time_is_a_day(pictures):
    behind = facts_with(pictures, DateTimeOriginal=b"2015:02:01 14:42:59+01:00").when
    assert behind == When(date(2015, 2, 1), time(14, 42, 59), 60)
    assert facts_with(pictures, DateTimeOriginal=b"2024:05:01").when == When(date(2024, 5, 1))
    assert facts_with(pictures, DateTimeOriginal=b"2024:05:01 02:05:06 PM").when.time == time(14, 5, 6)


@pytest.mark.parametrize("written", [b"2000:01:01 00:00:00", b"2000:01:01 05:10:00", b"2019:01:01 00:00:31"])
def test_a_clock_that_was_reset_is_asked_about(pictures, written):
    facts = facts_with(pictures, DateTimeOriginal=written)
    assert (facts.when, facts.date_answer) == (None, DateAnswer.RESET)


def test_a_new_year_of_later_years_is_proposed_and_the_reset_year_is_not(pictures):
    assert facts_with(pictures, DateTimeOriginal=b"2000:01:01 00:00:00").proposals == ()
    assert [one.source for one in facts_with(pictures, DateTimeOriginal=b"2019:01:01 00:00:31").proposals] == [
        DateSource.CAMERA
    ]


def test_the_part_of_a_second_puts_bursts_in_order(pictures):
    parts = [b"10", b"50", b"905"]
    facts = [facts_with(pictures, DateTimeOriginal=b"2026:03:01 09:15:19", SubSecTimeOriginal=part) for part in parts]
    assert [one.microsecond for one in facts] == [100_000, 500_000, 905_000]


@pytest.mark.parametrize(
    ("written", "when"),
    [
        (b"2024:5:1 2:3:4", When(date(2024, 5, 1), time(2, 3, 4), 60)),
        (b"2024:05:01  9:07:5", When(date(2024, 5, 1), time(9, 7, 5), 60)),
    ],
)
def test_a_date_without_its_zeros_is_proposed_and_not_believed(pictures, written, when):
    facts = facts_with(pictures, DateTimeOriginal=written, OffsetTimeOriginal=b"+01:00")
    assert (facts.when, facts.date_answer) == (None, DateAnswer.UNUSUAL)
    assert [(one.source, one.when) for one in facts.proposals] == [(DateSource.UNUSUAL, when)]


@pytest.mark.parametrize("written", [b"2024:5:1 2:3:", b"2024:5:1 25:3:4", b"2024:13:1 2:3:4", b"2099:5:1 2:3:4"])
def test_what_makes_no_sense_without_its_zeros_either_is_not_proposed(pictures, written):
    facts = facts_with(pictures, DateTimeOriginal=written)
    assert (facts.when, facts.date_answer, facts.proposals) == (None, DateAnswer.IMPLAUSIBLE, ())


def test_when_it_was_digitized_is_proposed_with_its_own_offset(pictures):
    facts = facts_with(pictures, DateTimeDigitized=b"2024:05:02 10:11:12", OffsetTimeDigitized=b"+02:00")
    assert [(one.when, one.source) for one in facts.proposals] == [
        (When(date(2024, 5, 2), time(10, 11, 12), 120), DateSource.DIGITIZED)
    ]


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description %s</rdf:Description></x:xmpmeta>'


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize(
    "inside",
    [
        b'exif:DateTimeOriginal="2024-07-08T09:10:11.25+02:00">',
        b"><exif:DateTimeOriginal>2024-07-08T09:10:11+02:00</exif:DateTimeOriginal>",
        b'photoshop:DateCreated="2024-07-08T09:10:11+02:00">',
    ],
)
def test_xmp_proposes_a_date_in_every_format(pictures, kind, inside):
    packet = XMP % inside
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode())
    options = {"PNG": {"pnginfo": info}, "TIFF": {"tiffinfo": {700: packet}}}.get(kind, {"xmp": packet})
    facts = inspect(pictures.saved(pictures.quarters(), kind, **options), now=NOW)
    assert [(one.when, one.source) for one in facts.proposals] == [
        (When(date(2024, 7, 8), time(9, 10, 11), 120), DateSource.XMP)
    ]


def iptc(**texts):
    records = b"".join(
        b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2, "big") + text
        for number, text in ((55, texts.get("day", b"")), (60, texts.get("clock", b"")))
    )
    block = b"8BIM\x04\x04\0\0" + len(records).to_bytes(4, "big") + records
    body = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body


@pytest.mark.parametrize(
    ("texts", "when"),
    [
        ({"day": b"20240708", "clock": b"091011+0200"}, When(date(2024, 7, 8), time(9, 10, 11), 120)),
        ({"day": b"20240708", "clock": b"      "}, When(date(2024, 7, 8))),
        ({"day": b"20240000", "clock": b"091011"}, None),
        ({"day": b"2024", "clock": b""}, None),
    ],
)
def test_iptc_proposes_a_day_and_where_written_a_time(pictures, texts, when):
    plain = pictures.saved(pictures.quarters())
    facts = inspect(plain[:2] + iptc(**texts) + plain[2:], now=NOW)
    assert [(one.when, one.source) for one in facts.proposals] == ([(when, DateSource.IPTC)] if when else [])


def test_xmp_goes_before_the_date_of_digitizing_and_a_future_date_is_not_proposed(pictures):
    packet = XMP % b'exif:DateTimeOriginal="2024-07-08" photoshop:DateCreated="2064-07-08">'
    exif = pictures.exif(DateTimeDigitized=b"2024:05:02 10:11:12")
    facts = inspect(pictures.saved(pictures.quarters(), exif=exif, xmp=packet), now=NOW)
    assert [one.source for one in facts.proposals] == [DateSource.XMP, DateSource.DIGITIZED]


def test_camera_lens_and_software(pictures):
    facts = facts_with(
        pictures,
        Make=b"Example \0rest",
        Model=b"Phone 1",
        Software=b"Beauty 3",
        LensModel=b"Front camera",
        FocalLength=(686, 100),
        FocalLengthIn35mmFilm=52,
    )
    camera = facts.camera
    assert (camera.make, camera.model, camera.software, camera.lens) == (
        "Example",
        "Phone 1",
        "Beauty 3",
        "Front camera",
    )
    assert (camera.focal_mm, camera.focal_35mm) == (6.86, 52)


def test_nonsense_in_the_lens_entries_counts_as_not_written(pictures):
    camera = facts_with(pictures, FocalLength=(1, 0)).camera
    assert (camera.focal_mm, camera.focal_35mm, camera.lens) == (None, None, "")


@pytest.mark.parametrize("gps", [True, False])
def test_whether_it_tells_where_it_was_taken(pictures, gps):
    assert facts_with(pictures, gps=gps).has_gps is gps


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("orientation", "size"), [(1, (64, 48)), (3, (64, 48)), (6, (48, 64)), (8, (48, 64))])
def test_width_and_height_are_those_of_the_upright_picture(pictures, kind, orientation, size):
    facts = facts_with(pictures, kind, orientation=orientation)
    assert facts.format is KINDS[kind]
    assert (facts.width, facts.height) == size


def test_an_orientation_that_does_not_exist_is_taken_for_upright(pictures):
    assert facts_with(pictures, orientation=77).orientation == 1


def test_the_embedded_profile_is_named(pictures):
    data = pictures.saved(pictures.quarters(), icc_profile=srgb_profile())
    assert "sRGB" in inspect(data).profile
    assert inspect(pictures.saved(pictures.quarters(), icc_profile=b"no profile")).profile == ""


@pytest.mark.parametrize(("kind", "mode", "bits"), [("PNG", "RGB", 8), ("PNG", "I;16", 16), ("TIFF", "I;16", 16)])
def test_bit_depth(pictures, kind, mode, bits):
    image = pictures.quarters()
    image = image if mode == "RGB" else image.convert("L").convert(mode)
    assert inspect(pictures.saved(image, kind)).bit_depth == bits


def test_broken_exif_leaves_the_picture_readable(pictures):
    facts = inspect(pictures.saved(pictures.quarters(), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff rest"))
    assert (facts.width, facts.date_answer, facts.has_gps) == (64, DateAnswer.MISSING, False)


def test_exif_behind_the_pixels_of_a_png_is_found_without_decoding_them(pictures):
    whole = pictures.saved(pictures.quarters(), "PNG", exif=pictures.exif(orientation=6))
    start = whole.index(b"eXIf") - 4
    length = 12 + int.from_bytes(whole[start : start + 4], "big")
    moved = whole[:start] + whole[start + length : -12] + whole[start : start + length] + whole[-12:]
    assert moved.index(b"eXIf") > moved.index(b"IDAT")
    assert inspect(moved).orientation == 6


def test_piexif_agrees_about_the_orientation_of_what_the_tests_make(pictures):
    data = pictures.saved(pictures.quarters(), exif=pictures.exif(orientation=6))
    assert piexif.load(data)["0th"][piexif.ImageIFD.Orientation] == inspect(data).orientation
