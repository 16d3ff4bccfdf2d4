"""What a tool did can be taken back: points by Ctrl+Z in the tool, a hand's alignment by asking for another way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.blind_review import BlindReview
from needlejournal.ui.compare.exporting.snapshot import snapshots
from needlejournal.ui.compare.exporting.wish import ExportWish
from needlejournal.ui.compare.modes.points import Points
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.compare.view.scene import Scene
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.theme import Theme
from needlejournal.ui.widgets.buttons import Button
from needlejournal.workflows.comparison import aligning
from tests.asked import undoable

from .conftest import ByHand


def set_points(page: ComparePage, count: int) -> Points:
    """Click places that are alike on both photos."""
    page.tools.align_by_hand()
    mode = page.stage.looking.mode
    assert isinstance(mode, Points)
    cells = mode.cells(page.stage.looking.area, page.stage.looking.scene())
    for number in range(count):
        for cell in cells:
            place = cell.topLeft() + QPointF(cell.width() * (0.3 + 0.1 * number), cell.height() * (0.4 + 0.05 * number))
            QTest.mouseClick(page.stage, Qt.MouseButton.LeftButton, pos=place.toPoint())
    return mode


def button(page: ComparePage, words: str) -> Button:
    return next(one for one in page.findChildren(Button) if one.text() == words and one.isVisible())


def test_ctrl_z_in_the_tool_takes_back_a_point_and_nothing_in_the_journal(
    page: ComparePage, opened: OpenJournal, qtbot: QtBot
) -> None:
    before = undoable(opened.journal)
    points = set_points(page, 2)
    page.stage.setFocus()
    QTest.keyClick(page.stage, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [len(side) for side in points.marks] == [2, 1]
    assert undoable(opened.journal) == before


def test_all_points_can_be_removed_and_that_be_taken_back(page: ComparePage, qtbot: QtBot) -> None:
    points = set_points(page, 2)
    qtbot.mouseClick(button(page, "Remove all points"), Qt.MouseButton.LeftButton)
    assert points.marks == ((), ())
    qtbot.mouseClick(button(page, "Take back"), Qt.MouseButton.LeftButton)
    assert [len(side) for side in points.marks] == [2, 2]


def test_points_are_kept_when_another_tool_is_taken_or_another_way_of_looking_chosen(
    page: ComparePage, opened: OpenJournal, qtbot: QtBot
) -> None:
    set_points(page, 2)
    for put_aside in (page.tools.match_colours, lambda: page.choose_mode("wipe"), page.tools.align_by_hand):
        with qtbot.waitSignal(opened.said, raising=put_aside != page.tools.align_by_hand, timeout=0):
            put_aside()
        assert [len(side) for side in set_points(page, 0).marks] == [2, 2]
    assert button(page, "Use points").isEnabled()


def test_points_that_were_cancelled_or_used_do_not_come_back(page: ComparePage, qtbot: QtBot) -> None:
    set_points(page, 2)
    qtbot.mouseClick(button(page, "Cancel"), Qt.MouseButton.LeftButton)
    assert set_points(page, 0).marks == ((), ())
    set_points(page, 3)
    qtbot.mouseClick(button(page, "Use points"), Qt.MouseButton.LeftButton)
    assert [len(side) for side in set_points(page, 0).marks] == [3, 3], "those of the journal"


def test_two_points_are_not_called_proof(page: ComparePage, qtbot: QtBot) -> None:
    set_points(page, 2)
    assert "Two points always fit" in page.tools.hand.words.text()


def test_asking_for_automatic_gives_up_what_the_hand_made_and_undo_brings_it_back(
    page: ComparePage, opened: OpenJournal, work: ByHand, qtbot: QtBot
) -> None:
    set_points(page, 3)
    qtbot.mouseClick(button(page, "Use points"), Qt.MouseButton.LeftButton)
    before, after = page.comparison.ids()
    assert aligning.kept_alignment(opened.journal, before, after) is not None
    entries = [entry for menu in page.findChildren(QMenu) for entry in menu.actions()]
    next(entry for entry in entries if entry.text() == "Automatically").trigger()
    work.run()
    assert aligning.kept_alignment(opened.journal, before, after) is None
    assert not page.stage.looking.scene().shots[1].aligned
    opened.undo()
    assert page.stage.looking.scene().shots[1].aligned


def test_a_spot_is_boxed_on_the_large_pictures(page: ComparePage) -> None:
    page.tools.follow_spot()
    cell = page.stage.looking.mode.cells(page.stage.looking.area, page.stage.looking.scene())[0]
    assert cell.height() > page.stage.height() * 0.8
    start = cell.center().toPoint()
    QTest.mousePress(page.stage, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(page.stage, start + QPoint(60, 40))
    QTest.mouseRelease(page.stage, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 40))
    box = page.tools.box.mode_of_box.box
    assert 0.05 < box.width() < 0.5 and box.left() == pytest.approx(0.5, abs=0.1)


def move(page: ComparePage, place: int) -> None:
    """Drag one photo of the strip."""
    cell = page.stage.looking.mode.cells(page.stage.looking.area, page.stage.looking.scene())[place]
    start = cell.center().toPoint()
    QTest.mousePress(page.stage, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(page.stage, start + QPoint(12, 8))
    QTest.mouseRelease(page.stage, Qt.MouseButton.LeftButton, pos=start + QPoint(12, 8))


def test_cancel_right_after_boxing_a_spot_leaves_none(page: ComparePage, opened: OpenJournal, qtbot: QtBot) -> None:
    page.tools.follow_spot()
    qtbot.mouseClick(button(page, "Follow this spot"), Qt.MouseButton.LeftButton)
    move(page, 2)
    qtbot.mouseClick(button(page, "Cancel"), Qt.MouseButton.LeftButton)
    assert opened.journal.spots.count() == 0
    assert page.stage.looking.mode.key == "side_by_side"


def test_escape_and_ctrl_z_belong_to_the_tool_wherever_it_was_taken_from(
    page: ComparePage, opened: OpenJournal, qtbot: QtBot
) -> None:
    before = undoable(opened.journal)
    page.filmstrip.setFocus()
    page.tools.follow_spot()
    assert page.stage.hasFocus()
    drawn = page.tools.box.mode_of_box.box
    QTest.mouseClick(page.stage, Qt.MouseButton.LeftButton, pos=page.stage.rect().center() / 2)
    assert page.tools.box.mode_of_box.box != drawn
    QTest.keyClick(page.stage, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.tools.box.mode_of_box.box == drawn
    QTest.keyClick(page.stage, Qt.Key.Key_Return)
    move(page, 2)
    for _ in range(3):
        QTest.keyClick(page.stage, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert opened.journal.spot_places.count() == 0
    assert opened.journal.spots.count() == 1
    opened.undo()
    assert page.stage.looking.mode.key == "side_by_side", "its spot is gone"
    assert undoable(opened.journal) == before


def test_cancel_gives_up_the_corrections_of_a_spot(
    page: ComparePage, opened: OpenJournal, photos: dict[str, Photo], qtbot: QtBot
) -> None:
    page.tools.follow_spot()
    page.tools.box.mode_of_box.box = QRectF(0.4, 0.5, 0.2, 0.1)
    qtbot.mouseClick(button(page, "Follow this spot"), Qt.MouseButton.LeftButton)
    move(page, 2)
    (moved,) = [place.photo_id for place in opened.journal.spot_places.all()]
    QTest.keyClick(page.stage, Qt.Key.Key_Return)
    assert opened.journal.spots.count() == 1
    page.tools.show_spot(opened.journal.spots.all()[0])
    move(page, 1)
    QTest.keyClick(page.stage, Qt.Key.Key_Escape)
    assert [place.photo_id for place in opened.journal.spot_places.all()] == [moved]
    assert opened.journal.spots.count() == 1


def test_a_still_of_blinking_holds_both_photos(page: ComparePage, work: ByHand) -> None:
    page.choose_mode("blink")
    (still,) = snapshots(page.stage.looking, ExportWish(), {})
    left = still.pixelColor(still.width() // 4, still.height() // 2).rgb()
    right = still.pixelColor(3 * still.width() // 4, still.height() // 2).rgb()
    assert left != right


def test_exports_look_the_same_at_any_window_and_text_size(page: ComparePage, work: ByHand, qapp: object) -> None:
    usual = snapshots(page.stage.looking, ExportWish(), {})[0].size()
    theme = Theme(qapp, "light", 2.0)  # type: ignore[arg-type]
    large = snapshots(page.stage.looking, ExportWish(), {})[0].size()
    theme.set_text_scale(1.0)
    assert abs(large.height() - usual.height()) <= 0.03 * usual.height()


def test_a_sheet_stays_on_the_screen_with_the_largest_text(
    page: ComparePage, opened: OpenJournal, qapp: object
) -> None:
    theme = Theme(qapp, "light", 2.0)  # type: ignore[arg-type]
    review = BlindReview(opened, page.comparison.series, page.alignments, page)
    review.open()
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert review.width() <= room.width() and review.height() <= room.height()
    stop = next(one for one in review.findChildren(Button) if one.text() == "Stop")
    assert review.rect().contains(stop.mapTo(review, stop.rect().bottomRight()))
    theme.set_text_scale(1.0)
    review.close()


@pytest.mark.parametrize("tool", ["follow_spot", "match_colours", "align_by_hand"])
def test_no_label_covers_the_skin_while_a_tool_is_in_hand(page: ComparePage, tool: str) -> None:
    looking = page.stage.looking
    marked = looking.scene()
    plain = replace(marked, shots=tuple(replace(shot, pinned=False, labels=()) for shot in marked.shots))
    assert painted(page, marked) != painted(page, plain)
    getattr(page.tools, tool)()
    assert painted(page, marked) == painted(page, plain)


def painted(page: ComparePage, scene: Scene) -> QImage:
    """What the mode that is shown paints of a scene."""
    looking = page.stage.looking
    image = QImage(page.stage.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        looking.mode.paint(painter, looking.area, scene)
    return image
