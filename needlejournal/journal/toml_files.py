"""What the app's data files say, without reading TOML at every start: `kept.json` beside them holds it, written by

    python -m needlejournal.journal.toml_files resources

The files count: where one of them is another than it was then, its kept reading is not used. Knows none of them.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

KEPT = "kept.json"
FOLDERS = (".", "treatments", "themes")


def kept(folder: Path, names: Iterable[str]) -> dict[str, dict[str, Any]] | None:
    """What the files of these names below `folder` say, or None when one is not as it was when that was written down.

    It was checked then. Each call gives values of its own.
    """
    known, found = _known(folder), {}
    for name in names:
        mark, text = known.get(name, ("", ""))
        if not mark or mark != _mark(folder / name):
            return None
        found[name] = json.loads(text)
    return found


def write_kept(folder: Path) -> str:
    """The text of `kept.json` for the files that are there now: by name its mark, and what it says as JSON."""
    import tomllib

    files = sorted(file for sub in FOLDERS for file in (folder / sub).glob("*.toml"))
    read = {
        file.relative_to(folder).as_posix(): (
            _mark(file),
            json.dumps(tomllib.loads(file.read_text(encoding="utf-8")), ensure_ascii=False),
        )
        for file in files
    }
    return json.dumps(read, indent=1, ensure_ascii=False) + "\n"


@cache
def _known(folder: Path) -> dict[str, tuple[str, str]]:
    with suppress(OSError, ValueError, TypeError, AttributeError):
        return {name: (mark, text) for name, (mark, text) in json.loads((folder / KEPT).read_bytes()).items()}
    return {}


def _mark(file: Path) -> str:
    """The length and checksum of a file; "" where there is none. Line ends of another system make another file."""
    with suppress(OSError):
        held = file.read_bytes()
        return f"{len(held)}-{zlib.crc32(held):08x}"
    return ""


if __name__ == "__main__":
    here = Path(sys.argv[1])
    (here / KEPT).write_text(write_kept(here), encoding="utf-8", newline="\n")
