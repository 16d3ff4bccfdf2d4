"""An evening on which everything goes wrong, through the real window: nothing is lost, and what happened is said."""

from __future__ import annotations

import errno
import os
import sqlite3
import struct
import sys
import threading
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from needlejournal.journal.days import SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import create_journal, open_journal
from needlejournal.store.originals import Originals
from needlejournal.ui.destinations import EditDay, EditSession, ImportPhotos, ShowPage
from needlejournal.ui.main_window import MainWindow
from needlejournal.ui.panels.rescued_sheet import RescuedSheet
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.fields.text_fields import TextArea
from needlejournal.ui.widgets.frame.sheets import MessageSheet, QuestionSheet
from needlejournal.ui.workspace import Workspace
from needlejournal.workflows.photos_in import import_draft, importing
from tests.journeys.conftest import LONG_MS, press, settle, workspace

pytestmark = pytest.mark.window

Look = Callable[..., str]
Save = Callable[[], list[str]]


@pytest.fixture
def opened(window: MainWindow, home: Path) -> Path:
    """A journal open in the window; its folder."""
    folder = home / "Mine.needlejournal"
    create_journal(folder, "Mine").close()
    window.open(folder)
    return folder


@pytest.fixture
def look(window: MainWindow, qtbot: QtBot, opened: Path) -> Look:
    """Bring files to the import sheet; gives all that it says then."""

    def looked(*sources: Path) -> str:
        workspace(window).go(ImportPhotos(sources))
        settle(qtbot, window)
        return said(window)

    return looked


@pytest.fixture
def save(window: MainWindow, qtbot: QtBot) -> Save:
    """Save what can be saved; gives the names of the photos in the journal."""

    def saved() -> list[str]:
        page = workspace(window)
        press(page.page("importing"), "Save")
        qtbot.waitUntil(lambda: not page.open_journal.jobs.busy, timeout=LONG_MS)
        settle(qtbot, window)
        return [photo.original.file_name for photo in page.open_journal.journal.photos.all()]

    return saved


@pytest.fixture
def photo(photos: Path) -> Path:
    return photos / "2025-03-08_frontal.jpg"


def said(window: MainWindow) -> str:
    """All that the page in front and the sheets above it say."""
    shown: list[QWidget] = [window, *(sheet for sheet in window.findChildren(QDialog) if sheet.isVisible())]
    return " | ".join(label.text() for part in shown for label in part.findChildren(QLabel) if label.isVisible())


def close_sheet(window: MainWindow) -> str:
    """Close the one sheet that is open; gives what it said."""
    (sheet,) = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    words = " ".join(label.text() for label in sheet.findChildren(QLabel))
    sheet.reject()
    return words


def bomb() -> bytes:
    """A small PNG that says it is 60,000 × 60,000 pixels."""
    parts = [b"\x89PNG\r\n\x1a\n"]
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b"")):
        parts += [struct.pack(">I", len(body)), kind, body, struct.pack(">I", zlib.crc32(kind + body))]
    return b"".join(parts)


# ---- photos


@pytest.mark.parametrize(
    ("name", "spoil", "words"),
    [
        ("cut.jpg", lambda data: data[: len(data) // 2], "breaks off"),
        ("empty.jpg", lambda _data: b"", "empty"),
        ("noise.jpg", lambda _data: bytes(range(256)) * 20, "not a picture"),
        ("letter.jpg", lambda _data: b"Dear clinic, ", "not a picture"),
        ("huge.png", lambda _data: bomb(), "260 megapixels"),
    ],
)
def test_a_bad_photo_is_left_out_with_the_reason_and_the_good_one_comes_in(
    look: Look, save: Save, photo: Path, tmp_path: Path, name: str, spoil: Callable[[bytes], bytes], words: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(spoil(photo.read_bytes()))
    assert words in look(bad, photo)
    assert save() == [photo.name]
    assert bad.exists()


def test_a_renamed_photo_comes_in_as_what_it_is(
    window: MainWindow, look: Look, save: Save, photo: Path, tmp_path: Path
) -> None:
    renamed = tmp_path / "renamed.png"
    renamed.write_bytes(photo.read_bytes())
    look(renamed)
    assert save() == ["renamed.png"]
    assert workspace(window).open_journal.journal.photos.all()[0].original.format == "jpeg"


@pytest.mark.parametrize(
    "name", ["two words 'and' \"more\".jpg", "a" * 246 + ".jpg", "צילום 🌙 ﷽.jpg", "ph\udcffoto.jpg"]
)
@pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not allow")
def test_names_of_every_kind_come_in(look: Look, save: Save, photo: Path, tmp_path: Path, name: str) -> None:
    odd = tmp_path / name
    odd.write_bytes(photo.read_bytes())
    look(odd)
    (kept,) = save()
    assert kept == name.replace("\udcff", "\ufffd") or kept == name


def test_a_folder_without_permission_is_said(
    look: Look, save: Save, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "no", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert "permissions do not allow it" in look(closed, photo)
    assert save() == [photo.name]


def test_a_card_pulled_out_between_looking_and_saving(
    window: MainWindow, look: Look, save: Save, photos: Path, tmp_path: Path
) -> None:
    for name in ("2025-03-08_frontal.jpg", "2025-04-19_frontal.jpg"):
        (tmp_path / name).write_bytes((photos / name).read_bytes())
    look(tmp_path / "2025-03-08_frontal.jpg", tmp_path / "2025-04-19_frontal.jpg")
    (tmp_path / "2025-04-19_frontal.jpg").unlink()
    assert save() == ["2025-03-08_frontal.jpg"]
    assert "no longer there" in said(window)


def test_a_disk_that_fills_up_is_said_and_what_was_saved_is_saved(
    window: MainWindow, look: Look, save: Save, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Originals._copy, []

    def copy(self: Originals, *arguments: Any) -> tuple[str, int]:
        calls.append(arguments)
        if len(calls) > 1:
            arguments[0].close()
            raise OSError(errno.ENOSPC, "full")
        return real(self, *arguments)

    monkeypatch.setattr(Originals, "_copy", copy)
    look(*sorted(photos.glob("*_frontal.jpg"))[:2])
    assert save() == ["2025-03-01_frontal.jpg"]
    assert "disk is full" in said(window)
    assert workspace(window).open_journal.journal.verify().sound


def test_two_imports_at_once_are_one_after_the_other(
    window: MainWindow, qtbot: QtBot, look: Look, save: Save, photos: Path
) -> None:
    first, second = sorted(photos.glob("*_frontal.jpg"))[:2]
    workspace(window).go(ImportPhotos((first,)))
    look(second)
    assert save() == [first.name, second.name]


def test_closing_the_window_during_an_import_keeps_the_rest_for_later(
    window: MainWindow, qtbot: QtBot, look: Look, opened: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(photos)
    closing, stage = threading.Event(), importing.stage

    def stage_while_it_closes(*given: Any) -> Any:
        closing.wait(LONG_MS / 1000)
        return stage(*given)

    monkeypatch.setattr(importing, "stage", stage_while_it_closes)
    press(workspace(window).page("importing"), "Save")
    workspace(window).open_journal.locked.connect(closing.set)
    window.close()
    journal = open_journal(opened)
    kept, waiting = journal.photos.count(), import_draft.waiting(journal)
    assert kept + waiting == 26
    assert waiting > 0
    assert journal.verify().sound
    assert not journal.verify().orphans
    journal.close()
    window.show()
    window.open(opened)
    qtbot.waitUntil(lambda: "from last time" in said(window))


# ---- journals


def test_a_damaged_journal_opens_as_a_copy_of_what_is_readable(
    window: MainWindow, qtbot: QtBot, opened: Path, home: Path, look: Look, save: Save, photo: Path
) -> None:
    look(photo)
    save()
    window.journals.leave()
    size = (opened / "journal.db").stat().st_size
    (opened / "journal.db").write_bytes(b"\xa5" * size)
    window.open(opened)
    (sheet,) = [sheet for sheet in window.findChildren(QuestionSheet) if sheet.isVisible()]
    assert "stays as it is" in said(window)
    press(sheet, "Open a copy")
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=LONG_MS)
    journal = workspace(window).open_journal.journal
    assert journal.folder == home / "Mine (copy).needlejournal"
    assert [found.when.day for found in journal.photos.all()] == [date(2025, 3, 8)]
    assert (opened / "journal.db").read_bytes() == b"\xa5" * size
    (told,) = [sheet for sheet in window.findChildren(RescuedSheet) if sheet.isVisible()]
    words = said(window)
    assert "1 could be read. How many are missing cannot be known." in words
    assert "still in “Mine.needlejournal”" in words
    press(told, "Continue with the copy")


@pytest.mark.parametrize("table", ["photo", "session"])
def test_damage_that_shows_only_while_the_window_is_built_is_offered_a_copy_too(
    window: MainWindow, qtbot: QtBot, opened: Path, home: Path, table: str
) -> None:
    journal = workspace(window).open_journal.journal
    with journal.step("A session, and how the skin was"):
        journal.sessions.save(Session(When(date(2025, 3, 8))))
        journal.side_effects.save(SideEffect(date(2025, 3, 9), "redness", Severity.MILD))
    window.journals.leave()
    database = sqlite3.connect(opened / "journal.db")
    ((root,),) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
    ((size,),) = database.execute("PRAGMA page_size")
    database.close()
    with (opened / "journal.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xa5" * size)
    window.open(opened)
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in window.findChildren(QuestionSheet)), timeout=LONG_MS)
    assert not any(sheet.isVisible() for sheet in window.findChildren(MessageSheet))
    (sheet,) = [sheet for sheet in window.findChildren(QuestionSheet) if sheet.isVisible()]
    press(sheet, "Open a copy")
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in window.findChildren(RescuedSheet)), timeout=LONG_MS)
    assert workspace(window).open_journal.journal.folder == home / "Mine (copy).needlejournal"
    (told,) = [sheet for sheet in window.findChildren(RescuedSheet) if sheet.isVisible()]
    press(told, "Continue with the copy")


def test_a_journal_that_cannot_be_shown_leaves_no_half_built_window(
    window: MainWindow, qtbot: QtBot, opened: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    window.journals.leave()
    monkeypatch.setattr("needlejournal.ui.workspace.ReminderStrip", broken)
    window.open(opened)
    assert "fault of the app" in close_sheet(window)
    assert window.workspace is None
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(Workspace) == []
    qtbot.waitUntil(
        lambda: any(b.text().startswith("New journal") and b.isVisible() for b in window.findChildren(Button))
    )
    open_journal(opened).close()


def test_a_fault_in_a_worker_is_said_on_the_screens_own_thread(window: MainWindow, qtbot: QtBot) -> None:
    worker = threading.Thread(target=lambda: window.faulted.emit(ZeroDivisionError()))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in window.findChildren(MessageSheet)))
    assert "fault of the app" in close_sheet(window)


def test_a_damaged_journal_may_be_left_alone(window: MainWindow, opened: Path) -> None:
    window.journals.leave()
    (opened / "journal.db").write_bytes(b"no database")
    window.open(opened)
    assert "was changed" in close_sheet(window)
    assert sorted(path.name for path in opened.parent.glob("*.needlejournal")) == [opened.name]


def test_a_journal_of_a_newer_version_opens_for_viewing(window: MainWindow, qtbot: QtBot, opened: Path) -> None:
    window.journals.leave()
    database = sqlite3.connect(opened / "journal.db")
    database.execute("PRAGMA user_version = 99")
    database.close()
    window.open(opened)
    assert workspace(window).open_journal.journal.read_only
    qtbot.waitUntil(lambda: "newer version" in said(window))


def test_a_folder_that_is_no_journal_is_said(window: MainWindow, tmp_path: Path) -> None:
    window.open(tmp_path)
    assert "There is no journal" in close_sheet(window)


def test_small_copies_that_are_damaged_are_made_again(
    window: MainWindow, look: Look, save: Save, opened: Path, photo: Path
) -> None:
    look(photo)
    save()
    window.journals.leave()
    (opened / "previews.db").write_bytes(b"rubbish" * 1000)
    window.open(opened)
    assert workspace(window).open_journal.journal.verify().sound


# ---- words and days


@pytest.mark.parametrize(
    "text", [("Red and warm. " * 12 + "\n") * 6000, "🌙👩🏽‍⚕️ " * 40, "שלום, העור אדום היום", "a\x00b\u202e\ufeff"]
)
def test_notes_of_every_kind_are_kept_as_they_are(window: MainWindow, qtbot: QtBot, opened: Path, text: str) -> None:
    page = workspace(window)
    page.go(EditSession())
    page.page("session").findChildren(TextArea)[0].setPlainText(text)
    page.go(ShowPage("timeline"))
    settle(qtbot, window)
    (session,) = page.open_journal.journal.sessions.all()
    assert text.replace("\x00", "") in {session.notes, session.changed_since, session.notes.replace("\x00", "")}
    window.grab()


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2024, 2, 29), date(2199, 12, 31)])
def test_days_far_past_and_future_can_be_looked_at_everywhere(
    window: MainWindow, qtbot: QtBot, opened: Path, day: date
) -> None:
    page = workspace(window)
    page.open_journal.write("Write session", lambda journal: journal.sessions.save(Session(When(day))))
    for shown in ("timeline", "photos", "compare", "effects", "progress", "plan", "trash", "settings"):
        page.go(ShowPage(shown))
        settle(qtbot, window)
        window.grab()
    page.go(EditDay(day))
    window.grab()
    assert not [sheet for sheet in window.findChildren(QDialog) if sheet.isVisible()], said(window)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(9999, 12, 31)])
def test_days_that_cannot_be_are_said_and_not_kept(window: MainWindow, opened: Path, day: date) -> None:
    page = workspace(window)
    page.open_journal.write("Write session", lambda journal: journal.sessions.save(Session(When(day))))
    assert "cannot be right" in close_sheet(window)
    assert page.open_journal.journal.sessions.all() == []


def test_a_clock_set_back_changes_nothing_that_was_written(window: MainWindow, opened: Path) -> None:
    page = workspace(window)
    page.open_journal.clock = lambda: datetime(2030, 1, 1, tzinfo=UTC)
    page.open_journal.journal.now = lambda: datetime(2030, 1, 1, tzinfo=UTC)
    page.open_journal.write("Write session", lambda j: j.sessions.save(Session(When(date(2030, 1, 1)), notes="late")))
    page.open_journal.clock = lambda: datetime(1990, 1, 1, tzinfo=UTC)
    page.open_journal.journal.now = lambda: datetime(1990, 1, 1, tzinfo=UTC)
    page.open_journal.write("Write session", lambda j: j.sessions.save(Session(When(date(1990, 1, 1)), notes="early")))
    for shown in ("timeline", "effects", "progress", "plan"):
        page.go(ShowPage(shown))
        window.grab()
    assert [session.notes for session in page.open_journal.journal.sessions.all()] == ["early", "late"]
    window.journals.step_back("undo")
    assert [session.notes for session in page.open_journal.journal.sessions.all()] == ["late"]
