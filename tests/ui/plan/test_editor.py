"""What a person does in the editor of a plan: what is typed is kept, and can be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.courses import ChecklistItem, Course
from needlejournal.journal.planning.course_sessions import new_course
from needlejournal.journal.sessions import Price
from needlejournal.ui.plan.aftercare_section import AftercareLineFields
from needlejournal.ui.plan.editor import CourseEditor
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.problem_note import ProblemNote
from needlejournal.ui.widgets.fields.text_fields import NumberField, TextArea, TextField
from needlejournal.ui.widgets.frame.notices import Banner
from needlejournal.ui.widgets.pickers.chips import ToggleChip
from needlejournal.ui.widgets.pickers.face_map import FaceMap
from needlejournal.ui.widgets.pickers.face_map.canvas import FaceCanvas
from needlejournal.ui.widgets.pickers.zones_sheet import ZonesSheet
from needlejournal.ui.widgets.text import Label
from tests.ui.person import choose_key, click


@pytest.fixture
def editor(opened_diary: OpenJournal, qtbot: QtBot) -> CourseEditor:
    """The editor of a stored plan with everything in it."""
    course = Course(
        title="Scars",
        starts=date(2025, 3, 8),
        concerns=("scars", "my chin", "lines_wrinkles"),
        zones=("nose", "forehead", "left knee"),
        clinic="Harbour Skin",
        phone="555 0142",
        price=Price(22_000, "EUR"),
        aftercare=(ChecklistItem("a", "Water", 0, 3, "article"), ChecklistItem("b", "Shade", 0, 28)),
        ask_first=("keloid", "cold_sores"),
        notes="Softer scars.",
    )
    stored = opened_diary.write("Plan", lambda journal: journal.courses.save(course))
    made = CourseEditor(opened_diary)
    qtbot.addWidget(made)
    made.resize(1084, 900)
    made.show()
    assert stored is not None
    made.edit(stored.value, ())
    return made


def kept(opened: OpenJournal) -> Course:
    (course,) = opened.journal.courses.all()
    return course


def named(widget: QWidget, kind: type, name: str) -> QWidget:
    return next(one for one in widget.findChildren(kind) if one.accessibleName() == name)


def write(qtbot: QtBot, field: QWidget, words: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, words)
    if not isinstance(field, TextArea):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_looking_at_a_plan_changes_nothing(editor: CourseEditor, opened_diary: OpenJournal) -> None:
    before = kept(opened_diary)
    editor.leave()
    editor.finish()
    assert kept(opened_diary) == before


def test_everything_can_be_written(editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    write(qtbot, named(editor, TextField, "Name of this plan"), "Pores")
    write(qtbot, named(editor, NumberField, "Number of sessions"), "6")
    write(qtbot, named(editor, NumberField, "Not before, in days"), "30")
    write(qtbot, named(editor, NumberField, "Not after, in days"), "45")
    write(qtbot, named(editor, TextField, "Phone"), "555 0199")
    write(qtbot, named(editor, NumberField, "Price of a session"), "180,50")
    write(qtbot, named(editor, TextArea, "Notes"), "Ask about the lot.")
    editor.leave()
    course = kept(opened_diary)
    assert (course.title, course.sessions, course.not_before, course.not_after) == ("Pores", 6, 30, 45)
    assert (course.phone, course.price, course.notes) == ("555 0199", Price(18_050, "EUR"), "Ask about the lot.")


def test_what_is_typed_is_saved_within_a_moment(editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    write(qtbot, named(editor, TextField, "Phone"), "555 0199")
    qtbot.waitUntil(lambda: kept(opened_diary).phone == "555 0199")


def test_no_number_means_no_fixed_number(editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    write(qtbot, named(editor, NumberField, "Number of sessions"), "")
    editor.leave()
    assert kept(opened_diary).sessions == 0


def test_a_last_day_before_the_first_is_marked_and_taken_as_the_first(
    editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    field = named(editor, NumberField, "Not after, in days")
    write(qtbot, field, "20")
    editor.leave()
    assert kept(opened_diary).not_after == 28
    notes = [note.accessibleName() for note in editor.findChildren(ProblemNote) if not note.isHidden()]
    assert notes == ["Not kept yet. This is earlier than the first day."]


def test_another_treatment_brings_its_own_proposals_but_keeps_what_was_decided(
    opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    editor = CourseEditor(opened_diary)
    qtbot.addWidget(editor)
    editor.show()
    editor.edit(new_course(opened_diary.catalogue.treatment("microneedling")), ())
    write(qtbot, named(editor, NumberField, "Number of sessions"), "5")
    choose_key(editor, "Treatment", "rf_microneedling")
    assert any("regulator warns" in label.text() for label in editor.findChildren(Label) if label.isVisible())
    editor.finish()
    course = kept(opened_diary)
    assert (course.treatment, course.sessions, course.not_before) == ("rf_microneedling", 5, None)
    assert [item.key for item in course.aftercare] == ["clinic_instructions"]


def test_concerns_are_switched_and_own_ones_added(
    editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    chips = {chip.text(): chip for chip in editor.findChildren(ToggleChip)}
    assert chips["Scars"].isChecked()
    chips["Enlarged pores"].click()
    chips["my chin"].click()
    write(qtbot, named(editor, TextField, "A concern of your own"), "Old burn")
    editor.leave()
    assert kept(opened_diary).concerns == ("lines_wrinkles", "scars", "pores", "Old burn")


def test_scars_say_to_tell_the_clinician(editor: CourseEditor) -> None:
    words = [label.text() for label in editor.findChildren(Label) if label.isVisible()]
    assert any("tell your clinician" in text and "Juhasz" in text for text in words)
    next(chip for chip in editor.findChildren(ToggleChip) if chip.text() == "Scars" and chip.isVisible()).click()
    words = [label.text() for label in editor.findChildren(Label) if label.isVisible()]
    assert not any("Juhasz" in text for text in words)


def test_zones_are_chosen_on_the_face(editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    press(qtbot, editor, "Choose zones…")
    sheet = editor.findChild(ZonesSheet)
    assert {"nose", "forehead"} <= sheet.zones()
    canvas = sheet.findChild(FaceMap).findChild(FaceCanvas)
    for zone in sheet.zones() ^ {"chin", "forehead"}:
        click(canvas, canvas.place_of(zone).toPoint())
    press(qtbot, sheet, "Choose")
    editor.leave()
    assert kept(opened_diary).zones == ("forehead", "chin")


def press(qtbot: QtBot, widget: QWidget, words: str) -> None:
    kinds = (*widget.findChildren(Button), *widget.findChildren(IconButton))
    button = next(one for one in kinds if one.isVisible() and words in (one.text(), one.accessibleName()))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_ask_first_tells_and_never_forbids(editor: CourseEditor, opened_diary: OpenJournal) -> None:
    boxes = {box.text(): box for box in editor.findChildren(CheckBox)}
    assert boxes["Cold sores"].isChecked()
    boxes["Pregnancy or nursing"].click()
    banner = editor.findChild(Banner)
    assert banner.accessibleName() == "Tell your clinician about 3 things before the first session."
    editor.leave()
    assert set(kept(opened_diary).ask_first) == {"keloid", "cold_sores", "pregnancy"}
    words = " ".join(label.text() for label in editor.findChildren(Label)).lower()
    assert "nothing here is forbidden" in words


def test_the_ask_first_list_is_the_patients_own(editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    assert kept(opened_diary).ask_first_list == ()
    press(qtbot, editor, "Take “Pregnancy or nursing” off this list")
    write(qtbot, named(editor, TextField, "Something else to tell"), "A pacemaker")
    editor.leave()
    course = kept(opened_diary)
    words = [item.text for item in course.ask_first_list]
    assert "Pregnancy or nursing" not in words
    assert words[-1] == "A pacemaker"
    assert set(course.ask_first) == {"keloid", "cold_sores", course.ask_first_list[-1].key}
    press(qtbot, editor, "Back to the suggested list")
    editor.leave()
    assert kept(opened_diary).ask_first_list == ()
    QApplication.processEvents()
    assert "Pregnancy or nursing" in {box.text() for box in editor.findChildren(CheckBox) if box.isVisible()}


def test_a_plan_says_where_its_sessions_are(editor: CourseEditor, opened_diary: OpenJournal) -> None:
    where = named(editor, Select, "Where")
    assert where.currentText() == "Not stated: same as its first session"
    choose_key(editor, "Where", "clinic")
    editor.leave()
    assert (kept(opened_diary).setting, kept(opened_diary).sessions) == ("clinic", 4)
    choose_key(editor, "Where", "home")
    editor.leave()
    assert (kept(opened_diary).setting, kept(opened_diary).sessions) == ("home", 0)


def test_a_note_about_a_concern_stands_where_it_is_chosen(editor: CourseEditor) -> None:
    chip = next(
        chip for chip in editor.findChildren(ToggleChip) if chip.text() == "Enlarged pores" and chip.isVisible()
    )
    chip.click()
    assert any("Enlarged pores: No trial was found." in label.text() for label in editor.findChildren(Label))


def lines(editor: CourseEditor) -> list[AftercareLineFields]:
    QApplication.processEvents()
    return [line for line in editor.findChildren(AftercareLineFields) if not line.isHidden()]


def test_aftercare_lines_are_changed_added_moved_and_removed(
    editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    water, shade = lines(editor)
    write(qtbot, water.words, "Drink water")
    write(qtbot, water.last, "5")
    press(qtbot, shade, "Move up")
    press(qtbot, editor, "Add a line")
    write(qtbot, lines(editor)[-1].words, "No swimming")
    editor.leave()
    items = kept(opened_diary).aftercare
    assert [(item.text, item.from_day, item.to_day) for item in items] == [
        ("Shade", 0, 28), ("Drink water", 0, 5), ("No swimming", 0, 7)
    ]  # fmt: skip
    assert items[1].key == "a"
    press(qtbot, shade, "Remove this line")
    editor.leave()
    assert [item.text for item in kept(opened_diary).aftercare] == ["Drink water", "No swimming"]


def test_the_list_goes_back_to_what_the_treatment_proposes(
    editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    press(qtbot, editor, "Back to the suggested list")
    editor.leave()
    assert kept(opened_diary).aftercare == opened_diary.catalogue.treatment("microneedling").aftercare


def test_a_plan_ends_and_is_taken_up_again(editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    press(qtbot, editor, "End this plan")
    assert kept(opened_diary).ended == opened_diary.today
    press(qtbot, editor, "Take it up again")
    assert kept(opened_diary).ended is None


def test_a_plan_goes_to_the_trash_and_comes_back_with_undo(
    editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    before = kept(opened_diary)
    with qtbot.waitSignal(editor.left):
        press(qtbot, editor, "Move this plan to the trash")
    editor.leave()
    assert opened_diary.journal.courses.all() == []
    opened_diary.undo()
    assert kept(opened_diary) == before


def test_undo_is_seen_in_the_fields(editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot) -> None:
    field = named(editor, TextField, "Phone")
    write(qtbot, field, "555 0199")
    editor.leave()
    opened_diary.undo()
    assert field.text() == "555 0142"
    assert kept(opened_diary).phone == "555 0142"


def test_notes_overwritten_on_a_later_visit_come_back_in_one_step(
    editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    course, notes = kept(opened_diary), named(editor, TextArea, "Notes")
    write(qtbot, notes, "Five sentences about what was agreed with the clinic.")
    editor.leave()
    editor.edit(kept(opened_diary), ())
    write(qtbot, notes, "x")
    editor.leave()
    opened_diary.undo()
    assert kept(opened_diary).notes == notes.text() == "Five sentences about what was agreed with the clinic."
    opened_diary.undo()
    assert kept(opened_diary) == course
    opened_diary.redo()
    opened_diary.redo()
    assert kept(opened_diary).notes == "x"


def test_each_choice_in_a_plan_is_a_step_of_its_own(editor: CourseEditor, opened_diary: OpenJournal) -> None:
    for name in ("Scars", "Enlarged pores"):
        {chip.text(): chip for chip in editor.findChildren(ToggleChip)}[name].click()
        editor.leave()
    opened_diary.undo()
    assert kept(opened_diary).concerns == ("lines_wrinkles", "my chin")


def test_what_is_typed_beside_the_ask_first_list_is_taken_when_one_goes_on(
    editor: CourseEditor, opened_diary: OpenJournal, qtbot: QtBot
) -> None:
    field = named(editor, TextField, "Something else to tell")
    field.setFocus()
    qtbot.keyClicks(field, "Latex allergy")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    editor.leave()
    assert [item.text for item in kept(opened_diary).ask_first_list][-1] == "Latex allergy"
    assert field.text() == ""


def test_a_plan_without_a_list_of_its_own_shows_the_one_that_counts(
    opened_diary: OpenJournal, editor: CourseEditor
) -> None:
    stored = opened_diary.write("Plan", lambda journal: journal.courses.save(Course(title="Bare")))
    assert stored is not None
    editor.edit(stored.value, ())
    proposed = opened_diary.catalogue.treatment("microneedling").aftercare
    assert [line.words.text() for line in lines(editor)] == [item.text for item in proposed]
    editor.finish()
    assert opened_diary.journal.courses.get(stored.value.id) == stored.value


def test_the_last_line_of_a_list_cannot_be_taken_off(editor: CourseEditor) -> None:
    first, *others = lines(editor)
    for line in others:
        line.remove.click()
    assert not first.remove.isEnabled()
