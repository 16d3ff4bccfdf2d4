"""Exports: whole or not at all, durable before they take another file's place, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import errno
import io
from pathlib import Path

import pytest

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store import Journal
from needlejournal.store.durable import add
from needlejournal.workflows.archives.bag_writing import write_bag
from needlejournal.workflows.saving import as_csv, new_export_folder, save_export
from tests.store.faults import FaultyDisk, refuse


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)"])
def test_a_spreadsheet_carries_nothing_out(text: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(as_csv([[text]]).decode("utf-8-sig"), newline=""))
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["-2", "+3.5", "-0,5", "2026-03-01", "sore = red", "", "Grüße", 'a "b", c\nd'])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    ((cell,),) = csv.reader(io.StringIO(as_csv([[text]]).decode("utf-8-sig"), newline=""))
    assert cell == text


@pytest.mark.parametrize("place", ["journal.db", "photos/aa/x.jpg", "visit.pdf", "link/journal.db"])
def test_no_export_takes_a_place_within_a_journal(journal: Journal, tmp_path: Path, place: str) -> None:
    (tmp_path / "link").symlink_to(journal.folder)
    target = tmp_path / place if place.startswith("link") else journal.folder / place
    before = (journal.folder / "journal.db").read_bytes()
    unsaved = message("The film was not saved")
    with pytest.raises(WorldError, match="left to the journal alone"):
        save_export(target, b"%PDF")
    with pytest.raises(WorldError, match="left to the journal alone"), new_export_folder(target, unsaved):
        pass  # pragma: no cover
    with pytest.raises(WorldError, match="left to the journal alone"):
        write_bag(target, "top", [], [], "readme")
    assert (journal.folder / "journal.db").read_bytes() == before


def test_a_renamed_journal_is_known_by_its_parts(journal: Journal, tmp_path: Path) -> None:
    journal.close()
    renamed = journal.folder.rename(tmp_path / "diary")
    with pytest.raises(WorldError, match="left to the journal alone"):
        save_export(renamed / "journal.db", b"%PDF")
    save_export(tmp_path / "beside.pdf", b"%PDF")


def test_an_export_is_durable_before_it_replaces_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.ics"
    target.write_bytes(b"the old one")
    faulty = FaultyDisk(monkeypatch)
    save_export(target, b"the new one")
    renamed = faulty.steps.index("rename")
    assert "fsync" in faulty.steps[:renamed], "the file itself"
    assert "fsync" in faulty.steps[renamed:], "its name in the folder"
    assert target.read_bytes() == b"the new one"


@pytest.mark.parametrize("step", ["create", "write", "fsync", "rename"])
def test_a_disk_that_refuses_leaves_the_old_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    target = tmp_path / "plan.ics"
    target.write_bytes(b"the old one")
    refuse(monkeypatch, step, errno.ENOSPC)
    with pytest.raises(WorldError, match="Your journal is unchanged"):
        save_export(target, b"the new one")
    assert target.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.ics"]


def test_a_folder_gets_its_name_once_it_is_whole(tmp_path: Path) -> None:
    with (
        pytest.raises(WorldError, match="the film was not saved"),
        new_export_folder(
            tmp_path / "Film", message("Your journal is unchanged, but the film was not saved")
        ) as folder,
    ):
        add(folder, "missing/1.png", b"half")
    assert list(tmp_path.iterdir()) == []
    with new_export_folder(
        tmp_path / "Film", message("Your journal is unchanged, but the film was not saved")
    ) as folder:
        add(folder, "1.png", b"whole")
    assert (tmp_path / "Film" / "1.png").read_bytes() == b"whole"
    with (
        pytest.raises(WorldError, match="there already"),
        new_export_folder(tmp_path / "Film", message("Your journal is unchanged, but the film was not saved")),
    ):
        pass
