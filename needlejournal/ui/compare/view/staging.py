"""Puts what is compared on the stage: how each photo lies on its sheet, and how closely it is decoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPointF, QSizeF
from PySide6.QtGui import QColor

from needlejournal.journal.alignments import Alignment, Matrix, is_mirrored
from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.alignments import Alignments
from needlejournal.ui.compare.colours import Colours
from needlejournal.ui.compare.view.captions import caption
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.compare.view.layers import Picture, Placement, aligned, alone, scale_of
from needlejournal.ui.compare.view.pictures import BUDGET_PIXELS, Pictures
from needlejournal.ui.compare.view.scene import Shot
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.language import tr
from needlejournal.workflows.comparison.comparing import SeriesPhoto


class StageSetting(QObject):
    """Keeps the stage true to comparison, alignments and mode; decodes more closely where somebody zooms in."""

    def __init__(
        self,
        stage: Stage,
        comparison: Comparison,
        pictures: Pictures,
        alignments: Alignments,
        colours: Colours,
        face_middle: Callable[[Photo], tuple[float, float] | None],
    ) -> None:
        super().__init__(stage)
        self._colours = colours
        self._stage = stage
        self._comparison = comparison
        self._pictures = pictures
        self._alignments = alignments
        self._closely: set[int] = set()
        self._face_middle = face_middle
        self._faces: dict[int, QPointF] = {}
        pictures.arrived.connect(stage.update)
        pictures.refused.connect(self.restage)
        stage.rested.connect(self._look_closely)
        stage.dialled.connect(self._follow_dial)
        comparison.changed.connect(self.restage)
        for matter in (alignments, colours):
            matter.changed.connect(self.restage)

    def restage(self) -> None:
        """Put the photos on the stage anew."""
        photos = self._photos()
        there = [shown.photo for shown in photos if shown.id not in self._comparison.gone]
        closely = self._closely if self._stage.looking.mode.many else self._closely | _beforehand(there)
        pictures = dict(zip([p.id for p in there], self._pictures.show(there, closely), strict=True))
        self._stage.set_shots(tuple(self._shot(shown, pictures.get(shown.id)) for shown in photos))
        self._prepare()

    def _prepare(self) -> None:
        """Get the photos ready that the arrow keys lead to, so that paging shows them sharp and aligned at once."""
        pair, comparison = self._comparison.pair, self._comparison
        if pair is None or comparison.gone or self._stage.looking.mode.many:
            return
        others = [shown for shown in comparison.offered if shown.id != pair[comparison.pinned].id]
        at = next((index for index, shown in enumerate(others) if shown.id == pair[comparison.moving].id), None)
        if at is not None and comparison.pinned == 0:
            near = [shown.photo for shown in others[max(0, at - 1) : at + 2] if shown.id != others[at].id]
            self._pictures.prepare(near)
            if self._alignments.of(pair[0].photo, pair[1].photo) is not None:
                self._alignments.prepare(pair[0].photo, near)

    def _follow_dial(self) -> None:
        if self._stage.looking.mode.many:
            self.restage()

    def _photos(self) -> Sequence[SeriesPhoto]:
        pair = self._comparison.pair
        if pair is None:
            return ()
        mode = self._stage.looking.mode
        return strip_photos(self._comparison, mode.count) if mode.many else pair

    def _shot(self, shown: SeriesPhoto, picture: Picture | None) -> Shot:
        picture = picture or _missing(shown, self._comparison.gone[shown.id])
        found, tables = self._aligned(shown), self._tables(shown)
        matrix = found.matrix if found else None
        done = [tr("Aligned") if found.confident else tr("Aligned as suggested")] if found else []
        done += [tr("Colour matched")] if tables else []
        done += [tr("Mirrored back")] if self._mirrored_back(shown) else []
        return Shot(
            shown.id,
            picture,
            self._placement(shown, picture, matrix),
            caption(shown, picture),
            face=self._face(shown.photo),
            pinned=shown.id == self._comparison.ids()[self._comparison.pinned],
            aligned=matrix is not None,
            labels=tuple(done),
            tables=tables,
        )

    def _face(self, photo: Photo) -> QPointF | None:
        """The middle of the face, once it is known; asked again until it is."""
        if photo.id not in self._faces:
            found = self._face_middle(photo)
            if found is None:
                return None
            self._faces[photo.id] = QPointF(*found)
        return self._faces[photo.id]

    def _mirrored_back(self, shown: SeriesPhoto) -> bool:
        matrix, pair = self._matrix(shown), self._comparison.pair
        if matrix is None or pair is None:
            return shown.photo.mirrored and self._comparison.turn(shown.photo).mirrored
        return shown.photo.mirrored and self._comparison.turn(pair[0].photo).mirrored != is_mirrored(matrix)

    def _matrix(self, shown: SeriesPhoto) -> Matrix | None:
        found = self._aligned(shown)
        return found.matrix if found else None

    def _aligned(self, shown: SeriesPhoto) -> Alignment | None:
        pair = self._comparison.pair
        as_taken = self._stage.looking.mode.as_taken
        if pair is None or as_taken or shown.id == pair[0].id or self._comparison.gone:
            return None
        return self._alignments.shown(pair[0].photo, shown.photo)

    def _tables(self, shown: SeriesPhoto) -> bytes:
        pair = self._comparison.pair
        return self._colours.tables(pair[0].id, shown.id) if pair else b""

    def _placement(self, shown: SeriesPhoto, picture: Picture, matrix: Matrix | None) -> Placement:
        if matrix is None or self._comparison.pair is None:
            return alone(picture.size, self._comparison.turn(shown.photo))
        onto = self._comparison.pair[0].photo
        size = QSizeF(onto.original.width, onto.original.height)
        return aligned(matrix, size, self._comparison.turn(onto))

    def _look_closely(self) -> None:
        """Decode in full what is seen larger than what is there of it."""
        looking = self._stage.looking
        scene = looking.scene()
        if not scene.shots:
            return
        found = set(self._closely)
        view, cell = looking.mode.closest(looking.area, scene)
        for shot in scene.shots:
            scale = scale_of(shot.picture_to_cell(view, cell)) * looking.ratio
            if not shot.picture.whole and not shot.picture.sharp_at(scale):
                found.add(shot.photo_id)
        if found != self._closely:
            self._closely = found
            self.restage()


def strip_photos(comparison: Comparison, count: int) -> list[SeriesPhoto]:
    """Up to `count` photos of the series as offered, evenly spread; the two that are compared are among them."""
    series, wanted = comparison.offered, set(comparison.ids())
    if len(series) <= count:
        return series
    spread = {round(at * (len(series) - 1) / (count - 1)) for at in range(count)}
    chosen = [shown for index, shown in enumerate(series) if index in spread or shown.id in wanted]
    while len(chosen) > count:
        chosen.remove(next(shown for shown in chosen[len(chosen) // 2 :] + chosen if shown.id not in wanted))
    return chosen


def _beforehand(photos: Sequence[Photo]) -> set[int]:
    """What is decoded in full before anybody zooms in: both photos, unless they are enormous."""
    pixels = sum(photo.original.width * photo.original.height for photo in photos)
    return {photo.id for photo in photos} if pixels <= BUDGET_PIXELS else set()


def _missing(shown: SeriesPhoto, sentence: str) -> Picture:
    original = shown.photo.original
    return Picture(QSizeF(original.width, original.height), QColor.fromRgb(shown.photo.colour), problem=sentence)
