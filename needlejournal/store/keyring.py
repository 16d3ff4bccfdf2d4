"""The two files that hold the keys of an encrypted journal: one for the passphrase, one for the recovery key.

Both are age files with the same text inside, which `age -i` takes as it is. Knows nothing of databases or photos.
"""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.message import message
from needlejournal.store import age, disk
from needlejournal.store.age_keys import Identity, NotAKey, Recipient
from needlejournal.store.durable import write_whole
from needlejournal.store.folder import as_world_error
from needlejournal.store.keys import KEY_BYTES, KEYRING, RECOVERY, Keyring, WrongPassphrase

LARGEST = 64 * 1024
_DATABASE = "# database-key: "
_RECOVERY = "# recovery: "
_INTRO = """\
# The keys of a journal of Needle Journal. Whoever has this text can read the journal.
# The first database key opens journal.db and previews.db (SQLCipher 4, raw key); the secret keys open photos/.
"""


def save_for_passphrase(folder: Path, keyring: Keyring, passphrase: str) -> None:
    """Write `keyring.age` anew, proven to open before it replaces the old one. Takes seconds. Raises WorldError."""
    sealed = _sealed(keyring, _typed(passphrase))
    if _parsed(_contents(sealed, _typed(passphrase))) != keyring:
        raise WorldError(message("The keys could not be written as they should be. Nothing was changed; try again."))
    write_whole(folder / KEYRING, sealed)


def save_for_recovery(folder: Path, keyring: Keyring) -> None:
    """Write `keyring-recovery.age` anew for the recovery key the keyring names. Raises WorldError."""
    write_whole(folder / RECOVERY, _sealed(keyring, keyring.recovery))


def unlock(folder: Path, passphrase: str) -> Keyring:
    """The keys of a journal. Takes about a second, whether right or wrong. Raises WrongPassphrase, WorldError."""
    try:
        return _parsed(_contents(_read(folder / KEYRING), _typed(passphrase)))
    except age.NotOpened as error:
        raise _wrong() from error


def unlock_with_recovery(folder: Path, recovery_key: str) -> Keyring:
    """The keys by the recovery key as it stands on the sheet. Raises WrongPassphrase, WorldError."""
    try:
        identity = Identity.parse("".join(recovery_key.split()).upper())
        return _parsed(_contents(_read(folder / RECOVERY), [identity]))
    except (age.NotOpened, NotAKey) as error:
        raise _wrong() from error


def checked_passphrase(passphrase: str) -> str:
    """A passphrase that may be used: not empty, on one line. Raises BadInput."""
    if not passphrase.strip():
        raise BadInput(message("The passphrase is empty. Nothing was changed; please think of one and type it."))
    if any(unicodedata.category(sign) == "Cc" for sign in passphrase):
        raise BadInput(
            message("The passphrase has a line break or another sign that cannot be typed. Please leave that out.")
        )
    return _typed(passphrase)


def _typed(passphrase: str) -> str:
    """The same letters are the same bytes on every system, as a terminal would give them to `age`."""
    return unicodedata.normalize("NFC", passphrase)


def _wrong() -> WrongPassphrase:
    return WrongPassphrase(
        message(
            "This passphrase does not open the journal. Nothing was changed. Check capital letters, spaces and the "
            "keyboard's language, and try again, or use the recovery key from your sheet."
        )
    )


def _read(path: Path) -> bytes:
    try:
        with disk.Folder(path.parent) as place, place.opened(path.name) as file:
            sealed = file.read(LARGEST)
    except OSError as error:
        raise as_world_error(error, message("The journal's keys in “{name}” cannot be read", name=path.name)) from error
    if not sealed.startswith(age.INTRO):
        other = message("the recovery key from your sheet") if path.name == KEYRING else message("the passphrase")
        raise WorldError(
            message(
                "The file “{name}” in the journal's folder is damaged: it holds no keys any more. Nothing was changed. "
                "Open the journal with {other}, or restore it from a backup.", name=path.name, other=other
            )
        )  # fmt: skip
    return sealed


def _sealed(keyring: Keyring, to: Recipient | str) -> bytes:
    written = io.BytesIO()
    sealing = age.Sealing(written, to)
    sealing.write(_as_text(keyring).encode())
    sealing.finish()
    return written.getvalue()


def _contents(sealed: bytes, keys: list[Identity] | str) -> str:
    return b"".join(age.opened(io.BytesIO(sealed), keys)).decode("utf-8", "replace")


def _as_text(keyring: Keyring) -> str:
    lines = [f"{_DATABASE}{key.hex()}" for key in keyring.database_keys]
    lines += [f"{_RECOVERY}{keyring.recovery}", *(identity.written() for identity in keyring.identities)]
    return _INTRO + "\n".join(lines) + "\n"


def _parsed(text: str) -> Keyring:
    """Raises NotOpened for a text that is no keyring: it opened, but not with keys of a journal."""
    lines = text.splitlines()
    try:
        keys = tuple(bytes.fromhex(line[len(_DATABASE) :]) for line in lines if line.startswith(_DATABASE))
        identities = tuple(Identity.parse(line) for line in lines if line and not line.startswith("#"))
        recovery = next(Recipient.parse(line[len(_RECOVERY) :]) for line in lines if line.startswith(_RECOVERY))
    except (ValueError, StopIteration) as error:
        raise age.NotOpened from error
    if not identities or not keys or any(len(key) != KEY_BYTES for key in keys):
        raise age.NotOpened
    return Keyring(keys, identities, recovery)
