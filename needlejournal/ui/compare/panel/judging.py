"""Keeps the panel true to the pair that is shown, and opens the sheets that it asks for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.comparing.comparability import Comparability
from needlejournal.journal.comparing.fairest import FairPair
from needlejournal.ui.compare.alignments import OFF, Alignments
from needlejournal.ui.compare.panel.alignment_box import AlignmentBox
from needlejournal.ui.compare.panel.panel import ComparabilityPanel
from needlejournal.ui.compare.view.captions import between_words, series_name
from needlejournal.ui.compare.view.comparison import Comparison
from needlejournal.ui.models.reading_ahead import ReadingAhead
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison import judging
from needlejournal.workflows.comparison.comparing import SeriesPhoto, between


class Judging(QObject):
    """Connects the panel with what is compared. `hand_wanted`: the person wants to set points; `judged`: anew."""

    hand_wanted = Signal()
    judged = Signal()

    def __init__(
        self, open_journal: OpenJournal, comparison: Comparison, alignments: Alignments, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._comparison = comparison
        self._alignments = alignments
        self._parent = parent
        self._ahead = ReadingAhead.of(open_journal)
        self._box = AlignmentBox()
        self.panel = ComparabilityPanel(self._box)
        self._connect()

    def judgement(self) -> Comparability | None:
        """What is known about the pair now."""
        pair = self._pair()
        return judging.judge(self._open.journal, *pair) if pair else None

    def between_words(self) -> str:
        """The time between the two photos, in words."""
        pair = self._pair()
        return between_words(between(*pair)) if pair else ""

    def reason(self) -> str:
        """Why the person compares this pair all the same; "" for no reason given."""
        ids = self._comparison.ids()
        kept = judging.override_of(self._open.journal, ids[0], ids[1]) if len(ids) == 2 else None
        return kept.reason if kept else ""

    def follow(self) -> None:
        """Judge the pair anew."""
        pair, found = self._pair(), self.judgement()
        if pair:
            self._ahead.sooner([shown.photo for shown in pair])
        self.panel.setEnabled(found is not None)
        self._box.setVisible(found is not None)
        self.panel.show_judgement(found or Comparability(()), self.reason() if found else "")
        self.follow_alignment()
        self.judged.emit()

    def follow_alignment(self) -> None:
        """Say how the pair is aligned now."""
        pair = self._pair()
        if pair:
            onto, photo = pair[0].photo, pair[1].photo
            found = self._alignments.of(onto, photo)
            wish, finding = self._alignments.wish, self._alignments.finding(onto, photo)
            shown = self._alignments.shown(onto, photo) is not None
            zone = self._open.catalogue.zone(wish.zone).name.lower() if wish.zone else ""
            self._box.show_state(found, off=wish.method == OFF, finding=finding, shown=shown, zone=zone)

    def show_fairest(self) -> None:
        """List the fairest pairs of the series."""
        from needlejournal.ui.compare.panel.fairest_sheet import FairestSheet

        series = self._comparison.series
        pairs = judging.fairest(self._open.journal, series)
        name = series_name(series[0].photo, self._open.catalogue) if series else ""
        sheet = FairestSheet(pairs, series, name, self._parent)
        sheet.chosen.connect(self._show_pair)
        sheet.open()

    def _pair(self) -> tuple[SeriesPhoto, SeriesPhoto] | None:
        return None if self._comparison.gone else self._comparison.pair

    def _connect(self) -> None:
        self._comparison.changed.connect(self.follow)
        self._alignments.changed.connect(self.follow)
        self._open.changed.connect(self._follow_changes)
        self._ahead.read.connect(self.follow)
        self._ahead.read.connect(self._show_waiting)
        self._ahead.all_read.connect(self._show_all_read)
        self._box.suggestion_wanted.connect(self._look_at)
        self._box.confirmed.connect(self._confirm)
        self._box.switched.connect(self._alignments.toggle)
        self._box.by_hand.connect(self.hand_wanted)
        self.panel.declare_wanted.connect(self._declare)
        self.panel.reason_wanted.connect(self._ask_reason)
        self.panel.fairest_wanted.connect(self.show_fairest)

    def _show_waiting(self) -> None:
        self.panel.show_waiting(self._ahead.waiting)

    def _show_all_read(self) -> None:
        self.panel.show_waiting(0)

    def _follow_changes(self, changes: Changes) -> None:
        if changes.has("pair_override", "alignment"):
            self.follow()

    def _look_at(self) -> None:
        pair = self._pair()
        if pair:
            self._alignments.look_at(pair[0].photo, pair[1].photo)

    def _confirm(self) -> None:
        pair = self._pair()
        if pair:
            self._alignments.confirm(pair[0].photo, pair[1].photo)

    def _declare(self) -> None:
        from needlejournal.ui.compare.panel.declare_sheet import DeclareSheet

        pair = self._pair()
        if pair:
            DeclareSheet(self._open, (pair[0].photo, pair[1].photo), self._parent).open()

    def _ask_reason(self) -> None:
        from needlejournal.ui.compare.panel.reason_sheet import ReasonSheet

        ids = self._comparison.ids()
        if len(ids) == 2:
            ReasonSheet(self._open, (ids[0], ids[1]), self._parent).open()

    def _show_pair(self, pair: FairPair) -> None:
        self._comparison.show(pair.before_id, pair.after_id)
