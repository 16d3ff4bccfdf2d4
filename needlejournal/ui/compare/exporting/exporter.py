"""Makes files of what is on the stage: the hidden is found in a job, drawing happens here, finishing in a job again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from needlejournal.imaging.pixels import Pixels
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.compare.comparison import Comparison
from needlejournal.ui.compare.exporting.snapshot import all_labels, as_pixels, snapshots
from needlejournal.ui.compare.exporting.wish import ExportWish
from needlejournal.ui.compare.looking import Looking
from needlejournal.ui.compare.panel.judging import Judging
from needlejournal.ui.jobs import SOON, JobControl
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows import comparison_export, covering
from needlejournal.workflows.comparison_export import Beside
from needlejournal.workflows.covering import Box, Polygon

Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What was found of the faces: bars over eyes by photo, and the box of a zone on the first photo."""

    covers: dict[int, Polygon]
    box: Box | None = None


class Exporter(QObject):
    """Answers through callbacks on the GUI thread; nothing is written without being asked to."""

    def __init__(
        self, open_journal: OpenJournal, comparison: Comparison, looking: Looking, judging: Judging, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._comparison = comparison
        self._looking = looking
        self._judging = judging

    def preview(self, wish: ExportWish, show: Callable[[Pixels], None], failed: Failed) -> None:
        """Compose the picture, small, and hand it to `show`."""
        self._draw(wish, lambda drawn: self._page(drawn[0], wish, show, failed), failed)

    def picture(self, wish: ExportWish, take: Callable[[Pixels], None], failed: Failed) -> None:
        """Compose the picture for the clipboard."""
        self.preview(wish, take, failed)

    def save(self, wish: ExportWish, path: Path, done: Callable[[Path], None], failed: Failed) -> None:
        """Write the file and say where it is."""

        def finish(drawn: list[Pixels]) -> None:
            work = partial(_write, drawn, self._beside(wish), wish, path)
            self._open.jobs.run(work, lambda _done: done(path), failed, priority=SOON)

        self._draw(wish, finish, failed)

    def _draw(self, wish: ExportWish, then: Callable[[list[Pixels]], None], failed: Failed) -> None:
        def draw(hidden: _Hidden) -> None:
            then([as_pixels(image) for image in snapshots(self._looking, wish, hidden.covers, hidden.box)])

        if wish.cover_eyes or wish.zone:
            work = partial(_find_hidden, self._open.journal, self._photos(), wish)
            self._open.jobs.run(work, draw, failed, priority=SOON)
        else:
            draw(_Hidden({}))

    def _page(self, drawn: Pixels, wish: ExportWish, show: Callable[[Pixels], None], failed: Failed) -> None:
        beside = self._beside(wish)
        self._open.jobs.run(lambda _c: comparison_export.page(drawn, beside), show, failed, priority=SOON)

    def _beside(self, wish: ExportWish) -> Beside:
        judgement = None if self._looking.mode.many else self._judging.judgement()
        notes = comparison_export.notes_of(judgement, self._judging.reason())
        return Beside(labels=all_labels(self._looking.scene()), notes=notes, watermark=wish.watermark)

    def _photos(self) -> list[Photo]:
        """The photos on the stage, the one that sets the sheet first."""
        shown = {shot.photo_id for shot in self._looking.scene().shots}
        pair = [one.photo for one in self._comparison.pair or () if one.id in shown]
        first = {photo.id for photo in pair}
        return pair + [one.photo for one in self._comparison.series if one.id in shown - first]


def _find_hidden(journal: Journal, photos: Sequence[Photo], wish: ExportWish, _control: JobControl) -> _Hidden:
    covers = {photo.id: covering.eye_bar(journal, photo) for photo in photos} if wish.cover_eyes else {}
    box = covering.zone_box(journal, photos[0], wish.zone) if wish.zone and photos else None
    return _Hidden(covers, box)


def _write(drawn: list[Pixels], beside: Beside, wish: ExportWish, path: Path, _control: JobControl) -> None:
    body = comparison_export.file(drawn, beside, wish.kind, wish.seconds)
    comparison_export.write(path, body)
