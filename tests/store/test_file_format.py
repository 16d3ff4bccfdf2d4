"""The description of the folder is true: it names every table and column, and its questions can be asked."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from needlejournal.store import Journal
from needlejournal.store.folder import README_TEXT
from needlejournal.store.migrations import NEWEST

PAGE = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")
QUESTIONS = [part for part in re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)[0].split("\n\n") if part.strip()]
CONVENTIONS = {"id", "uid", "rev", "created_utc", "changed_utc", "deleted_utc", "day", "time", "offset_minutes"}


@pytest.fixture
def stranger(journal: Journal, folder: Path) -> sqlite3.Connection:
    """The database opened without any code of ours."""
    journal.close()
    connection = sqlite3.connect(folder / "journal.db")
    yield connection
    connection.close()


def test_it_describes_the_schema_of_now() -> None:
    assert f"schema version {NEWEST}" in PAGE


def test_every_table_and_column_is_described(stranger: sqlite3.Connection) -> None:
    tables = [row[0] for row in stranger.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    kept = [name for name in tables if not name.startswith(("search_", "sqlite_"))]
    assert [name for name in kept if f"`{name}`" not in PAGE] == []
    for table in set(kept) - {"meta", "reminder", "draft", "history", "search"}:
        columns = {row[1] for row in stranger.execute(f"PRAGMA table_info({table})")} - CONVENTIONS
        line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{table}`"))
        assert {column for column in columns if f"`{column}`" not in line} == set(), table


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_questions_can_be_asked(stranger: sqlite3.Connection, question: str) -> None:
    assert stranger.execute(question).fetchall() == []


def test_the_short_form_in_the_folder_and_the_page_name_the_same_parts() -> None:
    for part in ("photos/", "journal.db", "previews.db", "incoming/", "quarantine/", "lock"):
        assert part in README_TEXT
        assert part in PAGE
