"""The comparison page: header, stage, panel, filmstrip, and what to do when there is nothing to compare yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.actions import Command, letters_used
from needlejournal.ui.compare import commands, sheets
from needlejournal.ui.compare.alignments import OFF, Alignments, AlignmentWish
from needlejournal.ui.compare.colours import Colours
from needlejournal.ui.compare.exporting.exporter import Exporter
from needlejournal.ui.compare.filmstrip import Chosen, Filmstrip
from needlejournal.ui.compare.foot import Foot
from needlejournal.ui.compare.full_screen import FullScreen
from needlejournal.ui.compare.header import CompareHeader
from needlejournal.ui.compare.modes import Mode, all_modes
from needlejournal.ui.compare.panel.judging import Judging
from needlejournal.ui.compare.room import BesidePhotos, RoomForPhotos
from needlejournal.ui.compare.tools.alignment_menu import AlignmentButton
from needlejournal.ui.compare.tools.tool_bar import ModeBar
from needlejournal.ui.compare.tools.tools import Tools
from needlejournal.ui.compare.verdict import Verdict
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.compare.view.pictures import Pictures
from needlejournal.ui.compare.view.stage import Paging, Stage
from needlejournal.ui.compare.view.staging import StageSetting
from needlejournal.ui.destinations import ComparePhotos, Destination, Go, ImportPhotos
from needlejournal.ui.language import tr
from needlejournal.ui.models.thumbnails import thumbnails_of
from needlejournal.ui.page import Page
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import spoken
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.workflows.comparison.aligning import FACE
from needlejournal.workflows.comparison.comparing import PhotoGone, all_series
from needlejournal.workflows.comparison.readings import face_middle

if TYPE_CHECKING:
    from needlejournal.ui.widgets.pickers.face_map.widget import ZoneActivated

# What opens beside the photos, and so has no place where they are alone on the screen.
BESIDE = {"export", "guide", "blind_review", "follow_spot", "match_colours", "panel", "fairest"}
MARGIN = 16
MODE, ALIGN, WHOLE = "compare/mode", "compare/align", "compare/whole"
RARER = (
    "export",
    "full_screen",
    "fairest",
    "follow_spot",
    "swap",
    "pin_other",
    "match_colours",
    "blind_review",
    "guide",
    "turn_right",
    "turn_left",
    "mirror",
    "actual_size",
    "fit",
    "relink",
    "panel",
)


class ComparePage(Page):
    """Shows a pair: `show_pair` chooses it; without one, the baseline and the newest photo of the longest series."""

    def __init__(
        self, open_journal: OpenJournal, go: Go, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._go = go
        self._preferences = preferences
        self.modes = {mode.key: mode for mode in all_modes()}
        self.comparison = Comparison(open_journal, self)
        wish = AlignmentWish(OFF) if preferences.text(ALIGN) == OFF else AlignmentWish()
        self.alignments = Alignments(open_journal, wish, self)
        self.colours = Colours(open_journal, self)
        self.pictures = Pictures(open_journal, self)
        self.stage = Stage(self.modes.get(preferences.text(MODE)) or next(iter(self.modes.values())), self)
        self.stage.looking.whole = preferences.flag(WHOLE)
        self.staging = StageSetting(
            self.stage,
            self.comparison,
            self.pictures,
            self.alignments,
            self.colours,
            partial(face_middle, open_journal.journal),
        )
        self.tools = Tools(open_journal, self.stage, self.comparison, self.alignments, self.colours)
        self.judging = Judging(open_journal, self.comparison, self.alignments, self)
        self.exporter = Exporter(open_journal, self.comparison, self.stage.looking, self.judging, self)
        self._full_screen: FullScreen | None = None
        self._commands = self._all_commands()
        self._lay_out()
        self.stage.paged.connect(self._page)
        self.comparison.changed.connect(self._follow)
        self.comparison.changed.connect(self._follow_wish)
        self.alignments.changed.connect(self._follow_wish)
        self.colours.changed.connect(self.judging.follow)
        self.judging.judged.connect(self._judged)
        theme.on_change(self._arrange)
        self.tools.taken.connect(lambda: self._set_mode(self.tools.mode() or self.stage.looking.mode))
        self.tools.put_down.connect(lambda: self.choose_mode(self._preferences.text(MODE) or "side_by_side"))

    def show_pair(self, before_id: int = 0, after_id: int = 0) -> None:
        """Compare two photos by id; 0 lets the page choose."""
        try:
            self.comparison.show(before_id, after_id)
        except PhotoGone as gone:
            self._open.failed.emit(gone)
        self.stage.looking.rest()
        self.stage.setFocus()

    def arrive(self, destination: Destination) -> None:
        if isinstance(destination, ComparePhotos):
            self.show_pair(destination.before_id, destination.after_id)

    def first(self) -> QWidget:
        return self.stage if self.stage.isVisibleTo(self) else self  # whoever comes by a key pages at once

    def commands(self) -> tuple[Command, ...]:
        """The keys of this page."""
        return self._commands

    def choose_mode(self, key: str) -> None:
        """Look at the photos in another way."""
        self._header.show_mode(key)
        self._preferences.remember(MODE, key)
        self.tools.drop()
        self._set_mode(self.modes[key])
        spoken.announce(self, self.modes[key].words())

    def _set_mode(self, mode: Mode) -> None:
        self.stage.set_mode(mode)
        set_tip(self.stage, _hint(mode))
        self._bar.follow()
        self._arrange()
        self.staging.restage()

    def toggle_full_screen(self) -> None:
        """Show the photos on the whole screen, or put them back."""
        self._room.show_photos()
        self._arrange()
        if self._full_screen is None:
            alone = [command for command in self._commands if command.key not in BESIDE]
            self._full_screen = FullScreen(self.stage, self._stage_row, alone)
            self._full_screen.destroyed.connect(self._left_full_screen)
        else:
            self._full_screen.close()

    def toggle_panel(self) -> None:
        """Show or hide what is said about the pair."""
        self._room.toggle_panel()
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Of any height: in a low window the photos keep the room, and what stands around them goes."""
        return QSize(super().minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._room.arrange(self.size(), tool=self.tools.in_hand, elsewhere=self._full_screen is not None)

    def _judged(self) -> None:
        self._verdict.show_judgement(self.judging.judgement(), self.judging.between_words())

    def toggle_whole(self) -> None:
        """Show the photos whole, or what both of them show; from any zoom first back to the way chosen before."""
        looking = self.stage.looking
        if not looking.at_rest:
            looking.rest()
            return
        looking.show_whole(whole=not looking.whole)
        self._preferences.remember(WHOLE, looking.whole)

    def export(self) -> None:
        """Ask how what is on the screen shall be exported."""
        pair = self.comparison.pair
        if pair is not None and not self.comparison.gone:
            moves = len(self.stage.looking.mode.frames(self.stage.looking.scene())) > 1
            sheets.to_export(self._open, self.exporter, pair, self, moves=moves).open()

    def review_blind(self) -> None:
        """Ask which of two photos looks better, with the dates hidden, behind the sheet too."""
        review = sheets.blind_review(self._open, self.comparison.series, self.alignments, self)
        sheets.open_alone(review, self._stack.currentWidget() or self.stage, self.first)

    def show_guide(self) -> None:
        """Help to take the next photo like the pinned one."""
        pair = self.comparison.pair
        if pair is not None and not self.comparison.gone:
            sheets.guide(self._open, pair[self.comparison.pinned].photo, self).open()

    def choose_zone(self) -> None:
        """Ask for a zone of the face to align by."""
        sheet = sheets.zones(self._open.catalogue, self)
        sheet.chosen.connect(self._align_zone)
        sheet.open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        set_tip(self.stage, _hint(self.stage.looking.mode))
        if self.comparison.pair is None:
            self.comparison.show()

    def _all_commands(self) -> tuple[Command, ...]:
        return (
            *commands.mode_commands(tuple(self.modes.values()), self.choose_mode),
            *commands.looking_commands(self.stage.looking, self.toggle_whole),
            *commands.pair_commands(self.comparison, self._turned_places),
            Command("align", tr("Align, or show as taken"), self.alignments.toggle, "align", ("A",)),
            Command("full_screen", tr("Full screen"), self.toggle_full_screen, "fullscreen", ("F", "F11")),
            Command("export", tr("Export what is on the screen…"), self.export, "export", ("Ctrl+E",)),
            Command("follow_spot", tr("Follow one spot…"), self.tools.follow_spot, "follow_spot", ("S",)),
            Command("fairest", tr("Show me the fairest pair…"), self.judging.show_fairest, "star"),
            Command("blind_review", tr("Blind review: dates hidden…"), self.review_blind, "eye_off", ("B",)),
            Command("guide", tr("Guide for the next photo…"), self.show_guide, "camera", ("N",)),
            Command("match_colours", tr("Match colours, or show as taken"), self.tools.match_colours, "sun", ("C",)),
            Command("panel", tr("Show or hide what differs, in detail"), self.toggle_panel, "info", ("I",)),
        )

    def _turned_places(self) -> tuple[int, ...]:
        """Aligned photos share the first one's sheet and turn with it; else the paged one turns alone."""
        pair = self.comparison.pair
        shared = pair and self.alignments.matrix(pair[0].photo, pair[1].photo)
        return (0,) if shared else (self.comparison.moving,)

    def _lay_out(self) -> None:
        self._align = AlignmentButton(self._open.catalogue, self.alignments.wish)
        self._align.wished.connect(self._wish)
        self._align.zone_wanted.connect(self.choose_zone)
        self._align.hand_wanted.connect(self.tools.align_by_hand)
        self.judging.hand_wanted.connect(self.tools.align_by_hand)
        self._header = CompareHeader(self.modes, self._align, self._commands, RARER)
        self._header.show_mode(self.stage.looking.mode.key)
        self._header.mode_chosen.connect(lambda: self.choose_mode(self._header.mode()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._content())
        empty = _nothing_to_compare()
        empty.acted.connect(lambda: self._go(ImportPhotos()))
        self._stack.addWidget(empty)

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, 0, MARGIN, theme.SPACE_S)
        column.setSpacing(theme.SPACE_S)
        self._verdict = Verdict(lambda: self._open.jobs.busy)
        self._verdict.details_wanted.connect(self.toggle_panel)
        self._panel = self.judging.panel
        self._verdict.fitted.connect(lambda: self._panel.show_spared(self._verdict.spared()))
        self._verdict.fairest_wanted.connect(self.judging.show_fairest)
        column.addWidget(self._verdict)
        self._stage_row = QHBoxLayout()
        self._stage_row.setSpacing(theme.CARD_GAP)
        self._stage_row.addWidget(self.stage, 1)
        self._stage_row.addWidget(self._panel)
        column.addLayout(self._stage_row, 1)
        self._bar = ModeBar(self.stage)
        column.addWidget(self._bar)
        self.tools.listen_on(self)
        for bar in self.tools.bars():
            column.addWidget(bar)
        self.filmstrip = Filmstrip(self.comparison, thumbnails_of(self._open))
        self.filmstrip.chosen.connect(self._choose)
        self._foot = Foot(self.comparison, self.filmstrip, self._open.catalogue, lambda: all_series(self._open.journal))
        self._foot.together_wanted.connect(self.stage.looking.relink)
        self.stage.looking.linked_changed.connect(lambda: self._foot.set_apart(self.stage.looking.offset))
        column.addWidget(self._foot)
        beside = BesidePhotos(self._verdict, self.stage, self._panel, self._bar, self.filmstrip, self._foot)
        self._room = RoomForPhotos(beside, self._preferences)
        return content

    def _follow(self) -> None:
        self._stack.setCurrentIndex(0 if self.comparison.pair else 1)
        self._header.offer(pair=self.comparison.pair is not None)

    def _follow_wish(self) -> None:
        wish, pair = self.alignments.wish, self.comparison.pair
        self._align.show_wish(wish, self.alignments.way(pair[0].photo, pair[1].photo) if pair else "")
        self._preferences.remember(ALIGN, OFF if wish.method == OFF else "")

    def _wish(self, wish: AlignmentWish) -> None:
        """Align as wished. Asking for another way gives up what was made by hand or confirmed for this pair."""
        pair = self.comparison.pair
        if wish.method == OFF or pair is None or not self.alignments.forget_kept(pair[0].photo, pair[1].photo, wish):
            self.alignments.set_wish(wish)

    def _align_zone(self, zone: ZoneActivated) -> None:
        self._wish(AlignmentWish(FACE, zone.key))

    def _page(self, paging: Paging) -> None:
        self.comparison.page(paging.by)

    def _choose(self, chosen: Chosen) -> None:
        self.comparison.choose(chosen.photo_id)
        self.stage.setFocus()

    def _left_full_screen(self) -> None:
        self._full_screen = None


def _hint(mode: Mode) -> str:
    usual = tr("← → page · Space flips · L moves one side · Z 1:1 · 0 whole")
    return mode.hint() or (usual if letters_used() else tr("← → page · Space flips · L moves one side"))


def _nothing_to_compare() -> EmptyState:
    return EmptyState(
        "compare",
        tr("Two photos of the same view are needed"),
        tr(
            "Add photos taken from the same side on different days. The first one, taken before any "
            "treatment, is the one that all later ones are compared with."
        ),
        tr("Add photos"),
    )
