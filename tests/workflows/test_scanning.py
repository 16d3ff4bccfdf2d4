"""Looking at what a person brings: whatever it is, the answer is a plan with a sentence for what is left out."""

from __future__ import annotations

import os
import struct
import threading
import zlib
from datetime import date, datetime, time
from pathlib import Path

import pytest
from PIL import Image

from needlejournal.imaging.reading.previews import MadePreviews
from needlejournal.journal.errors import WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.workflows.photos_in import scanning
from needlejournal.workflows.photos_in.import_plan import ImportPlan, Pasted, Standing
from needlejournal.workflows.photos_in.scanning import KnownPhotos, scan
from needlejournal.workflows.progress import Progress
from tests.workflows.pictures import jpeg

VIEWS = ("frontal", "close_up")
KNOWN = KnownPhotos({}, views=VIEWS, zones=("nose",), now=datetime(2025, 11, 2))


def named(plan: ImportPlan) -> dict[str, Standing]:
    return {item.name: item.standing for item in plan.items}


class Watched:
    """A control that notes progress and stops after so many reports."""

    def __init__(self, stop_after: int = 99) -> None:
        self.seen: list[Progress] = []
        self._stop_after = stop_after

    @property
    def cancelled(self) -> bool:
        return len(self.seen) >= self._stop_after

    def report(self, progress: object, /) -> None:
        if isinstance(progress, Progress):
            self.seen.append(progress)


def test_a_photo_comes_with_date_offset_size_view_and_previews(folder: Path) -> None:
    (folder / "2025 frontal.jpg").write_bytes(jpeg())
    kept: dict[str, MadePreviews] = {}
    plan = scan([folder], KNOWN, lambda sha256, previews, _to_come: kept.__setitem__(sha256, previews))
    item = plan.items[0]
    assert (item.standing, item.format, item.width, item.height) == (Standing.NEW, "jpeg", 64, 80)
    assert item.when == When(date(2025, 3, 1), datetime(2025, 3, 1, 9, 12, 19).time(), 60)
    assert (item.view, item.zone, item.reason) == ("frontal", "", None)
    assert list(kept) == [item.sha256]
    assert item.colour == kept[item.sha256].colour


def test_a_close_up_takes_its_zone_from_the_name_too(folder: Path) -> None:
    (folder / "close-up nose.jpg").write_bytes(jpeg())
    assert [(item.view, item.zone) for item in scan([folder], KNOWN).items] == [("close_up", "nose")]


def test_the_session_of_its_day_is_proposed(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(jpeg())
    marks = [SessionMark(5, When(date(2025, 3, 1)), "microneedling")]
    assert scan([folder], KnownPhotos({}, calendar=SessionCalendar(marks))).items[0].session_id == 5


@pytest.mark.parametrize(
    ("taken", "reason"),
    [("", "does not say when"), ("1970:01:01 00:00:00", "cannot be right"), ("2099:01:01 00:00:00", "cannot be right")],
)
def test_a_missing_or_impossible_date_is_asked_for(folder: Path, taken: str, reason: str) -> None:
    (folder / "a.jpg").write_bytes(jpeg(taken=taken))
    item = scan([folder], KNOWN).items[0]
    assert item.needs == ("date",)
    assert reason in str(item.reason)


def test_a_date_that_is_written_unusually_is_proposed_before_that_of_the_name(folder: Path) -> None:
    (folder / "IMG-20210101-WA0001.jpg").write_bytes(jpeg(taken="2024:5:1 2:3:4"))
    item = scan([folder], KNOWN).items[0]
    assert item.needs == ("date",)
    assert str(item.reason) == "The date in this picture is written unusually: “2024:5:1 2:3:4”."
    assert item.proposal
    assert (item.proposal.when, str(item.proposal.source.words)) == (
        When(date(2024, 5, 1), time(2, 3, 4), 60), "from the camera, written unusually",
    )  # fmt: skip


def test_folders_are_looked_through_and_junk_is_passed_over(folder: Path) -> None:
    inner = folder / "DCIM" / "100"
    inner.mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "__MACOSX").mkdir()
    for number, place in enumerate(
        [folder / "b.jpg", inner / "a.jpg", folder / ".hidden" / "c.jpg", folder / "__MACOSX" / "d.jpg"]
    ):
        place.write_bytes(jpeg(number))
    for junk in (".DS_Store", "Thumbs.db", "desktop.ini", "._b.jpg"):
        (folder / junk).write_bytes(b"x")
    assert set(named(scan([folder], KNOWN))) == {"a.jpg", "b.jpg"}


def test_a_hidden_file_that_is_named_is_looked_at(folder: Path) -> None:
    (folder / ".mine.jpg").write_bytes(jpeg())
    assert named(scan([folder / ".mine.jpg"], KNOWN)) == {".mine.jpg": Standing.NEW}


def test_what_the_journal_has_is_said_and_what_is_in_the_trash_comes_back(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(jpeg(1))
    (folder / "b.jpg").write_bytes(jpeg(2))
    first, second = scan([folder], KNOWN).items
    plan = scan([folder], KnownPhotos({first.sha256: 11, second.sha256: 12}, trashed=frozenset({12})))
    assert [(item.standing, item.photo_id) for item in plan.items] == [(Standing.ALREADY, 11), (Standing.TRASHED, 12)]
    assert "trash" in str(plan.items[1].reason)
    assert [item.wanted for item in plan.items] == [False, True]


def test_the_same_bytes_twice_in_one_drop_count_once(folder: Path) -> None:
    (folder / "a.jpg").write_bytes(jpeg())
    (folder / "copy.jpg").write_bytes(jpeg())
    plan = scan([folder], KNOWN)
    assert named(plan) == {"a.jpg": Standing.NEW, "copy.jpg": Standing.ALREADY}
    assert plan.items[1].same_as == plan.items[0].key


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.jpg", b""),
        ("zeros.jpg", bytes(5000)),
        ("text.jpg", b"Dear diary"),
        ("renamed.png", b"%PDF-1.7 something"),
        ("cut.jpg", jpeg(size=(640, 480))[:-800]),
        ("cut before the pixels.jpg", jpeg()[:40]),
    ],
)
def test_bad_pictures_are_said_in_a_sentence_and_can_be_kept(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    (folder / "good.jpg").write_bytes(jpeg())
    plan = scan([folder], KNOWN)
    assert named(plan) == {name: Standing.UNREADABLE, "good.jpg": Standing.NEW}
    bad = next(item for item in plan.items if item.name == name)
    assert str(bad.reason).endswith(".")
    assert bad.kind in {"damaged", "not a picture"}
    assert bad.sha256


def test_a_decompression_bomb_is_refused(folder: Path) -> None:
    small = folder / "bomb.png"
    Image.new("1", (8, 8)).save(small)
    data = small.read_bytes()
    header = data[12:16] + struct.pack(">II", 60_000, 60_000) + data[24:29]
    small.write_bytes(data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:])
    item = scan([folder], KNOWN).items[0]
    assert (item.standing, "260 megapixels" in str(item.reason)) == (Standing.UNREADABLE, True)


def test_a_large_file_that_is_no_picture_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "LARGEST_OTHER", 10)
    (folder / "film.mp4").write_bytes(b"x" * 100)
    item = scan([folder], KNOWN).items[0]
    assert (item.standing, item.sha256) == (Standing.UNREADABLE, "")


def test_a_picture_beyond_every_size_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "LARGEST", 10)
    (folder / "a.jpg").write_bytes(jpeg())
    assert scan([folder], KNOWN).items[0].standing is Standing.UNREADABLE


def test_too_little_memory_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_read: object, _size: int) -> bytes:
        raise MemoryError

    monkeypatch.setattr(scanning, "_read_open", full)
    (folder / "a.jpg").write_bytes(jpeg())
    assert "memory" in str(scan([folder], KNOWN).items[0].reason)


def test_a_card_pulled_out_is_said_for_each_file(folder: Path) -> None:
    item = scan([folder / "gone.jpg"], KNOWN).items[0]
    assert (item.standing, "no longer there" in str(item.reason)) == (Standing.UNREADABLE, True)


def test_a_folder_without_permission_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "closed"
    closed.mkdir()
    (folder / "a.jpg").write_bytes(jpeg())
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert named(scan([folder], KNOWN)) == {"a.jpg": Standing.NEW, "closed": Standing.UNREADABLE}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_left_alone_and_does_not_hang(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    done = threading.Event()
    plans: list[ImportPlan] = []

    def look() -> None:
        plans.append(scan([folder], KNOWN))
        done.set()

    threading.Thread(target=look, daemon=True).start()
    assert done.wait(5)
    assert "ordinary file" in str(plans[0].items[0].reason)


@pytest.mark.parametrize(
    "name", ['it\'s "quoted" & spaced.jpg', "ü" * 120 + ".jpg", "a" * 246 + ".jpg", "日本 😀 עברית.jpg"]
)
def test_odd_names_are_read(folder: Path, name: str) -> None:
    (folder / name).write_bytes(jpeg())
    assert named(scan([folder], KNOWN)) == {name: Standing.NEW}


@pytest.mark.skipif(os.name == "nt", reason="names are always text there")
def test_names_whose_bytes_are_no_text_are_read(folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9 frontal.jpg")).write_bytes(jpeg())
    item = scan([folder], KNOWN).items[0]
    assert (item.standing, item.name, item.view) == (
        Standing.NEW,
        "caf\N{REPLACEMENT CHARACTER} frontal.jpg",
        "frontal",
    )


def test_pasted_pictures_are_looked_at_like_files() -> None:
    plan = scan([Pasted("Pasted.jpg", jpeg()), Pasted("Pasted.txt", b"words")], KNOWN)
    assert named(plan) == {"Pasted.jpg": Standing.NEW, "Pasted.txt": Standing.UNREADABLE}


def test_heic_comes_last_because_it_takes_longest(folder: Path) -> None:
    for name in ("a.HEIC", "b.jpg", "c.heif"):
        (folder / name).write_bytes(name.encode())
    assert [item.name for item in scan([folder], KNOWN).items] == ["b.jpg", "a.HEIC", "c.heif"]


def test_progress_is_said_and_stopping_keeps_what_was_seen(folder: Path) -> None:
    for number in range(5):
        (folder / f"{number}.jpg").write_bytes(jpeg(number))
    control = Watched(stop_after=2)
    plan = scan([folder], KNOWN, control=control)
    assert (len(plan.items), plan.complete) == (2, False)
    assert control.seen == [Progress(0, 5, "0.jpg"), Progress(1, 5, "1.jpg")]


def test_a_preview_that_cannot_be_kept_keeps_nobody_from_importing(
    folder: Path, journal: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from needlejournal.workflows.photos_in.importing import KeepPreviews

    def full(_sha256: str, _previews: object) -> None:
        raise WorldError("The disk is full.")

    monkeypatch.setattr(journal.previews, "put", full)  # type: ignore[attr-defined]
    (folder / "a.jpg").write_bytes(jpeg())
    assert scan([folder], KNOWN, KeepPreviews(journal)).items[0].saves  # type: ignore[arg-type]
