"""Thumbnails: decoded in jobs, the last asked for first, kept in memory only and let go when locked."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from needlejournal.journal.photos import Original
from needlejournal.store import THUMBNAIL
from needlejournal.ui.models.thumbnails import Thumbnails, thumbnails_of
from needlejournal.ui.session import OpenJournal
from tests.ui.models.building import ByHand, add_photo, picture

DAY = date(2025, 3, 1)


def run(jobs: ByHand) -> None:
    """Let jobs start after the frame that asked for pictures, and run them all."""
    QApplication.processEvents()
    jobs.run_all()


def run_one(jobs: ByHand) -> None:
    """Run the next job."""
    QApplication.processEvents()
    jobs.run_one()


def test_a_picture_comes_with_a_job_and_stays(opened: OpenJournal, jobs_by_hand: ByHand, qtbot: QtBot) -> None:
    photo, thumbnails = add_photo(opened, DAY), thumbnails_of(opened)
    assert thumbnails.picture(photo, 40) is None
    with qtbot.waitSignal(thumbnails.arrived):
        run(jobs_by_hand)
    shown = thumbnails.picture(photo, 40)
    assert shown is not None
    assert (shown.width(), shown.height()) == (30, 40)
    QApplication.processEvents()
    assert not jobs_by_hand.waiting
    assert thumbnails_of(opened) is thumbnails


def test_a_missing_preview_is_made_from_the_original_and_kept(
    opened: OpenJournal, jobs_by_hand: ByHand, qtbot: QtBot
) -> None:
    photo, thumbnails = add_photo(opened, DAY), thumbnails_of(opened)
    assert opened.journal.previews.get(photo.original.sha256) is None
    thumbnails.picture(photo)
    run(jobs_by_hand)
    assert opened.journal.previews.get(photo.original.sha256, THUMBNAIL) is not None


def test_a_tile_is_cropped_to_its_box_never_stretched(opened: OpenJournal, jobs_by_hand: ByHand) -> None:
    photo, thumbnails = add_photo(opened, DAY), thumbnails_of(opened)
    opened.journal.previews.put(photo.original.sha256, {THUMBNAIL: _striped()})
    thumbnails.tile(photo, 30, 30, ratio=2.0)
    run(jobs_by_hand)
    tile = thumbnails.tile(photo, 30, 30, ratio=2.0)
    assert tile is not None
    assert (tile.width(), tile.height(), tile.devicePixelRatio()) == (60, 60, 2.0)
    image = tile.toImage()
    assert _red(image.pixelColor(10, 30))  # the left half is red over the whole height
    assert not _red(image.pixelColor(50, 30))
    assert _red(image.pixelColor(27, 2))


def _striped() -> bytes:
    import io

    from PIL import Image

    image = Image.new("RGB", (60, 80), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, 30, 80))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=95, subsampling=0)
    return file.getvalue()


def _red(colour: QColor) -> bool:
    return colour.red() > 200 and colour.blue() < 60


def test_the_last_asked_for_comes_first(opened: OpenJournal, jobs_by_hand: ByHand) -> None:
    thumbnails = thumbnails_of(opened)
    photos = [add_photo(opened, DAY, shade=shade) for shade in range(6)]
    for photo in photos:
        thumbnails.picture(photo)
    QApplication.processEvents()
    assert len(jobs_by_hand.waiting) == 2  # two at once; the rest waits its turn
    run_one(jobs_by_hand)
    run_one(jobs_by_hand)
    run_one(jobs_by_hand)
    shown = [place for place, photo in enumerate(photos) if thumbnails.picture(photo) is not None]
    assert shown == [3, 4, 5]


def test_what_nobody_looks_at_any_more_is_never_decoded(opened: OpenJournal, jobs_by_hand: ByHand) -> None:
    thumbnails = thumbnails_of(opened)
    first = add_photo(opened, DAY, shade=0)
    photos = [first, *(_like(first, number) for number in range(300))]
    for photo in photos:
        thumbnails.picture(photo)
    jobs = 0
    QApplication.processEvents()
    while jobs_by_hand.waiting:
        run_one(jobs_by_hand)
        jobs += 1
    assert jobs < 110


def _like(photo, number: int):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(photo, original=replace(photo.original, sha256=f"{number:064x}"))


def test_memory_stays_within_its_limit(opened: OpenJournal, jobs_by_hand: ByHand) -> None:
    thumbnails = Thumbnails(opened, cache_bytes=50_000)
    photos = [add_photo(opened, DAY, shade=shade) for shade in range(12)]
    for photo in photos:
        thumbnails.picture(photo, 80)
        run(jobs_by_hand)
    held = [picture for photo in photos if (picture := thumbnails.picture(photo, 80))]
    assert 0 < sum(one.width() * one.height() * one.depth() // 8 for one in held) <= 50_000


def test_an_original_that_cannot_be_read_is_asked_for_once(opened: OpenJournal, jobs_by_hand: ByHand) -> None:
    photo, thumbnails = add_photo(opened, DAY), thumbnails_of(opened)
    opened.journal.originals.path(photo.original.stored_name).write_bytes(b"no picture")
    assert thumbnails.can_show(photo)
    thumbnails.picture(photo)
    run(jobs_by_hand)
    assert not thumbnails.can_show(photo)
    thumbnails.picture(photo)
    QApplication.processEvents()
    assert not jobs_by_hand.waiting


def test_an_original_kept_unread_is_never_asked_for(opened: OpenJournal, jobs_by_hand: ByHand) -> None:
    from dataclasses import replace

    photo = add_photo(opened, DAY)
    unread = replace(photo, original=Original(photo.original.sha256, "x", "x.bin", 3))
    assert thumbnails_of(opened).picture(unread) is None
    QApplication.processEvents()
    assert not jobs_by_hand.waiting


def test_locking_lets_go_of_every_picture(opened: OpenJournal, jobs_by_hand: ByHand) -> None:
    photos, thumbnails = [add_photo(opened, DAY, shade=shade) for shade in range(4)], thumbnails_of(opened)
    thumbnails.picture(photos[0])
    run(jobs_by_hand)
    for photo in photos[1:]:
        thumbnails.picture(photo)
    opened.close()
    run(jobs_by_hand)
    assert [thumbnails.picture(photo) for photo in photos] == [None] * 4
    QApplication.processEvents()
    assert not jobs_by_hand.waiting
    assert picture()
