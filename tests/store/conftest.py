"""A journal in a temporary folder, with a clock that tests set, and values to put into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from needlejournal.journal.moments import When
from needlejournal.journal.photos import Original, Photo
from needlejournal.store import Journal, create_journal


class Clock:
    """The time of day, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2025, 3, 8, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let time pass (or, with negative numbers, set the clock back)."""
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Mine.needlejournal"


@pytest.fixture
def journal(folder: Path, clock: Clock) -> Iterator[Journal]:
    made = create_journal(folder, "Mine", now=clock)
    yield made
    made.close()


def a_photo(number: int = 1, day: date = date(2025, 3, 8), **known: object) -> Photo:
    """A photo whose original is made up."""
    sha256 = f"{number:064x}"
    original = Original(sha256, f"00/{sha256}.jpg", f"IMG_{number}.jpg", 1000 + number, "jpeg", 1200, 1600)
    return Photo(original, When(day, time(9, number % 60), 60), **known)  # type: ignore[arg-type]
