"""One file or folder from elsewhere, whatever it is: an archive of ours, or a diary of another program.

First prepared in a worker, then admitted where rows are written, or discarded.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from needlejournal.store import Journal
from needlejournal.store.originals import Originals
from needlejournal.workflows.archives import archiving, foreign_diaries
from needlejournal.workflows.archives.archiving import Prepared, TakenIn
from needlejournal.workflows.archives.bag_reading import is_bag
from needlejournal.workflows.archives.foreign_diaries import DiaryTakenIn, PreparedDiary, Target
from needlejournal.workflows.archives.zip_reading import CheckedZip
from needlejournal.workflows.progress import Control


def prepare(path: Path, target: Target, names: Mapping[str, str], control: Control) -> Prepared | PreparedDiary:
    """Prove and read the file, or the folder of a diary, and make its new photos durable.

    `names` says where originals lie, by hash.
    Runs in a worker. Raises WorldError, and Cancelled when stopped; then nothing new is left behind.
    """
    if path.is_dir():
        with foreign_diaries.foreign_entries(path) as entries:
            return foreign_diaries.prepare_diary(target, entries, control)
    with CheckedZip(path) as archive:
        if is_bag(archive):
            return archiving.prepare(target.originals, names, archive, control)
        with foreign_diaries.foreign_entries(path, archive) as entries:
            return foreign_diaries.prepare_diary(target, entries, control)


def admit(journal: Journal, prepared: Prepared | PreparedDiary) -> TakenIn | DiaryTakenIn:
    """Write the rows, inside an open step; `discard` when that fails."""
    if isinstance(prepared, PreparedDiary):
        return foreign_diaries.admit_diary(journal, prepared)
    return archiving.admit(journal, prepared)


def discard(originals: Originals, prepared: Prepared | PreparedDiary) -> None:
    """Remove the photos of what is not taken in after all."""
    if isinstance(prepared, PreparedDiary):
        foreign_diaries.let_go(originals, prepared.arrivals)
    else:
        archiving.discard(originals, prepared)
