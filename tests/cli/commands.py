"""The command line as a test uses it: in this process, with what it printed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from needlejournal import cli


class Commands:
    """Runs commands in this process and gives the facts of `--json`. `code`, `out` and `err` are of the last one."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *always: str) -> None:
        self._capsys, self._always = capsys, always
        self.code = 0
        self.out = self.err = ""

    def __call__(self, *arguments: object) -> Any:
        words = [*self._always, *(str(argument) for argument in arguments)]
        try:
            self.code = cli.main(words)
        except SystemExit as ended:
            self.code = int(ended.code or 0)
        self.out, self.err = self._capsys.readouterr()
        return json.loads(self.out) if "--json" in words and self.out else None
