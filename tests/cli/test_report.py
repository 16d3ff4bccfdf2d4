"""The report command: the file, what it prints, and what it refuses."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from needlejournal import cli
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import create_journal
from needlejournal.workflows.sample import make_sample


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    journal = create_journal(tmp_path / "Mine.needlejournal")
    with journal.step("write"):
        for days in (60, 20):
            journal.sessions.save(Session(When(date.today() - timedelta(days=days)), setting="clinic"))
        journal.questions.write(["Is it normal?"])
    journal.close()
    return tmp_path / "Mine.needlejournal"


def test_it_writes_a_pdf_and_says_what_is_in(mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "visit.pdf"
    assert cli.main(["report", str(mine), "-o", str(target), "--paper", "letter", "--json"]) == 0
    run = json.loads(capsys.readouterr().out)
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert run["pages"] >= 1
    assert (run["kind"], run["paper"], run["in"]["sessions"], run["in"]["questions"]) == ("visit", "letter", 1, 1)
    assert run["bytes"] == target.stat().st_size


def test_a_photo_that_is_left_out_is_not_counted_as_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "Sample.needlejournal"
    make_sample(folder).close()
    counts = []
    for _ in range(2):
        assert cli.main(["report", str(folder), "-o", str(tmp_path / "r.pdf"), "--session", "4", "--json"]) == 0
        run = json.loads(capsys.readouterr().out)
        counts.append((run["in"]["photos"], run["photos_left_out"]))
        for file in [*(folder / "photos").rglob("*.*"), folder / "previews.db"]:
            file.unlink(missing_ok=True)
    (shown, none), (kept, left) = counts
    assert shown > 0 and none == 0
    assert (kept, left) == (0, shown)


def test_in_words_it_says_that_the_file_is_not_encrypted(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["report", str(mine), "-o", str(tmp_path / "r.pdf"), "--kind", "reaction", "--no-faces"]) == 0
    assert "not encrypted" in capsys.readouterr().out


def test_a_session_that_is_not_there_is_one_sentence(
    mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["report", str(mine), "-o", str(tmp_path / "r.pdf"), "--session", "7"]) == 1
    assert capsys.readouterr().err == "There is no session 7. This journal has 2 sessions.\n"
    assert list(tmp_path.glob("*.pdf")) == []


def test_session_and_since_make_no_sense_together(mine: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["report", str(mine), "-o", str(tmp_path / "r.pdf"), "--session", "1", "--since", "2025-01-01"])
    assert ended.value.code == 2
