"""A tool in hand while other photos come onto the stage: it goes on with these, or is put down; nothing is mixed up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from needlejournal.journal.alignments import Alignment
from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.modes.points import Points
from needlejournal.ui.compare.modes.spot_strip import SpotStrip
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.session import OpenJournal, Saying
from tests.ui import person

from .conftest import ByHand


def set_points(page: ComparePage, places: Sequence[tuple[float, float]]) -> None:
    """Click these places, in shares of its pane, on the left photo and on the right one."""
    for x, y in places:
        for cell in page.stage.looking.mode.cells(page.stage.looking.area, page.stage.looking.scene()):
            at = cell.topLeft() + QPointF(cell.width() * x, cell.height() * y)
            QTest.mouseClick(page.stage, Qt.MouseButton.LeftButton, pos=at.toPoint())


def points(page: ComparePage) -> list[int]:
    """How many points are shown on each photo."""
    mode = page.stage.looking.mode
    assert isinstance(mode, Points)
    return [len(side) for side in mode.marks]


def key(page: ComparePage, which: Qt.Key) -> None:
    QTest.keyClick(page.stage, which)


@pytest.fixture
def heard(opened: OpenJournal) -> list[Saying]:
    said: list[Saying] = []
    opened.said.connect(said.append)
    return said


def test_points_stay_with_their_two_photos_when_others_are_paged_to(
    page: ComparePage, opened: OpenJournal, heard: list[Saying]
) -> None:
    page.tools.align_by_hand()
    set_points(page, [(0.3, 0.4), (0.6, 0.7)])
    key(page, Qt.Key.Key_Left)
    assert points(page) == [0, 0]
    assert not page.tools.hand.done_button.isEnabled()
    assert ["kept" in one.sentence for one in heard] == [True]
    key(page, Qt.Key.Key_Right)
    assert points(page) == [2, 2]
    person.press(page, "Use points")
    (kept,) = opened.journal.alignments.all()
    assert (kept.before_id, kept.after_id) == page.comparison.ids()


def test_points_change_sides_with_their_photos(page: ComparePage, heard: list[Saying]) -> None:
    page.tools.align_by_hand()
    mode = page.stage.looking.mode
    assert isinstance(mode, Points)
    set_points(page, [(0.3, 0.4)])
    at = mode.cells(page.stage.looking.area, page.stage.looking.scene())[0].center().toPoint()
    QTest.mouseClick(page.stage, Qt.MouseButton.LeftButton, pos=at)
    left, right = mode.marks
    page.comparison.swap()
    assert mode.marks == (right, left)
    assert heard == []


def test_a_photo_that_goes_puts_the_tool_down_and_the_points_come_back_with_it(
    page: ComparePage, opened: OpenJournal, photos: dict[str, Photo]
) -> None:
    page.tools.align_by_hand()
    set_points(page, [(0.3, 0.4), (0.6, 0.7)])
    opened.write("Delete photo", lambda journal: journal.photos.trash(photos["6 Sep"].id))
    assert page.tools.hand.isHidden() and page.stage.looking.mode.key == "side_by_side"
    opened.undo()
    page.tools.align_by_hand()
    assert points(page) == [2, 2]


def test_skin_marked_on_a_photo_is_not_taken_for_skin_of_another(page: ComparePage) -> None:
    page.tools.match_colours()
    for _ in range(2):
        key(page, Qt.Key.Key_Return)
    assert page.tools.colour.done_button.isEnabled()
    key(page, Qt.Key.Key_Left)
    assert page.tools.colour.regions() is None
    assert not page.tools.colour.done_button.isEnabled()


def boxed(page: ComparePage) -> SpotStrip:
    """Follow a spot in the upper left of the first photo."""
    page.tools.follow_spot()
    page.tools.box.mode_of_box.box = QRectF(0.1, 0.1, 0.2, 0.1)
    person.press(page, "Follow this spot")
    mode = page.stage.looking.mode
    assert isinstance(mode, SpotStrip)
    return mode


def test_a_followed_spot_turns_with_its_photo(page: ComparePage) -> None:
    strip = boxed(page)
    page.comparison.turn_by(1, (0,))
    assert strip.box.center().x() == pytest.approx(1 - 0.15)
    assert strip.box.center().y() == pytest.approx(0.2)


def test_a_spot_is_not_shown_where_its_photo_does_not_come_first(page: ComparePage) -> None:
    boxed(page)
    page.comparison.swap()
    assert page.tools.spot.isHidden() and page.stage.looking.mode.key == "side_by_side"


def test_of_a_photo_on_which_a_spot_was_not_found_nobody_says_that_it_shows_it(
    page: ComparePage, found: dict[str, Alignment], work: ByHand, photos: dict[str, Photo]
) -> None:
    boxed(page)
    work.run()
    said = [part.words for part in page.stage.spoken_parts()]
    assert ["Place not known" in words for words in said] == [False, True, True]
    assert "In 2 photos its place is not known" in page.tools.spot.words.text()
    cell = page.stage.looking.mode.cells(page.stage.looking.area, page.stage.looking.scene())[1].center().toPoint()
    QTest.mousePress(page.stage, Qt.MouseButton.LeftButton, pos=cell)
    QTest.mouseMove(page.stage, cell + QPoint(12, 8))
    QTest.mouseRelease(page.stage, Qt.MouseButton.LeftButton, pos=cell + QPoint(12, 8))
    assert "In 1 photo its place is not known" in page.tools.spot.words.text()
    found["face"] = Alignment("face", ((1.0, 0.0, 9000.0), (0.0, 1.0, 0.0)), confident=True)
    person.press(page, "Align: automatic")
    person.pick(page, "By the whole face")
    work.run()
    last = page.stage.spoken_parts()[2].words
    assert "Outside this photo" in last and "not known" not in page.tools.spot.words.text()
