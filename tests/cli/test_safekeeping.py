"""Keeping a journal safe, from the command line."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from needlejournal.store import open_journal
from tests.cli.commands import Commands


def test_backup_and_restore_give_the_same_journal(run: Commands, full: Path, tmp_path: Path) -> None:
    done = run("backup", full, tmp_path / "disk", "--json")
    assert run.code == 0 and (done["photos"], done["copied"], done["damaged"]) == (5, 5, [])
    again = run("backup", full, tmp_path / "disk", "--json")
    assert again["copied"] == again["copied_bytes"] == 0
    back = run("restore", tmp_path / "disk", tmp_path / "Back.needlejournal", "--json")
    assert run.code == 0 and (back["photos"], back["damaged"], back["encrypted"]) == (5, [], False)
    for folder, archive in ((full, "a.zip"), (tmp_path / "Back.needlejournal", "b.zip")):
        run("export", folder, "-o", tmp_path / archive)
        run("verify", folder)
        assert run.code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_damage_is_said_with_exit_code_1(run: Commands, full: Path, tmp_path: Path) -> None:
    path = min((full / "photos").glob("*/*"))
    path.write_bytes(b"other")
    done = run("backup", full, tmp_path / "disk", "--json")
    assert run.code == 1 and len(done["damaged"]) == 1 and "damaged" in run.err
    kept = min((tmp_path / "disk" / "photos").glob("*/*"))
    kept.write_bytes(b"other")
    back = run("restore", tmp_path / "disk", tmp_path / "Back.needlejournal", "--json")
    assert run.code == 1 and len(back["damaged"]) == 1 and back["photos"] == 3
    run("restore", tmp_path / "disk", tmp_path / "Back.needlejournal")
    assert run.code == 1 and "new folder only" in run.err
    run("restore", tmp_path / "disk", tmp_path / "Other", "--version", "1999")
    assert run.code == 1 and "no backup of “1999” here" in run.err


def test_verify_puts_photos_back_from_the_backup(run: Commands, full: Path, tmp_path: Path) -> None:
    run("backup", full, tmp_path / "disk")
    photos = sorted((full / "photos").glob("*/*"))
    photos[0].write_bytes(b"other")
    photos[1].unlink()
    run("verify", full)
    assert run.code == 1
    found = run("verify", full, "--repair", "--json")
    assert run.code == 0 and len(found["repaired"]) == 2 and not found["bad"] and not found["missing"]
    photos[0].write_bytes(b"other")
    (tmp_path / "disk").rename(tmp_path / "moved")
    run("verify", full, "--repair")
    assert run.code == 1
    run("verify", full, "--repair", "--backup", tmp_path / "moved")
    assert run.code == 0


def test_a_journal_in_use_on_another_computer_is_opened_when_asked_for(run: Commands, full: Path) -> None:
    (full / "lock").write_text(json.dumps({"host": "attic", "utc": "2025-03-08T11:00:00+00:00"}))
    run("info", full)
    assert run.code == 1 and "in use on “attic”" in run.err and "open it anyway" in run.err
    run("info", full, "--open-anyway")
    assert run.code == 0
    run("info", full)
    assert run.code == 0, "it is ours now"


def test_single_things_are_listed_and_brought_back(run: Commands, full: Path, tmp_path: Path) -> None:
    run("backup", full, tmp_path / "disk")
    nothing = run("restore", tmp_path / "disk", full, "--list")
    assert run.code == 0 and "has everything" in run.out and not nothing
    with closing(open_journal(full)) as journal:
        with journal.step("Delete"):
            for photo in journal.photos.all():
                journal.photos.trash(photo.id)
        journal.trash.purge(journal.trash.listing())
    listed = run("restore", tmp_path / "disk", full, "--list", "--json")
    assert run.code == 0 and {thing["kind"] for thing in listed["things"]} == {"photo"}
    run("restore", tmp_path / "disk", full, "--list")
    assert all(thing["thing"] in run.out and thing["what"] in run.out for thing in listed["things"])
    first, second, *_ = (thing["thing"] for thing in listed["things"])
    done = run("restore", tmp_path / "disk", full, "--only", first, second, "--json")
    assert run.code == 0 and done["brought_back"] == 2 and done["damaged"] == []
    run("verify", full)
    assert run.code == 0
    left = run("restore", tmp_path / "disk", full, "--list", "--json")
    assert len(left["things"]) == len(listed["things"]) - 2
    run("restore", tmp_path / "disk", full, "--only", first)
    assert run.code == 1 and f"no “{first}” in this backup" in run.err
    for copy in (tmp_path / "disk" / "photos").glob("*/*"):
        copy.write_bytes(b"other")
    done = run("restore", tmp_path / "disk", full, "--only", left["things"][0]["thing"], "--json")
    assert run.code == 1 and done["brought_back"] == 0 and len(done["damaged"]) == 1 and "Damaged" in run.err


@pytest.mark.parametrize("verb", ["import", "import-archive", "backup"])
def test_a_name_that_no_disk_takes_is_a_sentence(run: Commands, full: Path, verb: str) -> None:
    run(verb, full, "x" * 5000)
    assert run.code == 1 and ("longer than any" in run.err or "cannot be read" in run.err)
