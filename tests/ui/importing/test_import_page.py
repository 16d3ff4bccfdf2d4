"""What a person does on the import sheet, from dropping photos to seeing them saved."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from needlejournal import paths
from needlejournal.imaging.reading import apart
from needlejournal.journal.errors import WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal, open_journal
from needlejournal.ui import language
from needlejournal.ui.destinations import ComparePhotos, EditSession, GoBack, PreviewPhoto, ShowDay, ShowPage
from needlejournal.ui.importing import choosing, saving
from needlejournal.ui.importing.inspector import Decision
from needlejournal.ui.importing.looking import Looking
from needlejournal.ui.importing.view_choices import ViewChoices
from needlejournal.ui.theme import current_theme
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.photos_in import import_draft
from needlejournal.workflows.photos_in.import_plan import Pasted, Stored
from needlejournal.workflows.photos_in.scanning import IN_JOURNAL
from tests.ui.importing.conftest import Import
from tests.ui.person import choose_key, click, click_row, find, reads, sees, write
from tests.ui.person import press as tap
from tests.workflows.pictures import jpeg

Make = Callable[[Journal], Import]


def put(card: Path, **pictures: bytes) -> None:
    for name, data in pictures.items():
        (card / f"{name}.jpg").write_bytes(data)


def press(one: Import, words: str, which: int = -1) -> None:
    """Press a button by its words, on the page or on the sheet over it."""
    QApplication.processEvents()
    buttons = [button for button in one.page.findChildren(Button) if button.text() == words and button.isVisible()]
    QTest.mouseClick(buttons[which], Qt.MouseButton.LeftButton)


def select(one: Import, section: str, *names: str) -> None:
    tiles = getattr(one.sheet.sections, section).tiles
    tiles.select({item.key for item in tiles.tiles().items() if item.name in names})


def test_the_empty_page_says_what_to_do_and_asks_for_photos(importing: Import, asked: list[str]) -> None:
    assert importing.sheet.empty.isVisible()
    importing.page.start()
    assert asked == ["photos"]
    tap(importing.page, "Choose a folder…")
    assert asked == ["photos", "folder"]


def test_what_decodes_photos_starts_while_they_are_chosen(importing: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(apart.workers, "wake", lambda: begun.append("wake"))
    importing.page.arrive(ShowPage("importing"))
    importing.executor.run()
    assert begun == ["wake"]


def test_photos_that_say_everything_are_ready(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2))
    importing.bring(card)
    assert (importing.names("ready"), importing.names("to_decide")) == (["frontal.jpg", "oblique_left.jpg"], [])
    assert importing.sheet.save.text() == "Save 2 photos"
    assert not importing.sheet.empty.isVisible()


def test_what_lacks_a_date_or_view_asks_in_the_order_taken_and_nothing_is_selected(
    importing: Import, card: Path
) -> None:
    put(card, frontal=jpeg(1, taken=""), IMG_1=jpeg(2), oblique_left=jpeg(3))
    importing.bring(card)
    assert importing.names("to_decide") == ["IMG_1.jpg", "frontal.jpg"]
    assert importing.sheet.sections.keys() == set()
    importing.sheet.inspector.choose_view(0)
    assert [item.view for item in importing.page.run.plan.items] == ["", "oblique_left", "frontal"]


def test_several_get_a_date_and_a_view_at_once_and_are_saved(importing: Import, card: Path, qtbot: QtBot) -> None:
    put(card, a=jpeg(1, taken="", offset=""), b=jpeg(2, taken="", offset=""))
    importing.bring_and_choose(card)
    assert not importing.sheet.save.isEnabled()
    write(importing.page, "Date", "8 March 2025")
    tap(importing.page, "From the front")
    assert importing.names("to_decide") == ["a.jpg", "b.jpg"]  # they do not run away while one decides
    importing.save()
    photos = importing.journal.photos.all()
    assert [(photo.when, photo.view, photo.session_id) for photo in photos] == [
        (When(date(2025, 3, 8)), "frontal", 1)
    ] * 2


def test_time_and_offset_are_given_after_the_day(importing: Import, card: Path, qtbot: QtBot) -> None:
    put(card, frontal=jpeg(1, taken="", offset=""))
    importing.bring_and_choose(card)
    inspector = importing.sheet.inspector
    assert not sees(inspector, "Time of day")
    write(inspector, "Date", "8 March 2025")
    write(inspector, "Time of day", "9:05")
    choose_key(inspector, "Offset from UTC", "60")
    item = importing.page.run.plan.items[0]
    assert (item.when, item.session_id) == (When(date(2025, 3, 8), time(9, 5), 60), None)


def test_a_day_that_cannot_be_is_said_beside_the_field(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1, taken=""))
    importing.bring_and_choose(card)
    write(importing.page, "Date", "14 October 1066")
    assert "from 1 January 1900 on" in reads(importing.page)
    assert importing.page.run.plan.items[0].when is None


def test_the_day_one_came_from_is_offered(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1, taken=""))
    importing.page.start([card], session_id=1)
    importing.executor.run()
    tap(importing.page, "Select all: Needs a decision")
    tap(importing.page, "It was on 8 March 2025")
    assert importing.page.run.plan.items[0].session_id == 1
    importing.save()
    tap(importing.page, "Back to the session")
    assert importing.went == [EditSession(1)]


def test_an_import_from_a_session_right_after_another_leads_back_to_it(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1))
    importing.bring(card)
    importing.save()
    assert not sees(importing.page, "Back to the session")
    put(card, left=jpeg(2))
    importing.page.start([card / "left.jpg"], session_id=1)
    assert not sees(importing.page, "1 photo is saved in your journal")
    importing.executor.run()
    importing.save()
    tap(importing.page, "Back to the session")
    assert importing.went == [EditSession(1)]


def test_while_the_rest_is_saved_only_that_is_told(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2, taken="", offset=""))
    importing.bring(card)
    importing.save()
    assert importing.names("done") == ["frontal.jpg"]
    tap(importing.page, "Select all: Needs a decision")
    write(importing.page, "Date", "8 March 2025")
    click(importing.sheet.save)
    assert not sees(importing.page, "1 photo is saved in your journal")
    assert importing.names("done") == []
    importing.executor.run()
    assert importing.names("done") == ["oblique_left.jpg"]


def test_a_close_up_asks_for_its_zone(importing: Import, card: Path) -> None:
    put(card, IMG=jpeg(1))
    importing.bring_and_choose(card)
    inspector = importing.sheet.inspector
    inspector.choose_view(5)
    choose_key(inspector, "Which zone is it?", "nose")
    item = importing.page.run.plan.items[0]
    assert (item.view, item.zone) == ("close_up", "nose")


def test_session_and_mirrored_are_chosen(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1))
    importing.bring(card)
    select(importing, "ready", "frontal.jpg")
    inspector = importing.sheet.inspector
    choose_key(inspector, "Belongs to", "1")
    inspector.toggle_mirrored()
    item = importing.page.run.plan.items[0]
    assert (item.session_id, item.mirrored) == (1, True)


def test_of_many_sessions_the_nearest_are_offered_and_the_chosen_one(importing: Import, card: Path) -> None:

    def book(journal: Journal) -> None:
        for month in range(1, 49):
            journal.sessions.save(Session(When(date(2025 + month // 12, month % 12 + 1, 20))))

    importing.opened.write("sessions", book)
    put(card, frontal=jpeg(1, taken="2028:12:01 10:00:00"), IMG=jpeg(2, taken=""))
    importing.opened.clock = lambda: datetime(2029, 1, 1, tzinfo=UTC)
    importing.bring(card)
    select(importing, "ready", "frontal.jpg")
    importing.sheet.sections.to_decide.tiles.clearSelection()
    offered = find(importing.sheet.inspector, "Belongs to", Select)
    assert offered.count() == 31
    assert offered.itemText(1).startswith("Session 49 ")
    importing.sheet.inspector.decided.emit(Decision(lambda plan, keys: plan.with_session(keys, 1)))
    assert offered.value() == "1"
    assert offered.count() == 32
    select(importing, "to_decide", "IMG.jpg")
    importing.sheet.sections.ready.tiles.clearSelection()
    assert offered.count() == 31


def test_the_keyboard_stays_at_the_box_that_was_ticked(importing: Import, card: Path) -> None:
    put(card, bad=b"words")
    importing.bring(card)
    words = "Keep the file as an original anyway"
    box = find(importing.page, words, CheckBox)
    tap(importing.page, words)
    tap(importing.page, words)
    assert find(importing.page, words, CheckBox) is box
    assert importing.names("to_decide") == []


def test_choosing_in_one_section_lets_go_of_the_other(importing: Import, card: Path, qtbot: QtBot) -> None:
    put(card, frontal=jpeg(1), IMG=jpeg(2))
    importing.bring(card)
    tiles = importing.sheet.sections.ready.tiles
    where = tiles.visualRect(tiles.tiles().index(0)).center()
    qtbot.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=where)
    keys = importing.sheet.sections.keys()
    assert [item.name for item in importing.page.run.plan.items if item.key in keys] == ["frontal.jpg"]
    qtbot.keyClick(tiles, Qt.Key.Key_Escape)
    assert importing.sheet.sections.keys() == set()


def test_what_is_there_already_or_cannot_be_read_is_listed(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1))
    importing.bring(card)
    importing.save()
    put(card, bad=b"words")
    importing.bring(card)
    assert {"Already in the journal", "Cannot be read"} <= set(reads(importing.page).splitlines())
    assert not importing.sheet.save.isEnabled()


def test_what_is_there_already_stands_in_one_line(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), left=jpeg(2), right=jpeg(3))
    importing.bring(card)
    importing.save()
    importing.bring(card)
    read = reads(importing.page).splitlines()
    assert "frontal.jpg, left.jpg, right.jpg" in read and "3 files" in read


def test_a_damaged_file_of_the_journal_is_put_back_from_the_photo_brought_again(importing: Import, card: Path) -> None:
    put(card, a=jpeg(1), b=jpeg(2))
    importing.bring(card)
    importing.save()
    stored = importing.journal.folder / "photos" / importing.journal.photos.all()[1].original.stored_name
    stored.write_bytes(b"nothing of it")
    importing.bring(card)
    assert [reason for reason in reads(importing.page).splitlines() if "in the journal already" in reason] == [
        str(IN_JOURNAL[Stored.MENDED]),
    ]
    assert importing.journal.verify().sound


def test_a_name_like_a_web_page_is_only_a_name(importing: Import, card: Path) -> None:
    (card / "<img src='x'>.jpg").write_bytes(jpeg(1))
    importing.bring(card)
    model = importing.sheet.sections.to_decide.model
    (tile,) = model.indexes({0})
    tip = model.data(tile, Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip


def test_an_unreadable_file_is_kept_as_an_original(importing: Import, card: Path) -> None:
    put(card, bad=b"words")
    importing.bring(card)
    tap(importing.page, "Keep the file as an original anyway")
    assert importing.names("to_decide") == ["bad.jpg"]
    select(importing, "to_decide", "bad.jpg")
    write(importing.page, "Date", "1 March 2025")
    importing.save()
    photo = importing.journal.photos.all()[0]
    assert not photo.original.readable
    assert importing.journal.photo_bytes(photo) == b"words"


def test_leaving_out_can_be_taken_back_and_forgets_the_preview_in_the_end(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), IMG=jpeg(2))
    importing.bring_and_choose(card)
    left_out = importing.page.run.plan.item(0)
    select(importing, "to_decide", left_out.name)
    tap(importing.page, "Leave out")
    assert importing.names("to_decide") == []
    assert importing.page.step_back("undo")
    assert importing.names("to_decide") == [left_out.name]
    assert importing.page.step_back("redo")
    importing.save()
    assert importing.journal.previews.hashes() == {importing.journal.photos.all()[0].original.sha256}


def test_discarding_imports_nothing_and_keeps_no_preview(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1))
    importing.bring(card)
    tap(importing.page, "Discard")
    assert importing.names("ready") == ["frontal.jpg"]  # it asks first
    press(importing, "Cancel")
    assert importing.names("ready") == ["frontal.jpg"]
    tap(importing.page, "Discard")
    press(importing, "Discard")
    assert importing.journal.photos.count() == 0
    assert importing.journal.previews.hashes() == set()
    assert importing.went == [GoBack()]


def test_the_end_leads_to_the_timeline_or_the_comparison(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2, taken="2025:04:02 10:00:00"))
    importing.bring(card)
    importing.save()
    assert importing.sheet.outcome.isVisible()
    tap(importing.page, "Compare")
    tap(importing.page, "See them on the timeline")
    assert importing.went == [ComparePhotos(), ShowDay(date(2025, 4, 2))]
    assert importing.sheet.empty.isVisible()


def test_what_has_no_date_waits_below_while_the_rest_is_saved(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2, taken=""))
    importing.bring(card)
    importing.save()
    assert importing.journal.photos.count() == 1
    assert importing.names("to_decide") == ["oblique_left.jpg"]
    assert "1 photo still waits" in reads(importing.page)


def test_each_photo_gets_its_tick_when_it_is_saved_and_not_before(
    importing: Import, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2))
    importing.bring(card)
    seen: list[tuple[int, int]] = []
    model = importing.sheet.sections.ready.model
    show = importing.sheet.sections.show_saved
    monkeypatch.setattr(
        importing.sheet.sections,
        "show_saved",
        lambda keys: (show(keys), seen.append((len(keys), importing.journal.photos.count()))),
    )
    importing.save()
    assert seen
    assert all(ticks <= rows for ticks, rows in seen)
    assert model.rowCount() == 0


def test_what_was_saved_stays_in_sight_and_opens_large(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2))
    importing.bring(card)
    importing.save()
    assert importing.names("done") == ["frontal.jpg", "oblique_left.jpg"]
    model = importing.sheet.sections.done.model
    *_, second = model.indexes({0, 1})
    assert str(model.data(second)).endswith(", saved")
    click_row(importing.sheet.sections.done.tiles, second, twice=True)
    assert importing.went == [PreviewPhoto(2, (1, 2))]
    tap(importing.page, "See them on the timeline")
    assert importing.names("done") == []


def test_a_crash_while_saving_loses_no_decision(importing: Import, make: Make, card: Path, tmp_path: Path) -> None:
    put(card, IMG=jpeg(1), frontal=jpeg(2, taken=""))
    importing.bring(card)
    select(importing, "to_decide", "IMG.jpg")
    importing.sheet.inspector.choose_view(0)
    click(importing.sheet.save)
    shutil.copytree(importing.journal.folder, tmp_path / "after")
    after = make(open_journal(tmp_path / "after"))
    assert import_draft.waiting(after.journal) == 2
    tap(after.page, "Continue with them")
    after.executor.run()
    assert sorted((item.name, item.view) for item in after.page.run.plan.items) == [
        ("IMG.jpg", "frontal"),
        ("frontal.jpg", "frontal"),
    ]
    importing.executor.run()
    assert import_draft.waiting(importing.journal) == 1  # what needs a date is not saved yet


def test_one_import_is_one_step_of_undo(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2))
    importing.bring(card)
    importing.save()
    assert importing.sheet.outcome.isVisible()
    importing.opened.undo()
    assert importing.journal.photos.count() == 0
    assert importing.names("done") == []  # nothing is told to be saved that is not there
    assert not importing.sheet.outcome.isVisible()


def test_a_file_that_changed_is_said_at_the_end(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2))
    importing.bring(card)
    put(card, frontal=jpeg(9))
    importing.save()
    assert importing.journal.photos.count() == 1
    assert "1 photo was not saved" in reads(importing.page)


def test_a_row_that_cannot_be_written_stops_it_and_says_so(
    importing: Import, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise WorldError("The disk is full.")

    put(card, frontal=jpeg(1), oblique_left=jpeg(2))
    importing.bring(card)
    monkeypatch.setattr(saving, "record", refuse)
    importing.save()
    assert importing.journal.photos.count() == 0
    assert [str(failure) for failure in importing.failures] == ["The disk is full."]


def test_a_second_drop_while_looking_is_looked_at_too(importing: Import, card: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    put(card, frontal=jpeg(1))
    put(other, oblique_left=jpeg(2))
    importing.page.start([card])
    importing.page.start([other])
    importing.executor.run()
    assert importing.names("ready") == ["frontal.jpg", "oblique_left.jpg"]


def test_a_second_drop_while_saving_waits_its_turn(importing: Import, card: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    put(card, frontal=jpeg(1))
    put(other, oblique_left=jpeg(2))
    importing.bring(card)
    click(importing.sheet.save)
    importing.page.start([other])
    importing.executor.run()
    assert importing.journal.photos.count() == 1
    assert importing.names("ready") == ["oblique_left.jpg"]


def test_looking_can_be_stopped(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1))
    importing.page.start([card])
    assert importing.sheet.strip.isVisible()
    tap(importing.page, "Cancel")
    importing.executor.run()
    assert importing.page.run.plan.items == ()


def test_saving_can_be_stopped_and_the_rest_is_still_there(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2))
    importing.bring(card)
    click(importing.sheet.save)
    tap(importing.page, "Cancel")
    importing.executor.run()
    assert importing.journal.photos.count() == 0
    assert len(importing.page.run.plan.items) == 2
    assert "left for later" in reads(importing.page)


def test_closing_during_an_import_keeps_the_rest_for_later(
    importing: Import, make: Make, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(card, frontal=jpeg(1), oblique_left=jpeg(2), lateral_left=jpeg(3, taken=""))
    importing.bring(card)
    click(importing.sheet.save)
    staging = importing.page._saving._staging  # type: ignore[union-attr]
    staged = saving.Staging.work

    def one_photo(self: saving.Staging, control: object) -> None:
        class Stop:
            cancelled = False

            def report(self, _progress: object) -> None:
                staging.stop()

        staged(self, Stop())

    monkeypatch.setattr(saving.Staging, "work", one_photo)
    monkeypatch.setattr(saving.Saving, "stop", lambda _self: None)
    monkeypatch.setattr(staging, "_stop", _NeverAtFirst())
    importing.opened.locked.connect(importing.executor.wait)  # the copying had begun by then
    importing.opened.close()

    again = make(open_journal(importing.journal.folder))
    assert again.journal.photos.count() == 1
    assert import_draft.waiting(again.journal) == 2
    assert again.sheet.notice.isVisible()
    tap(again.page, "Continue with them")
    again.executor.run()
    assert sorted(again.names("ready") + again.names("to_decide")) == ["lateral_left.jpg", "oblique_left.jpg"]


class _NeverAtFirst:
    """A stop sign that is seen only from the second look on: a photo was at hand when the window closed."""

    def __init__(self) -> None:
        self._looks = 0

    def set(self) -> None:
        pass

    def is_set(self) -> bool:
        self._looks += 1
        return self._looks > 1


def test_closing_while_deciding_keeps_the_decisions(importing: Import, make: Make, card: Path) -> None:
    put(card, IMG=jpeg(1))
    importing.bring_and_choose(card)
    importing.sheet.inspector.choose_view(0)
    importing.opened.close()
    again = make(open_journal(importing.journal.folder))
    tap(again.page, "Continue with them")
    again.executor.run()
    assert again.page.run.plan.items[0].view == "frontal"


def test_pasted_pictures_come_in_like_files(importing: Import) -> None:
    importing.page.start([Pasted("Pasted picture.jpg", jpeg(1))])
    importing.executor.run()
    importing.save()
    assert importing.journal.photos.all()[0].original.file_name == "Pasted picture.jpg"


def test_a_journal_for_viewing_takes_nothing(
    make: Make, journal: Journal, card: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    journal.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    viewed = make(open_journal(journal.folder))
    put(card, frontal=jpeg(1))
    viewed.page.start([card])
    viewed.page.start()
    viewed.executor.run()
    assert (viewed.page.run.plan.items, asked) == ((), [])


def test_a_fault_while_looking_is_said_and_nothing_hangs(
    importing: Import, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from needlejournal.ui.importing import looking

    def fault(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(looking, "scan", fault)
    importing.page.start([card])
    importing.executor.run()
    assert [type(failure) for failure in importing.failures] == [RuntimeError]
    assert not importing.page.run.busy


def test_a_session_written_meanwhile_changes_what_the_tiles_say(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1, taken="2025:04:20 10:00:00"))
    importing.bring(card)
    model = importing.sheet.sections.ready.model
    assert "Day 43 after session 1" in model.data(model.index(0))  # type: ignore[operator]
    importing.opened.write("session", lambda journal: journal.sessions.save(Session(When(date(2025, 4, 19)))))
    assert "Day 1 after session 2" in model.data(model.index(0))  # type: ignore[operator]


def test_every_command_has_words_and_works_on_nothing(importing: Import, asked: list[str]) -> None:
    for command in importing.page.commands():
        assert command.text
        command.run()
    assert asked == ["photos"]


def test_every_control_has_a_name(importing: Import, card: Path) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    put(card, IMG=jpeg(1, taken=""), bad=b"words")
    importing.bring(card)
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for control in importing.page.findChildren(kind):
            if control.isVisible():
                assert control.accessibleName() or control.property("text"), control


@pytest.mark.parametrize("width", [1084, 700])
def test_tab_goes_as_the_eye_does_through_what_is_suggested_the_photos_and_their_card(
    importing: Import, card: Path, qtbot: QtBot, width: int
) -> None:
    importing.page.resize(width, 800)
    put(card, **{"IMG-20250301-WA0001": jpeg(1, taken="", offset=""), "frontal": jpeg(2)})
    (card / "torn.jpg").write_bytes(jpeg(3)[:500])
    importing.bring_and_choose(card)
    importing.page.activateWindow()
    qtbot.waitUntil(importing.page.isActiveWindow)
    focused: list[QWidget | None] = [find(importing.page, "Save 1 photo", Button)]
    focused[0].setFocus()  # type: ignore[union-attr]
    while focused[-1] not in focused[:-1]:
        QTest.keyClick(focused[-1], Qt.Key.Key_Tab)
        focused.append(QApplication.focusWidget())
    names = [one.accessibleName() or getattr(one, "text", str)() for one in focused if one]
    wanted = ["Save 1 photo", "Look first", "Use this date", "Needs a decision", "Ready"]
    wanted.insert(3 if width == 700 else len(wanted), "Leave out")
    assert [name for name in names[:-1] if name in wanted] == wanted


def test_the_page_can_be_drawn_narrow_and_with_large_text(importing: Import, card: Path) -> None:
    put(card, frontal=jpeg(1), IMG=jpeg(2, taken=""), bad=b"words")
    importing.bring(card)
    wide = importing.sheet.inspector.mapTo(importing.page, QPoint(0, 0)).x()
    importing.page.resize(560, 700)
    current_theme().set_text_scale(2.0)
    importing.executor.run()
    assert not importing.page.grab().isNull()
    assert importing.sheet.inspector.mapTo(importing.page, QPoint(0, 0)).x() < wide
    current_theme().set_text_scale(1.0)


def test_the_dialogs_hand_over_what_was_chosen(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    for choose in (choosing.choose_photos, choosing.choose_folder):
        chosen: list[tuple[Path, ...]] = []
        dialog = choose(parent, chosen.append)
        offered = " ".join(dialog.nameFilters()[:1]).split()
        assert choose is choosing.choose_folder or {"*.avif", "*.HIF", "*.gif", "*.jp2"} <= set(offered)
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile(str(tmp_path / "a.jpg") if choose is choosing.choose_photos else str(tmp_path))
        with qtbot.waitSignal(dialog.finished):
            dialog.done(1)
        assert len(chosen) == 1


def test_dates_in_names_are_suggested_and_taken_all_at_once_with_undo(importing: Import, card: Path) -> None:
    for name in ("IMG-20250301-WA0001", "IMG-20250308-WA0002"):
        put(card, **{name: jpeg(int(name[-1]), taken="", offset="")})
    importing.bring(card)
    describe = importing.sheet.sections.to_decide.model.describe
    captions = [describe(item) for item in importing.page.run.plan.items]
    assert [(one.moment, one.day, one.name) for one in captions] == [
        ("1 Mar 2025?", "from the file’s name", "IMG-20250301-WA0001.jpg"),
        ("8 Mar 2025?", "from the file’s name", "IMG-20250308-WA0002.jpg"),
    ]
    assert not importing.sheet.save.isEnabled()
    press(importing, "Use these 2 dates")
    assert [item.when for item in importing.page.run.plan.items] == [When(date(2025, 3, 1)), When(date(2025, 3, 8))]
    assert importing.page.step_back("undo")
    assert [item.when for item in importing.page.run.plan.items] == [None, None]
    press(importing, "Use these 2 dates")
    importing.save()
    assert {photo.date_source for photo in importing.journal.photos.all()} == {"name"}
    assert not importing.page.step_back("undo")  # from here on the journal's own undo takes back


def test_one_suggested_date_is_taken_beside_its_photo(importing: Import, card: Path) -> None:
    put(card, **{"IMG-20250301-WA0001": jpeg(1, taken="", offset="")})
    importing.bring_and_choose(card)
    press(importing, "Use 1 March 2025, from the file’s name")
    assert importing.page.run.plan.items[0].when == When(date(2025, 3, 1))


def test_a_date_counted_in_utc_is_suggested_with_the_time_zone_it_is_told_in(importing: Import, card: Path) -> None:
    put(card, FB_IMG_1740820339000=jpeg(1, taken="", offset=""))
    importing.bring_and_choose(card)
    item = importing.page.run.plan.items[0]
    assert item.proposal
    assert item.proposal.when.offset_minutes is not None
    told = language.clock_time(item.proposal.when.time), language.offset(item.proposal.when.offset_minutes)
    assert "Suggested: {}, in the time of {}.".format(*told) in reads(importing.sheet.inspector)


def test_photos_that_look_alike_get_their_view_at_once(importing: Import, card: Path) -> None:
    put(card, IMG_1=jpeg(1), IMG_2=jpeg(2), IMG_3=jpeg(3, taken="2025:04:02 10:00:00"))
    importing.bring(card)
    importing.page.findChild(Looking).posed.emit({0: "frontal", 1: "frontal", 2: "oblique_left"})
    press(importing, "Right", 0)
    assert [item.view for item in importing.page.run.plan.items] == ["frontal", "frontal", ""]
    press(importing, "Change")
    assert importing.sheet.sections.keys() == {2}
    importing.sheet.inspector.choose_view(3)
    assert importing.page.run.plan.item(2).view == "lateral_left"
    importing.page.findChild(Looking).posed.emit({0: "oblique_left"})
    importing.page.step_back("undo")
    assert [look.view for look in importing.page.run.looks] == ["lateral_left"]  # as the last of that look


def test_probable_copies_are_hinted_at_and_left_out_only_when_wished(importing: Import, card: Path) -> None:
    photo = paths.resources() / "sample" / "photos" / "2025-03-01_frontal.jpg"
    small = io.BytesIO()
    Image.open(photo).convert("RGB").resize((400, 533)).save(small, "JPEG", quality=60)
    put(card, large=photo.read_bytes(), small=small.getvalue())
    importing.bring(card)
    run = importing.page.run
    (key,) = run.copies
    assert run.plan.item(key).name == "small.jpg"
    words = [label.text() for label in importing.sheet.suggestions.findChildren(Label)]
    assert "1 photo is probably another copy of one that is here or in the journal" in words
    press(importing, "Look first")
    assert importing.sheet.sections.keys() == {key}
    assert "Probably the same photo as “large.jpg”, which is here too." in reads(importing.sheet.inspector)
    press(importing, "Leave out", 0)
    assert [item.name for item in importing.page.run.plan.items] == ["large.jpg"]
    importing.page.step_back("undo")
    assert importing.page.run.copies == {key}


def test_a_damaged_photo_is_asked_about_and_kept_with_its_mark(importing: Import, card: Path) -> None:
    whole = jpeg(1, size=(640, 480))
    put(card, frontal=whole[:-800])
    importing.bring(card)
    assert not importing.sheet.save.isEnabled()
    press(importing, "Keep it as it is, marked as damaged")
    importing.save()
    assert [photo.damage for photo in importing.journal.photos.all()] == ["cut"]


def test_a_damaged_photo_that_was_copied_again_is_looked_at_again(importing: Import, card: Path) -> None:
    whole = jpeg(1, size=(640, 480))
    put(card, frontal=whole[:-800])
    importing.bring(card)
    put(card, frontal=whole)
    press(importing, "I copied it again")
    importing.executor.run()
    importing.save()
    assert [(photo.damage, photo.view) for photo in importing.journal.photos.all()] == [("", "frontal")]


def test_companions_are_one_quiet_line(importing: Import, card: Path) -> None:
    put(card, IMG_1=jpeg(1))
    for name in ("IMG_1.MOV", "IMG_1.AAE", "IMG_1.jpg.json"):
        (card / name).write_bytes(b"{}")
    importing.bring(card)
    assert "3 companion files were left out." in reads(importing.page).splitlines()


def test_names_and_reasons_are_said_of_several_and_nothing_moves(importing: Import, card: Path) -> None:
    put(card, a=jpeg(1, taken=""), b=jpeg(2, taken="2000:01:01 00:00:00"))
    importing.bring(card)
    inspector = importing.sheet.inspector
    select(importing, "to_decide", "a.jpg")
    place = inspector.findChild(ViewChoices).mapTo(inspector, QPoint(0, 0))
    tap(importing.page, "Select all: Needs a decision")
    assert "a.jpg · This picture does not say when it was taken." in reads(inspector)
    assert "b.jpg · The camera’s clock had been reset" in reads(inspector)
    assert inspector.findChild(ViewChoices).mapTo(inspector, QPoint(0, 0)) == place


def test_the_day_that_is_offered_comes_and_goes_without_moving_what_is_below(importing: Import, card: Path) -> None:
    put(card, dated=jpeg(1), undated=jpeg(2, taken=""))
    importing.page.start((card,), day=date(2025, 3, 8))
    importing.executor.run()
    inspector = importing.sheet.inspector
    places = []
    for section, name in (("to_decide", "undated.jpg"), ("ready", "dated.jpg")):
        select(importing, section, name)
        QApplication.processEvents()
        places.append(inspector.findChild(ViewChoices).mapTo(inspector, QPoint(0, 0)))
    assert places[0] == places[1]


def test_a_wrong_clock_is_corrected_once_for_all_that_is_selected_and_taken_back(importing: Import, card: Path) -> None:
    """Dates years before the first session are asked about: they are what a wrong clock gives."""
    put(card, one=jpeg(1, taken="2020:03:08 10:00:00"), two=jpeg(2, taken="2020:03:09 11:30:00"))

    def days() -> list[date]:
        return [item.when.day for item in importing.page.run.plan.items if item.when]

    importing.bring_and_choose(card)
    before = days()
    press(importing, "The camera’s clock was wrong…")
    write(importing.page, "Right date", "8 March 2025")
    press(importing, "Move 2 photos")
    assert days() == [date(2025, 3, 8), date(2025, 3, 9)]
    assert importing.page.step_back("undo")
    assert days() == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2000:01:01 00:05:10", "2000:01:01 23:05:12"),  # begun again
        ("1980:01:06 00:00:30", "1980:01:06 23:00:32"),
        ("2036:02:07 06:28:16", "2036:02:08 05:28:18"),  # in the future
    ],
)
def test_a_clock_that_was_reset_is_corrected_and_the_photos_keep_their_distances(
    importing: Import, card: Path, first: str, second: str
) -> None:
    put(card, two=jpeg(2, taken=second, offset=""), one=jpeg(1, taken=first, offset=""))
    importing.bring_and_choose(card)
    press(importing, "The camera’s clock was wrong…")
    write(importing.page, "Right date", "8 March 2025")
    write(importing.page, "Right time", "14:30:00")
    press(importing, "Move 2 photos")
    assert [(item.name, item.when) for item in importing.page.run.plan.items] == [
        ("one.jpg", When(date(2025, 3, 8), time(14, 30))),
        ("two.jpg", When(date(2025, 3, 9), time(13, 30, 2))),
    ]
