"""What the person aligned or confirmed: used for its two photos and no others, given up only where it is meant."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from needlejournal.journal.alignments import Alignment
from needlejournal.journal.message import message
from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.compare.tools.zone_sheet import ZoneSheet
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas
from tests.ui import person

from .conftest import ByHand

SHIFTED = ((1.0, 0.0, 10.0), (0.0, 1.0, 5.0))


@pytest.fixture
def fair(found: dict[str, Alignment], page: ComparePage, photos: dict[str, Photo], work: ByHand) -> ComparePage:
    """The page with two photos that are aligned automatically, and by each zone."""
    found["auto"] = found["face"] = Alignment("face", SHIFTED, residual=1.0, confident=True, reason=message("Found."))
    person.press(page, "Details")
    page.show_pair(photos["8 Mar"].id, photos["6 Sep"].id)
    work.run()
    return page


@pytest.fixture
def doubtful(found: dict[str, Alignment], page: ComparePage, photos: dict[str, Photo], work: ByHand) -> ComparePage:
    """The page with two photos of which only a suggestion is known."""
    found["auto"] = Alignment("face", SHIFTED, residual=1.0, confident=False, reason=message("Check it by eye."))
    person.press(page, "Details")
    page.show_pair(photos["8 Mar"].id, photos["6 Sep"].id)
    work.run()
    return page


def align(page: ComparePage, words: str) -> None:
    """Choose from the menu of ways to align."""
    now = next(name for name in ("automatic", "by hand", "as taken", "chin") if person.sees(page, f"Align: {name}"))
    person.press(page, f"Align: {now}")
    person.pick(page, words)


def by_hand(page: ComparePage) -> None:
    """Align through two points."""
    align(page, "By hand, with points…")
    for x, y in ((0.3, 0.4), (0.6, 0.7)):
        for cell in page.stage.looking.mode.cells(page.stage.looking.area, page.stage.looking.scene()):
            at = cell.topLeft() + QPointF(cell.width() * x, cell.height() * y)
            QTest.mouseClick(page.stage, Qt.MouseButton.LeftButton, pos=at.toPoint())
    person.press(page, "Use points")


def by_chin(page: ComparePage, work: ByHand) -> None:
    align(page, "By one zone of the face…")
    canvas = next(
        one for sheet in page.findChildren(ZoneSheet) for one in sheet.findChildren(FaceCanvas) if sheet.isVisible()
    )
    person.click(canvas, canvas.place_of("chin").toPoint())
    work.run()


def labels(page: ComparePage) -> tuple[str, ...]:
    """What stands on the right photo."""
    return page.stage.looking.scene().shots[1].labels


def test_other_photos_are_aligned_as_before_after_two_were_by_hand(fair: ComparePage, work: ByHand) -> None:
    by_hand(fair)
    assert person.sees(fair, "Align: by hand")
    QTest.keyClick(fair.stage, Qt.Key.Key_Left)
    work.run()
    assert labels(fair) == ("Aligned",)
    assert person.sees(fair, "Align: automatic")
    QTest.keyClick(fair.stage, Qt.Key.Key_Right)
    assert person.sees(fair, "Align: by hand")
    assert "Aligned by hand" in person.reads(fair)


def test_undoing_an_alignment_by_hand_aligns_as_before_it(fair: ComparePage, opened: OpenJournal) -> None:
    by_hand(fair)
    opened.undo()
    assert labels(fair) == ("Aligned",)
    assert person.sees(fair, "Align: automatic")
    opened.redo()
    assert person.sees(fair, "Align: by hand")


def test_what_was_aligned_by_hand_is_shown_again_after_looking_as_taken(fair: ComparePage, opened: OpenJournal) -> None:
    by_hand(fair)
    align(fair, "Not at all: as taken")
    align(fair, "Automatically")
    assert person.sees(fair, "Align: by hand")
    assert opened.journal.alignments.count() == 1


def test_a_zone_that_is_chosen_gives_up_nothing_that_holds_for_the_whole_face(
    fair: ComparePage, opened: OpenJournal, work: ByHand
) -> None:
    by_chin(fair, work)
    assert "Lined up by one zone, chin:" in person.reads(fair)
    person.press(fair, "Looks right")
    align(fair, "Automatically")
    by_hand(fair)
    by_chin(fair, work)
    assert {kept.zone for kept in opened.journal.alignments.all()} == {"chin", ""}
    by_chin(fair, work)
    assert [kept.zone for kept in opened.journal.alignments.all()] == [""], "asked for anew: its own is given up"
    align(fair, "Automatically")
    assert person.sees(fair, "Align: by hand")


def test_nobody_says_that_a_suggestion_looks_right_before_seeing_it(doubtful: ComparePage, opened: OpenJournal) -> None:
    assert labels(doubtful) == ()
    assert not person.sees(doubtful, "Looks right") and not person.sees(doubtful, "Show unaligned")
    person.press(doubtful, "Show the suggestion")
    assert labels(doubtful) == ("Aligned as suggested",)
    assert person.sees(doubtful, "Show unaligned") and not person.sees(doubtful, "Show the suggestion")
    person.press(doubtful, "Looks right")
    assert labels(doubtful) == ("Aligned",)
    assert opened.journal.alignments.count() == 1


def test_a_suggestion_is_looked_at_for_its_two_photos_only(
    doubtful: ComparePage, photos: dict[str, Photo], work: ByHand
) -> None:
    person.press(doubtful, "Show the suggestion")
    doubtful.comparison.swap()
    work.run()
    assert labels(doubtful) == ("Aligned as suggested",)
    doubtful.show_pair(photos["8 Mar"].id, photos["19 Apr"].id)
    work.run()
    assert labels(doubtful) == ()


def test_the_links_below_the_words_on_an_alignment_never_widen_the_panel(doubtful: ComparePage) -> None:
    person.press(doubtful, "Show the suggestion")
    panel = doubtful.judging.panel
    names = ("Looks right", "By hand…", "Show unaligned")
    links = [person.find(panel, name, QAbstractButton) for name in names]
    assert max(link.mapTo(panel, link.rect().topRight()).x() for link in links) < panel.width()
