"""The keys of an encrypted journal while it is open, and telling whether a journal is encrypted.

How keys lie in files is `keyring`'s, which is loaded only when a journal is unlocked or its keys are written.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.store import disk
from needlejournal.store.age_keys import Identity, Recipient
from needlejournal.store.folder import DATABASE
from needlejournal.store.pages import fits

KEYRING = "keyring.age"
RECOVERY = "keyring-recovery.age"
KEY_BYTES = 32
PLAIN = b"SQLite format 3\0"  # how every database begins that is not encrypted


class NeedsPassphrase(WorldError):
    """The journal is encrypted and no passphrase was given."""


class WrongPassphrase(WorldError):
    """The passphrase or recovery key opens nothing here: wrong, or the keyring is damaged; nobody can tell which."""


@frozen
class Keyring:
    """The newest key comes first; older ones stay only while everything is being written anew for the newest."""

    database_keys: tuple[bytes, ...] = field(repr=False)
    identities: tuple[Identity, ...] = field(repr=False)
    recovery: Recipient

    @property
    def changing(self) -> bool:
        """Whether older keys are still needed."""
        return len(self.identities) > 1

    def renewed(self) -> Keyring:
        """With new keys in front of these."""
        return replace(
            self,
            database_keys=(secrets.token_bytes(KEY_BYTES), *self.database_keys),
            identities=(Identity.made(), *self.identities),
        )

    def newest(self) -> Keyring:
        """Without the older keys."""
        return replace(self, database_keys=self.database_keys[:1], identities=self.identities[:1])


def make_keyring() -> tuple[Keyring, Identity]:
    """New keys, and the recovery key: it is kept nowhere and must be shown to the person now."""
    recovery = Identity.made()
    keyring = Keyring((secrets.token_bytes(KEY_BYTES),), (Identity.made(),), recovery.recipient)
    return keyring, recovery


def is_locked(folder: Path) -> bool:
    """Whether the journal's database can be opened with its keys only."""
    if not any((folder / name).is_file() for name in (KEYRING, RECOVERY)):
        return False
    with suppress(OSError), disk.open_plain(folder / DATABASE) as file:
        return file.read(len(PLAIN)) != PLAIN
    return False


def fitting_key(path: Path, keyring: Keyring | None) -> bytes | None:
    """The key a database opens with: None for a plain one, else the newest that fits, or the newest there is."""
    if keyring is None or not is_locked(path.parent):
        return keyring.database_keys[0] if keyring and not path.exists() else None
    fitting = (key for key in keyring.database_keys if fits(path, key))
    return next(fitting, keyring.database_keys[-1])
