"""Each way of looking shows what it promises, aligned and as taken, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from needlejournal.journal.alignments import Alignment
from needlejournal.journal.photos import Photo
from needlejournal.ui.compare.modes.blink import Blink
from needlejournal.ui.compare.modes.points import point_words
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.compare.view.viewport import FIT
from needlejournal.ui.session import OpenJournal
from tests.ui.person import press

from .conftest import COLOURS, ByHand

LEFT, RIGHT = QPointF(0.25, 0.5), QPointF(0.75, 0.5)


def colour_at(page: ComparePage, where: QPointF) -> QColor:
    image = page.stage.grab().toImage()
    return image.pixelColor(int(where.x() * image.width()), int(where.y() * image.height()))


def distance(one: QColor, other: QColor) -> int:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue())


def seen(page: ComparePage, where: QPointF) -> str:
    found = colour_at(page, where)
    return min(COLOURS, key=lambda name: distance(found, QColor.fromRgb(COLOURS[name])))


def drag(page: ComparePage, start: QPoint, by: QPoint) -> None:
    stage, none = page.stage, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(stage, Qt.MouseButton.LeftButton, none, start)
    QTest.mouseMove(stage, start + by / 2)
    QTest.mouseMove(stage, start + by)
    QTest.mouseRelease(stage, Qt.MouseButton.LeftButton, none, start + by)


def test_every_mode_paints_aligned_and_as_taken(page: ComparePage, found: dict[str, Alignment], work: ByHand) -> None:
    found["auto"] = Alignment("face", ((0.98, -0.1, 12.0), (0.1, 0.98, -8.0)), residual=1.0, confident=True)
    for command in [command for command in page.commands() if command.key.startswith("mode_")]:
        command.run()
        work.run()
        page.stage.grab()
        page.alignments.toggle()
        page.stage.grab()
        page.alignments.toggle()


def test_overlay_mixes_both_photos_by_its_dial(page: ComparePage) -> None:
    page.choose_mode("overlay")
    middle = QPointF(0.5, 0.5)
    assert distance(colour_at(page, middle), QColor(0x80, 0x80, 0x80)) < 30
    slider = page.findChild(QSlider)
    assert slider is not None and slider.isVisible() and slider.accessibleName()
    slider.setValue(100)
    assert seen(page, middle) == "6 Sep"
    for _ in range(10):
        QTest.keyClick(page.stage, Qt.Key.Key_Down)
    assert seen(page, middle) == "1 Mar"


def test_blink_changes_the_photo_in_place_and_can_stand_still(page: ComparePage, qtbot: QtBot) -> None:
    page.choose_mode("blink")
    middle = QPointF(0.5, 0.5)
    assert seen(page, middle) == "1 Mar"
    qtbot.waitUntil(lambda: seen(page, middle) == "6 Sep")
    mode = page.stage.looking.mode
    assert isinstance(mode, Blink)
    for _ in range(12):
        QTest.keyClick(page.stage, Qt.Key.Key_Down)
    assert mode.interval_ms() == 0
    assert seen(page, middle) == "1 Mar"
    QTest.keyPress(page.stage, Qt.Key.Key_Space)
    assert seen(page, middle) == "6 Sep"
    QTest.keyRelease(page.stage, Qt.Key.Key_Space)


def test_blinking_never_flickers_faster_than_is_safe() -> None:
    mode = Blink()
    mode.turn(1.0)
    assert mode.interval_ms() >= 334


def test_the_strip_shows_the_dates_in_order_with_the_pair_among_them(page: ComparePage) -> None:
    page.comparison.want_healing(wanted=True)
    page.choose_mode("strip")
    area, scene = page.stage.looking.area, page.stage.looking.scene()
    cells = page.stage.looking.mode.cells(area, scene)
    width, height = page.stage.width(), page.stage.height()
    shown = [seen(page, QPointF(cell.center().x() / width, cell.center().y() / height)) for cell in cells]
    assert shown == list(COLOURS)
    QTest.keyClick(page.stage, Qt.Key.Key_Down)
    QTest.keyClick(page.stage, Qt.Key.Key_Down)
    captions = [shot.caption.head for shot in page.stage.looking.scene().shots]
    assert len(captions) == 3 and captions[0] == "Baseline" and captions[-1] == "Day 140"


def test_the_strip_zooms_all_photos_alike(page: ComparePage) -> None:
    page.choose_mode("strip")
    page.stage.looking.zoom(2)
    scene = page.stage.looking.scene()
    assert len({shot.view(scene.viewport) for shot in scene.shots}) == 1


def test_the_zoom_of_the_strip_is_not_carried_into_the_pair(page: ComparePage) -> None:
    page.choose_mode("strip")
    page.stage.looking.zoom(4)
    zoomed = page.stage.looking.viewport.zoom
    page.choose_mode("side_by_side")
    assert page.stage.looking.at_rest
    assert page.stage.looking.viewport.zoom < zoomed / 2
    page.stage.looking.zoom(4)
    page.choose_mode("overlay")
    assert not page.stage.looking.at_rest


def test_a_box_drawn_once_enlarges_the_same_skin_in_both_photos(page: ComparePage) -> None:
    page.choose_mode("magnifier")
    mode, scene = page.stage.looking.mode, page.stage.looking.scene()
    cell = scene.shots[0].frame(FIT, mode.cells(page.stage.looking.area, scene)[0])
    start = (cell.topLeft() + QPointF(4, 4)).toPoint()
    drag(page, start, QPoint(int(cell.width() * 0.2), int(cell.height() * 0.2)))
    box = mode.box  # type: ignore[attr-defined]
    assert box.left() < 0.06 and box.width() == pytest.approx(0.2, abs=0.03)
    for closeup in mode.closeups(page.stage.looking.area, scene):  # type: ignore[attr-defined]
        at = closeup.center()
        dark = colour_at(page, QPointF(at.x() / page.stage.width(), at.y() / page.stage.height()))
        assert distance(dark, QColor(20, 20, 20)) < 30
    inside = (cell.topLeft() + QPointF(cell.width() * 0.1, cell.height() * 0.1)).toPoint()
    drag(page, inside, QPoint(30, 30))
    assert mode.box.left() > box.left() or mode.box.left() > 0.1  # type: ignore[attr-defined]


def test_a_spot_is_boxed_once_followed_and_corrected_by_hand(
    page: ComparePage, opened: OpenJournal, photos: dict[str, Photo]
) -> None:
    page.comparison.want_healing(wanted=True)
    page.tools.follow_spot()
    page.tools.box.mode_of_box.box = QRectF(0.4, 0.5, 0.2, 0.1)
    page.tools.box.done_button.click()
    (spot,) = opened.journal.spots.all()
    assert (spot.photo_id, spot.left, spot.width) == (photos["1 Mar"].id, pytest.approx(0.4), pytest.approx(0.2))
    mode, scene = page.stage.looking.mode, page.stage.looking.scene()
    cells = mode.cells(page.stage.looking.area, scene)
    drag(page, cells[2].center().toPoint(), QPoint(20, 0))
    (place,) = opened.journal.spot_places.all()
    assert place.photo_id == photos["11 Mar"].id
    assert place.x < 0.5
    assert place.y == pytest.approx(0.55, abs=0.01)
    opened.undo()
    assert opened.journal.spot_places.all() == []
    press(page, "Remove spot")
    assert opened.journal.spots.all() == []


def test_aligned_photos_share_the_first_ones_sheet_and_say_so(
    page: ComparePage, found: dict[str, Alignment], work: ByHand, photos: dict[str, Photo]
) -> None:
    found["auto"] = Alignment("face", ((2.0, 0.0, 10.0), (0.0, 2.0, 5.0)), residual=1.0, confident=True)
    page.show_pair(photos["8 Mar"].id, photos["6 Sep"].id)
    work.run()
    left, right = page.stage.looking.scene().shots
    assert right.labels == ("Aligned",)
    assert right.placement.sheet == left.placement.sheet
    assert right.placement.onto.map(QPointF(0.5, 0.5)) == QPointF(10.5, 5.5)
    next(command for command in page.commands() if command.key == "align").run()
    assert page.stage.looking.scene().shots[1].labels == ()


def test_a_doubtful_alignment_is_not_used_by_itself(
    page: ComparePage, found: dict[str, Alignment], work: ByHand, photos: dict[str, Photo]
) -> None:
    found["auto"] = Alignment("face", ((2.0, 0.0, 10.0), (0.0, 2.0, 5.0)), residual=1.0, confident=False)
    page.show_pair(photos["8 Mar"].id, photos["6 Sep"].id)
    work.run()
    assert page.stage.looking.scene().shots[1].labels == ()


def test_swapping_uses_the_alignment_the_other_way_round(
    page: ComparePage, opened: OpenJournal, found: dict[str, Alignment], work: ByHand, photos: dict[str, Photo]
) -> None:
    found["auto"] = Alignment("face", ((2.0, 0.0, 10.0), (0.0, 2.0, 5.0)), residual=1.0, confident=True)
    page.show_pair(photos["8 Mar"].id, photos["6 Sep"].id)
    work.run()
    page.alignments.confirm(photos["8 Mar"], photos["6 Sep"])
    page.comparison.swap()
    onto = page.stage.looking.scene().shots[1].placement.onto
    assert onto.map(QPointF(10.5, 5.5)) == QPointF(0.5, 0.5)


@pytest.mark.parametrize(
    ("residuals", "words"),
    [((), "1"), ((0.0,), "1"), ((0.0, 0.0), "1"), ((13.81, 13.0, 7.2), "1 · 13.8 px off")],
)
def test_how_well_points_fit_is_said_from_the_third_on(residuals: tuple[float, ...], words: str) -> None:
    assert point_words(0, residuals) == words
    assert point_words(len(residuals), residuals) == str(len(residuals) + 1)


def test_points_set_on_both_photos_align_them_and_are_never_overwritten(
    page: ComparePage, opened: OpenJournal, work: ByHand, photos: dict[str, Photo], found: dict[str, Alignment]
) -> None:
    page.tools.align_by_hand()
    points = page.tools.hand.points
    for left, right in (((50.0, 60.0), (60.0, 70.0)), ((200.0, 300.0), (210.0, 310.0))):
        points.set_point(0, left)
        points.set_point(1, right)
    page.tools.hand.follow()
    assert points.residuals == pytest.approx((0, 0), abs=1e-9)
    page.tools.hand.done_button.click()
    (kept,) = opened.journal.alignments.all()
    assert kept.alignment.matrix is not None
    assert kept.alignment.method == "hand" and kept.alignment.matrix[0][2] == pytest.approx(-10)
    assert page.stage.looking.scene().shots[1].labels == ("Aligned",)
    found["auto"] = Alignment("face", ((2.0, 0.0, 0.0), (0.0, 2.0, 0.0)), residual=1.0, confident=True)
    page.alignments.toggle()
    page.alignments.toggle()
    work.run()
    assert page.alignments.of(photos["1 Mar"], photos["6 Sep"]).method == "hand"  # type: ignore[union-attr]


def test_points_are_clicked_dragged_and_taken_back(page: ComparePage) -> None:
    page.tools.align_by_hand()
    points, none = page.tools.hand.points, Qt.KeyboardModifier.NoModifier
    left = QPoint(page.stage.width() // 4, page.stage.height() // 2)
    right = QPoint(page.stage.width() * 3 // 4, page.stage.height() // 2)
    QTest.mouseClick(page.stage, Qt.MouseButton.LeftButton, none, left)
    assert "right photo" in page.tools.hand.words.text()
    QTest.mouseClick(page.stage, Qt.MouseButton.LeftButton, none, right)
    first = points.marks[1][0]
    drag(page, right, QPoint(30, 0))
    assert points.marks[1][0][0] > first[0]
    QTest.keyClick(page.stage, Qt.Key.Key_Backspace)
    press(page, "Take back")
    assert points.marks[1] in ((first,), ())


def test_a_tool_works_by_keyboard_and_escape_puts_it_down(page: ComparePage) -> None:
    page.tools.align_by_hand()
    page.stage.setFocus()
    for _ in range(2):
        QTest.keyClick(page.stage, Qt.Key.Key_Return)
    assert [len(marks) for marks in page.tools.hand.points.marks] == [1, 1]
    QTest.keyClick(page.stage, Qt.Key.Key_Backspace)
    assert [len(marks) for marks in page.tools.hand.points.marks] == [1, 0]
    QTest.keyClick(page.stage, Qt.Key.Key_Escape)
    assert page.tools.hand.isHidden()
    assert page.stage.looking.mode.key == "side_by_side"


def test_points_that_coincide_are_refused_with_a_sentence(page: ComparePage) -> None:
    page.tools.align_by_hand()
    for _ in range(2):
        page.tools.hand.points.set_point(0, (50.0, 50.0))
        page.tools.hand.points.set_point(1, (60.0, 60.0))
    page.tools.hand.follow()
    assert "too close together" in page.tools.hand.words.text()
    assert not page.tools.hand.done_button.isEnabled()
