"""Folders in which photos arrive: what is new is told once, and nothing in them is changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.store import Journal, create_journal
from needlejournal.store.remembered import ARRIVE_IN, ARRIVED_SEEN
from needlejournal.workflows.photos_in.arriving import (
    arrived_in,
    folders_of,
    last_looked,
    looked_through,
    seen_before,
    sorted_out,
    watch,
)
from needlejournal.workflows.photos_in.importing import import_all, look
from tests.workflows.pictures import jpeg

SAMPLE = Path(__file__).parents[2] / "resources" / "sample" / "photos"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = create_journal(tmp_path / "Mine.needlejournal")
    yield made
    made.close()


@pytest.fixture
def phone(tmp_path: Path) -> Path:
    folder = tmp_path / "Camera Uploads"
    (folder / "deeper" / "@eaDir").mkdir(parents=True)
    put(folder / "old.jpg", 1, 1_000)
    put(folder / "deeper" / "@eaDir" / "thumb.jpg", 9, 5_000)
    (folder / "film.mp4").write_bytes(b"film")
    return folder


def put(path: Path, number: int, seconds: int) -> None:
    path.write_bytes(jpeg(number))
    os.utime(path, (seconds, seconds))


def new(journal: Journal) -> list[str]:
    return [path.name for path in arrived_in(folders_of(journal), seen_before(journal)).files]


def test_what_is_there_when_a_folder_is_named_is_not_offered_and_what_comes_is_newest_first(
    journal: Journal, phone: Path
) -> None:
    watch(journal, [phone], arrived_in([phone], frozenset()).marks.values())
    assert new(journal) == []
    put(phone / "b.jpg", 2, 3_000)
    put(phone / "deeper" / "a.JPG", 3, 4_000)
    assert new(journal) == ["a.JPG", "b.jpg"]


def test_not_these_is_remembered_until_a_file_changes(journal: Journal, phone: Path) -> None:
    watch(journal, [phone])
    found = arrived_in([phone], seen_before(journal))
    looked_through(journal, found.marks.values(), datetime(2025, 3, 9, 8, tzinfo=UTC))
    assert new(journal) == []
    assert last_looked(journal) == datetime(2025, 3, 9, 8, tzinfo=UTC)
    put(phone / "old.jpg", 4, 9_000)
    assert new(journal) == ["old.jpg"]


def test_a_missing_folder_is_no_error_and_nothing_is_changed(journal: Journal, phone: Path, tmp_path: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in phone.rglob("*"))
    watch(journal, [tmp_path / "a disk that is out", phone])
    assert new(journal) == ["old.jpg"]
    assert sorted((path, path.stat().st_mtime_ns) for path in phone.rglob("*")) == before


def test_no_name_can_be_read_from_what_is_remembered(journal: Journal, phone: Path) -> None:
    watch(journal, [phone], arrived_in([phone], frozenset()).marks.values())
    assert "old" not in journal.remembered.get(ARRIVED_SEEN)


@pytest.mark.parametrize("nonsense", ["{", "7", '{"a": 1}', "[3, null]", '["/nowhere"]'])
def test_nonsense_in_the_journal_is_no_folder(journal: Journal, nonsense: str) -> None:
    journal.remembered.put(ARRIVE_IN, nonsense)
    journal.remembered.put(ARRIVED_SEEN, "not base64!")
    assert new(journal) == []
    assert last_looked(journal) is None


@pytest.mark.usefixtures("face_models")
def test_faces_and_close_ups_like_those_of_the_diary_come_first(
    journal: Journal, phone: Path, catalogue: Catalogue
) -> None:
    for name in ("2025-03-01_frontal.jpg", "2025-03-01_closeup_left_cheek.jpg"):
        (phone / name).write_bytes((SAMPLE / name).read_bytes())
    found = sorted_out(journal, look(journal, [phone], catalogue).items)
    assert {path.name for path in found.alike} == {"2025-03-01_frontal.jpg", "2025-03-01_closeup_left_cheek.jpg"}
    assert [path.name for path in found.others] == ["old.jpg"]


def test_what_is_in_the_journal_already_is_not_offered(journal: Journal, phone: Path, catalogue: Catalogue) -> None:
    import_all(journal, look(journal, [phone / "old.jpg"], catalogue))
    put(phone / "copy.jpg", 1, 7_000)
    put(phone / "new.jpg", 2, 8_000)
    found = sorted_out(journal, look(journal, [phone], catalogue).items)
    assert {path.name for path in found.known} >= {"copy.jpg", "old.jpg"}
    assert [path.name for path in (*found.alike, *found.others)] == ["new.jpg"]


def test_a_folder_that_was_renamed_brings_nothing_new(tmp_path: Path) -> None:
    folder = tmp_path / "Camera"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(jpeg(1))
    seen = frozenset(arrived_in([folder], frozenset()).marks.values())
    renamed = folder.rename(tmp_path / "Camera 2026")
    assert arrived_in([renamed], seen).files == ()


def test_one_folder_that_may_not_be_entered_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, **_: object) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    for asks in ("is_dir", "is_file", "exists"):
        monkeypatch.setattr(Path, asks, refused)
    assert [path.name for path in arrived_in([Path("/root/closed"), tmp_path], frozenset()).files] == ["a.jpg"]


def test_what_is_no_file_or_may_not_be_read_is_not_offered(
    journal: Journal, phone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(phone / "pipe.jpg")
    put(phone / "secret.jpg", 2, 3_000)
    put(phone / "b.jpg", 3, 4_000)
    monkeypatch.setattr(os, "access", lambda path, _mode: path.name != "secret.jpg")
    assert [path.name for path in arrived_in([phone], frozenset()).files] == ["b.jpg", "old.jpg"]
