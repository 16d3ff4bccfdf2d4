"""Folders in which photos arrive: what is new in them since the person last looked through. Nothing in them is changed.

Names, sizes and dates tell what is new; pixels are read only of that. The journal remembers what was offered before by
marks that no name can be read from. A mark goes by name, size and date, so that a folder may be renamed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG

from needlejournal.imaging.reading.unreadable import DAMAGED_KIND, Reason
from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.store import Journal
from needlejournal.store.remembered import ARRIVE_IN, ARRIVED_LAST, ARRIVED_SEEN
from needlejournal.workflows.comparison.readings import sight_of
from needlejournal.workflows.photos_in.import_plan import UNREACHABLE, ImportItem
from needlejournal.workflows.photos_in.import_views import CLOSE_UP, as_seen, proposed_views
from needlejournal.workflows.photos_in.walking import PICTURES, find
from needlejournal.workflows.progress import Control, Unattended

MARK_BYTES = 8
LOOKED_AT = 200  # of the newest photos; of more at once only the names are told
NOT_REACHED = frozenset({UNREACHABLE, Reason.NO_MEMORY.kind})  # a disk that was taken out, a computer that is short
MOSTLY_SKIN = 0.6  # the close-ups of resources/sample have 0.82 and more


@frozen
class Arrived:
    """New files in these folders, the newest first, and the marks of all that are there."""

    files: tuple[Path, ...] = ()
    marks: Mapping[Path, bytes] = field(default_factory=dict)

    @property
    def news(self) -> tuple[bytes, ...]:
        """The marks of the new files: others when one of them is written on."""
        return tuple(self.marks[file] for file in self.files)


@frozen
class Sorted:
    """New files: those that look like the photos of this diary, the others, and what is in the journal already or is no
    picture; and what could not be reached just now, and is to be looked at again."""

    alike: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    known: tuple[Path, ...] = ()
    away: tuple[Path, ...] = ()


def folders_of(journal: Journal) -> tuple[Path, ...]:
    """The folders the person named."""
    try:
        named = json.loads(journal.remembered.get(ARRIVE_IN) or "[]")
    except ValueError:
        return ()
    return tuple(Path(name) for name in named if isinstance(name, str)) if isinstance(named, list) else ()


def watch(journal: Journal, folders: Sequence[Path], there: Iterable[bytes] = ()) -> None:
    """Name these folders; `there` marks what is in a new one already, which is not offered. Raises WorldError."""
    pass_by(journal, there)  # first: a folder whose old pictures are all offered would be worse than one not named
    journal.remembered.put(ARRIVE_IN, json.dumps([str(folder) for folder in folders], ensure_ascii=False))


def seen_before(journal: Journal) -> frozenset[bytes]:
    """The marks of what was offered before."""
    try:
        packed = base64.b64decode(journal.remembered.get(ARRIVED_SEEN), validate=True)
    except ValueError:
        return frozenset()
    return frozenset(packed[at : at + MARK_BYTES] for at in range(0, len(packed), MARK_BYTES))


def last_looked(journal: Journal) -> datetime | None:
    """When the person last looked through what had arrived."""
    try:
        return datetime.fromisoformat(journal.remembered.get(ARRIVED_LAST))
    except ValueError:
        return None


def pass_by(journal: Journal, marks: Iterable[bytes]) -> None:
    """Offer these no more; the person has decided nothing. Raises WorldError."""
    seen = seen_before(journal)
    if new := set(marks) - seen:
        journal.remembered.put(ARRIVED_SEEN, base64.b64encode(b"".join(sorted(seen | new))).decode("ascii"))


def looked_through(journal: Journal, marks: Iterable[bytes], now: datetime) -> None:
    """The person has looked at these, or wants none of them: they are offered no more. Raises WorldError."""
    pass_by(journal, marks)
    journal.remembered.put(ARRIVED_LAST, now.astimezone(UTC).isoformat())


def arrived_in(folders: Sequence[Path], seen: frozenset[bytes]) -> Arrived:
    """What is in these folders that was not seen; a folder that is not there is no error. Safe in a worker."""
    dated: list[tuple[int, Path]] = []
    marks: dict[Path, bytes] = {}
    for source, _ in find(folders).files:
        if not isinstance(source, Path) or source.suffix.lower() not in PICTURES:
            continue
        try:
            state = source.stat()
        except OSError:
            continue
        if not (S_ISREG(state.st_mode) and os.access(source, os.R_OK)):
            continue
        state_text = f"{source.name}\0{state.st_size}\0{state.st_mtime_ns}".encode("utf-8", "surrogateescape")
        marks[source] = hashlib.blake2b(state_text, digest_size=MARK_BYTES).digest()
        if marks[source] not in seen:
            dated.append((state.st_mtime_ns, source))
    return Arrived(tuple(path for _, path in sorted(dated, reverse=True)), marks)


def sorted_out(
    journal: Journal,
    items: Sequence[ImportItem],
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> Sorted:
    """Which of these, looked at already, look like this diary's views; in a worker. Others are only set behind."""
    views = {view for _, _, view, _ in journal.photos.places() if view}
    looks = proposed_views(journal, [item for item in items if item.wanted], control)
    found: dict[str, list[Path]] = {"alike": [], "others": [], "known": [], "away": []}
    for item in items:
        look = looks.get(item.key, "")
        fits = bool(look) and (not views or look in views) and (look != CLOSE_UP or _is_skin(journal, item))
        if isinstance(item.source, Path):
            found[_place(item, fits=fits)].append(item.source)
    return Sorted(**{place: tuple(files) for place, files in found.items()})


def _place(item: ImportItem, *, fits: bool) -> str:
    """Where among the sorted it stands; a damaged photo is a photo."""
    if item.kind in NOT_REACHED:
        return "away"
    if not item.wanted and item.kind != DAMAGED_KIND:
        return "known"
    return "alike" if fits else "others"


def _is_skin(journal: Journal, item: ImportItem) -> bool:
    from needlejournal.imaging.aligning.skin_area import skin_area

    try:
        return skin_area(sight_of(journal, as_seen(item))).share >= MOSTLY_SKIN
    except WorldError:
        return False
