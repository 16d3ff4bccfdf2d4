"""A journal to bring photos into, and a card that they are on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.store import Journal, create_journal


def now() -> datetime:
    return datetime(2025, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(paths.resources())


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = create_journal(tmp_path / "Mine.needlejournal", now=now)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder, as on a card."""
    made = tmp_path / "card"
    made.mkdir()
    return made
