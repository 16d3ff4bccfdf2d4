"""Looking into one version of a backup without making a journal of it: what was written down then, and its originals.

The folder of backups came from anywhere and is only read. Knows nothing of what the journal holds now.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store.backup import BackupSource
from needlejournal.store.backup_folder import VERSIONS, BackupFolder, Version
from needlejournal.store.copying import NotTheSame, digest_on_disk
from needlejournal.store.database import Database
from needlejournal.store.folder import DATABASE, as_world_error
from needlejournal.store.keys import Keyring, is_locked
from needlejournal.store.migrations import NEWEST, migrate, version
from needlejournal.store.originals import Originals
from needlejournal.store.pages import fits
from needlejournal.store.records import Records, records_of
from needlejournal.store.schema_check import Fit, fit_of


class OtherKeys(WorldError):
    """This version is encrypted, and not with the keys at hand."""


@dataclass(frozen=True, slots=True)
class Older:
    """What a journal held when this version was made; `stored_names` by hash say where `originals` has a photo."""

    made: datetime
    name: str
    records: Records
    stored_names: Mapping[str, str]
    originals: Originals


def look_into(backups: BackupFolder, chosen: Version, source: BackupSource, keyring: Keyring | None = None) -> Older:
    """Read a version with the journal's own keys, or those of `keyring`; may run in a worker.

    Raises OtherKeys where neither opens it, WorldError when it is damaged or another journal's.
    """
    if backups.journal != source.uid:
        raise WorldError(
            message(
                "“{name}” holds the backups of another journal. Nothing was changed; choose another folder.",
                name=backups.folder.name,
            )
        )
    _prove(backups, chosen)
    originals = Originals(backups.folder, keyring.identities) if keyring else source.originals.elsewhere(backups.folder)
    with closing(_opened(chosen, _key(chosen, source, keyring))) as database:
        names: dict[str, str] = dict(database.rows("SELECT sha256, stored_name FROM photo"))
        return Older(chosen.made, chosen.folder.name, records_of(database), names, originals)


def _prove(backups: BackupFolder, chosen: Version) -> None:
    try:
        with backups.held(VERSIONS, chosen.folder.name) as place:
            sound = digest_on_disk(place, DATABASE) == chosen.files[DATABASE]
    except NotTheSame as error:
        raise _damaged() from error
    except OSError as error:
        raise as_world_error(error, message("The backup cannot be read; nothing was changed")) from error
    if not sound:
        raise _damaged()


def _key(chosen: Version, source: BackupSource, keyring: Keyring | None) -> bytes | None:
    if not is_locked(chosen.folder):
        return None
    known = keyring.database_keys if keyring else (source.key,)
    for key in known:
        if key is not None and fits(chosen.folder / DATABASE, key):
            return key
    raise OtherKeys(
        message(
            "This backup is encrypted with other keys than the journal has now. Nothing was changed. Restore it whole "
            "into a new folder; its own passphrase opens it there."
        )
    )


def _opened(chosen: Version, key: bytes | None) -> Database:
    """Its database as this version of the app would have it; an older one in memory, so that nothing is written."""
    database = Database(chosen.folder / DATABASE, read_only=True, key=key)
    try:
        found = _known_version(database)
        if found < NEWEST:
            database = database.in_memory()
            migrate(database, lambda _number: None)
    except BaseException:
        database.close()
        raise
    return database


def _known_version(database: Database) -> int:
    found = version(database)
    if found > NEWEST or fit_of(database, found) is not Fit.OURS:
        raise _damaged()
    return found


def _damaged() -> WorldError:
    return WorldError(
        message(
            "The database in this backup is damaged, or a newer version of Needle Journal made it. Nothing was "
            "changed; choose an older backup."
        )
    )
