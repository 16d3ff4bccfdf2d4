"""What happens rarely: links among a journal's files, facts that are no JSON, a disk that refuses the last step."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, conflicts, disk
from needlejournal.store.folder import is_open, tighten
from needlejournal.store.rows import rows_in_order


def test_a_folder_that_is_gone_holds_no_copies(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert conflicts.copies(gone) == [] and not conflicts.is_in_cloud(gone)
    assert not is_open(gone)


def test_a_journal_in_a_window_is_known_as_open(journal: Journal, folder: Path) -> None:
    assert is_open(folder)
    journal.close()
    assert not is_open(folder)


def test_a_folder_is_closed_twice_without_harm(tmp_path: Path) -> None:
    held = disk.Folder(tmp_path)
    held.close()
    held.close()


def test_a_file_is_made_where_the_system_knows_no_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fchmod")
    with disk.Folder(tmp_path) as place, place.created("made") as file:
        file.write(b"words")
    assert (tmp_path / "made").read_bytes() == b"words"


def test_tightening_leaves_links_alone(journal: Journal, folder: Path, tmp_path: Path) -> None:
    journal.close()
    other = tmp_path / "other"
    other.write_text("theirs")
    other.chmod(0o644)
    (folder / "link").symlink_to(other)
    folder.chmod(0o755)
    tighten(folder)
    assert other.stat().st_mode & 0o777 == 0o644
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_journal_keeps_its_name_when_none_is_given(journal: Journal) -> None:
    with pytest.raises(BadInput):
        journal.rename("  ")
    assert journal.name == "Mine"
    journal.rename("Scars 2026 ")
    assert journal.name == "Scars 2026"


def test_a_damaged_original_is_never_handed_out_as_sound(journal: Journal, tmp_path: Path) -> None:
    source = tmp_path / "a.jpg"
    source.write_bytes(b"a photo")
    staged = journal.originals.stage(source, "jpeg")
    original = Original(staged.sha256, staged.stored_name, "a.jpg", staged.size, "jpeg", 3, 4)
    with journal.step("Photo"):
        photo = journal.photos.save(Photo(original, When(date(2025, 3, 8))))
    assert journal.photo_bytes(photo) == b"a photo"
    place = journal.folder / "photos" / staged.stored_name
    place.chmod(0o600)
    place.write_bytes(b"another")
    with pytest.raises(WorldError, match="damaged"):
        journal.photo_bytes(photo)


def test_rows_of_a_day_with_different_offsets_are_in_the_order_of_their_instants() -> None:
    tokyo, honolulu = ("2025-03-08", "09:00:00", 540), ("2025-03-08", "03:00:00", -600)
    assert [row[2] for row in rows_in_order([honolulu, tokyo], 0)] == [540, -600]


def test_the_sessions_of_such_a_day_are_too(journal: Journal) -> None:
    from datetime import time

    with journal.step("Sessions"):
        journal.sessions.save(Session(When(date(2025, 3, 8), time(3), -600), notes="Honolulu"))
        journal.sessions.save(Session(When(date(2025, 3, 8), time(9), 540), notes="Tokyo"))
    marks = journal.sessions.calendar().marks
    assert [journal.sessions.get(mark.id).notes for mark in marks] == ["Tokyo", "Honolulu"]  # type: ignore[union-attr]
