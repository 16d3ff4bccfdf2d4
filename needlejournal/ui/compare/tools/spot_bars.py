"""Following one spot of skin: box it once, then see it in every photo of the view and correct its place by hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.pairs import Spot
from needlejournal.ui.compare.modes.spot_box import SpotBox
from needlejournal.ui.compare.modes.spot_strip import SpotStrip
from needlejournal.ui.compare.tools.tool_bar import ToolBar
from needlejournal.ui.compare.view.scene import Shot
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.comparison import spots


class BoxBar(ToolBar):
    """Asks for a box around the spot."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        self.mode_of_box = SpotBox()
        super().__init__(stage, self.mode_of_box, tr("Follow this spot"), parent)

    def follow(self) -> None:
        self.words.setText(tr("Draw a box around one scar or brown spot, closely; drag it until it sits well."))

    def enter(self) -> None:
        self.done.emit()

    def take_back(self) -> None:
        self.mode_of_box.back()
        self.stage.update()

    def on_photo(self, shot: Shot) -> QRectF:
        """The box in fractions of the photo itself, however it is turned for viewing."""
        sheet, size, box = shot.placement.sheet, shot.picture.size, self.mode_of_box.box
        on_sheet = QRectF(
            box.left() * sheet.width(), box.top() * sheet.height(),
            box.width() * sheet.width(), box.height() * sheet.height(),
        )  # fmt: skip
        back, _ = shot.placement.onto.inverted()
        found = back.mapRect(on_sheet)
        return QRectF(
            found.left() / size.width(), found.top() / size.height(),
            found.width() / size.width(), found.height() / size.height(),
        )  # fmt: skip


class SpotBar(ToolBar):
    """Shows a spot through the series; each correction is kept at once. `gone`: somebody took the spot back."""

    gone = Signal()

    def __init__(self, stage: Stage, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        self.strip = SpotStrip()
        super().__init__(stage, self.strip, tr("Done"), parent)
        self._open = open_journal
        self.spot: Spot | None = None
        self._before: dict[int, spots.Centre] | None = {}
        self._taken_back = 0  # corrections that Ctrl+Shift+Z brings back
        self.cancelled.connect(self._put_back)
        self.add_button(tr("Remove spot"), self._remove, "trash")
        open_journal.changed.connect(self._reload)

    def begin(self, spot: Spot, box: QRectF) -> None:
        """Show this spot; `box` is where it lies in fractions of its photo as it is turned for viewing."""
        self.spot = spot
        self.lie(box)
        self.strip.photo_id, self.strip.moved = spot.photo_id, None
        self.strip.centres = spots.centres(self._open.journal, spot)
        self._before, self._taken_back = dict(self.strip.centres), 0

    def lie(self, box: QRectF) -> None:
        """The spot lies here in its photo as it is turned for viewing now."""
        self.strip.box = box
        self.stage.update()

    def follow(self) -> None:
        spot, moved = self.spot, self.strip.moved
        if self.isHidden() or spot is None:
            return
        unknown = sum(not self.strip.is_known(shot) for shot in self.stage.looking.scene().shots)
        said = tr("{name}, in every photo of this view. Drag a photo where the spot is not in the middle.")
        if unknown:
            said = tr(
                "{name}. In %n photo(s) its place is not known: if you see it there, drag it to the middle.", unknown
            )
        self.words.setText(said.format(name=spot.name))
        if moved is not None:
            self.strip.moved, self._taken_back = None, 0
            put = partial(spots.put, spot=spot, photo_id=moved, centre=self.strip.centres[moved])
            if not self._open.write(tr("Correct the place of a spot"), put):
                self.strip.centres = spots.centres(self._open.journal, spot)
                self.stage.update()

    def forget_on_cancel(self) -> None:
        """The spot was boxed just now: cancelling gives up the spot too, not its corrections alone."""
        self._before = None

    def enter(self) -> None:
        self.done.emit()

    def take_back(self) -> None:
        """Take back the last correction; with none, nothing: what was written before is not this tool's."""
        spot = self.spot
        if spot is not None and spots.centres(self._open.journal, spot) != (self._before or {}):
            self._taken_back += self._open.undo()

    def bring_back(self) -> None:
        if self._taken_back:
            self._taken_back -= 1
            self._open.redo()

    def _put_back(self) -> None:
        """Give up what was made since the spot was taken in hand: the corrections, or the spot where it is new."""
        spot = self.spot
        if spot is None:
            return
        if self._before is None:
            self._open.write(tr("Drop the new spot"), lambda journal: spots.remove(journal, spot))
        elif spots.centres(self._open.journal, spot) != self._before:
            back = partial(spots.restore, spot=spot, before=self._before)
            self._open.write(tr("Drop the corrections of a spot"), back)

    def _remove(self) -> None:
        spot = self.spot
        if spot is not None:
            gone = tr("{name} is not followed any more.").format(name=spot.name)
            if not self._open.write(tr("Remove spot"), lambda journal: spots.remove(journal, spot), say=gone):
                return
        self.done.emit()

    def _reload(self, changes: Changes) -> None:
        spot = self.spot
        if (
            spot is not None
            and not self.isHidden()
            and changes.has("spot")
            and spot not in self._open.journal.spots.all()
        ):
            self.gone.emit()
        elif self.spot is not None and changes.has("spot_place"):
            self.strip.centres = spots.centres(self._open.journal, self.spot)
            self.stage.update()


class SpotsSheet(Sheet):
    """Which spot; `chosen` carries the Spot, `new_wanted` asks for another box."""

    chosen = Signal(object)
    new_wanted = Signal()

    def __init__(self, there: Sequence[Spot], parent: QWidget) -> None:
        super().__init__(tr("Follow one spot"), parent, width=420)
        for spot in there:
            row = QHBoxLayout()
            row.addWidget(Label(spot.name, "strong"), 1)
            show = Button(tr("Show"))
            show.setAccessibleName(tr("Show {name}").format(name=spot.name))
            show.clicked.connect(lambda _checked=False, spot=spot: self._choose(spot))
            row.addWidget(show)
            self.body.addLayout(row)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self.add_button(tr("New spot…"), "filled").clicked.connect(self._new)

    def _choose(self, spot: Spot) -> None:
        self.chosen.emit(spot)
        self.accept()

    def _new(self) -> None:
        self.new_wanted.emit()
        self.accept()
