"""Small files that are replaced whole or not at all, and stay so through a power cut."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from needlejournal.store.folder import as_world_error, sync_file, sync_folder


def write_whole(path: Path, contents: bytes) -> None:
    """Write a file aside, make it durable and move it into place, for its owner's eyes only. Raises WorldError."""
    aside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(contents)
            sync_file(file)
        os.replace(aside, path)  # noqa: PTH105 (an older file is meant to be replaced)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise as_world_error(error, f"“{path.name}” was not written") from error
