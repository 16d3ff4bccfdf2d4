"""A damaged journal: a new one of what is still readable, an earlier copy of its database, photos in no entry."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store import Journal, open_journal
from needlejournal.store.folder import FolderLock, as_world_error
from needlejournal.store.keys import Keyring
from needlejournal.store.originals import SEALED
from needlejournal.store.salvage import Rescued, free_folder, rescue, unknown_originals
from needlejournal.store.snapshots import Snapshot, Snapshots
from needlejournal.workflows.photos_in import import_draft
from needlejournal.workflows.photos_in.import_plan import Pasted
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.progress import Control, Unattended

AT_ONCE = 8  # photos held in memory
MOST = 200


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a kind the copy holds, and how many there were; None where that cannot be known any more."""

    read: int
    of: int | None

    @property
    def lost(self) -> int | None:
        """How many could not be read; None where nobody can know."""
        return None if self.of is None else max(0, self.of - self.read)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The folder of the copy and what is in it; `waiting` photos still need a date before they can be shown.

    `days` have a note or side effects. The files of `damaged_photos` are not what they were and lie apart.
    """

    folder: Path
    sessions: Share
    photos: Share
    days: Share
    waiting: int
    damaged_photos: int

    @property
    def whole(self) -> bool:
        """Whether it is known that nothing is missing."""
        kinds = (self.sessions, self.photos, self.days)
        return all(share.lost == 0 for share in kinds) and not (self.waiting or self.damaged_photos)


def salvage(
    damaged: Path,
    catalogue: Catalogue,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
    folder: Path | None = None,
    keyring: Keyring | None = None,
) -> Salvaged:
    """Copy what can be read into a new journal: in `folder`, or under a free name beside the damaged one.

    An encrypted one needs its keys, and the copy opens with the same. Photos whose rows were lost come back with the
    date that is in them; those without one wait as an interrupted import, or lie in no entry where they are encrypted.
    Raises WorldError when nothing can be read or the copy cannot be written.
    """
    target = folder or free_folder(damaged, paths.default_journals_dir())
    rescued = rescue(damaged, target, keyring)
    if not rescued.rows and not rescued.originals:
        rmtree(target, ignore_errors=True)
        raise WorldError(
            message(
                "Nothing in this journal can be read any more. Nothing was changed. If you have a backup of its "
                "folder, open that."
            )
        )
    journal = open_journal(target, keyring=keyring)
    try:
        return _completed(journal, catalogue, control, rescued)
    finally:
        journal.close()


def _completed(journal: Journal, catalogue: Catalogue, control: Control, rescued: Rescued) -> Salvaged:
    journal.let_go_of_unreadable()
    waiting = (
        _bring_in_sealed(journal, catalogue, control) if journal.encrypted else _bring_in(journal, catalogue, control)
    )
    counts, held = journal.counts(), rescued.held
    sessions, photos = Share(counts.sessions, held.sessions), Share(counts.photos, held.photos)
    days = Share(journal.days_written(), held.days)
    return Salvaged(journal.folder, sessions, photos, days, waiting, rescued.damaged_originals)


def _bring_in(journal: Journal, catalogue: Catalogue, control: Control) -> int:
    """Import the photos that are in no entry; those without a date wait as an interrupted import. Gives how many."""
    lost = unknown_originals(journal.folder)
    if not lost:
        return 0
    plan = look(journal, lost, catalogue, control)
    imported = import_all(journal, plan, control)
    saved = {item.key for item, _photo in imported.saved}
    left = [item for item in plan.items if item.key not in saved and item.wanted]
    import_draft.keep(journal, left)
    return len(left)


def _bring_in_sealed(journal: Journal, catalogue: Catalogue, control: Control) -> int:
    """The same where photos lie encrypted, a few at a time: those without a date stay where they lie, and the window
    offers them."""
    lost = journal.checkup.orphans()
    for start in range(0, len(lost), AT_ONCE):
        plan = look(journal, _read(journal, lost[start : start + AT_ONCE]), catalogue, control)
        import_all(journal, plan, control)
    with suppress(OSError):
        journal.checkup.set_doubles_aside()
    return len(journal.checkup.orphans())


def newest_good_copy(folder: Path) -> Snapshot | None:
    """The newest copy of the database in a journal's folder whose bytes are what they were, or None."""
    return next(Snapshots(folder).good(), None)


def go_back(folder: Path) -> None:
    """Put the newest good copy of the database in its place; the damaged one is kept in quarantine/. Raises WorldError,
    AlreadyOpen when a window has the journal."""
    copy = newest_good_copy(folder)
    if copy is None:
        raise WorldError(message("There is no good copy of the database in this journal. Nothing was changed."))
    try:
        lock = FolderLock(folder)
        try:
            Snapshots(folder).put_in_place(copy)
        finally:
            lock.release()
    except OSError as error:
        raise as_world_error(error, message("The journal is as it was")) from error


def orphan_sources(journal: Journal) -> tuple[Pasted, ...]:
    """Photos of the journal's folder that are in no entry, to be imported like any others; many come in several goes.

    What is only another copy of a photo that is here is put into quarantine/.
    """
    with suppress(OSError):
        journal.checkup.set_doubles_aside()
    return _read(journal, journal.checkup.orphans()[:MOST])


def _read(journal: Journal, names: Iterable[str]) -> tuple[Pasted, ...]:
    found = []
    for name in names:
        with suppress(WorldError):
            found.append(Pasted(name.rpartition("/")[2].removesuffix(SEALED), journal.originals.read(name)))
    return tuple(found)
