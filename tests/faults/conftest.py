"""Counting what was tried, for `docs/reliability.md`: the sums stand at the end of a run."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable

import pytest

TRIED: Counter[str] = Counter()
# What is recorded, killed, mounted and measured here is so in Linux's ways.
collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]


@pytest.fixture
def tried() -> Callable[[str, int], None]:
    """Add to the sum of something that was tried."""

    def add(what: str, many: int = 1) -> None:
        TRIED[what] += many

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The sums, each on a line."""
    for what, many in sorted(TRIED.items()):
        terminalreporter.write_line(f"{many:>9,} {what}")
