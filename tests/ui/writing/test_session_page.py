"""What a person does in the session editor."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.courses import Course
from needlejournal.journal.sessions import Needle, Product, Session
from needlejournal.ui.destinations import Destination, EditSession, ImportPhotos, ShowDay, ShowPage
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.choices import Select, SuggestField
from needlejournal.ui.widgets.fields.problem_note import ProblemNote
from needlejournal.ui.widgets.fields.text_fields import TextArea, TextField
from needlejournal.ui.widgets.pickers.face_map import FaceMap
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas
from needlejournal.ui.widgets.pickers.severity_picker import SeverityPicker
from needlejournal.ui.widgets.text import Label
from needlejournal.ui.writing import SessionPage
from needlejournal.ui.writing.belongs import Belongs
from needlejournal.ui.writing.when_where import WhenWhere
from tests.asked import undoable
from tests.ui.person import choose, chosen, click, find, press, reads, type_in, type_on, write


@pytest.fixture
def page(opened_diary: OpenJournal, preferences: Preferences, led: list[Destination], qtbot: QtBot) -> SessionPage:
    """The editor, shown."""
    made = SessionPage(opened_diary, led.append, preferences)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show()
    return made


def named(page: SessionPage, name: str) -> TextField:
    return next(field for field in page.findChildren(TextField) if field.accessibleName() == name)


def press_zones(page: SessionPage, *zones: str) -> None:
    """Press the zones of the face, those after the first with Ctrl."""
    canvas = page.findChild(FaceMap).findChild(FaceCanvas)
    click(canvas, canvas.place_of(zones[0]).toPoint())
    for zone in zones[1:]:
        where = canvas.place_of(zone).toPoint()
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, where)


def sessions(opened: OpenJournal) -> list[Session]:
    return opened.journal.sessions.all()


def test_looking_at_a_new_session_stores_nothing(page: SessionPage, opened_diary: OpenJournal) -> None:
    page.edit(0)
    page.leave()
    assert len(sessions(opened_diary)) == 2


def test_opening_and_leaving_a_session_changes_nothing(page: SessionPage, opened_diary: OpenJournal) -> None:
    before = sessions(opened_diary)
    for session in before:
        page.edit(session.id)
        page.leave()
    assert sessions(opened_diary) == before
    assert undoable(opened_diary.journal) != "Edit session"


def test_what_is_typed_is_stored_a_moment_later(page: SessionPage, qtbot: QtBot, opened_diary: OpenJournal) -> None:
    page.edit(0, date(2025, 4, 22))
    qtbot.keyClicks(named(page, "Clinic"), "Bay")
    qtbot.waitUntil(lambda: len(sessions(opened_diary)) == 3)
    assert (sessions(opened_diary)[-1].clinic, sessions(opened_diary)[-1].when.day) == ("Bay", date(2025, 4, 22))


def test_typing_on_is_undone_in_one_step(page: SessionPage, qtbot: QtBot, opened_diary: OpenJournal) -> None:
    first = sessions(opened_diary)[0]
    page.edit(first.id)
    type_in(page, "Notes", "Left ")
    qtbot.waitUntil(lambda: sessions(opened_diary)[0].notes == "Left ")
    type_on(page, "Notes", "cheek")
    qtbot.waitUntil(lambda: sessions(opened_diary)[0].notes == "Left cheek")
    assert sessions(opened_diary)[0].notes == "Left cheek"
    opened_diary.undo()
    assert sessions(opened_diary)[0].notes == ""
    assert page.findChild(TextArea).text() == ""


def test_a_length_goes_to_every_chosen_zone(page: SessionPage, opened_diary: OpenJournal) -> None:
    page.edit(sessions(opened_diary)[0].id)
    press_zones(page, "nose", "chin")
    write(page, "Needle length", "1.25")
    page.leave()
    assert {needle.zone: needle.length_um for needle in sessions(opened_diary)[0].needles} == {
        "forehead": 800, "nose": 1250, "chin": 1250,
    }  # fmt: skip


def test_a_body_area_gets_the_patients_own_name_and_is_offered_again(
    page: SessionPage, opened_diary: OpenJournal
) -> None:
    page.edit(sessions(opened_diary)[0].id)
    press(page, "Add area")
    write(page, "Name of the body area", "Back of the hands")
    write(page, "Needle length", "0.5")
    page.leave()
    assert Needle("Back of the hands", 500) in sessions(opened_diary)[0].needles
    page.edit(0)
    press(page, "Back of the hands")
    assert page.findChild(FaceMap).selected() == {"Back of the hands"}


def test_the_usual_length_is_said_with_its_source(page: SessionPage, opened_diary: OpenJournal) -> None:
    page.edit(sessions(opened_diary)[0].id)
    press_zones(page, "nose")
    assert "0.25–0.50 mm" in reads(page)


def test_a_known_product_brings_its_brand_and_lot(page: SessionPage, qtbot: QtBot, opened_diary: OpenJournal) -> None:
    page.edit(0)
    press(page, "Add a product")
    choose(page, "Kind of product", "Serum")
    name = type_in(page, "Product", "Hya")
    popup = name.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    popup.setCurrentIndex(popup.model().index(0, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    page.leave()
    assert sessions(opened_diary)[-1].products == (Product("serum", "Hyaluronic", "Labs", "A113"),)


def test_what_was_written_before_is_offered(page: SessionPage) -> None:
    page.edit(0)
    clinic = next(f for f in page.findChildren(SuggestField) if f.accessibleName() == "Clinic")
    model = clinic.completer().model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Harbour Skin"]


def test_done_stores_an_untouched_new_session_and_leads_to_its_day(
    page: SessionPage, led: list[Destination], opened_diary: OpenJournal
) -> None:
    page.edit(0)
    press(page, "Done")
    assert len(sessions(opened_diary)) == 3
    assert led == [ShowDay(date(2025, 4, 22))]


def test_photos_brought_to_a_new_session_find_it_stored(
    page: SessionPage, led: list[Destination], opened_diary: OpenJournal
) -> None:
    page.edit(0)
    press(page, "Drop photos here or choose files")
    stored = sessions(opened_diary)[-1]
    assert led == [ImportPhotos((), stored.id, stored.when.day)]


def test_a_session_that_undo_takes_away_closes_its_editor(
    page: SessionPage, led: list[Destination], opened_diary: OpenJournal
) -> None:
    page.edit(0)
    press(page, "Done")
    page.edit(sessions(opened_diary)[-1].id)
    opened_diary.undo()
    assert led[-1] == ShowPage("timeline")
    page.leave()
    assert len(sessions(opened_diary)) == 2


def test_the_commands_have_keys(page: SessionPage) -> None:
    assert {command.key for command in page.commands()} == {"session_done", "session_leave", "session_same"}
    assert isinstance(EditSession(), EditSession)
    assert page.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_same_as_last_time_takes_needles_and_products_over(page: SessionPage, opened_diary: OpenJournal) -> None:
    first = sessions(opened_diary)[0]
    second = sessions(opened_diary)[1]
    page.edit(second.id)
    press(page, "Same as last time")
    now = sessions(opened_diary)[1]
    assert (now.needles, now.products, now.clinic) == (first.needles, first.products, "Harbour Skin")
    assert now.needles == (Needle("forehead", 800, 3),)
    assert now.when == second.when


def test_a_session_belongs_to_what_the_patient_says(page: SessionPage, opened_diary: OpenJournal) -> None:
    (belongs,) = page.findChildren(Belongs)
    assert belongs.isHidden()  # no plan yet
    opened = opened_diary
    opened.write("Plan", lambda journal: journal.courses.save(Course(title="Scars 2025", setting="clinic")))
    opened.write("Plan", lambda journal: journal.courses.save(Course("hydrafacial", title="Glow")))
    second = sessions(opened_diary)[1]
    page.edit(second.id)
    assert belongs.isVisible()
    plan = next(select for select in page.findChildren(Select) if select.accessibleName() == "Belongs to")
    words = [plan.itemText(place) for place in range(plan.count())]
    assert words == ["What fits: Scars 2025", "Scars 2025", "Glow", "No plan"]
    for text, course_id, unplanned in (("No plan", None, True), ("Glow", 2, False), (words[0], None, False)):
        choose(page, "Belongs to", text)
        page.leave()
        now = sessions(opened_diary)[1]
        assert (now.course_id, now.unplanned) == (course_id, unplanned)


def test_what_is_known_of_a_treatment_stands_where_it_is_written(page: SessionPage, opened_diary: OpenJournal) -> None:
    def told(words: str) -> bool:
        return any(words in label.text() and label.isVisible() for label in page.findChildren(Label))

    page.edit(sessions(opened_diary)[0].id)
    assert told("Granulomas have been reported after vitamin C serums")
    assert not told("The regulator warns")
    treat(page, "rf_microneedling")
    assert told("The regulator warns of burns")
    assert not told("Granulomas have been reported")


def treat(page: SessionPage, key: str) -> None:
    treatment = find(page, "Treatment", Select)
    choose(page, "Treatment", treatment.itemText(treatment.findData(key)))


def test_a_peel_is_asked_for_no_needles(page: SessionPage) -> None:
    page.edit(0)
    asked = (page.findChild(FaceMap), named(page, "Cartridge"), page.findChild(SeverityPicker))
    assert all(field.isVisible() for field in asked)
    treat(page, "chemical_peel")
    assert not any(field.isVisible() for field in asked)
    treat(page, "rf_microneedling")
    assert all(field.isVisible() for field in asked)


def test_needles_that_are_written_down_stay_in_sight_and_are_kept(page: SessionPage, opened_diary: OpenJournal) -> None:
    first = sessions(opened_diary)[0]
    page.edit(first.id)
    treat(page, "chemical_peel")
    page.leave()
    assert page.findChild(FaceMap).isVisible()
    assert sessions(opened_diary)[0].needles == first.needles


def test_hints_follow_what_is_chosen_now_for_each_zone(page: SessionPage) -> None:
    page.edit(0)
    press_zones(page, "nose", "forehead")
    assert "Nose: 0.25–0.50 mm" in reads(page)
    assert "Forehead: 0.25–0.75 mm" in reads(page)
    press_zones(page, "neck")
    assert "Usual: 0.50–1.50 mm" in reads(page)
    write(page, "Needle length", "1.0")
    assert "Usual at home" not in reads(page)
    press(page, "Setting: At home")
    assert "Usual at home: 0.10–0.30 mm" in reads(page)


def test_a_new_session_opens_with_no_zone_chosen(page: SessionPage, opened_diary: OpenJournal) -> None:
    page.edit(sessions(opened_diary)[0].id)
    press_zones(page, "nose")
    page.edit(0)
    assert page.findChild(FaceMap).selected() == frozenset()


def test_the_kind_of_a_product_is_asked(page: SessionPage, qtbot: QtBot) -> None:
    page.edit(0)
    press(page, "Add a product")
    assert not chosen(page, "Kind of product")


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("Price", "abc", "write a number"),
        ("Date", "31 February 2025", "write a date"),
        ("Date", "1 May 2099", "write a day up to"),
        ("Time", "quarter past", "write a time"),
    ],
)
def test_what_is_not_taken_says_so_beside_the_field(
    page: SessionPage, qtbot: QtBot, name: str, written: str, said: str, opened_diary: OpenJournal
) -> None:
    page.edit(sessions(opened_diary)[1].id)
    before = sessions(opened_diary)[1]
    write(page, name, written)
    page.leave()
    notes = [note for note in page.findChildren(ProblemNote) if note.isVisible()]
    assert [said in note.accessibleName() and "Not kept" in note.accessibleName() for note in notes] == [True]
    assert sessions(opened_diary)[1] == before


def test_what_is_said_beside_two_fields_lies_over_neither_the_other_nor_its_field(
    page: SessionPage, opened_diary: OpenJournal
) -> None:
    page.edit(sessions(opened_diary)[1].id)
    write(page, "Date", "31 February 2025")
    write(page, "Time", "quarter past")
    first, second = (note for note in page.findChildren(ProblemNote) if note.isVisible())
    assert not first.geometry().intersects(second.geometry())
    write(page, "Date", "19 April 2025")
    (left,) = (note for note in page.findChildren(ProblemNote) if note.isVisible())
    below = named(page, "Time").mapTo(left.parentWidget(), named(page, "Time").rect().bottomLeft())
    assert 0 < left.geometry().top() - below.y() < 6


def test_where_the_page_ends_it_is_still_seen_and_covers_no_field(page: SessionPage, opened_diary: OpenJournal) -> None:
    page.edit(sessions(opened_diary)[0].id)
    press_zones(page, "forehead")
    length, passes = named(page, "Needle length"), named(page, "Passes")
    foot = length.mapTo(page, length.rect().bottomLeft()).y() + 8
    page.resize(page.width(), foot)
    QApplication.processEvents()
    write(page, "Needle length", "9 mm")
    write(page, "Passes", "0")
    notes = [note for note in page.findChildren(ProblemNote) if note.isVisible()]
    assert len(notes) == 2
    places = [note.geometry() for note in notes]
    assert not places[0].intersects(places[1])
    ground = notes[0].parentWidget()
    assert all(ground.visibleRegion().boundingRect().contains(place) for place in places)
    for field in (length, passes):
        where = QRect(field.mapTo(ground, QPoint(0, 0)), field.size())
        assert not any(place.intersects(where) for place in places)


def test_five_sentences_overwritten_by_a_slip_are_one_step_back_and_come_again(
    page: SessionPage, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    five = "Warm. A little tight. Redness on both cheeks. Slept well. No sun."
    page.edit(sessions(opened_diary)[0].id)
    for text in (five[:20], five[:45], five, "x"):
        type_in(page, "Notes", text)
        qtbot.waitUntil(lambda text=text: sessions(opened_diary)[0].notes == text)
    page.edit(sessions(opened_diary)[1].id)
    opened_diary.undo()
    assert sessions(opened_diary)[0].notes == five
    opened_diary.redo()
    assert sessions(opened_diary)[0].notes == "x"
    opened_diary.undo()
    opened_diary.undo()
    assert sessions(opened_diary)[0].notes == ""


def test_what_is_typed_at_another_visit_is_a_step_of_its_own(page: SessionPage, opened_diary: OpenJournal) -> None:
    first, second = (session.id for session in sessions(opened_diary))
    for text in ("Warm", "Warm and tight"):
        page.edit(first)
        type_in(page, "Notes", text)
        page.leave()
        page.edit(second)
    opened_diary.undo()
    assert sessions(opened_diary)[0].notes == "Warm"


def test_tab_goes_through_products_before_the_face_map(page: SessionPage, opened_diary: OpenJournal) -> None:
    page.edit(sessions(opened_diary)[0].id)
    order: list[QWidget] = []
    first = page.findChild(WhenWhere)
    widget = first.nextInFocusChain()
    while widget is not first and len(order) < 2000:
        order.append(widget)
        widget = widget.nextInFocusChain()
    product = order.index(named(page, "Lot"))
    assert product < order.index(page.findChild(FaceMap).findChild(FaceCanvas))
    assert product < order.index(page.findChild(TextArea)) < order.index(page.findChild(FaceMap).findChild(FaceCanvas))


def test_escape_leaves_with_everything_kept(page: SessionPage, led: list[Destination]) -> None:
    (leave,) = [command for command in page.commands() if command.key == "session_leave"]
    assert leave.keys == ("Escape",)
    leave.run()
    assert led == [ShowPage("timeline")]
