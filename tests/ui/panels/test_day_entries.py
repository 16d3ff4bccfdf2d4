"""What a person taps in the table of side effects, by mouse and by keyboard, and what is written then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.sessions import Severity
from needlejournal.ui.panels.day_entries import DayEntries
from needlejournal.ui.panels.red_flags import RedFlag
from needlejournal.ui.panels.symptom_detail import SymptomDetail
from needlejournal.ui.panels.symptom_field import SymptomField
from needlejournal.ui.panels.symptom_row import SymptomRow
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.ui.widgets.pickers.face_map import FaceMap
from needlejournal.ui.widgets.pickers.face_map.canvas import ZonePress
from needlejournal.ui.widgets.pickers.options import Option
from needlejournal.ui.widgets.text import Label

TONIGHT = date(2025, 4, 22)


@pytest.fixture
def entries(opened_diary: OpenJournal, qtbot: QtBot) -> DayEntries:
    """The third evening after session 2, in a column as narrow as on the side effects page."""
    made = DayEntries(opened_diary, most=7)
    qtbot.addWidget(made)
    made.resize(380, 700)
    made.show()
    return made


def named(within: QWidget, name: str) -> QWidget:
    return next(w for w in within.findChildren(QWidget) if w.accessibleName() == name and w.isVisible())


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def step(entries: DayEntries, name: str) -> Option:
    found = named(entries, name)
    assert isinstance(found, Option)
    return found


def written(opened: OpenJournal, day: date = TONIGHT) -> dict[tuple[str, str], Severity]:
    return {(e.symptom, e.zone): e.severity for e in opened.journal.side_effects.of_day(day)}


def places(entries: DayEntries) -> list[tuple[str, int]]:
    rows = [row for row in entries.findChildren(SymptomRow) if row.isVisible()]
    return [(row.symptom, row.mapTo(entries, QPoint()).y()) for row in rows]


def write(opened: OpenJournal, *effects: SideEffect) -> None:
    for effect in effects:
        opened.write("Write", lambda journal, effect=effect: journal.side_effects.save(effect))
    QApplication.processEvents()


def test_rows_keep_their_order_and_their_place_whatever_is_tapped(
    entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    QApplication.processEvents()
    before = places(entries)
    assert len(before) > 4
    for name in ("Itching: Severe", "Redness: Mild", "Itching: None", "Swelling: Very severe"):
        click(qtbot, step(entries, name))
        assert places(entries) == before
    opened_diary.undo()
    QApplication.processEvents()
    assert places(entries) == before


def test_two_taps_in_one_place_reach_one_symptom_only(
    entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    target = step(entries, "Small breakout: Mild")
    where = target.mapTo(entries, target.rect().center())
    for _ in range(2):
        under = entries.childAt(where)
        assert under is target
        click(qtbot, under)
    assert {symptom for symptom, _ in written(opened_diary)} <= {"breakout"}


def test_a_double_click_does_not_take_back_what_it_said(
    entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    target = step(entries, "Redness: Mild")
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(target, Qt.MouseButton.LeftButton)
    assert written(opened_diary) == {("redness", ""): Severity.MILD}
    flag = next(flag for flag in entries.findChildren(RedFlag) if flag.symptom == "lump")
    qtbot.mouseClick(flag, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(flag, Qt.MouseButton.LeftButton)
    assert ("lump", "") in written(opened_diary)


def test_a_red_flag_is_one_tap_and_its_strength_can_be_told(
    entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    before = places(entries)
    flag = next(flag for flag in entries.findChildren(RedFlag) if flag.symptom == "cold_sore")
    click(qtbot, flag)
    assert written(opened_diary) == {("cold_sore", ""): Severity.MILD}
    assert flag.isChecked()
    assert places(entries) == before
    click(qtbot, step(entries, "How strong: Severe"))
    assert written(opened_diary) == {("cold_sore", ""): Severity.SEVERE}
    click(qtbot, flag)
    assert written(opened_diary) == {}


def test_a_note_changes_no_severity_of_any_place(entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal) -> None:
    write(
        opened_diary,
        SideEffect(TONIGHT, "redness", Severity.MODERATE, "cheek_outer_left"),
        SideEffect(TONIGHT, "redness", Severity.MILD, "forehead"),
    )
    row = next(row for row in entries.findChildren(SymptomRow) if row.symptom == "redness")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(10, row.height() // 2))
    qtbot.keyClicks(named(entries, "Note on this symptom"), "warm")
    entries.leave()
    assert written(opened_diary) == {
        ("redness", "cheek_outer_left"): Severity.MODERATE,
        ("redness", "forehead"): Severity.MILD,
    }
    assert {e.note for e in opened_diary.journal.side_effects.of_day(TONIGHT)} == {"warm"}


def test_a_note_being_typed_is_kept_when_another_symptom_is_tapped(
    entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    click(qtbot, step(entries, "Redness: Mild"))
    qtbot.keyClicks(named(entries, "Note on this symptom"), "left side")
    click(qtbot, step(entries, "Itching: Mild"))
    notes = {e.symptom: e.note for e in opened_diary.journal.side_effects.of_day(TONIGHT)}
    assert notes == {"redness": "left side", "itching": ""}
    note = named(entries, "Note on this symptom")
    assert isinstance(note, TextField)
    assert note.text() == ""


def test_a_place_can_be_stronger_than_the_others(entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal) -> None:
    click(qtbot, step(entries, "Redness: Mild"))
    click(qtbot, next(b for b in entries.findChildren(Button) if b.text() == "Where?"))
    sheet = entries.findChild(Sheet)
    face = sheet.findChild(FaceMap)
    for zone in ("nose", "chin"):
        face.press(ZonePress(zone, gather=False))
    click(qtbot, named(sheet, "How strong here: Severe"))
    click(qtbot, next(b for b in sheet.findChildren(Button) if b.text() == "Done"))
    assert written(opened_diary) == {("redness", "nose"): Severity.MILD, ("redness", "chin"): Severity.SEVERE}
    told = " ".join(label.text() for label in entries.findChildren(Label))
    assert "Chin: severe · Nose: mild" in told


def test_a_place_pressed_again_is_taken_away_and_only_that_one(
    entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    write(
        opened_diary,
        SideEffect(TONIGHT, "redness", Severity.MODERATE, "nose"),
        SideEffect(TONIGHT, "redness", Severity.MILD, "Back of the hands"),
    )
    row = next(row for row in entries.findChildren(SymptomRow) if row.symptom == "redness")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(10, row.height() // 2))
    click(qtbot, next(b for b in entries.findChildren(Button) if b.text() == "Where?"))
    sheet = entries.findChild(Sheet)
    for _ in range(2):
        sheet.findChild(FaceMap).press(ZonePress("nose", gather=False))
    click(qtbot, next(b for b in sheet.findChildren(Button) if b.text() == "Done"))
    assert written(opened_diary) == {("redness", "Back of the hands"): Severity.MILD}


def test_a_side_effect_takes_the_tick_away(entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal) -> None:
    box = entries.findChild(CheckBox)
    click(qtbot, box)
    assert box.isChecked()
    click(qtbot, step(entries, "Redness: Mild"))
    assert not box.isChecked()
    note = opened_diary.journal.day_notes.of_day(TONIGHT)
    assert note is not None
    assert not note.nothing_to_note


def test_the_tick_asks_before_it_takes_back_what_was_written(
    entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    click(qtbot, step(entries, "Redness: Mild"))
    box = entries.findChild(CheckBox)
    click(qtbot, box)
    assert not box.isChecked()
    assert written(opened_diary) == {("redness", ""): Severity.MILD}
    sheet = entries.findChild(Sheet)
    assert any("Redness" in label.text() for label in sheet.findChildren(Label))
    click(qtbot, next(b for b in sheet.findChildren(Button) if b.text() == "Take them back"))
    assert box.isChecked()
    assert written(opened_diary) == {}
    opened_diary.undo()
    assert written(opened_diary) == {("redness", ""): Severity.MILD}
    assert not box.isChecked()


def test_the_same_as_yesterday_takes_a_day_with_nothing_too(
    entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    yesterday = TONIGHT - timedelta(days=1)
    for effect in opened_diary.journal.side_effects.of_day(yesterday):
        opened_diary.write("Trash", lambda journal, row=effect.id: journal.side_effects.trash(row))
    opened_diary.write("Nothing", lambda j: j.day_notes.save(DayNote(yesterday, nothing_to_note=True)))
    click(qtbot, next(b for b in entries.findChildren(Button) if b.text() == "Same as yesterday"))
    note = opened_diary.journal.day_notes.of_day(TONIGHT)
    assert note is not None
    assert note.nothing_to_note
    assert written(opened_diary) == {}


@pytest.mark.parametrize(
    ("words", "symptom"),
    [
        ("bruis", "bruising"),
        ("Erythema", "redness"),
        ("puffy", "swelling"),
        ("sore", "sensitivity"),
        ("my skin feels hot", "stinging"),
        ("red cheeks", "redness"),
    ],
)
def test_ordinary_words_find_their_symptom_and_enter_takes_it(
    entries: DayEntries, qtbot: QtBot, words: str, symptom: str, opened_diary: OpenJournal
) -> None:
    field = entries.findChild(SymptomField)
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.text() == "")
    rows = [row.symptom for row in entries.findChildren(SymptomRow) if row.isVisible()]
    assert rows.count(symptom) == 1
    assert words not in rows
    assert entries.findChild(SymptomDetail).symptom == symptom
    assert written(opened_diary) == {}


@pytest.mark.parametrize("words", ["pus", "fever", "herpes", "knot", "boil", "pus on my chin", "a bit of fever!"])
def test_words_for_a_red_flag_turn_to_it(
    entries: DayEntries, qtbot: QtBot, words: str, opened_diary: OpenJournal
) -> None:
    field = entries.findChild(SymptomField)
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.text() == "")
    symptom = entries.findChild(SymptomDetail).symptom
    assert opened_diary.catalogue.symptom(symptom or "").red_flag
    click(qtbot, step(entries, "How strong: Moderate"))
    assert written(opened_diary) == {(symptom, ""): Severity.MODERATE}


def test_words_that_were_typed_and_not_added_say_so_beside_the_field(entries: DayEntries, qtbot: QtBot) -> None:
    with qtbot.waitActive(entries):
        entries.activateWindow()
    field = entries.findChild(SymptomField)
    field.setFocus()
    qtbot.keyClicks(field, "boil")
    qtbot.keyClick(field.completer().popup(), Qt.Key.Key_Escape)
    assert field.accessibleDescription() == ""
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.accessibleDescription().startswith("Not written down yet. Press Enter to add it")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.text() == "")
    assert field.accessibleDescription() == ""
    assert entries.findChild(SymptomDetail).symptom == "infection"


def test_own_words_are_offered_last_and_can_be_chosen(entries: DayEntries, qtbot: QtBot) -> None:
    field = entries.findChild(SymptomField)
    qtbot.keyClicks(field, "red")
    offered = [field.completer().model().index(row, 0).data() for row in range(field.completer().model().rowCount())]
    assert offered[0] == "Redness (erythema)"
    assert offered[-1] == "Write “red” as your own"
    popup = field.completer().popup()
    popup.setCurrentIndex(popup.model().index(len(offered) - 1, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(row.symptom == "red" for row in entries.findChildren(SymptomRow)))


def test_words_nobody_knows_become_the_persons_own(
    entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal
) -> None:
    field = entries.findChild(SymptomField)
    qtbot.keyClicks(field, "Odd humming")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(row.symptom == "Odd humming" for row in entries.findChildren(SymptomRow)))
    click(qtbot, step(entries, "Odd humming: Mild"))
    assert written(opened_diary) == {("Odd humming", ""): Severity.MILD}


def test_tab_walks_the_rows_in_order_also_those_added_later(entries: DayEntries, qtbot: QtBot) -> None:
    field = entries.findChild(SymptomField)
    qtbot.keyClicks(field, "Odd humming")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(row.symptom == "Odd humming" for row in entries.findChildren(SymptomRow)))
    click(qtbot, step(entries, "Odd humming: Mild"))
    rows = [row for row in entries.findChildren(SymptomRow) if row.isVisible()]
    rows.sort(key=lambda row: row.mapTo(entries, QPoint(0, 0)).y())
    order: list[QWidget] = [rows[0].steps.steps()[0]]
    while (following := order[-1].nextInFocusChain()) is not order[0]:
        order.append(following)
    assert rows[-1].symptom == "Odd humming"
    walked = [order.index(one) for row in rows for one in row.steps.steps()]
    assert walked == sorted(walked)
    assert walked[-1] < order.index(entries.findChild(CheckBox)) < order.index(field)


def test_steps_are_walked_by_keyboard(entries: DayEntries, qtbot: QtBot, opened_diary: OpenJournal) -> None:
    first = step(entries, "Redness: None")
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert written(opened_diary) == {("redness", ""): Severity.MILD}
    qtbot.keyClick(step(entries, "Redness: Mild"), Qt.Key.Key_Delete)
    assert written(opened_diary) == {}
