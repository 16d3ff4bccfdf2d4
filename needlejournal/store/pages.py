"""Telling by its pages whether a key opens an SQLCipher 4 database, without SQLite.

SQLite cannot tell when a change was cut off: opening for reading is then refused, and opening for writing rolls back.
Each page of the file carries an HMAC under a key made of the database's (SQLCipher's design, "Security Features").
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from needlejournal.store import disk

PAGE = 4096
SALT = 16  # at the beginning of the first page, in place of SQLite's header
HMAC = 64
LOOKED_AT = 16  # pages; one that was being written when the power went may fit no key


def fits(path: Path, key: bytes) -> bool:
    """Whether the database at `path` is under this raw key. False where it cannot be read."""
    try:
        with disk.Folder(path.parent) as place, place.opened(path.name) as file:
            pages = file.read(LOOKED_AT * PAGE)
    except OSError:
        return False
    salt = bytes(byte ^ 0x3A for byte in pages[:SALT])
    sealing = hashlib.pbkdf2_hmac("sha512", key, salt, 2, 32)
    return any(_is_sealed(pages[at : at + PAGE], at // PAGE + 1, sealing) for at in range(0, len(pages), PAGE))


def _is_sealed(page: bytes, number: int, sealing: bytes) -> bool:
    body = page[SALT if number == 1 else 0 : PAGE - HMAC]
    found = hmac.digest(sealing, body + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(found, page[PAGE - HMAC : PAGE])
