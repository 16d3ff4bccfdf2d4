"""The blind review: two photos without dates, a choice, then the reveal. It can be left at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from random import Random

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from needlejournal.journal.ratings import Judgement
from needlejournal.ui import theme
from needlejournal.ui.compare.alignments import Alignments
from needlejournal.ui.compare.modes.side_by_side import SideBySide
from needlejournal.ui.compare.view.captions import Caption, between_words, caption, small_copy_words
from needlejournal.ui.compare.view.layers import Picture, Turn, aligned, alone
from needlejournal.ui.compare.view.pictures import Pictures
from needlejournal.ui.compare.view.scene import Shot
from needlejournal.ui.compare.view.stage import Stage
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.comparison import blind_review
from needlejournal.workflows.comparison.blind_review import BETTER_BY, BlindPair, Tally
from needlejournal.workflows.comparison.comparing import SeriesPhoto, between


class BlindReview(Sheet):
    """Asks about pair after pair of one series, for as long as the person wants. `pair` is the one that is shown."""

    def __init__(
        self,
        open_journal: OpenJournal,
        series: list[SeriesPhoto],
        alignments: Alignments,
        parent: QWidget,
        chance: Random | None = None,
    ) -> None:
        super().__init__(tr("Which looks better?"), parent, width=760)
        self._open = open_journal
        self._photos = {shown.id: shown for shown in series}
        self._alignments = alignments
        self._chance = chance or Random()  # noqa: S311 (an order, not a secret)
        self.pair: BlindPair | None = None
        self._again = False
        self._revealed = False
        self._pictures = Pictures(open_journal, self)
        self._blind = _Blind()
        self._stage = Stage(self._blind, self)
        self._pictures.arrived.connect(self._stage.update)
        self._pictures.refused.connect(self._show_photos)
        self._words = Label("", "text")
        self._answers = QWidget()
        self._flow = FlowLayout(self._answers)
        self._lay_out()
        alignments.changed.connect(self._show_photos)
        self.next()

    def next(self, *, again: bool = False) -> None:
        """Show another pair, or say that there is none; with `again`, pairs that were answered before come too."""
        self.pair = blind_review.next_pair(self._open.journal, self._photos.values(), self._chance, again=again)
        self._again = again
        self._revealed = False
        if self.pair is None:
            self._end()
            return
        self._ask()
        self._show_photos()

    def _end(self) -> None:
        if blind_review.next_pair(self._open.journal, self._photos.values(), self._chance, again=True) is None:
            self._words.setText(
                tr(
                    "There is no fair pair in this view yet: it takes two photos of healed skin, taken on "
                    "different days."
                )
            )
            self._offer([])
            return
        self._words.setText(
            tr(
                "You have answered every fair pair of this view. New photos bring new pairs; if you look again, a new "
                "answer replaces the one you gave before."
            )
        )
        self._offer([(tr("Look at them again"), partial(self.next, again=True))])

    def _ask(self) -> None:
        """Ask about the pair that is shown; also the way back from a choice."""
        pair = self.pair
        if pair is None:
            return
        self._words.setText(tr("The dates are hidden. Look as long as you like; zoom as on the page."))
        self._offer([
            (tr("The left one looks better"), lambda: self._choose(pair.left_id)),
            (tr("No difference"), lambda: self._keep(None, Judgement.NO_CHANGE)),
            (tr("The right one looks better"), lambda: self._choose(pair.right_id)),
        ])  # fmt: skip

    def _lay_out(self) -> None:
        self.setMinimumHeight(theme.px(620))
        self._stage.setMinimumHeight(240)
        self.body.addWidget(self._stage, 1)
        self.body.addWidget(self._words)
        row = QHBoxLayout()
        row.addWidget(self._answers, 1)
        self.body.addLayout(row)
        self._stop = self.add_button(tr("Stop"))
        self._stop.clicked.connect(self.accept)

    def _choose(self, better: int) -> None:
        """Ask how much better, in the words of the Global Aesthetic Improvement Scale."""
        self._words.setText(tr("Compared with the other one, it looks:"))
        words = self._open.catalogue.scales
        degrees = [(words.judgement_word(by), partial(self._keep, better, by)) for by in BETTER_BY]
        self._offer([*degrees, (tr("Back"), self._ask)])

    def _keep(self, better: int | None, by: Judgement) -> None:
        if self.pair is None:
            return
        given = blind_review.answer(self.pair, better, by, self._open.today)
        if self._open.write(tr("Answer in the blind review"), partial(blind_review.keep, given=given)):
            self._reveal(better)

    def _reveal(self, better: int | None) -> None:
        if self.pair is None:
            return
        self._revealed = True
        self._show_photos()
        photos = self._photos[self.pair.earlier_id], self._photos[self.pair.later_id]
        if better is None:
            chose = tr("You saw no difference.")
        elif better == self.pair.later_id:
            chose = tr("You chose the later photo.")
        else:
            chose = tr("You chose the earlier photo.")
        words = f"{chose} {between_words(between(*photos))}. {tally_words(blind_review.tally(self._open.journal))}"
        self._words.setText(words)
        self._offer([(tr("Another pair"), partial(self.next, again=self._again))])

    def _offer(self, answers: list[tuple[str, Callable[[], object]]]) -> None:
        """Offer these in the place of those before, for the keyboard too: it stays here, between photos and Stop."""
        before = self.focusWidget()
        left = before if isinstance(before, Button) and self._answers.isAncestorOf(before) else None
        by_keys = left is not None and left.ringed
        while self._flow.count():
            item = self._flow.takeAt(0)
            button = item.widget() if item else None
            if button is not None:
                button.hide()
                button.deleteLater()
        made = [self._answer(text, run) for text, run in answers]
        for one, following in pairwise((self._stage, *made, self._stop)):
            self.setTabOrder(one, following)
        self._answers.updateGeometry()
        if left is not None:
            reason = Qt.FocusReason.TabFocusReason if by_keys else Qt.FocusReason.MouseFocusReason
            (*made, self._stop)[0].setFocus(reason)

    def _answer(self, text: str, run: Callable[[], object]) -> Button:
        made = Button(text)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda _checked=False: run())
        self._flow.addWidget(made)
        made.show()  # now, and not with the next event: it may get the keyboard
        return made

    def _show_photos(self) -> None:
        if self.pair is None:
            return
        shown = [self._photos[self.pair.left_id], self._photos[self.pair.right_id]]
        names = (tr("The left photo"), tr("The right photo"))
        self._blind.names = {} if self._revealed else dict(zip((one.id for one in shown), names, strict=True))
        photos = [one.photo for one in shown]
        pictures = self._pictures.show(photos, [photo.id for photo in photos])
        matrix = self._alignments.matrix(*photos)
        back = [Turn(0, photo.mirrored) for photo in photos]
        placements = [alone(picture.size, turn) for picture, turn in zip(pictures, back, strict=True)]
        if matrix:
            placements[1] = aligned(matrix, pictures[0].size, back[0])
        self._stage.set_shots(
            tuple(
                Shot(one.id, picture, placement, self._caption(one, picture))
                for one, picture, placement in zip(shown, pictures, placements, strict=True)
            )
        )

    def _caption(self, photo: SeriesPhoto, picture: Picture) -> Caption:
        """Before the answer only that a photo is a small copy, which may look the better for it."""
        return caption(photo, picture) if self._revealed else Caption("", "", badge=small_copy_words(picture))


class _Blind(SideBySide):
    """Side by side; `names` are what photos are called as long as nothing else may be said of them, by id."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}

    def caption(self, shot: Shot) -> Caption:
        name = self.names.get(shot.photo_id)
        return replace(shot.caption, head=name) if name else shot.caption


def tally_words(tally: Tally) -> str:
    """ "You chose the later photo in 8 of 11 pairs"."""
    said = tr("So far you chose the later photo in {later} of %n pair(s).", tally.chosen).format(later=tally.later)
    if not tally.undecided:
        return said
    more = tr("In %n more pair(s) you saw no difference; (it is|they are) not counted here.", tally.undecided)
    return f"{said} {more}"
