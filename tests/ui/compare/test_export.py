"""The export: nothing of the sources goes along, moving pictures can be stopped, series say what differs."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import piexif
import pytest
from PIL import Image
from PySide6.QtWidgets import QWidget

from needlejournal.imaging.composing.kinds import ExportFormat
from needlejournal.imaging.composing.scrubbing import jpeg_srgb_segment
from needlejournal.journal.alignments import Alignment
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.compare.exporting import wish
from needlejournal.ui.compare.exporting.preview import Preview
from needlejournal.ui.compare.exporting.sheet import ExportSheet
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.jobs import JobControl
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.comparison import comparison_export
from tests.ui.person import choose_key, press, sees

from .conftest import ByHand, jpeg, keep

ENDINGS = [kind.value for kind in ExportFormat]
MARKS = b"Exif\0|eXIf|EXIF|ICCP|iCCP|tEXt|iTXt|zTXt|tIME|XMP |Photoshop|Software|ns.adobe.com".split(b"|")
SECRETS = [b"Anna", b"SecretPhone", b"2025:12:24", b"Lisbon", b"xmpmeta"]


def telling(colour: int) -> bytes:
    """A photo that tells who, where, when and with what."""
    exif = piexif.dump(
        {
            "0th": {piexif.ImageIFD.Make: b"SecretPhone", piexif.ImageIFD.Artist: b"Anna Patient"},
            "Exif": {piexif.ExifIFD.DateTimeOriginal: b"2025:12:24 10:00:00", piexif.ExifIFD.UserComment: b"Lisbon"},
            "GPS": {piexif.GPSIFD.GPSLatitudeRef: b"N", piexif.GPSIFD.GPSLatitude: ((38, 1), (43, 1), (0, 1))},
        }
    )
    out = io.BytesIO()
    Image.open(io.BytesIO(jpeg(colour))).save(out, "JPEG", exif=exif, comment=b"Anna", quality=95)
    return out.getvalue()


def ask(page: ComparePage, work: ByHand) -> ExportSheet:
    """The sheet, with the smallest size chosen: quick to make."""
    page.export()
    work.run()
    asked = next(found for found in page.findChildren(ExportSheet) if not found.isHidden())
    choose_key(asked, "Size", "1200")
    return asked


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label) if not label.isHidden())


def streams(pdf: bytes) -> bytes:
    """All of a PDF that is packed, unpacked, so that it can be searched."""
    found = b""
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found += zlib.decompress(packed)
        except zlib.error:
            found += packed
    return found


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_that_the_photos_tell_goes_along(
    page: ComparePage, journal: Journal, work: ByHand, tmp_path: Path, ending: str
) -> None:
    first, second = (
        keep(journal, tmp_path, day, telling(colour), "lateral_left")
        for day, colour in ((date(2025, 1, 2), 0x806050), (date(2025, 6, 2), 0x907060))
    )
    assert b"Anna" in journal.photo_bytes(first)
    page.show_pair(first.id, second.id)
    page.choose_mode("blink")
    work.run()
    path = tmp_path / f"out.{ending}"
    ask(page, work).save_to(path)
    work.run()
    body = path.read_bytes()
    assert [secret for secret in SECRETS if secret in body + streams(body)] == []
    if ending == "jpg":
        assert jpeg_srgb_segment() in body  # the one profile that says "sRGB", the same in every file
        body = body.replace(jpeg_srgb_segment(), b"")
    assert [mark for mark in MARKS if mark in body] == []
    if ending == "jpg":
        assert not any(piexif.load(body)[part] for part in ("0th", "Exif", "GPS", "1st"))
    if ending == "pdf":
        told = re.findall(rb"/(Author|Title|Subject|Keywords|CreationDate|ModDate|Creator)\b", body)
        assert told == []


def test_the_original_is_left_as_it_was(
    page: ComparePage, journal: Journal, photos: dict[str, Photo], work: ByHand, tmp_path: Path
) -> None:
    before = [journal.photo_bytes(photo) for photo in photos.values()]
    ask(page, work).save_to(tmp_path / "pair.jpg")
    work.run()
    assert [journal.photo_bytes(photo) for photo in photos.values()] == before


def test_opening_the_sheet_writes_nothing(page: ComparePage, work: ByHand, home: Path, tmp_path: Path) -> None:
    before = sorted(path for path in (*home.rglob("*"), *tmp_path.rglob("*")) if path.suffix.lstrip(".") in ENDINGS)
    ask(page, work).reject()
    work.run()
    assert (
        sorted(path for path in (*home.rglob("*"), *tmp_path.rglob("*")) if path.suffix.lstrip(".") in ENDINGS)
        == before
    )


@pytest.mark.parametrize("width", ["1200", "2000", "3600"])
def test_the_chosen_size_counts(page: ComparePage, work: ByHand, tmp_path: Path, width: str) -> None:
    asked = ask(page, work)
    choose_key(asked, "Size", width)
    asked.save_to(tmp_path / "pair.png")
    work.run()
    with Image.open(tmp_path / "pair.png") as image:
        assert int(width) <= image.width <= 1.15 * int(width)


def test_a_moving_picture_is_shown_moving_and_never_huge(
    page: ComparePage, work: ByHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert wish.MOVING_WIDEST <= 2000
    monkeypatch.setattr(wish, "MOVING_WIDEST", 1000)  # quicker to make
    page.comparison.want_healing(wanted=True)
    page.choose_mode("strip")
    asked = ask(page, work)
    choose_key(asked, "Format", "webp")
    choose_key(asked, "Size", "3600")
    work.run()
    (preview,) = asked.findChildren(Preview)
    assert preview.count() == 5
    asked.reject()
    page.choose_mode("blink")
    asked = ask(page, work)
    choose_key(asked, "Size", "3600")
    asked.save_to(tmp_path / "blink.webp")
    work.run()
    with Image.open(tmp_path / "blink.webp") as image:
        assert image.n_frames == 2  # type: ignore[attr-defined]
        assert 1000 <= image.width < 1200


def test_blinking_keeps_its_pace(page: ComparePage, work: ByHand, tmp_path: Path) -> None:
    page.choose_mode("blink")
    page.stage.looking.mode.turn(1.0)
    ask(page, work).save_to(tmp_path / "blink.webp")
    work.run()
    with Image.open(tmp_path / "blink.webp") as image:
        image.seek(1)
        image.load()
        assert image.info["duration"] == 400


def stopping(at: int) -> Callable[[JobControl, object], None]:
    """What a person does who looks at the progress and stops."""

    def report(control: JobControl, progress: object) -> None:
        if progress.done == at:  # type: ignore[attr-defined]
            control.cancel()

    return report


@pytest.mark.parametrize("at", [1, 7])
def test_a_moving_picture_can_be_stopped_and_leaves_nothing(
    page: ComparePage, work: ByHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """In the middle of setting pages, and in the middle of encoding."""
    page.comparison.want_healing(wanted=True)
    page.choose_mode("strip")
    asked = ask(page, work)
    monkeypatch.setattr(JobControl, "report", stopping(at))
    failed: list[Exception] = []
    moving = replace(asked.wish(), kind=ExportFormat.GIF)
    page.exporter.save(moving, tmp_path / "strip.gif", lambda _path: None, failed.append)
    work.run()
    assert not (tmp_path / "strip.gif").exists()
    assert [type(error) for error in failed] == [comparison_export.Stopped]


def test_cancel_brings_the_choices_back(page: ComparePage, work: ByHand, tmp_path: Path) -> None:
    page.choose_mode("strip")
    asked = ask(page, work)
    asked.save_to(tmp_path / "strip.gif")
    strip = asked.findChild(ProgressStrip)
    assert strip is not None
    press(strip, "Cancel")
    work.run()
    assert strip.isHidden()
    assert sees(asked, "Format")
    assert not (tmp_path / "strip.gif").exists()
    asked.save_to(tmp_path / "strip.gif")
    work.run()
    assert (tmp_path / "strip.gif").exists()
    assert not asked.isVisible()


def test_closing_the_sheet_stops_what_it_began(page: ComparePage, work: ByHand, tmp_path: Path) -> None:
    asked = ask(page, work)
    asked.save_to(tmp_path / "pair.png")
    asked.reject()
    work.run()
    assert not (tmp_path / "pair.png").exists()


def test_a_series_says_of_each_photo_what_differs(page: ComparePage, work: ByHand, found: dict[str, Alignment]) -> None:
    page.comparison.want_healing(wanted=True)
    page.choose_mode("strip")
    beside = page.exporter.beside(ask(page, work).wish())
    assert [note.text.split(":")[0] for note in beside.notes] == [
        f"{day} 2025 beside 1 Mar 2025" for day in ("8 Mar", "11 Mar", "19 Apr", "6 Sep")
    ]
    assert {note.answer for note in beside.notes} <= {"differs", "unknown"}
    assert "healing" in beside.notes[1].text


def test_it_is_said_how_many_of_a_series_are_aligned(
    page: ComparePage, work: ByHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.comparison.want_healing(wanted=True)
    page.choose_mode("strip")
    there = Alignment("face", ((1.0, 0.0, 3.0), (0.0, 1.0, 4.0)), confident=True)
    series = [shown.id for shown in page.comparison.series]
    monkeypatch.setattr(page.alignments, "shown", lambda _onto, photo: there if photo.id == series[2] else None)
    page.staging.restage()
    assert page.exporter.beside(ask(page, work).wish()).labels == ("Aligned: 1 of 4",)
    monkeypatch.setattr(page.alignments, "shown", lambda _onto, _photo: there)
    page.staging.restage()
    assert page.exporter.beside(ask(page, work).wish()).labels == ("Aligned",)


def test_a_reason_to_compare_all_the_same_is_printed(page: ComparePage, work: ByHand, opened: OpenJournal) -> None:
    from needlejournal.workflows.comparison import judging

    one, other = page.comparison.ids()
    opened.write("Reason", lambda journal: judging.keep_override(journal, one, other, "No better photo."))
    notes = page.exporter.beside(ask(page, work).wish()).notes
    assert notes[-1].text == "Compared anyway, because: No better photo."


def test_every_mode_can_be_exported(page: ComparePage, work: ByHand, tmp_path: Path) -> None:
    for key in page.modes:
        page.choose_mode(key)
        work.run()
        ask(page, work).save_to(tmp_path / f"{key}.png")
        work.run()
        with Image.open(tmp_path / f"{key}.png") as image:
            assert len(image.convert("RGB").getcolors(1 << 24) or []) > 10


def test_a_photo_deleted_meanwhile_exports_nothing(page: ComparePage, work: ByHand, opened: OpenJournal) -> None:
    gone = page.comparison.ids()[1]
    opened.write("Delete photo", lambda journal: journal.photos.trash(gone))
    work.run()
    page.export()
    assert [found for found in page.findChildren(ExportSheet) if not found.isHidden()] == []


@pytest.mark.parametrize("size", [(20, 3000), (3000, 20)])
@pytest.mark.parametrize("mode", ["side_by_side", "blink", "wipe"])
def test_a_very_long_photo_makes_no_monstrous_file(
    page: ComparePage, journal: Journal, work: ByHand, tmp_path: Path, size: tuple[int, int], mode: str
) -> None:
    days = date(2025, 1, 2), date(2025, 6, 2)
    ids = [keep(journal, tmp_path, day, jpeg(0x806050 + day.month, size), "lateral_left").id for day in days]
    page.show_pair(*ids)
    page.choose_mode(mode)
    work.run()
    ask(page, work).save_to(tmp_path / "long.png")
    work.run()
    with Image.open(tmp_path / "long.png") as image:
        assert image.height < 6000
        assert image.width < 6000
