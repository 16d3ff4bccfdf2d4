"""A journal to bring photos into, and a card that they are on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal, create_journal
from needlejournal.workflows.photos_in.importing import import_all, look
from tests.workflows.pictures import jpeg


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


@pytest.fixture
def close_ups(journal: Journal, folder: Path, catalogue: Catalogue) -> list[Photo]:
    """Three close-ups of one place of skin, a month apart, that do not lie over one another."""
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(jpeg(number))
    plan = look(journal, [folder], catalogue)
    keys = [item.key for item in plan.items]
    for number, key in enumerate(keys):
        plan = plan.with_day([key], date(2025, 1 + number, 10), journal.sessions.calendar())
    import_all(journal, plan.with_view(keys, "close_up", "nose"))
    return journal.photos.of_view("close_up", "nose")
