"""What a picture says about itself."""

from __future__ import annotations

from datetime import date, datetime, time

import piexif
import pytest

from needlejournal.imaging.reading.colour_management import srgb_profile
from needlejournal.imaging.reading.formats import Format
from needlejournal.imaging.reading.inspection import DateAnswer, inspect

NOW = datetime(2026, 6, 1, 12, 0)
KINDS = {"JPEG": Format.JPEG, "PNG": Format.PNG, "WEBP": Format.WEBP, "HEIF": Format.HEIC, "TIFF": Format.TIFF}


def facts_with(pictures, kind="JPEG", **details):
    return inspect(pictures.saved(pictures.quarters(), kind, exif=pictures.exif(**details)), now=NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_date_and_offset_come_from_the_picture_in_every_format(pictures, kind):
    facts = facts_with(pictures, kind, DateTimeOriginal=b"2026:03:01 09:15:19", OffsetTimeOriginal=b"-03:30")
    assert facts.taken == datetime(2026, 3, 1, 9, 15, 19)
    assert facts.offset_minutes == -210
    assert facts.date_answer is DateAnswer.WRITTEN
    assert facts.when is not None
    assert (facts.when.day, facts.when.time) == (date(2026, 3, 1), time(9, 15, 19))


def test_a_picture_without_a_date_says_so(pictures):
    facts = inspect(pictures.every_format()["png"])
    assert (facts.taken, facts.when, facts.offset_minutes) == (None, None, None)
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
    assert (facts.taken is None) is (answer is not DateAnswer.WRITTEN)
    assert (facts.written_date != "") is (answer is not DateAnswer.MISSING)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [(b"+05:45", 345), (b"Z", 0), (b"+0930", 570), (b"+25:00", None), (b"+01:75", None), (b"   :  ", None)],
)
def test_offsets_are_read_or_left_unknown(pictures, written, minutes):
    facts = facts_with(pictures, DateTimeOriginal=b"2026:03:01 09:15:19", OffsetTimeOriginal=written)
    assert facts.offset_minutes == minutes


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
