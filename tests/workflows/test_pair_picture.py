"""The before/after picture of the command line: a plain file with nothing of its sources in it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from needlejournal import paths
from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.reading.unreadable import UnreadablePicture
from needlejournal.journal.moments import When
from needlejournal.workflows.comparison.pair_picture import PairSide, picture_of_pair, side_of_file

PHOTOS = paths.resources() / "sample" / "photos"
BEFORE, AFTER = PHOTOS / "2025-03-01_frontal.jpg", PHOTOS / "2025-09-06_frontal.jpg"


def test_two_photos_stand_side_by_side_as_taken() -> None:
    sides = side_of_file(BEFORE.read_bytes()), side_of_file(AFTER.read_bytes())
    assert sides[0].when is not None
    assert sides[0].when.day == date(2025, 3, 1)
    picture = picture_of_pair(*sides, ExportFormat.PNG, align=False)
    image = Image.open(io.BytesIO(picture.data))
    assert image.format == "PNG"
    assert image.size == (picture.width, picture.height)
    assert picture.width > 1.4 * picture.height
    assert (picture.aligned, picture.alignment.method) == (False, "none")
    assert not image.getexif()


def test_faces_are_aligned_where_that_is_sure_and_the_picture_says_so() -> None:
    sides = side_of_file(BEFORE.read_bytes()), side_of_file(AFTER.read_bytes())
    picture = picture_of_pair(*sides, ExportFormat.JPEG)
    assert picture.alignment.reason
    assert picture.aligned == (picture.alignment.method == "face" and picture.alignment.confident)


def test_a_date_that_is_not_known_is_said_and_a_caption_added() -> None:
    data = BEFORE.read_bytes()
    sides = PairSide(data), PairSide(data, When(date(2025, 3, 1)), "before session 1")
    assert picture_of_pair(*sides, ExportFormat.WEBP, align=False).width > 0


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(UnreadablePicture):
        side_of_file(b"words")
