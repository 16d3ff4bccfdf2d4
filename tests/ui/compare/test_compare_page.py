"""A person compares two photos: what is shown, and what each key and drag does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.alignments import Alignment
from needlejournal.journal.numbering import DayNumber
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.compare.page import ComparePage
from needlejournal.ui.compare.panel.answers import AnswerRow
from needlejournal.ui.compare.view.captions import short_caption
from needlejournal.ui.compare.view.viewport import FIT
from needlejournal.ui.destinations import ImportPhotos
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.pictures import veil
from needlejournal.workflows.comparison.comparing import SeriesPhoto
from tests.ui.person import press as press_button
from tests.ui.person import reads, sees

from .conftest import COLOURS, SIZE, ByHand, jpeg, keep

LEFT, RIGHT = QPointF(0.25, 0.5), QPointF(0.75, 0.5)


def seen(page: ComparePage, where: QPointF) -> str:
    """Which photo is drawn at a place of the stage, told by its colour."""
    stage = page.stage
    image = stage.grab().toImage()
    colour = image.pixelColor(int(where.x() * image.width()), int(where.y() * image.height()))
    return min(COLOURS, key=lambda name: _distance(colour, QColor.fromRgb(COLOURS[name])))


def _distance(one: QColor, other: QColor) -> int:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue())


def run(page: ComparePage, key: str) -> None:
    next(command for command in page.commands() if command.key == key).run()


def press(page: ComparePage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.stage, key, modifier)


def test_opening_the_page_shows_the_baseline_beside_the_newest_photo(page: ComparePage) -> None:
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("1 Mar", "6 Sep")


def test_small_pictures_say_the_day_after_a_session_and_nothing_before_there_is_one(photos: dict[str, Photo]) -> None:
    assert short_caption(SeriesPhoto(photos["8 Mar"])) == ""
    assert short_caption(SeriesPhoto(photos["19 Apr"], DayNumber(1, 1, 42))) == "Day 42"


def test_a_chosen_pair_is_shown(page: ComparePage, photos: dict[str, Photo]) -> None:
    page.show_pair(photos["8 Mar"].id, photos["19 Apr"].id)
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("8 Mar", "19 Apr")


def test_thumbnails_are_shown_before_any_background_work_has_run(
    page: ComparePage, photos: dict[str, Photo], work: ByHand
) -> None:
    page.pictures.forget()
    page.show_pair(photos["8 Mar"].id, photos["11 Mar"].id)
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("8 Mar", "11 Mar")


def test_arrow_keys_page_the_right_side_while_the_left_stays(page: ComparePage) -> None:
    press(page, Qt.Key.Key_Left)
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("1 Mar", "19 Apr")
    press(page, Qt.Key.Key_Left)
    press(page, Qt.Key.Key_Left)
    press(page, Qt.Key.Key_Left)
    press(page, Qt.Key.Key_Left)
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("1 Mar", "19 Apr")
    press(page, Qt.Key.Key_Right)
    assert seen(page, RIGHT) == "6 Sep"


def test_photos_of_healing_skin_are_left_out_of_the_strip_until_they_are_wanted(page: ComparePage) -> None:
    wanted = next(
        one for one in page.findChildren(Button) if one.accessibleName() == "Show 2 photos of healing skin too"
    )
    assert len(page.filmstrip.spoken_parts()) == 3
    wanted.click()
    assert len(page.filmstrip.spoken_parts()) == 5
    QTest.mouseClick(
        page.filmstrip.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        page.filmstrip.place(2).center().toPoint(),
    )
    assert seen(page, RIGHT) == "11 Mar"
    press(page, Qt.Key.Key_Left)
    assert seen(page, RIGHT) == "8 Mar"
    wanted.click()
    assert seen(page, RIGHT) == "8 Mar", "what is looked at stays"
    assert [part.words.split(" · ")[0] for part in page.filmstrip.spoken_parts()] == [
        "Baseline",
        "Day 0",
        "Day 42",
        "Day 140",
    ]


def test_the_other_side_can_be_pinned(page: ComparePage) -> None:
    run(page, "pin_other")
    press(page, Qt.Key.Key_Right)
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("19 Apr", "6 Sep")
    assert any("6 Sep 2025" in button.text() for button in page.findChildren(Button))


def test_swapping_exchanges_the_sides_and_the_pin_stays_with_its_photo(page: ComparePage) -> None:
    run(page, "swap")
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("6 Sep", "1 Mar")
    press(page, Qt.Key.Key_Left)
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("19 Apr", "1 Mar")


def test_space_held_flips_the_two_in_place(page: ComparePage) -> None:
    QTest.keyPress(page.stage, Qt.Key.Key_Space)
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("6 Sep", "1 Mar")
    QTest.keyRelease(page.stage, Qt.Key.Key_Space)
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("1 Mar", "6 Sep")


def test_keys_zoom_and_fit_and_show_actual_pixels(page: ComparePage) -> None:
    start = page.stage.looking.viewport
    run(page, "zoom_in")
    assert page.stage.looking.viewport.zoom == pytest.approx(1.25 * start.zoom)
    run(page, "zoom_out")
    assert page.stage.looking.viewport.zoom == pytest.approx(start.zoom)
    run(page, "actual_size")
    scene = page.stage.looking.scene()
    cell = page.stage.looking.mode.cell_of(0, page.stage.looking.area, scene)
    to_cell = scene.shots[0].picture_to_cell(scene.viewport, cell)
    assert to_cell.m11() * page.devicePixelRatioF() == pytest.approx(1)
    run(page, "fit")
    assert page.stage.looking.viewport == start
    run(page, "fit")
    assert page.stage.looking.viewport == FIT
    run(page, "fit")
    assert page.stage.looking.viewport == start


def test_dragging_with_the_mouse_moves_both_photos_alike(page: ComparePage) -> None:
    page.stage.looking.zoom(4)
    start = page.stage.looking.viewport
    middle = QPoint(page.stage.width() // 4, page.stage.height() // 2)
    QTest.mousePress(page.stage, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(page.stage, middle + QPoint(40, 25))
    QTest.mouseRelease(page.stage, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle + QPoint(40, 25))
    moved = page.stage.looking.viewport
    assert moved.x < start.x and moved.y < start.y and moved.zoom == start.zoom
    assert len({shot.nudge for shot in page.stage.looking.scene().shots}) == 1


def test_while_l_is_held_one_side_moves_alone_and_keeps_its_offset(page: ComparePage) -> None:
    looking = page.stage.looking
    looking.zoom(4)
    QTest.keyPress(page.stage, Qt.Key.Key_L)
    press(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyRelease(page.stage, Qt.Key.Key_L)
    left, right = looking.scene().shots
    assert not left.nudge and right.nudge
    looking.zoom(1.5)
    assert looking.scene().shots[1].nudge == right.nudge
    run(page, "relink")
    assert not looking.offset


def test_a_double_click_goes_close_and_back(page: ComparePage) -> None:
    middle = QPoint(page.stage.width() // 4, page.stage.height() // 2)
    start = page.stage.looking.viewport
    page.stage.looking.zoom(3)
    QTest.mouseDClick(page.stage, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert page.stage.looking.viewport == start
    QTest.mouseDClick(page.stage, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert page.stage.looking.viewport != start
    assert not page.stage.looking.at_rest


def test_turning_and_mirroring_apply_to_the_side_that_is_paged(page: ComparePage) -> None:
    run(page, "turn_right")
    left, right = page.stage.looking.scene().shots
    assert left.placement.sheet.width() < left.placement.sheet.height()
    assert right.placement.sheet.width() > right.placement.sheet.height()
    run(page, "turn_left")
    run(page, "mirror")
    assert page.stage.looking.scene().shots[1].placement.onto.m11() < 0


def test_a_photo_marked_as_mirrored_is_mirrored_back_and_says_so(
    page: ComparePage, opened: OpenJournal, photos: dict[str, Photo]
) -> None:
    opened.write("Mirrored", lambda journal: journal.photos.save(replace(photos["6 Sep"], mirrored=True)))
    right = page.stage.looking.scene().shots[1]
    assert right.placement.onto.m11() < 0
    assert right.labels == ("Mirrored back",)
    run(page, "mirror")
    assert page.stage.looking.scene().shots[1].labels == ()


def test_a_mark_of_mirroring_asks_anew_how_the_photos_lie(
    page: ComparePage, opened: OpenJournal, photos: dict[str, Photo], found: dict[str, Alignment], work: ByHand
) -> None:
    found["auto"] = Alignment("face", ((-1.0, 0.0, SIZE[0] - 1.0), (0.0, 1.0, 0.0)), residual=1.0, confident=True)
    assert page.stage.looking.scene().shots[1].labels == ()
    opened.write("Mirrored", lambda journal: journal.photos.save(replace(photos["6 Sep"], mirrored=True)))
    work.run()
    right = page.stage.looking.scene().shots[1]
    assert right.labels == ("Aligned", "Mirrored back")
    assert right.placement.onto.map(QPointF(0.0, 10.0)) == QPointF(SIZE[0], 10.0)


def test_the_wipe_shows_one_photo_left_and_the_other_right_of_the_divider(page: ComparePage) -> None:
    page.choose_mode("wipe")
    assert (seen(page, QPointF(0.4, 0.5)), seen(page, QPointF(0.6, 0.5))) == ("1 Mar", "6 Sep")
    middle = page.stage.rect().center()
    QTest.mousePress(page.stage, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(page.stage, middle + QPoint(140, 0))
    QTest.mouseRelease(page.stage, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle + QPoint(140, 0))
    assert seen(page, QPointF(0.6, 0.5)) == "1 Mar"
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Up)
    assert seen(page, QPointF(0.6, 0.5)) == "1 Mar"


def test_the_way_of_comparing_is_remembered(page: ComparePage) -> None:
    page.choose_mode("wipe")
    assert Preferences().text("compare/mode") == "wipe"


def test_captions_say_date_session_and_day(page: ComparePage) -> None:
    told = page.stage.accessibleDescription()
    assert "Baseline · 1 March 2025, 09:30 · 7 days before session 1" in told
    assert "Day 140 · 6 September 2025, 09:30 · after session 2" in told


def test_a_photo_before_the_next_session_of_its_day_says_so(page: ComparePage, photos: dict[str, Photo]) -> None:
    page.show_pair(photos["1 Mar"].id, photos["19 Apr"].id)
    assert "Day 42 · 19 April 2025, 09:30 · after session 1, before session 2" in page.stage.accessibleDescription()


def test_healing_photos_are_badged(page: ComparePage, photos: dict[str, Photo]) -> None:
    page.show_pair(photos["1 Mar"].id, photos["11 Mar"].id)
    assert "Healing photo" in page.stage.accessibleDescription()


def test_the_filmstrip_is_blurred_until_pointed_at_where_one_wants_to_look_less(
    page: ComparePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip, tile = page.filmstrip, QPixmap(40, 50)
    tile.fill(QColor("white"))
    black = QPixmap(40, 50)
    black.fill(QColor("black"))
    monkeypatch.setattr(Thumbnails, "tile", lambda *_: tile)
    monkeypatch.setattr(veil, "is_drawn", lambda: True)
    monkeypatch.setattr(veil, "blurred", lambda _picture: black)

    def covered() -> bool:
        where = strip.place(0).topLeft() + QPointF(20, 25)
        return strip.viewport().grab().toImage().pixelColor(where.toPoint()).lightness() < 128

    assert covered()
    QTest.mouseMove(strip.viewport(), strip.place(0).center().toPoint())
    assert not covered()


def test_clicking_in_the_filmstrip_shows_that_photo_on_the_paged_side(page: ComparePage) -> None:
    strip = page.filmstrip
    QTest.mouseClick(
        strip.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, strip.place(1).center().toPoint()
    )
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("1 Mar", "19 Apr")


def test_a_photo_deleted_while_it_is_open_leaves_a_clear_sentence_and_comes_back_with_undo(
    page: ComparePage, opened: OpenJournal, photos: dict[str, Photo]
) -> None:
    opened.write("Delete photo", lambda journal: journal.photos.trash(photos["6 Sep"].id))
    shot = page.stage.looking.scene().shots[1]
    assert "not in the journal any more" in shot.picture.problem
    page.stage.grab()
    opened.undo()
    assert seen(page, RIGHT) == "6 Sep"


def test_why_a_photo_cannot_be_shown_stands_in_its_pane_and_nothing_is_said_of_the_two(
    page: ComparePage, opened: OpenJournal, photos: dict[str, Photo]
) -> None:
    press_button(page, "Details")
    assert [row for row in page.judging.panel.findChildren(AnswerRow) if row.isVisible()]
    opened.write("Delete photo", lambda journal: journal.photos.trash(photos["6 Sep"].id))
    scene, area = page.stage.looking.scene(), page.stage.looking.area
    left, right = page.stage.looking.mode.cells(area, scene)
    seen = page.stage.grab().toImage()
    middle = right.center().toPoint()
    assert len({seen.pixel(middle.x() + x, middle.y() + y) for x in range(40) for y in range(40)}) > 2, "words"
    corner = seen.pixelColor(int(left.left()) + 6, int(left.top()) + 6)
    assert corner.lightness() < 60, "the dark corner of the photo, and nothing over it"
    assert not [row for row in page.judging.panel.findChildren(AnswerRow) if row.isVisible()]
    assert "ligned" not in reads(page.judging.panel)


def test_an_original_that_is_gone_is_said_and_the_preview_stays(
    page: ComparePage, journal: Journal, photos: dict[str, Photo], work: ByHand
) -> None:
    journal.originals.remove(photos["8 Mar"].original.stored_name)
    page.show_pair(photos["8 Mar"].id, photos["6 Sep"].id)
    work.run()
    assert seen(page, LEFT) == "8 Mar"
    (left, right) = page.stage.spoken_parts()
    assert "original cannot be read" in left.words
    assert "original" not in right.words


def test_an_original_that_went_bad_is_said(
    page: ComparePage, journal: Journal, photos: dict[str, Photo], work: ByHand
) -> None:
    journal.originals.path(photos["8 Mar"].original.stored_name).write_bytes(b"rotten")
    page.show_pair(photos["8 Mar"].id, photos["6 Sep"].id)
    assert "original cannot be read" not in page.stage.spoken_parts()[0].words
    work.run()
    assert "original cannot be read" in page.stage.spoken_parts()[0].words
    assert "original" not in page.stage.spoken_parts()[1].words


def test_in_a_strip_an_original_that_went_bad_is_said_though_no_photo_is_decoded_in_full(
    page: ComparePage, journal: Journal, photos: dict[str, Photo], work: ByHand
) -> None:
    journal.originals.path(photos["19 Apr"].original.stored_name).write_bytes(b"rotten")
    press_button(page, "Strip")
    work.run()
    said = [part.words for part in page.stage.spoken_parts()]
    assert [words for words in said if "original cannot be read" in words] == [said[1]]


def test_without_photos_the_page_says_what_to_do_first(opened: OpenJournal, went: list[object], qtbot: QtBot) -> None:
    page = ComparePage(opened, went.append, Preferences())
    qtbot.addWidget(page)
    page.show()
    button = next(button for button in page.findChildren(Button) if button.text() == "Add photos")
    assert button.isVisible()
    button.click()
    assert went == [ImportPhotos()]
    assert not sees(page, "Export…", Button), "there is nothing to export"
    assert sees(page, "More ways to look")


def test_photos_brought_in_later_appear_by_themselves(
    opened: OpenJournal, journal: Journal, went: list[object], qtbot: QtBot, tmp_path: Path
) -> None:
    page = ComparePage(opened, went.append, Preferences())
    qtbot.addWidget(page)
    page.show()
    for day, colour in ((date(2025, 3, 1), COLOURS["1 Mar"]), (date(2025, 9, 6), COLOURS["6 Sep"])):
        keep(journal, tmp_path, day, jpeg(colour))
    opened.write("Note", lambda kept: kept.photos.save(kept.photos.all()[0].__class__(**_with_note(kept))))
    assert (seen(page, LEFT), seen(page, RIGHT)) == ("1 Mar", "6 Sep")


def _with_note(journal: Journal) -> dict[str, object]:
    first = journal.photos.all()[0]
    values = {name: getattr(first, name) for name in first.__dataclass_fields__}
    return {**values, "note": "seen"}


def test_locking_the_journal_drops_all_pictures(page: ComparePage, opened: OpenJournal) -> None:
    opened.close()
    assert not page.pictures.held()


def test_full_screen_shows_only_the_photos_and_escape_comes_back(page: ComparePage, qtbot: QtBot) -> None:
    run(page, "full_screen")
    window = page.stage.window()
    assert window is not page.window()
    run(page, "full_screen")
    qtbot.waitUntil(lambda: page.stage.window() is page.window())
    assert page.stage.isVisible()


def test_every_control_has_a_name(page: ComparePage) -> None:
    for control in page.findChildren(QWidget):
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and control.isVisible():
            assert control.accessibleName() or getattr(control, "text", str)(), control


def test_a_screen_reader_hears_which_photos_stand_there_and_which_one_the_arrows_change(page: ComparePage) -> None:
    stage, strip = page.stage, page.filmstrip
    assert [part.words.endswith("This photo stays.") for part in stage.spoken_parts()] == [True, False]
    before = stage.spoken_parts()[stage.spoken_now()].words
    press(page, Qt.Key.Key_Left)
    after = stage.spoken_parts()[stage.spoken_now()].words
    assert "6 September 2025" in before
    assert "19 April 2025" in after
    assert strip.spoken_parts()[strip.spoken_now()].words == after
