"""How the compared photos lie on each other: what was asked for, what was found in the background, what is kept.

Place 0 sets the sheet; every other photo is aligned to it. Knows no pixels and no widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from needlejournal.journal.alignments import Alignment, Matrix, Point
from needlejournal.journal.changes import Changes
from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.jobs import SOON, Job, JobControl
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison import aligning
from needlejournal.workflows.comparison.aligning import AUTO, HAND

OFF = "off"


@frozen
class AlignmentWish:
    """What the person asked for: "auto", "face", "close-up" or "off"; `zone` is one zone of the face.

    By hand is nothing that holds for all pairs: it is kept for two photos, and used where nothing else is asked for.
    """

    method: str = AUTO
    zone: str = ""


_Key = tuple[int, int, AlignmentWish, str]  # the photos, what is wanted, and the question that is asked of them


class Alignments(QObject):
    """Finds and keeps alignments; `changed` tells that one was found, made, confirmed or switched off."""

    changed = Signal()

    def __init__(self, open_journal: OpenJournal, wish: AlignmentWish, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self.wish = wish
        self._found: dict[_Key, Alignment] = {}
        self._jobs: dict[_Key, Job[Alignment]] = {}
        self._looked_at: set[frozenset[int]] = set()  # pairs of which the person wants to see what is only suggested
        open_journal.locked.connect(self._drop)
        open_journal.changed.connect(self._follow_changes)

    def set_wish(self, wish: AlignmentWish) -> None:
        """Align in another way, or not at all."""
        self.wish = wish
        self._looked_at.clear()
        self._drop()
        self.changed.emit()

    def toggle(self) -> None:
        """Show as taken, or aligned again: one key."""
        self.set_wish(AlignmentWish() if self.wish.method == OFF else AlignmentWish(OFF))

    def shown(self, onto: Photo, photo: Photo) -> Alignment | None:
        """What to draw with; None while it is not found, was refused, is only suggested or is not wanted."""
        found = self.of(onto, photo)
        wanted = self.wish.method != AUTO or frozenset((onto.id, photo.id)) in self._looked_at
        return found if found and found.matrix and (found.confident or wanted) else None

    def matrix(self, onto: Photo, photo: Photo) -> Matrix | None:
        """The matrix to draw with, as of `shown`."""
        found = self.shown(onto, photo)
        return found.matrix if found else None

    def look_at(self, onto: Photo, photo: Photo) -> None:
        """Draw what is only suggested too: nobody can say of an alignment whether it fits before seeing it."""
        self._looked_at.add(frozenset((onto.id, photo.id)))
        self.changed.emit()

    def way(self, onto: Photo, photo: Photo) -> str:
        """The method that these two are aligned by: the one asked for, or by hand."""
        found = self.of(onto, photo)
        return HAND if found and found.method == HAND else self.wish.method

    def of(self, onto: Photo, photo: Photo) -> Alignment | None:
        """What is known about a pair now; starts finding it where that is wanted and nothing is kept."""
        if self.wish.method == OFF or onto.id == photo.id:
            return None
        kept = aligning.kept_alignment(self._open.journal, onto.id, photo.id, self.wish.zone)
        if kept and self.wish.method in {AUTO, kept.method}:
            return kept
        key = self._key(onto, photo)
        if key not in self._found and key not in self._jobs:
            before = aligning.found_before(self._open.journal, onto, photo, self.wish.method, self.wish.zone)
            if before is None:
                self._find(key, onto, photo)
            else:
                self._found[key] = before
        return self._found.get(key)

    def prepare(self, onto: Photo, photos: Sequence[Photo]) -> None:
        """Find how photos lie that may be looked at next."""
        for photo in photos:
            self.of(onto, photo)

    def finding(self, onto: Photo, photo: Photo) -> bool:
        """Whether work on this pair is under way."""
        return self._key(onto, photo) in self._jobs

    def confirm(self, onto: Photo, photo: Photo) -> None:
        """The person looked and says that it fits."""
        found = self.of(onto, photo)
        if found and found.matrix is not None:
            row = aligning.to_keep(onto.id, photo.id, found, self.wish.zone)
            if self._open.write(tr("Confirm alignment"), lambda journal: aligning.keep_instead(journal, row)):
                self.changed.emit()

    def keep_by_hand(self, onto: Photo, photo: Photo, pairs: Sequence[tuple[Point, Point]]) -> bool:
        """Keep what was aligned by points set on both photos. Gives whether that is stored.

        Raises BadInput for points that do not do.
        """
        made, _ = aligning.by_hand(onto, photo, pairs)
        row = aligning.to_keep(onto.id, photo.id, made, points=pairs)
        written = self._open.write(tr("Align by hand"), lambda journal: aligning.keep_instead(journal, row))
        if written:
            self.set_wish(AlignmentWish())
        return written is not None

    def forget_kept(self, onto: Photo, photo: Photo, wish: AlignmentWish) -> bool:
        """Give up what was made by hand or confirmed for this pair, where that is shown and the wish is about the same
        part of the face, and find it anew; whether there was any."""
        shown = self.of(onto, photo)
        if shown is None or not shown.confirmed or wish.zone != self.wish.zone:
            return False
        gone = tr("The alignment you had kept for these two is not used any more.")
        label = tr("Remove alignment")
        if self._open.write(label, lambda journal: aligning.forget(journal, onto.id, photo.id, wish.zone), say=gone):
            self.set_wish(wish)
        return True

    def _follow_changes(self, changes: Changes) -> None:
        """One was kept or given up, perhaps by undo."""
        if changes.has("alignment"):
            self.changed.emit()

    def _key(self, onto: Photo, photo: Photo) -> _Key:
        wish = self.wish
        return onto.id, photo.id, wish, aligning.question(onto, photo, wish.method, wish.zone)

    def _find(self, key: _Key, onto: Photo, photo: Photo) -> None:
        wish = key[2]
        self._jobs[key] = self._open.jobs.run(
            partial(_find, self._open.journal, onto, photo, wish),
            partial(self._take, key),
            partial(self._refuse, key),
            priority=SOON,
        )

    def _take(self, key: _Key, found: Alignment) -> None:
        self._jobs.pop(key, None)
        self._found[key] = found
        self.changed.emit()

    def _refuse(self, key: _Key, error: Exception) -> None:
        if isinstance(error, WorldError):
            self._take(key, Alignment("none", reason=error.message))
        else:
            self._jobs.pop(key, None)
            self._open.failed.emit(error)

    def _drop(self) -> None:
        for job in self._jobs.values():
            job.drop()
        self._jobs.clear()


def _find(journal: Journal, onto: Photo, photo: Photo, wish: AlignmentWish, _control: JobControl) -> Alignment:
    return aligning.find(journal, onto, photo, wish.method, wish.zone)
