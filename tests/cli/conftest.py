"""What every test of the command line stands on: running a command, and a journal that holds everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from needlejournal.store import create_journal
from tests.cli.commands import Commands
from tests.store.every_kind import fill


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A journal with every kind of row."""
    journal = create_journal(tmp_path / "Full.needlejournal", "Anna's diary")
    fill(journal)
    journal.close()
    return tmp_path / "Full.needlejournal"
