"""Making a new journal from what is still readable of a damaged one. The damaged folder is only read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import WorldError
from needlejournal.store import Journal, open_journal
from needlejournal.store.salvage import Rescued, free_folder, rescue, unknown_originals
from needlejournal.workflows import import_draft
from needlejournal.workflows.importing import import_all, look
from needlejournal.workflows.progress import Control, Unattended


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
) -> Salvaged:
    """Copy what can be read into a new journal: in `folder`, or under a free name beside the damaged one.

    Photos whose rows were lost come back with the date that is in them; those without one wait as an interrupted
    import. Raises WorldError when nothing can be read or the copy cannot be written.
    """
    target = folder or free_folder(damaged, paths.default_journals_dir())
    rescued = rescue(damaged, target)
    if not rescued.rows and not rescued.originals:
        rmtree(target, ignore_errors=True)
        raise WorldError(
            "Nothing in this journal can be read any more. Nothing was changed. If you have a backup of its folder, "
            "open that."
        )
    journal = open_journal(target)
    try:
        return _completed(journal, catalogue, control, rescued)
    finally:
        journal.close()


def _completed(journal: Journal, catalogue: Catalogue, control: Control, rescued: Rescued) -> Salvaged:
    journal.let_go_of_unreadable()
    lost = unknown_originals(journal.folder)
    waiting = 0
    if lost:
        plan = look(journal, lost, catalogue, control)
        imported = import_all(journal, plan, control)
        saved = {item.key for item, _photo in imported.saved}
        left = [item for item in plan.items if item.key not in saved and item.wanted]
        import_draft.keep(journal, left)
        waiting = len(left)
    counts, held = journal.counts(), rescued.held
    sessions, photos = Share(counts.sessions, held.sessions), Share(counts.photos, held.photos)
    days = Share(journal.days_written(), held.days)
    return Salvaged(journal.folder, sessions, photos, days, waiting, rescued.damaged_originals)
