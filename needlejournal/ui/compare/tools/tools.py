"""The tools one takes in hand on the stage: points to align by, untreated skin to match colours on."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSizeF, Signal
from PySide6.QtWidgets import QWidget

from needlejournal.journal.pairs import Spot
from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.alignments import Alignments
from needlejournal.ui.compare.colours import Colours
from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.tools.colour_bar import ColourBar
from needlejournal.ui.compare.tools.hand_bar import HandBar
from needlejournal.ui.compare.tools.spot_bars import BoxBar, SpotBar, SpotsSheet
from needlejournal.ui.compare.tools.tool_bar import ToolBar
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison import aligning, comparing, spots


class Tools(QObject):
    """`taken` tells that a tool's mode is to be shown, `put_down` that the mode before it is."""

    taken = Signal()
    put_down = Signal()

    def __init__(
        self,
        open_journal: OpenJournal,
        stage: Stage,
        comparison: Comparison,
        alignments: Alignments,
        colours: Colours,
    ) -> None:
        super().__init__(stage)
        self._open = open_journal
        self._stage = stage
        self._comparison = comparison
        self._alignments = alignments
        self._colours = colours
        self.hand, self.colour = HandBar(stage), ColourBar(stage)
        self.box, self.spot = BoxBar(stage), SpotBar(stage, open_journal)
        self._in_hand: ToolBar | None = None
        self._ids: tuple[int, ...] = ()  # of the pair that it was taken in hand for
        self.hand.done.connect(self._use_points)
        self.hand.cancelled.connect(self.hand.forget)
        self.colour.done.connect(self._use_skin)
        self.box.done.connect(self._use_box)
        self.spot.done.connect(self.put_down)
        self.spot.gone.connect(self.put_down)
        for bar in self.bars():
            bar.cancelled.connect(self.put_down)
        colours.changed.connect(self._colours_matched)
        comparison.changed.connect(self._follow_pair)
        alignments.changed.connect(self._follow_alignments)

    def bars(self) -> tuple[ToolBar, ...]:
        """The line of each tool, to be laid out below the stage."""
        return self.hand, self.colour, self.box, self.spot

    def listen_on(self, page: QWidget) -> None:
        """Hear the keys of the tool in hand wherever on this page the keyboard is."""
        for bar in self.bars():
            page.installEventFilter(bar)

    def mode(self) -> Mode | None:
        """The mode of the tool in hand."""
        return self._in_hand.mode if self._in_hand else None

    @property
    def in_hand(self) -> bool:
        """Whether a tool is in hand."""
        return self._in_hand is not None

    def drop(self) -> None:
        """Put down what is in hand; points that are set and not used are kept, and that is said."""
        if self._in_hand is self.hand and self.hand.put_by():
            self._open.say(tr("Your points are kept for when you align these two by hand again."))
        held = self._in_hand.focusWidget() if self._in_hand else None
        by_bar = held is not None and held.hasFocus()
        self._in_hand = None
        for bar in self.bars():
            bar.hide()
        if by_bar:
            self._stage.setFocus()  # or the keyboard would be anywhere, and the page's keys dead

    def align_by_hand(self) -> None:
        """Let the person set points on both photos, beginning with those kept for the pair."""
        pair = self._photos()
        if pair is not None:
            self.drop()
            kept = aligning.kept_points(self._open.journal, pair[0].id, pair[1].id)
            self.hand.begin(*pair, kept)
            self._take(self.hand)

    def match_colours(self) -> None:
        """Let the person mark untreated skin; where colours are matched already, show them as taken again."""
        pair = self._photos()
        if pair is not None and self._colours.tables(pair[0].id, pair[1].id):
            self._colours.clear()
        elif pair is not None:
            self.colour.begin()
            self._take(self.colour)

    def follow_spot(self) -> None:
        """Show the spots that are followed in this series, or let the person box the first one."""
        there = spots.spots_on(self._open.journal, [shown.id for shown in self._comparison.series])
        if not there:
            self.box_spot()
            return
        sheet = SpotsSheet(there, self._stage.window())
        sheet.chosen.connect(self.show_spot)
        sheet.new_wanted.connect(self.box_spot)
        sheet.open()

    def box_spot(self) -> None:
        """Let the person draw a box around a spot on the first photo."""
        if self._photos() is not None:
            self._take(self.box)

    def show_spot(self, spot: Spot) -> None:
        """Show a spot through the series; its photo comes first, since the box was drawn on it."""
        ids = self._comparison.ids()
        if ids[0] != spot.photo_id:
            self._comparison.show(spot.photo_id, next(one for one in ids if one != spot.photo_id))
        self.spot.begin(spot, self._on_sheet(spot))
        self._take(self.spot)

    def _on_sheet(self, spot: Spot) -> QRectF:
        """The spot's box in fractions of its photo as it is turned for viewing."""
        photo = comparing.find_photo(self._open.journal, spot.photo_id)
        size, turn = QSizeF(photo.original.width, photo.original.height), self._comparison.turn(photo)
        box = QRectF(
            spot.left * size.width(), spot.top * size.height(), spot.width * size.width(), spot.height * size.height()
        )
        turned, sheet = turn.onto(size).mapRect(box), turn.size(size)
        return QRectF(
            turned.left() / sheet.width(), turned.top() / sheet.height(),
            turned.width() / sheet.width(), turned.height() / sheet.height(),
        )  # fmt: skip

    def _use_box(self) -> None:
        pair = self._photos()
        scene = self._stage.looking.scene()
        if pair is not None and scene.shots:
            box = self.box.on_photo(scene.shots[0])
            count = len(self._open.journal.spots.all()) + 1
            spot = Spot(pair[0].id, tr("Spot {n}").format(n=count), box.left(), box.top(), box.width(), box.height())
            kept = self._open.write(tr("Follow a spot"), lambda journal: journal.spots.save(spot))
            if kept:
                self.show_spot(kept.value)
                self.spot.forget_on_cancel()

    def _take(self, bar: ToolBar) -> None:
        self.drop()
        self._in_hand, self._ids = bar, self._comparison.ids()
        bar.show()
        self.taken.emit()
        self._stage.setFocus()  # Enter and Escape belong to the tool
        bar.follow()

    def _follow_pair(self) -> None:
        """Other photos are shown, or the same turned: what is in hand goes on with these, or is put down."""
        bar, ids, before = self._in_hand, self._comparison.ids(), self._ids
        spot = self.spot.spot if bar is self.spot else None
        if bar is None:
            return
        if self._photos() is None or (spot and spot.photo_id != ids[0]):
            self.put_down.emit()
        elif spot:
            self.spot.lie(self._on_sheet(spot))
        elif ids != before and bar is self.hand:
            if set(ids) == set(before):
                self.hand.put_by()  # and take them again, swapped: nothing to tell of
            self.align_by_hand()
        elif ids != before and bar is self.colour:
            self._ids = ids
            self.colour.begin()

    def _follow_alignments(self) -> None:
        """A tool may tell of what is found."""
        if self._in_hand is not None:
            self._in_hand.follow()

    def _use_points(self) -> None:
        pair = self._photos()
        if pair is None or self._alignments.keep_by_hand(*pair, self.hand.points.pairs()):
            self.hand.forget()
            self.put_down.emit()

    def _use_skin(self) -> None:
        pair, regions = self._photos(), self.colour.regions()
        if pair is not None and regions is not None:
            self._colours.match(*pair, regions, self.colour.refuse)

    def _colours_matched(self) -> None:
        if self._in_hand is self.colour:
            self.put_down.emit()

    def _photos(self) -> tuple[Photo, Photo] | None:
        pair = self._comparison.pair
        return None if pair is None or self._comparison.gone else (pair[0].photo, pair[1].photo)
