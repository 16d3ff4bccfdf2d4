"""What every test of the command line stands on: running a command."""

from __future__ import annotations

import pytest

from tests.cli.commands import Commands


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(capsys)
