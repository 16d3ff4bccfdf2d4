"""Whether a database has the tables, indexes and triggers its version should have, and nothing else.

A journal's folder came from anywhere: a foreign trigger or an altered table would be carried out by our own writing.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from enum import StrEnum

from needlejournal.store.database import MEMORY, Database
from needlejournal.store.migrations import MIGRATIONS

# A digest of the schema of each version as it was written then; a new version adds one, which `test_opening` tells.
DIGESTS: tuple[str, ...] = (
    "bc1958fabd20c540667f609325e53485",
    "b43f0978657dcd7692fc3313bd333ff5",
    "3cad761035307b1e21be40d49eac0f0b",
    "7cd542ae9e612a2863a466dcb561b5a5",
    "67298c8f8d2151f0ec591293736774f9",
    "e2d38d5274eb6445cfe65a616940b1c6",
    "7b95c80b9250777a7e9fbf3aa71ce74e",
    "7a28faa5455ded63b8f06c1d382cc76d",
    "7ea7d09f68301f16b7270e3ade36db6a",
)

Schema = frozenset[tuple[str, str, str, str]]
_SELECT = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"


class Fit(StrEnum):
    """How the schema of a database fits the one of its version."""

    OURS = "ours"
    MORE = "more"  # all of ours is there, and something else: it can be read, and must not be written
    LESS = "less"  # something of ours is missing or altered: it is damaged


def fit_of(database: Database, version: int) -> Fit:
    """Compare a database with what `version` of the schema is. Raises DatabaseError."""
    found = schema_of(database)
    if version <= len(DIGESTS) and digest_of(found) == DIGESTS[version - 1]:
        return Fit.OURS
    expected = expected_schema(version)
    if found == expected:
        return Fit.OURS
    return Fit.MORE if expected <= found else Fit.LESS


def schema_of(database: Database) -> Schema:
    """All that is defined in a database."""
    return frozenset((row[0], row[1], row[2], row[3]) for row in database.rows(_SELECT))


def expected_schema(version: int) -> Schema:
    """What the migrations up to `version` make."""
    with closing(Database(MEMORY, durable=False)) as made, made.transaction():
        for migration in MIGRATIONS[:version]:
            migration(made)
        return schema_of(made)


def digest_of(schema: Schema) -> str:
    """A short name for a schema."""
    return hashlib.sha256("\0".join("\1".join(row) for row in sorted(schema)).encode()).hexdigest()[:32]
