"""Proving that what is "in the journal already" is: the stored file is read, and put back from the same photo at hand
when it is missing or not what it was. Runs in a worker; writes no row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from needlejournal.journal.errors import WorldError
from needlejournal.store import Journal
from needlejournal.store.originals import Originals
from needlejournal.workflows.photos_in.import_plan import Stored

Prove = Callable[[str, bytes], Stored]


def unproven(_sha256: str, _contents: bytes) -> Stored:
    """Believe it: where there is no journal, or one that may only be looked at."""
    return Stored.WHOLE


def proof_for(journal: Journal) -> Prove:
    """How stored files of this journal are proven. Reads rows; what it gives may run in a worker."""
    if journal.read_only:
        return unproven
    return Proof(journal.originals, journal.photos.stored_names())


@dataclass(frozen=True, slots=True)
class Proof:
    """Proves stored files, whose names stand in `names` by their hashes."""

    originals: Originals
    names: Mapping[str, str]

    def __call__(self, sha256: str, contents: bytes) -> Stored:
        """How the stored file with this hash is, or was; what lay in its place goes to quarantine/."""
        name = self.names.get(sha256, "")
        try:
            if self.originals.digest(name) == sha256:
                return Stored.WHOLE
            self.originals.put_back(name, contents, sha256)
        except WorldError:
            return Stored.BROKEN
        return Stored.MENDED
