"""Aligning by hand: what to click next, how well the points agree, take back, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from needlejournal.journal.alignments import Alignment, Point
from needlejournal.journal.errors import BadInput
from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.modes.points import Marks, Points
from needlejournal.ui.compare.tools.tool_bar import ToolBar
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.language import tr, tr_message
from needlejournal.workflows.comparison import aligning


class HandBar(ToolBar):
    """Leads through setting points on the stage."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        self.points = Points()
        self._fit: Callable[[Sequence[tuple[Point, Point]]], tuple[Alignment, tuple[float, ...]]]
        self._ids: tuple[int, int] | None = None
        self._kept: Marks = ((), ())
        self._later: dict[tuple[int, int], Marks] = {}
        super().__init__(stage, self.points, tr("Use points"), parent)
        self._undo = self.add_button(tr("Take back"), self.take_back, "undo")
        self._clear = self.add_button(tr("Remove all points"), self._remove_all, "trash")

    def begin(self, before: Photo, after: Photo, kept: Sequence[tuple[Point, Point]]) -> None:
        """Set points on these two, beginning with those that were put by for them, or are kept in the journal."""
        self._fit = partial(aligning.by_hand, before, after)
        self._ids = before.id, after.id
        self._kept = tuple(one for one, _ in kept), tuple(other for _, other in kept)
        there, swapped = self._later.pop(self._ids, None), self._later.pop(self._ids[::-1], None)
        self.points.start(there or (swapped and (swapped[1], swapped[0])) or self._kept)

    def put_by(self) -> bool:
        """Keep what is set and not used for when this pair is aligned by hand again. Gives whether there was any."""
        ids, self._ids = self._ids, None
        if ids is None or self.points.marks == self._kept:
            return False
        self._later[ids] = self.points.marks
        return True

    def forget(self) -> None:
        """What is set was used, or is not wanted."""
        self._ids = None

    def follow(self) -> None:
        if self.isHidden():
            return
        pairs = self.points.pairs()
        self.points.residuals, sentence = (), ""
        if len(pairs) >= 2:
            try:
                _, self.points.residuals = self._fit(pairs)
            except BadInput as bad:
                sentence = tr_message(bad.message)
        self.words.setText(sentence or self._next_words(len(pairs)))
        self.done_button.setEnabled(bool(self.points.residuals))
        self._undo.setEnabled(self.points.can_undo)
        self._clear.setEnabled(any(self.points.marks))
        self.stage.update()

    def enter(self) -> None:
        self.points.set_in_middle(self.stage.looking.area, self.stage.looking.scene())
        self.follow()

    def take_back(self) -> None:
        self.points.undo()
        self.follow()

    def bring_back(self) -> None:
        self.points.redo()
        self.follow()

    def _remove_all(self) -> None:
        self.points.clear()
        self.follow()

    def _next_words(self, pairs: int) -> str:
        number = len(self.points.marks[self.points.next_side()]) + 1
        if self.points.next_side() == 1:
            return tr("Now click the same place on the right photo (point {n}), or press Enter for its middle.").format(
                n=number
            )
        if pairs < 2:
            return tr(
                "On the left photo, click a place that is easy to find again (point {n}), or press Enter for its "
                "middle."
            ).format(n=number)
        if pairs == 2:
            return tr("Two points always fit; a third shows how well. Add one, or use these.")
        worst = max(self.points.residuals, default=0.0)
        return tr("%n points agree to {off} pixels. Add more, or use them.", pairs).format(off=f"{worst:.1f}")
