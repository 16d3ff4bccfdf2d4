"""What a person does on the timeline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.days import DayNote
from needlejournal.store import Journal, TimelineFilter
from needlejournal.store.timeline import FOUND_AT_MOST
from needlejournal.ui.destinations import (
    Destination,
    EditDay,
    EditSession,
    ImportPhotos,
    PreviewPhoto,
    ShowPhotos,
    ShowSideEffects,
)
from needlejournal.ui.models.timeline_model import TimelineModel
from needlejournal.ui.panels.today_panel import TodayPanel
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.timeline import TimelinePage
from needlejournal.ui.timeline.card_list import CardList
from needlejournal.ui.timeline.filters import FilterBar, FilterPopover
from needlejournal.ui.timeline.row_delegate import RowDelegate
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.month_calendar import MonthCalendar
from needlejournal.ui.widgets.fields.text_fields import SearchField
from needlejournal.ui.widgets.pickers.chips import RemovableChip
from tests.ui.models.building import ByHand, add_note, add_photo, add_session, course
from tests.ui.person import choose_key, find, open_menu, pick, press, type_in, type_on, written


class _Shown:
    """The page in a window, and where it led."""

    def __init__(self, qtbot: QtBot, opened: OpenJournal) -> None:
        self.bot, self.opened = qtbot, opened
        self.went: list[Destination] = []
        self.page = TimelinePage(opened, self.went.append, Preferences())
        qtbot.addWidget(self.page)
        self.page.resize(1084, 800)
        self.page.show()
        self.list = self.page.findChild(CardList)
        self.model: TimelineModel = self.list.model()

    def row(self, day: date, *, session: bool | None = None) -> int:
        model = self.model
        return next(row for row in range(model.rowCount()) if getattr(model.row(row), "day", None) == day)

    def centre(self, row: int) -> QPoint:
        self.list.scrollTo(self.model.index(row))
        return self.list.visualRect(self.model.index(row)).center()

    def click(self, row: int) -> None:
        self.bot.mouseClick(self.list.viewport(), Qt.MouseButton.LeftButton, pos=self.centre(row))

    def photo_point(self, row: int, place: int) -> QPoint:
        self.list.scrollTo(self.model.index(row))
        layout = self.list.layout_of(row)
        assert layout is not None
        corner = RowDelegate.card_origin(self.list.visualRect(self.model.index(row)))
        return (corner + layout.photos[place].where.center()).toPoint()

    def days(self) -> list[date]:
        model = self.model
        return [row.day for row in map(model.row, range(model.rowCount())) if hasattr(row, "day")]

    def button(self, text: str) -> Button:
        return next(button for button in self.page.findChildren(Button) if button.text() == text and button.isVisible())


@pytest.fixture
def shown(qtbot: QtBot, opened: OpenJournal) -> _Shown:
    """Show the timeline of a course of two sessions."""
    course(opened)
    return _Shown(qtbot, opened)


def test_an_empty_journal_says_what_to_do_first(qtbot: QtBot, opened: OpenJournal) -> None:
    shown = _Shown(qtbot, opened)
    qtbot.mouseClick(shown.button("Write a session"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(shown.button("Add photos"), Qt.MouseButton.LeftButton)
    assert shown.went == [EditSession(), ImportPhotos()]
    add_session(opened, date(2025, 3, 1))
    assert shown.list.isVisible()


def test_the_header_leads_to_what_one_writes(shown: _Shown) -> None:
    for words in ("Day note", "Photos", "New session"):
        shown.bot.mouseClick(shown.button(words), Qt.MouseButton.LeftButton)
    assert shown.went == [EditDay(), ImportPhotos(), EditSession()]


def test_a_double_click_opens_session_or_day(shown: _Shown) -> None:
    session, day = shown.row(date(2025, 2, 1)), shown.row(date(2025, 3, 16))
    for row in (session, day):
        where = shown.centre(row)
        shown.bot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
        shown.bot.mouseDClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert shown.went == [EditSession(1), EditDay(date(2025, 3, 16))]


def test_keys_go_from_card_to_card_and_open(shown: _Shown) -> None:
    shown.click(shown.row(date(2025, 4, 20)))
    shown.bot.keyClick(shown.list, Qt.Key.Key_Down)  # over the month's heading
    shown.bot.keyClick(shown.list, Qt.Key.Key_Return)
    shown.bot.keyClick(shown.list, Qt.Key.Key_End)
    shown.bot.keyClick(shown.list, Qt.Key.Key_Return)
    shown.bot.keyClick(shown.list, Qt.Key.Key_Home)
    shown.bot.keyClick(shown.list, Qt.Key.Key_Enter)
    assert shown.went == [EditDay(date(2025, 3, 16)), EditDay(date(2025, 1, 25)), EditDay(date(2025, 4, 20))]


def test_space_shows_the_photo_the_arrow_keys_chose(shown: _Shown) -> None:
    row = shown.row(date(2025, 3, 15))
    shown.click(row)
    content = shown.model.content(row)
    assert content is not None
    among = tuple(photo.id for photo in content.photos)
    shown.bot.keyClick(shown.list, Qt.Key.Key_Space)
    shown.bot.keyClick(shown.list, Qt.Key.Key_Right)
    shown.bot.keyClick(shown.list, Qt.Key.Key_Right)
    shown.bot.keyClick(shown.list, Qt.Key.Key_Space)
    assert shown.went == [PreviewPhoto(among[0], among), PreviewPhoto(among[1], among)]


def test_a_double_click_on_a_photo_shows_it_large(shown: _Shown) -> None:
    row = shown.row(date(2025, 3, 15))
    where = shown.photo_point(row, 1)
    shown.bot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    shown.bot.mouseDClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    content = shown.model.content(row)
    assert content is not None
    assert shown.went == [PreviewPhoto(content.photos[1].id, tuple(photo.id for photo in content.photos))]


def test_delete_moves_a_session_to_the_trash_and_undo_brings_it_back(shown: _Shown) -> None:
    said: list[object] = []
    shown.opened.said.connect(said.append)
    shown.click(shown.row(date(2025, 2, 1)))
    shown.bot.keyClick(shown.list, Qt.Key.Key_Delete)
    assert date(2025, 2, 1) not in shown.days()
    assert said[0].sentence == "Session 1 moved to the trash"  # type: ignore[attr-defined]
    assert said[0].undoable  # type: ignore[attr-defined]
    shown.opened.undo()
    assert date(2025, 2, 1) in shown.days()


def test_delete_moves_a_day_with_all_that_is_on_it(shown: _Shown) -> None:
    shown.click(shown.row(date(2025, 3, 16)))
    shown.bot.keyClick(shown.list, Qt.Key.Key_Delete)
    assert date(2025, 3, 16) not in shown.days()
    kinds = {item.kind for item in shown.opened.journal.trash.listing()}
    assert kinds == {"day_note", "side_effect"}


def test_delete_moves_only_the_photo_that_is_chosen(shown: _Shown) -> None:
    row = shown.row(date(2025, 3, 15))
    shown.bot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=shown.photo_point(row, 0))
    shown.bot.keyClick(shown.list, Qt.Key.Key_Delete)
    assert [item.kind for item in shown.opened.journal.trash.listing()] == ["photo"]
    assert date(2025, 3, 15) in shown.days()


def test_typing_searches_at_once_and_escape_shows_everything(shown: _Shown) -> None:
    type_in(shown.page, "Search", "hyal")
    assert shown.days() == [date(2025, 2, 1)]
    type_on(shown.page, "Search", "xyz")
    assert shown.button("Show everything").isVisible()
    shown.bot.keyClick(find(shown.page, "Search", SearchField), Qt.Key.Key_Escape)
    assert len(shown.days()) == 5


def test_down_leads_from_the_search_to_what_was_found(shown: _Shown) -> None:
    search = type_in(shown.page, "Search", "hyal")
    shown.bot.keyClick(search, Qt.Key.Key_Down)
    shown.bot.keyClick(shown.list, Qt.Key.Key_Return)
    assert shown.went == [EditSession(1)]


def test_a_filter_shows_what_it_is_and_is_taken_away_again(shown: _Shown) -> None:
    press(shown.page, "Filter")
    popover = shown.page.findChild(FilterPopover)
    choose_key(popover, "View", "oblique_left")
    popover.close()
    assert shown.days() == [date(2025, 3, 15)]
    chips = [chip for chip in shown.page.findChildren(RemovableChip) if chip.isVisible()]
    assert [chip.text() for chip in chips] == ["Half turned, left side"]
    shown.bot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert len(shown.days()) == 5


def test_filters_and_words_hold_together(shown: _Shown) -> None:
    shown.page.show_filter(TimelineFilter(text="gel", with_photos=True))
    assert shown.days() == []
    shown.page.show_filter(TimelineFilter(text="gel"))
    assert shown.days() == [date(2025, 3, 16)]
    shown.bot.mouseClick(shown.button("Show everything"), Qt.MouseButton.LeftButton)
    assert len(shown.days()) == 5
    assert written(shown.page, "Search") == ""


def test_the_calendar_leads_to_a_day_or_the_last_before_it(shown: _Shown) -> None:
    press(shown.page, "Go to a date")
    calendar = shown.page.findChild(MonthCalendar)
    calendar.set_day(date(2025, 3, 10))
    shown.bot.keyClick(calendar.focusProxy(), Qt.Key.Key_Return)
    current = shown.list.current()
    assert current is not None
    assert current.key.day == date(2025, 2, 1)


def test_show_day_takes_filters_away_and_chooses_the_card(shown: _Shown) -> None:
    shown.page.show_filter(TimelineFilter(text="gel"))
    shown.page.show_day(date(2025, 3, 15))
    current = shown.list.current()
    assert current is not None
    assert current.key.day == date(2025, 3, 15)


def test_the_context_menu_offers_what_can_be_done(shown: _Shown) -> None:
    row = shown.row(date(2025, 3, 15))
    where = shown.photo_point(row, 0)
    shown.bot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    open_menu(shown.list, where)
    wanted = {"preview", "in_photos", "open", "day_note", "add_photos", "effects"}
    entries = [entry.text() for entry in shown.page.findChild(QMenu).actions() if entry.objectName() in wanted]
    for place, words in enumerate(entries):
        if place:
            open_menu(shown.list, where)
        pick(shown.page, words.replace("&", ""))
    kinds = [type(place) for place in shown.went]
    assert kinds == [PreviewPhoto, ShowPhotos, EditSession, EditDay, ImportPhotos, ShowSideEffects]


def test_what_is_written_elsewhere_keeps_choice_and_place(qtbot: QtBot, opened: OpenJournal) -> None:
    for number in range(80):
        add_note(opened, date(2024, 1, 1) + timedelta(days=3 * number), f"Note {number}")
    shown = _Shown(qtbot, opened)
    shown.list.go_to(shown.row(date(2024, 4, 30)))
    before = shown.list.visualRect(shown.list.currentIndex()).top()
    add_note(opened, date(2025, 4, 1), "New, far above.")
    current = shown.list.current()
    assert current is not None
    assert current.key.day == date(2024, 4, 30)
    assert shown.list.visualRect(shown.list.currentIndex()).top() == before


def test_today_stands_above_the_cards_but_not_above_what_was_found(shown: _Shown) -> None:
    shown.bot.waitUntil(lambda: shown.page.findChild(TodayPanel) is not None)
    today = shown.page.findChild(TodayPanel)
    shown.list.verticalScrollBar().setValue(0)
    top = shown.list.visualRect(shown.model.index(0)).top()
    assert top >= today.height()
    shown.page.show_filter(TimelineFilter(text="a"))
    assert not today.isVisible()
    assert shown.list.visualRect(shown.model.index(0)).top() < today.height()
    shown.page.show_filter(TimelineFilter())
    assert today.isVisible()


class _TwoColumns(QWidget):
    """Two words beside or below each other, as its width allows: as tall as it takes once it has that width."""

    def __init__(self) -> None:
        super().__init__()
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        for words in ("Today", "How is your skin?"):
            self._line.addWidget(QLabel(words))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        wide = self.width() > 300
        way = QBoxLayout.Direction
        self._line.setDirection(way.LeftToRight if wide else way.TopToBottom)


def test_what_stands_above_the_cards_is_as_tall_as_its_width_of_now_makes_it(shown: _Shown) -> None:
    above = _TwoColumns()
    shown.page.set_today(above)
    assert above.width() > 300
    assert above.height() == above.sizeHint().height()


def test_pictures_come_onto_their_cards(shown: _Shown, jobs_by_hand: ByHand) -> None:
    shown.list.scrollToTop()
    before = shown.list.viewport().grab().toImage()
    QApplication.processEvents()
    jobs_by_hand.run_all()
    after = shown.list.viewport().grab().toImage()
    assert before != after


def test_the_mouse_over_a_card_is_seen(shown: _Shown) -> None:
    def picture() -> QImage:
        return shown.list.viewport().grab().toImage()

    row = shown.row(date(2025, 4, 20))
    before = picture()
    where = QPointF(shown.centre(row))
    left, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(QEvent.Type.MouseMove, where, shown.list.viewport().mapToGlobal(where), left, left, none)
    QApplication.sendEvent(shown.list.viewport(), moved)
    assert picture() != before


def test_the_list_tells_a_screen_reader_its_cards(shown: _Shown) -> None:
    index = shown.model.index(shown.row(date(2025, 3, 16)))
    words = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("Day 1, after session 2")
    assert "Redness moderate" in words


def test_a_day_with_many_photos_says_how_many_more(qtbot: QtBot, opened: OpenJournal) -> None:
    for shade in range(12):
        add_photo(opened, date(2025, 3, 1), shade=shade)
    shown = _Shown(qtbot, opened)
    layout = shown.list.layout_of(1)
    assert layout is not None
    assert layout.more is not None
    assert layout.more[1] == f"+{12 - len(layout.photos)}"


def test_very_many_finds_say_that_older_ones_are_left_out(qtbot: QtBot, opened: OpenJournal) -> None:
    def write(journal: Journal) -> None:
        for number in range(FOUND_AT_MOST + 5):
            journal.day_notes.save(DayNote(date(2020, 1, 1) + timedelta(days=number), f"Gel {number}."))

    opened.write("Fill", write)
    shown = _Shown(qtbot, opened)
    shown.page.show_filter(TimelineFilter(text="gel"))
    words = [label.text() for label in shown.page.findChild(FilterBar).findChildren(QLabel) if label.isVisible()]
    assert words == [f"the newest {FOUND_AT_MOST} cards; write more letters to find older ones"]
    shown.page.show_filter(TimelineFilter(text="gel 17"))
    words = [label.text() for label in shown.page.findChild(FilterBar).findChildren(QLabel) if label.isVisible()]
    assert words == ["11 cards"]


def test_what_was_written_on_another_page_is_there_when_one_comes_back(shown: _Shown) -> None:
    shown.page.hide()
    add_note(shown.opened, date(2025, 4, 25), "Written elsewhere.")
    assert date(2025, 4, 25) not in shown.days()
    shown.page.show()
    assert date(2025, 4, 25) in shown.days()


def test_the_words_searched_for_are_marked_where_they_stand(shown: _Shown) -> None:
    shown.page.show_filter(TimelineFilter(text="MORN gel"))
    layout = shown.list.layout_of(shown.row(date(2025, 3, 16)))
    assert layout is not None
    assert len(layout.found) == 3  # “morning” and “gel” in the note, and the tag “gel”
    shown.page.show_filter(TimelineFilter())
    layout = shown.list.layout_of(shown.row(date(2025, 3, 16)))
    assert layout is not None
    assert layout.found == []
