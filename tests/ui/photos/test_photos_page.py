"""What a person does on the contact sheet."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QSlider
from pytestqt.qtbot import QtBot

from needlejournal.journal.photos import Declared, Photo
from needlejournal.ui.destinations import ComparePhotos, Destination, EditSession, ImportPhotos, PreviewPhoto, ShowDay
from needlejournal.ui.language import medium_date
from needlejournal.ui.models.sheet_model import SheetModel
from needlejournal.ui.panels.clock_sheet import ClockSheet, difference_words
from needlejournal.ui.photos import PhotosPage
from needlejournal.ui.photos.cell_view import FirstDate, MoreBeside
from needlejournal.ui.photos.details import PhotoDetails
from needlejournal.ui.photos.sheet_painter import CellDelegate
from needlejournal.ui.photos.sheet_view import SheetView
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.choices import Select, TokenField
from needlejournal.ui.widgets.pickers.options import Option
from tests.ui.models.building import ByHand, add_photo, add_session, course
from tests.ui.person import choose_key, chosen, find, open_menu, pick, press, reads, sees, type_in, write, written

JAN, MARCH, APRIL = date(2025, 1, 25), date(2025, 3, 15), date(2025, 4, 20)


def harm(opened: OpenJournal, photo: Photo, how: str) -> None:
    """What a disk or a sync program may do to an original."""
    path = opened.journal.originals.path(photo.original.stored_name)
    body = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(body[:-50] if how == "cut" else body[:-50] + bytes(50))


class _Shown:
    """The page in a window, and where it led."""

    def __init__(self, qtbot: QtBot, opened: OpenJournal) -> None:
        self.bot, self.opened = qtbot, opened
        self.went: list[Destination] = []
        self.page = PhotosPage(opened, self.went.append, Preferences())
        qtbot.addWidget(self.page)
        self.page.resize(1084, 800)
        self.page.show()
        self.sheet = self.page.findChild(SheetView)
        self.model: SheetModel = self.sheet.model()
        self.details = self.page.findChild(PhotoDetails)

    def photo(self, day: date, view: str = "frontal") -> Photo:
        return next(one for one in self.opened.journal.photos.of_day(day) if one.view == view)

    def centre(self, photo: Photo) -> QPoint:
        index = self.model.place(photo.id)
        self.sheet.scrollTo(index)
        return self.sheet.visualRect(index).center()

    def click(self, photo: Photo, *, also: bool = False) -> None:
        keys = Qt.KeyboardModifier.ControlModifier if also else Qt.KeyboardModifier.NoModifier
        self.bot.mouseClick(self.sheet.viewport(), Qt.MouseButton.LeftButton, keys, self.centre(photo))

    def button(self, text: str) -> Button:
        return next(button for button in self.page.findChildren(Button) if button.text() == text and button.isVisible())

    def compare(self) -> Button:
        return self.button("Compare")

    def press(self, name: str) -> None:
        option = next(one for one in self.details.findChildren(Option) if one.accessibleName() == name)
        self.bot.mouseClick(option, Qt.MouseButton.LeftButton)

    def stored(self, photo: Photo) -> Photo:
        found = self.opened.journal.photos.get(photo.id)
        assert found is not None
        return found


@pytest.fixture
def shown(qtbot: QtBot, opened: OpenJournal) -> _Shown:
    """Show the photos of a course of two sessions."""
    course(opened)
    return _Shown(qtbot, opened)


def test_without_photos_the_page_says_what_to_do(qtbot: QtBot, opened: OpenJournal) -> None:
    shown = _Shown(qtbot, opened)
    assert "Select" not in reads(shown.page), "there is nothing to select"
    qtbot.mouseClick(shown.button("Add photos"), Qt.MouseButton.LeftButton)
    assert shown.went == [ImportPhotos()]
    add_photo(opened, JAN)
    assert "Select two photos to compare" in reads(shown.page)
    assert shown.sheet.isVisible()


def test_a_series_lies_in_one_line(shown: _Shown) -> None:
    places = {shown.model.place(shown.photo(day).id).row() for day in (JAN, MARCH, APRIL)}
    assert places == {0}
    columns = [shown.model.place(shown.photo(day).id).column() for day in (JAN, MARCH, APRIL)]
    assert columns == [0, 1, 2]
    assert shown.model.place(shown.photo(MARCH, "oblique_left").id).row() == 1


def test_two_photos_chosen_can_be_compared_the_older_before(shown: _Shown) -> None:
    assert not shown.compare().isEnabled()
    shown.click(shown.photo(APRIL))
    assert not shown.compare().isEnabled()
    shown.click(shown.photo(JAN), also=True)
    assert shown.compare().isEnabled()
    shown.bot.mouseClick(shown.compare(), Qt.MouseButton.LeftButton)
    shown.click(shown.photo(MARCH), also=True)
    assert not shown.compare().isEnabled()
    assert shown.went == [ComparePhotos(shown.photo(JAN).id, shown.photo(APRIL).id)]


def test_two_photos_are_chosen_by_keys_alone(shown: _Shown) -> None:
    shown.sheet.setFocus()
    shown.sheet.setCurrentIndex(shown.model.place(shown.photo(JAN).id))
    shown.bot.keyClick(shown.sheet, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    shown.bot.keyClick(shown.sheet, Qt.Key.Key_M)
    next(command for command in shown.page.commands() if command.key == "compare_chosen").run()
    assert shown.went == [ComparePhotos(shown.photo(JAN).id, shown.photo(MARCH).id)]


@pytest.mark.parametrize("width", [760, 903, 1084])
def test_no_column_is_half_cut_at_the_newest_dates(shown: _Shown, width: int) -> None:
    for day in range(1, 28):
        add_photo(shown.opened, date(2024, 2, day), shade=day)
    shown.page.resize(width, 700)
    QApplication.processEvents()
    shown.sheet.show_newest()
    column, room = shown.sheet.columnWidth(0), shown.sheet.viewport().width()
    assert shown.sheet.columnViewportPosition(shown.model.columnCount() - 1) + column <= room
    assert room % column < room // column, "only what does not divide is left"


def many_dates(shown: _Shown) -> None:
    for day in range(1, 28):
        add_photo(shown.opened, date(2024, 2, day), shade=day)
    QApplication.processEvents()
    shown.sheet.show_newest()


def test_the_first_date_stays_in_sight_and_can_be_chosen_there(shown: _Shown) -> None:
    many_dates(shown)
    pinned = shown.page.findChild(FirstDate)
    first = shown.photo(date(2024, 2, 1))
    assert pinned.isVisible()
    at = pinned.visualRect(shown.model.place(first.id)).center()
    shown.click(shown.photo(APRIL))
    shown.bot.mouseClick(pinned.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    assert shown.sheet.chosen() == [first.id, shown.photo(APRIL).id]
    assert shown.sheet.horizontalScrollBar().value() > 0, "the newest dates are still shown"
    shown.bot.mouseDClick(pinned.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert isinstance(shown.went[-1], PreviewPhoto)
    shown.sheet.horizontalScrollBar().setValue(0)
    assert not pinned.isVisible()


def test_keys_never_lead_below_the_date_that_stays(shown: _Shown) -> None:
    many_dates(shown)
    shown.sheet.setCurrentIndex(shown.model.place(shown.photo(APRIL).id))
    for _step in range(20):
        shown.bot.keyClick(shown.sheet, Qt.Key.Key_Left)
        left = shown.sheet.visualRect(shown.sheet.currentIndex()).left()
        assert left >= shown.page.findChild(FirstDate).width()


def test_the_edges_are_shaded_where_there_is_more(shown: _Shown) -> None:
    many_dates(shown)
    edges = shown.page.findChild(MoreBeside)

    def shaded() -> list[bool]:
        image = edges.grab().toImage()
        return [image.pixelColor(x, 200) != image.pixelColor(image.width() // 2, 200) for x in (0, image.width() - 1)]

    assert (edges._left, edges._right) == (True, False)
    shown.sheet.horizontalScrollBar().setValue(0)
    assert (edges._left, edges._right) == (False, True)
    assert shaded()[1]


def test_the_slider_makes_photos_larger_and_is_remembered(shown: _Shown) -> None:
    slider = next(one for one in shown.page.findChildren(QSlider) if one.accessibleName() == "Size of the photos")
    before = shown.sheet.visualRect(shown.model.place(shown.photo(APRIL).id)).height()
    slider.setValue(slider.maximum())
    assert shown.sheet.visualRect(shown.model.place(shown.photo(APRIL).id)).height() > 1.5 * before
    again = PhotosPage(shown.opened, shown.went.append, Preferences())
    shown.bot.addWidget(again)
    assert again.findChild(QSlider).value() == slider.maximum()


def test_what_is_marked_stays_while_arrow_keys_move_on(shown: _Shown) -> None:
    jan, march, april = (shown.photo(day).id for day in (JAN, MARCH, APRIL))
    shown.sheet.choose([jan])
    for key in (Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_M):
        shown.bot.keyClick(shown.sheet, key)
    assert shown.sheet.chosen() == [jan, april]
    shown.bot.keyClick(shown.sheet, Qt.Key.Key_M)
    assert shown.sheet.chosen() == [jan]
    shown.click(shown.photo(MARCH))
    shown.bot.keyClick(shown.sheet, Qt.Key.Key_Right)
    assert shown.sheet.chosen() == [april], "a click ends the marking"
    assert march != april


def test_arrow_keys_go_over_empty_cells(shown: _Shown) -> None:
    add_photo(shown.opened, APRIL, "lateral_left")
    shown.sheet.setCurrentIndex(shown.model.place(shown.photo(APRIL).id))
    shown.bot.keyClick(shown.sheet, Qt.Key.Key_Down)
    assert shown.model.top(shown.sheet.currentIndex()) == shown.photo(APRIL, "lateral_left").id


def test_space_shows_a_photo_large_among_its_series(shown: _Shown) -> None:
    shown.click(shown.photo(MARCH))
    shown.bot.keyClick(shown.sheet, Qt.Key.Key_Space)
    series = tuple(shown.photo(day).id for day in (JAN, MARCH, APRIL))
    assert shown.went == [PreviewPhoto(series[1], series)]


def test_a_double_click_shows_a_photo_large(shown: _Shown) -> None:
    shown.click(shown.photo(APRIL))
    shown.bot.mouseDClick(shown.sheet.viewport(), Qt.MouseButton.LeftButton, pos=shown.centre(shown.photo(APRIL)))
    assert isinstance(shown.went[0], PreviewPhoto)


def test_what_is_declared_is_saved_as_one_chooses(shown: _Shown) -> None:
    photo = shown.photo(MARCH)
    shown.click(photo)
    shown.press("Make-up: No")
    shown.press("Moisturiser: Yes")
    choose_key(shown.page, "Light", "daylight")
    assert shown.stored(photo).declared == Declared(make_up=False, moisturiser=True, light="daylight")
    shown.press("Make-up: Not noted")
    assert shown.stored(photo).declared.make_up is None
    shown.press("Mirrored: Mirrored")
    assert shown.stored(photo).mirrored


def test_another_view_moves_the_photo_to_its_series_and_keeps_it_chosen(shown: _Shown) -> None:
    photo = shown.photo(APRIL)
    shown.click(photo)
    choose_key(shown.page, "View", "oblique_left")
    assert shown.stored(photo).view == "oblique_left"
    assert shown.sheet.chosen() == [photo.id]
    assert shown.model.place(photo.id).row() == 1


def test_another_day_moves_the_photo_and_keeps_its_time(shown: _Shown) -> None:
    photo = shown.photo(APRIL)
    shown.click(photo)
    write(shown.page, "Date", "21 April 2025")
    assert shown.stored(photo).when.day == date(2025, 4, 21)
    assert shown.stored(photo).when.time == time(9, 0)
    write(shown.page, "Date", "")  # a photo always has a day
    assert written(shown.page, "Date") == "21 April 2025"


def test_time_and_offset_can_be_corrected(shown: _Shown) -> None:
    photo = shown.photo(APRIL)
    shown.click(photo)
    write(shown.page, "Time", "18:45")
    write(shown.page, "Offset from UTC", "UTC+2")
    assert shown.stored(photo).when.time == time(18, 45)
    assert shown.stored(photo).when.offset_minutes == 120


def test_a_note_is_saved_as_one_types_and_at_the_latest_on_leaving(shown: _Shown) -> None:
    photo = shown.photo(APRIL)
    shown.click(photo)
    type_in(shown.page, "Note", "by the window")
    shown.page.leave()
    assert shown.stored(photo).note == "by the window"


def test_a_note_stays_with_its_photo_when_another_is_chosen(shown: _Shown) -> None:
    first, second = shown.photo(APRIL), shown.photo(MARCH)
    shown.click(first)
    type_in(shown.page, "Note", "window")
    shown.click(second)
    assert shown.stored(first).note == "window"
    assert shown.stored(second).note == ""
    assert written(shown.page, "Note") == ""


def test_a_note_overwritten_on_a_later_visit_comes_back_in_one_step(shown: _Shown) -> None:
    photo = shown.photo(APRIL)
    shown.click(photo)
    type_in(shown.page, "Note", "by the window, without make-up")
    shown.page.leave()
    type_in(shown.page, "Note", "x")
    shown.page.leave()
    shown.opened.undo()
    assert shown.stored(photo).note == "by the window, without make-up"
    shown.opened.undo()
    assert shown.stored(photo).note == ""


def test_several_photos_show_what_they_share_and_are_changed_together(shown: _Shown) -> None:
    first, second = shown.photo(MARCH), shown.photo(MARCH, "oblique_left")
    shown.click(first)
    shown.click(second, also=True)
    assert chosen(shown.page, "View") == ""
    assert find(shown.page, "View", Select).placeholderText() == "different values"
    assert written(shown.page, "Date") == "15 March 2025"
    shown.press("Make-up: No")
    assert [shown.stored(photo).declared.make_up for photo in (first, second)] == [False, False]
    assert {shown.stored(first).view, shown.stored(second).view} == {"frontal", "oblique_left"}
    shown.opened.undo()
    assert [shown.stored(photo).declared.make_up for photo in (first, second)] == [None, None]


def test_tags_of_several_photos_are_added_to_all(shown: _Shown) -> None:
    first, second = shown.photo(MARCH), shown.photo(APRIL)
    shown.opened.write("Tag", lambda journal: journal.photos.save(_tagged(first, "window")))
    shown.click(first)
    shown.click(second, also=True)
    assert shown.details.findChild(TokenField).tokens() == ()
    write(shown.page, "Tags", "fair")
    assert shown.stored(first).tags == ("window", "fair")
    assert shown.stored(second).tags == ("fair",)


def _tagged(photo: Photo, *tags: str) -> Photo:
    from dataclasses import replace

    return replace(photo, tags=tags)


def test_a_photo_can_be_given_to_a_session(shown: _Shown) -> None:
    photo = shown.photo(APRIL)
    shown.click(photo)
    choose_key(shown.page, "Session", "2")
    assert shown.stored(photo).session_id == 2
    choose_key(shown.page, "Session", "0")
    assert shown.stored(photo).session_id is None


def test_photos_go_to_the_trash_and_come_back(shown: _Shown) -> None:
    shown.click(shown.photo(JAN))
    shown.click(shown.photo(APRIL), also=True)
    shown.bot.keyClick(shown.sheet, Qt.Key.Key_Delete)
    assert shown.model.columnCount() == 1
    shown.opened.undo()
    assert shown.model.columnCount() == 3


def test_several_photos_of_one_cell_are_turned_one_after_the_other(shown: _Shown) -> None:
    first, second = shown.photo(APRIL), add_photo(shown.opened, APRIL, shade=1, clock=time(10, 0))
    shown.click(first)
    index = shown.sheet.currentIndex()
    corner = CellDelegate.stack_rect(shown.sheet.visualRect(index)).center().toPoint()
    shown.bot.mouseClick(shown.sheet.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    assert shown.sheet.chosen() == [second.id]
    shown.bot.keyClick(shown.sheet, Qt.Key.Key_Comma)
    assert shown.sheet.chosen() == [first.id]


def test_show_photo_chooses_it(shown: _Shown) -> None:
    shown.page.show_photo(shown.photo(JAN).id)
    assert shown.sheet.chosen() == [shown.photo(JAN).id]
    shown.page.show_photo(0)
    assert shown.sheet.chosen() == [shown.photo(JAN).id]


def test_the_context_menu_leads_on(shown: _Shown) -> None:
    photo = shown.photo(MARCH)
    shown.opened.write("Attach", lambda journal: journal.photos.save(_attached(photo)))
    shown.click(photo)
    for words in ("Show the day on the timeline", "Open its session"):
        open_menu(shown.sheet, shown.centre(photo))
        pick(shown.page, words)
    assert shown.went == [ShowDay(MARCH), EditSession(2)]


def _attached(photo: Photo) -> Photo:
    from dataclasses import replace

    return replace(photo, session_id=2)


def test_where_there_is_little_room_the_details_have_it_alone(shown: _Shown) -> None:
    shown.page.resize(500, 800)
    assert not shown.details.isVisible()
    shown.click(shown.photo(APRIL))
    shown.bot.mouseClick(shown.button("Details"), Qt.MouseButton.LeftButton)
    assert shown.details.isVisible()
    assert not shown.sheet.isVisible()
    shown.bot.mouseClick(shown.button("All photos"), Qt.MouseButton.LeftButton)
    assert shown.sheet.isVisible()


def test_pictures_healing_and_heads_are_drawn(shown: _Shown, jobs_by_hand: ByHand) -> None:
    add_session(shown.opened, date(2025, 4, 19))
    before = shown.page.grab().toImage()
    QApplication.processEvents()
    jobs_by_hand.run_all()
    assert shown.page.grab().toImage() != before
    model = shown.model
    assert model.healing(shown.photo(APRIL)).healing
    assert not model.healing(shown.photo(JAN)).healing
    told = [model.index(row, 2).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert any(str(words).endswith("Healing photo, session 3") for words in told)
    number = model.day_number(2)
    assert number is not None
    assert (number.number, number.days) == (3, 1)


def test_a_column_whose_photos_were_taken_before_that_days_session_says_so_too(shown: _Shown) -> None:
    photo = add_photo(shown.opened, date(2025, 5, 1), clock=time(9, 0))
    session = add_session(shown.opened, date(2025, 5, 1), clock=time(14, 0))
    model = shown.model
    number = model.day_number(model.place(photo.id).column())
    assert number is not None
    assert number.session_id != session.id


def test_every_cell_tells_a_screen_reader_its_photo(shown: _Shown) -> None:
    index = shown.model.place(shown.photo(APRIL).id)
    words = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "From the front · 20 April 2025, 09:00 · Day 36 after session 2"


def test_photos_brought_in_meanwhile_are_there_when_one_comes_back(shown: _Shown) -> None:
    shown.page.hide()
    photo = add_photo(shown.opened, date(2025, 4, 25), shade=3)
    shown.page.show_photo(photo.id)
    shown.page.show()
    assert shown.sheet.chosen() == [photo.id]
    assert shown.model.columnCount() == 4


def test_a_clock_that_was_wrong_is_corrected_for_all_chosen_photos_with_one_undo(
    shown: _Shown, opened: OpenJournal, qtbot: QtBot
) -> None:
    frontal = [photo for photo in opened.journal.photos.all() if photo.view == "frontal"]
    first, second = frontal[0], frontal[-1]
    before = [shown.stored(photo).when for photo in (first, second)]
    shown.click(first)
    shown.click(second, also=True)
    press(shown.page, "The camera’s clock was wrong…")
    assert not sees(shown.page, "Move 2 photos")
    write(shown.page, "Right date", medium_date(first.when.day - timedelta(days=365)))
    assert "365 days back" in reads(shown.page.findChild(ClockSheet))
    press(shown.page, "Move 2 photos")
    moved = [when.day - timedelta(days=365) for when in before]
    assert [shown.stored(photo).when.day for photo in (first, second)] == moved
    assert [shown.stored(photo).when.time for photo in (first, second)] == [when.time for when in before]
    opened.undo()
    assert [shown.stored(photo).when for photo in (first, second)] == before


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (timedelta(days=-365, hours=-3), "They move 365 days, 3 hours back."),
        (timedelta(minutes=61), "They move 1 hour, 1 minute forward."),
        (timedelta(seconds=5), "They move 5 seconds forward."),
    ],
)
def test_the_difference_is_said_in_words(difference: timedelta, words: str) -> None:
    assert difference_words(difference) == words


@pytest.mark.parametrize("how", ["gone", "cut", "rotted"])
def test_a_chosen_photo_says_that_only_its_small_copy_is_left(
    opened: OpenJournal, jobs_by_hand: ByHand, qtbot: QtBot, how: str
) -> None:
    lost, whole = add_photo(opened, JAN), add_photo(opened, MARCH)
    harm(opened, lost, how)
    shown = _Shown(qtbot, opened)
    shown.click(lost)
    jobs_by_hand.run_all()
    assert "What is shown is its small copy." in reads(shown.page)
    shown.click(whole)
    jobs_by_hand.run_all()
    assert "small copy" not in reads(shown.page)
    shown.click(lost, also=True)
    jobs_by_hand.run_all()
    assert "small copy" not in reads(shown.page)  # of several nothing is looked up
