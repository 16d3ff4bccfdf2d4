"""A patient's first evening, through the real window: a journal, photos in, a session, before and after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import create_journal
from needlejournal.ui.destinations import ComparePhotos, EditDay, EditSession, ImportPhotos, ShowPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.welcome.new_journal import NewJournalSheet
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.text_fields import TextArea
from tests.journeys.conftest import LONG_MS, key, press, settle, workspace
from tests.ui.person import press as tap
from tests.ui.person import reads

pytestmark = pytest.mark.window


def make_journal(qtbot: QtBot, window: MainWindow) -> None:
    press(window, "New journal")
    sheet = window.findChild(NewJournalSheet)
    assert sheet is not None
    qtbot.waitUntil(sheet.isVisible)
    press(sheet, "Make the journal")
    qtbot.waitUntil(lambda: window.workspace is not None and window.workspace.isVisible())


def bring_in(qtbot: QtBot, window: MainWindow, *files: Path) -> None:
    page = workspace(window)
    page.go(ImportPhotos(files))
    settle(qtbot, window)
    before = page.open_journal.journal.photos.count()
    press(page.page("importing"), "Save")
    qtbot.waitUntil(lambda: page.open_journal.journal.photos.count() > before, timeout=LONG_MS)
    settle(qtbot, window)


def test_a_new_patient_makes_a_journal_and_sees_what_to_do_first(window: MainWindow, qtbot: QtBot, home: Path) -> None:
    assert window.workspace is None
    make_journal(qtbot, window)
    assert (home / "Documents" / "My journal.needlejournal" / "journal.db").is_file()
    assert workspace(window).current() == "timeline"
    assert "My journal" in window.windowTitle()


def test_the_sample_journal_opens_writable_as_a_copy(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "Look around")
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=LONG_MS)
    journal = workspace(window).open_journal.journal
    assert not journal.read_only
    assert journal.counts().sessions == 4
    assert journal.counts().photos == 26


def test_photos_are_imported_and_a_second_time_changes_nothing(window: MainWindow, qtbot: QtBot, photos: Path) -> None:
    make_journal(qtbot, window)
    files = sorted(photos.glob("*_frontal.jpg"))[:3]
    bring_in(qtbot, window, *files)
    journal = workspace(window).open_journal.journal
    found = journal.photos.all()
    assert [photo.original.file_name for photo in found] == [file.name for file in files]
    assert [journal.photo_bytes(photo) for photo in found] == [file.read_bytes() for file in files]
    workspace(window).go(ImportPhotos(tuple(files)))
    settle(qtbot, window)
    assert journal.photos.count() == 3


def test_two_photos_are_compared_side_by_side(window: MainWindow, qtbot: QtBot, photos: Path) -> None:
    make_journal(qtbot, window)
    bring_in(qtbot, window, *sorted(photos.glob("*_frontal.jpg"))[:2])
    before, after = workspace(window).open_journal.journal.photos.all()
    workspace(window).go(ComparePhotos(before.id, after.id))
    settle(qtbot, window)
    assert workspace(window).current() == "compare"
    picture = workspace(window).page("compare").grab().toImage()
    colours = {picture.pixel(x, picture.height() // 2) for x in range(0, picture.width(), 7)}
    assert len(colours) > 20, "photos are painted, not an empty surround"


def test_a_session_is_saved_as_one_types_and_undone_with_ctrl_z(window: MainWindow, qtbot: QtBot) -> None:
    make_journal(qtbot, window)
    page = workspace(window)
    page.go(EditSession())
    notes = next(area for area in page.page("session").findChildren(TextArea))
    qtbot.keyClicks(notes, "Left cheek twice.")
    sessions = page.open_journal.journal.sessions
    qtbot.waitUntil(lambda: [s.notes for s in sessions.all()] == ["Left cheek twice."])
    page.go(ShowPage("timeline"))
    key(qtbot, window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: sessions.all() == [])
    key(qtbot, window, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: [s.notes for s in sessions.all()] == ["Left cheek twice."])


def test_same_as_last_time_repeats_how_it_was_done_not_how_it_was(window: MainWindow, qtbot: QtBot) -> None:
    make_journal(qtbot, window)
    page = workspace(window)
    first = Session(When(date(2025, 3, 8)), clinic="Harbour Skin", setting="clinic", pain=4, notes="sore")
    page.open_journal.write("Write session", lambda journal: journal.sessions.save(first))
    page.go(EditSession())
    press(page.page("session"), "Same as last time")
    latest = page.open_journal.journal.sessions.all()[-1]
    assert (latest.clinic, latest.setting) == ("Harbour Skin", "clinic")
    assert (latest.pain, latest.notes) == (None, "")


def test_a_session_goes_to_the_trash_and_comes_back(window: MainWindow, qtbot: QtBot) -> None:
    make_journal(qtbot, window)
    page = workspace(window)
    stored = page.open_journal.write(
        "Write session", lambda journal: journal.sessions.save(Session(When(date(2025, 3, 8)), notes="keep me"))
    )
    assert stored is not None
    page.go(EditSession(stored.value.id))
    tap(page, "Move this session to the trash")
    assert page.open_journal.journal.sessions.all() == []
    page.go(ShowPage("trash"))
    QApplication.processEvents()  # what was just made is shown by the event loop
    press(page.page("trash"), "Restore")
    assert [session.notes for session in page.open_journal.journal.sessions.all()] == ["keep me"]


def test_a_day_note_with_a_side_effect_stands_on_the_timeline(window: MainWindow, qtbot: QtBot) -> None:
    make_journal(qtbot, window)
    page = workspace(window)
    page.go(EditDay(date(2025, 3, 9)))
    tap(page, "Redness: Mild")
    page.go(ShowPage("timeline"))
    keys = page.open_journal.journal.timeline.keys()
    (card,) = page.open_journal.journal.timeline.cards(keys)
    assert [(effect.symptom, effect.severity) for effect in card.effects] == [("redness", Severity.MILD)]


def test_the_last_journal_opens_by_itself(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    make_journal(qtbot, window)
    folder = workspace(window).open_journal.journal.folder
    window.close()
    window.begin()
    window.show()
    assert workspace(window).open_journal.journal.folder == folder


def test_a_journal_open_elsewhere_is_refused_with_a_sentence(window: MainWindow, qtbot: QtBot, home: Path) -> None:
    elsewhere = create_journal(home / "Other.needlejournal", "Other")
    try:
        window.open(elsewhere.folder)
        (sheet,) = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        assert any("open in another window" in label.text() for label in sheet.findChildren(QLabel))
        sheet.close()
        assert window.workspace is None
    finally:
        elsewhere.close()
    window.open(home / "Other.needlejournal")
    assert window.workspace is not None


def test_a_read_only_journal_opens_for_viewing(
    window: MainWindow, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_journal(home / "Card.needlejournal", "Card").close()
    monkeypatch.setattr("needlejournal.store.opening.os.access", lambda *_args, **_kwargs: False)
    window.open(home / "Card.needlejournal")
    opened = workspace(window).open_journal
    assert opened.journal.read_only
    for page in ("timeline", "photos", "compare", "effects", "progress", "settings"):
        workspace(window).go(ShowPage(page))
    for page, *names in (
        ("timeline", "Day note", "Photos", "New session"), ("photos", "Add photos"),
        ("effects", "Write today", "Photo"),
    ):  # fmt: skip
        for button in workspace(window).page(page).findChildren(Button):
            if button.text() in names and button.toolTip():
                names.remove(button.text())
                assert not button.isEnabled()
                assert button.toolTip() == opened.journal.why_read_only
        assert not names, f"not greyed on {page}: {names}"
    workspace(window).go(ImportPhotos((home / "face.jpg",)))
    assert workspace(window).current() == "settings"
    assert "no photos can be added" in reads(window)
    told: list[object] = []
    opened.failed.disconnect()
    opened.failed.connect(told.append)
    opened.write("Write session", lambda journal: journal.sessions.save(Session(When(date(2025, 3, 8)))))
    assert "open for viewing" in str(told[0])
