"""Carrying a journal elsewhere and back, from the command line."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.cli.commands import Commands


def test_a_journal_goes_out_and_comes_back_the_same(run: Commands, full: Path, tmp_path: Path) -> None:
    out = run("export", full, "-o", tmp_path / "out.zip", "--json")
    assert run.code == 0 and out == {"records": 18, "photos": 4, "left_out": [], "unreadable": []}
    came = run("import-archive", tmp_path / "New.needlejournal", tmp_path / "out.zip", "--json")
    assert run.code == 0 and came["added"]["photo"] == 4 and came["already"] == 0
    assert run("info", tmp_path / "New.needlejournal", "--json")["name"] == "Anna's diary"
    run("export", tmp_path / "New.needlejournal", "-o", tmp_path / "again.zip")
    assert "not encrypted" in run.out
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "out.zip").read_bytes()
    again = run("import-archive", tmp_path / "New.needlejournal", tmp_path / "out.zip", "--json")
    assert again == {"added": {}, "already": 18, "differing": 0}


def test_a_photo_whose_original_is_gone_is_named(run: Commands, full: Path, tmp_path: Path) -> None:
    next((full / "photos").glob("*/*")).unlink()
    out = run("export", full, "-o", tmp_path / "out.zip", "--json")
    assert run.code == (1 if out["left_out"] else 0)
    assert not out["left_out"] or out["left_out"][0] in run.err


def test_a_bad_archive_makes_no_journal(run: Commands, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as evil:
        evil.writestr("../evil", b"x")
    for name in ("evil.zip", "none.zip"):
        run("import-archive", tmp_path / "New.needlejournal", tmp_path / name)
        assert run.code == 1 and run.err.strip() and not (tmp_path / "New.needlejournal").exists()


def test_differences_are_counted_and_left(run: Commands, full: Path, tmp_path: Path) -> None:
    run("export", full, "-o", tmp_path / "out.zip")
    run("log", full, "--day", "2025-03-08", "--symptom", "flaking", "--severity", "severe")
    run("import-archive", full, tmp_path / "out.zip")
    assert run.code == 0 and "1 of them says something else here" in run.out


def test_a_diary_of_another_program_comes_in(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "red").mkdir()
    (tmp_path / "red" / "2024-03.txt").write_text("1: {text: Hello}")
    came = run("import-archive", tmp_path / "New.needlejournal", tmp_path / "red", "--json")
    assert run.code == 0 and came == {"added": {"day_note": 1, "photo": 0}, "unreadable": []}
    with zipfile.ZipFile(tmp_path / "red.zip", "w") as archive:
        archive.writestr("2024-03.txt", "1: {text: Hello}")
    run("import-archive", tmp_path / "New.needlejournal", tmp_path / "red.zip")
    assert run.code == 0 and "0 day notes" in run.out
