"""Makes files of what is on the stage: the hidden is found in a job, drawing happens here, finishing in a job again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.frozen import frozen
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui import language
from needlejournal.ui.compare.exporting.snapshot import all_labels, as_pixels, snapshots
from needlejournal.ui.compare.exporting.wish import ExportWish
from needlejournal.ui.compare.panel.judging import Judging
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.compare.view.gaze import Gaze
from needlejournal.ui.jobs import SOON, Job, JobControl
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison import judging
from needlejournal.workflows.comparison.comparing import SeriesPhoto
from needlejournal.workflows.saving import save_export

if TYPE_CHECKING:  # they lead to the pixel libraries, which the page can be opened without
    from needlejournal.imaging.composing.lettering import Note
    from needlejournal.workflows.comparison.comparison_export import Beside
    from needlejournal.workflows.comparison.covering import Box, Polygon

Failed = Callable[[Exception], None]
Progressed = Callable[[object], None]


@frozen
class _Hidden:
    """What was found of the faces: bars over eyes by photo, and the box of a zone on the first photo."""

    covers: dict[int, Polygon]
    box: Box | None = None


class Exporter(QObject):
    """Answers through callbacks on the GUI thread; nothing is written without being asked to."""

    def __init__(
        self, open_journal: OpenJournal, comparison: Comparison, looking: Gaze, judging: Judging, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._comparison = comparison
        self._looking = looking
        self._judging = judging
        self._job: Job[None] | None = None
        self._asked = 0

    def pages(self, wish: ExportWish, show: Callable[[list[Pixels]], None], failed: Failed) -> None:
        """Compose the picture, or each one of a moving picture, and hand them to `show`."""

        def compose(drawn: list[Pixels]) -> None:
            asked = self._asked
            work = partial(_compose, drawn, self.beside(wish))
            self._open.jobs.run(
                work, lambda pages: show(pages) if asked == self._asked else None, failed, priority=SOON
            )

        self._draw(wish, compose, failed)

    def save(
        self,
        wish: ExportWish,
        path: Path,
        done: Callable[[Path], None],
        failed: Failed,
        progress: Progressed | None = None,
    ) -> None:
        """Write the file and say where it is; `progress` hears a Progress now and then, until `stop`."""

        def finish(drawn: list[Pixels]) -> None:
            work = partial(_write, drawn, self.beside(wish), replace(wish, seconds=self.seconds), path)
            self._job = self._open.jobs.run(work, lambda _done: done(path), failed, progress, priority=SOON)

        self._draw(wish, finish, failed)

    def stop(self) -> None:
        """Give up the file that is being made: nothing is written, and nobody is told."""
        self._asked += 1
        if self._job is not None:
            self._job.drop()

    @property
    def seconds(self) -> float:
        """How long each frame of a moving picture stands: as on the screen where it moves there."""
        return self._looking.mode.interval_ms() / 1000 or 1.0

    def _draw(self, wish: ExportWish, then: Callable[[list[Pixels]], None], failed: Failed) -> None:
        self._asked += 1
        asked = self._asked

        def draw(hidden: _Hidden) -> None:
            if asked != self._asked:  # something else is wanted by now
                return
            then([as_pixels(image) for image in snapshots(self._looking, wish, hidden.covers, hidden.box)])

        if wish.cover_eyes or wish.zone:
            work = partial(_find_hidden, self._open.journal, self._photos(), wish)
            self._open.jobs.run(work, draw, failed, priority=SOON)
        else:
            draw(_Hidden({}))

    def beside(self, wish: ExportWish) -> Beside:
        """What goes along in words: how the photos are aligned, what differs between them, the watermark."""
        from needlejournal.workflows.comparison.comparison_export import Beside

        return Beside(labels=all_labels(self._looking.scene()), notes=self._notes(), watermark=wish.watermark)

    def _notes(self) -> tuple[Note, ...]:
        """What must be said about the pair, or about each photo of a series beside the first of the pair."""
        from needlejournal.workflows.comparison import comparison_export

        judgement, pair = self._judging.judgement(), self._comparison.pair
        if not self._looking.mode.many or pair is None:
            return comparison_export.notes_of(judgement, self._judging.reason(), tr_message)
        shown = {shot.photo_id for shot in self._looking.scene().shots} - {pair[0].id}
        others = [photo for photo in self._comparison.series if photo.id in shown]
        return comparison_export.notes_of_series(
            [(_beside_words(photo, pair[0]), judging.judge(self._open.journal, pair[0], photo)) for photo in others],
            tr_message,
        )

    def _photos(self) -> list[Photo]:
        """The photos on the stage, the one that sets the sheet first."""
        shown = {shot.photo_id for shot in self._looking.scene().shots}
        pair = [one.photo for one in self._comparison.pair or () if one.id in shown]
        first = {photo.id for photo in pair}
        return pair + [one.photo for one in self._comparison.series if one.id in shown - first]


def _find_hidden(journal: Journal, photos: Sequence[Photo], wish: ExportWish, _control: JobControl) -> _Hidden:
    from needlejournal.workflows.comparison import covering

    covers = {photo.id: covering.eye_bar(journal, photo) for photo in photos} if wish.cover_eyes else {}
    box = covering.zone_box(journal, photos[0], wish.zone) if wish.zone and photos else None
    return _Hidden(covers, box)


def _beside_words(photo: SeriesPhoto, first: SeriesPhoto) -> str:
    days = [language.short_date(one.photo.when.day) for one in (photo, first)]
    return tr("{day} beside {first}").format(day=days[0], first=days[1])


def _compose(drawn: Sequence[Pixels], beside: Beside, control: JobControl) -> list[Pixels]:
    from needlejournal.workflows.comparison import comparison_export

    return [comparison_export.page(picture, beside) for picture in drawn if not control.cancelled]


def _write(drawn: list[Pixels], beside: Beside, wish: ExportWish, path: Path, control: JobControl) -> None:
    from needlejournal.workflows.comparison import comparison_export

    body = comparison_export.file(drawn, beside, wish.kind, wish.seconds, control)
    if not control.cancelled:
        save_export(path, body)
