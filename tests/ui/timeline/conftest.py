"""An empty journal whose jobs run when the test says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from needlejournal.ui.session import OpenJournal
from tests.ui.models.building import ByHand, new_journal


@pytest.fixture
def jobs_by_hand() -> ByHand:
    """Hold back jobs until the test runs them."""
    return ByHand()


@pytest.fixture
def opened(qapp: QApplication, tmp_path: Path, jobs_by_hand: ByHand) -> Iterator[OpenJournal]:
    """Open an empty journal, today being 1 May 2025."""
    made = new_journal(tmp_path, jobs_by_hand)
    yield made
    made.close()
